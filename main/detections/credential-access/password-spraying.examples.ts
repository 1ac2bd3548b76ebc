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

function failed(name: string, after: number, type = '3', status = '0xc000006a'): ExampleRecord {
  const fields = {
    TargetUserSid: 'S-1-0-0',
    TargetUserName: name,
    TargetDomainName: 'CORP',
    Status: '0xc000006d',
    SubStatus: status,
    LogonType: type,
  };
  return security(4625, { ...fields, IpAddress: '10.0.0.66', WorkstationName: 'WS66' }, { after });
}

function explicit(name: string, after: number, by: Record<string, string> = subject('alice', 1104)): ExampleRecord {
  return security(
    4648,
    { ...by, TargetUserName: name, TargetDomainName: 'CORP', TargetServerName: 'DC01', IpAddress: '-' },
    { computer: 'WS03.corp.example', after },
  );
}

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
    records: [
      ...repeated(9, 5, (i, after) => failed(`user${i}`, after)),
      security(
        4624,
        {
          TargetUserSid: sid(1509),
          TargetUserName: 'user9',
          TargetDomainName: 'CORP',
          LogonType: '3',
          IpAddress: '10.0.0.66',
          WorkstationName: 'WS66',
        },
        { after: 50 },
      ),
    ],
  },
  {
    name: 'explicit credentials of many accounts',
    fires: true,
    severity: 'medium',
    records: repeated(12, 2, (i, after) => explicit(`user${i}`, after)),
  },
  { name: 'a few accounts in one burst', fires: true, severity: 'low', records: repeated(6, 2, (i, after) => failed(`user${i}`, after)) },
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
