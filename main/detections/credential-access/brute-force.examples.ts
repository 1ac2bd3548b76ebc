import { type Example, type ExampleRecord, otherChannel, repeated, security, sid } from '../example.ts';

type Failure = { name?: string; after: number; type?: string; status?: string; address?: string };

function failed({ name = 'admin', after, type = '3', status = '0xc000006a', address = '10.0.0.66' }: Failure): ExampleRecord {
  const fields = {
    TargetUserSid: 'S-1-0-0',
    TargetUserName: name,
    TargetDomainName: 'CORP',
    Status: '0xc000006d',
    SubStatus: status,
    LogonType: type,
  };
  return security(4625, { ...fields, IpAddress: address, WorkstationName: 'KIOSK' }, { after });
}

function letIn(after: number, address: string, type = '3'): ExampleRecord {
  return security(
    4624,
    {
      TargetUserSid: sid(500),
      TargetUserName: 'admin',
      TargetDomainName: 'CORP',
      LogonType: type,
      IpAddress: address,
      WorkstationName: 'KIOSK',
    },
    { after },
  );
}

function ssh(line: string, after: number): ExampleRecord {
  return otherChannel('OpenSSH/Operational', 4, { process: 'sshd', payload: line }, { after });
}

const slowGuesses = (times: number, every: number): ExampleRecord[] => repeated(times, every, (_i, after) => failed({ after }));

export const examples: readonly Example[] = [
  {
    name: 'guesses at an SSH server',
    fires: true,
    severity: 'medium',
    records: repeated(12, 2, (_i, after) => ssh('Failed password for admin from 10.0.0.66 port 56605 ssh2', after)),
  },
  {
    name: 'connections to an SSH server that were closed early',
    fires: false,
    records: repeated(12, 2, (_i, after) => ssh('Connection closed by authenticating user admin 10.0.0.66 port 56589 [preauth]', after)),
  },
  { name: 'many guesses in a minute', fires: true, severity: 'medium', records: repeated(30, 1, (_i, after) => failed({ after })) },
  {
    name: 'guesses, then a logon from the same source',
    fires: true,
    severity: 'high',
    records: [...repeated(30, 1, (_i, after) => failed({ after })), letIn(40, '10.0.0.66')],
  },
  {
    name: 'guesses, and the account logs on from elsewhere as always',
    fires: true,
    severity: 'medium',
    records: [...repeated(30, 1, (_i, after) => failed({ after })), letIn(40, '10.0.0.5')],
  },
  {
    name: 'five in half a minute',
    fires: true,
    severity: 'low',
    records: repeated(5, 6, (_i, after) => failed({ after, type: '8', address: '-' })),
  },
  {
    name: 'over Kerberos',
    fires: true,
    severity: 'medium',
    records: repeated(40, 2, (_i, after) =>
      security(
        4771,
        { TargetUserName: 'alice', TargetSid: sid(1104), Status: '0x18', IpAddress: '::ffff:10.0.0.66' },
        { computer: 'DC01.corp.example', after },
      ),
    ),
  },
  {
    name: 'slow but persistent, credential validation',
    fires: true,
    severity: 'medium',
    records: repeated(25, 60, (_i, after) =>
      security(4776, { TargetUserName: 'alice', Workstation: 'WS66', Status: '0xc000006a' }, { after }),
    ),
  },
  {
    name: 'guesses, and the account unlocks its own screen as always',
    fires: true,
    severity: 'medium',
    records: [...repeated(30, 1, (_i, after) => failed({ after, address: '-' })), letIn(40, '127.0.0.1', '7')],
  },
  {
    name: 'an SSH server that refuses keys before the password fits',
    fires: false,
    records: repeated(12, 2, (_i, after) => ssh('Failed publickey for admin from 10.0.0.66 port 56605 ssh2: RSA SHA256:x', after)),
  },
  { name: 'very slow but persistent', fires: true, severity: 'high', records: slowGuesses(60, 121).concat(letIn(7_200, '10.0.0.66')) },
  { name: 'four in a minute', fires: false, records: slowGuesses(4, 10) },
  { name: 'five in more than a minute', fires: false, records: slowGuesses(5, 20) },
  { name: 'a mail client with an old password, every two minutes for an hour', fires: false, records: slowGuesses(20, 150) },
  { name: 'nineteen within half an hour', fires: false, records: slowGuesses(19, 90) },
  { name: 'fifty-nine within two hours', fires: false, records: slowGuesses(59, 121) },
  { name: 'a job with an old password, every few minutes', fires: false, records: slowGuesses(60, 200) },
  { name: 'three tries of somebody who forgot', fires: false, records: repeated(3, 8, (_i, after) => failed({ after })) },
  { name: 'a phone with an old password, every ten minutes', fires: false, records: repeated(40, 600, (_i, after) => failed({ after })) },
  {
    name: 'a program tries passwords as if they were typed',
    fires: true,
    severity: 'medium',
    records: repeated(30, 1, (_i, after) => {
      const typed = failed({ after, type: '2', address: '-' });
      return { ...typed, fields: { ...typed.fields, LogonProcessName: 'Advapi  ' } };
    }),
  },
  { name: 'typed at the screen', fires: false, records: repeated(8, 5, (_i, after) => failed({ after, type: '2' })) },
  { name: 'refused for another reason', fires: false, records: repeated(30, 1, (_i, after) => failed({ after, status: '0xc000015b' })) },
  { name: 'a computer account out of step', fires: false, records: repeated(30, 1, (_i, after) => failed({ after, name: 'WS03$' })) },
  {
    name: 'the same id in another log',
    fires: false,
    records: repeated(30, 1, (_i, after) => ({ ...failed({ after }), channel: 'Application', provider: 'Microsoft-Windows-EventSystem' })),
  },
];
