import { type Example, type ExampleRecord, repeated, security, sid, subject } from '../example.ts';

const DC = 'DC01.corp.example';

function preAuthFailed(name: string, after: number, address = '10.0.0.66'): ExampleRecord {
  return security(
    4771,
    {
      TargetUserName: name,
      TargetSid: sid(1500),
      ServiceName: 'krbtgt/CORP',
      Status: '0x18',
      PreAuthType: '2',
      IpAddress: `::ffff:${address}`,
    },
    { computer: DC, after },
  );
}

function failed(name: string, after: number, type = '3', status = '0xc000006a', address = '10.0.0.66'): ExampleRecord {
  const fields = {
    TargetUserSid: 'S-1-0-0',
    TargetUserName: name,
    TargetDomainName: 'CORP',
    Status: '0xc000006d',
    SubStatus: status,
    LogonType: type,
  };
  return security(4625, { ...fields, IpAddress: address, WorkstationName: 'WS66' }, { after });
}

function explicit(name: string, after: number, by: Record<string, string> = subject('alice', 1104)): ExampleRecord {
  return security(
    4648,
    { ...by, TargetUserName: name, TargetDomainName: 'CORP', TargetServerName: 'DC01', IpAddress: '-' },
    { computer: 'WS03.corp.example', after },
  );
}

function letIn(name: string, rid: number, type: string, address: string): ExampleRecord {
  const who = { TargetUserSid: sid(rid), TargetUserName: name, TargetDomainName: 'CORP' };
  return security(4624, { ...who, LogonType: type, IpAddress: address, WorkstationName: 'WS66' }, { after: 50 });
}

const spread = (times: number, every: number): ExampleRecord[] => repeated(times, every, (i, after) => preAuthFailed(`user${i}`, after));

export const examples: readonly Example[] = [
  {
    name: 'many accounts over Kerberos',
    fires: true,
    severity: 'medium',
    records: repeated(12, 5, (i, after) => preAuthFailed(`user${i}`, after)),
  },
  { name: 'many accounts over NTLM', fires: true, severity: 'medium', records: repeated(10, 10, (i, after) => failed(`user${i}`, after)) },
  {
    name: 'slowly, over two hours',
    fires: true,
    severity: 'medium',
    records: repeated(30, 200, (i, after) => preAuthFailed(`user${i}`, after)),
  },
  {
    name: 'one password fits',
    fires: true,
    severity: 'high',
    records: [...repeated(9, 5, (i, after) => failed(`user${i}`, after)), letIn('user9', 1509, '3', '10.0.0.66')],
  },
  {
    name: 'explicit credentials of many accounts',
    fires: true,
    severity: 'medium',
    records: repeated(12, 2, (i, after) => explicit(`user${i}`, after)),
  },
  { name: 'a few accounts in one burst', fires: true, severity: 'low', records: repeated(6, 2, (i, after) => failed(`user${i}`, after)) },
  {
    name: 'the host of the source logs on as always',
    fires: true,
    severity: 'medium',
    records: [...repeated(9, 5, (i, after) => failed(`user${i}`, after)), letIn('WS66$', 1600, '3', '10.0.0.66')],
  },
  {
    name: 'whoever sits at the source unlocks the screen',
    fires: true,
    severity: 'medium',
    records: [...repeated(9, 5, (i, after) => failed(`user${i}`, after, '3', '0xc000006a', '-')), letIn('user9', 1509, '7', '127.0.0.1')],
  },
  {
    name: 'names that do not exist, and some that are locked',
    fires: true,
    severity: 'medium',
    steps: ['unknown-account', 'locked-out'],
    records: [
      ...repeated(6, 5, (i, after) => failed(`user${i}`, after, '3', '0xc0000064')),
      ...repeated(6, 5, (i, after) => failed(`other${i}`, after + 30, '3', '0xc0000234')),
    ],
  },
  { name: 'four accounts in a minute', fires: false, records: spread(4, 10) },
  { name: 'five accounts in more than a minute', fires: false, records: spread(5, 25) },
  { name: 'seven accounts in ten minutes', fires: false, records: spread(7, 90) },
  { name: 'a terminal server where somebody mistypes every two minutes', fires: false, records: spread(8, 100) },
  { name: 'a mail gateway where two dozen people mistype in two hours', fires: false, records: spread(24, 290) },
  { name: 'a gateway where somebody mistypes every few minutes', fires: false, records: spread(25, 400) },
  { name: 'computers whose passwords are out of step', fires: false, records: repeated(12, 2, (i, after) => failed(`WS${i}$`, after)) },
  { name: 'one account again and again', fires: false, records: repeated(40, 2, (_i, after) => preAuthFailed('alice', after)) },
  {
    name: 'a few people mistype behind one gateway',
    fires: false,
    records: repeated(5, 100, (i, after) => preAuthFailed(`user${i}`, after)),
  },
  {
    name: 'many people, each at a machine of their own',
    fires: false,
    records: repeated(20, 20, (i, after) => preAuthFailed(`user${i}`, after, `10.0.1.${i}`)),
  },
  {
    name: 'expired passwords are no guesses',
    fires: false,
    records: repeated(12, 5, (i, after) => failed(`user${i}`, after, '3', '0xc0000071')),
  },
  { name: 'typed at a shared screen', fires: false, records: repeated(12, 30, (i, after) => failed(`user${i}`, after, '2')) },
  {
    name: 'a service host that starts its services under many accounts',
    fires: false,
    records: repeated(12, 1, (i, after) =>
      explicit(`svc${i}`, after, {
        SubjectUserSid: 'S-1-5-18',
        SubjectUserName: 'WS03$',
        SubjectDomainName: 'CORP',
        SubjectLogonId: '0x3e7',
      }),
    ),
  },
];
