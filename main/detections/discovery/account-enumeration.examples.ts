import { type Example, type ExampleRecord, repeated, security } from '../example.ts';

const DC = 'DC01.corp.example';

function ticketRequest(name: string, status: string, after = 0): ExampleRecord {
  const fields = { TargetUserName: name, TargetDomainName: 'CORP.EXAMPLE', TargetSid: 'S-1-0-0', ServiceName: 'krbtgt/CORP.EXAMPLE' };
  return security(4768, { ...fields, Status: status, IpAddress: '::ffff:10.0.0.21', IpPort: '50111' }, { computer: DC, after });
}

function failedLogon(name: string, status: string, after = 0, type = '3'): ExampleRecord {
  const fields = { TargetUserSid: 'S-1-0-0', TargetUserName: name, TargetDomainName: 'CORP', Status: '0xc000006d', SubStatus: status };
  return security(4625, { ...fields, LogonType: type, IpAddress: '10.0.0.21', WorkstationName: 'WS09' }, { after });
}

const THREE_NAMES = repeated(3, 1, (i, after) => failedLogon(`name${i}`, '0xc0000064', after));

export const examples: readonly Example[] = [
  {
    name: 'a list of names is asked of the domain controller',
    fires: true,
    severity: 'medium',
    records: repeated(20, 1, (i, after) => ticketRequest(`name${i}`, '0x6', after)),
  },
  {
    name: 'a few names that a host does not know, and one that may not log on there',
    fires: true,
    severity: 'low',
    steps: ['unknown-name'],
    records: [...repeated(6, 2, (i, after) => failedLogon(`name${i}`, '0xc0000064', after)), failedLogon('frank', '0xc000015b', 12)],
  },
  {
    name: 'one name mistyped again and again',
    fires: false,
    records: repeated(9, 2, (_i, after) => failedLogon('alise', '0xc0000064', after)),
  },
  {
    name: 'names that an SSH server hides',
    fires: true,
    severity: 'low',
    records: repeated(5, 1, (_i, after) => failedLogon('NOUSER', '0xc0000064', after, '8')),
  },
  { name: 'one name that an SSH server hides', fires: false, records: [failedLogon('NOUSER', '0xc0000064', 0, '8')] },
  {
    name: 'wrong passwords of accounts that exist',
    fires: false,
    records: repeated(9, 2, (i, after) => failedLogon(`name${i}`, '0xc000006a', after)),
  },
  {
    name: 'computers that were deleted',
    fires: false,
    records: repeated(9, 2, (i, after) => ticketRequest(`OLD${i}$`, '0x6', after)),
  },
  {
    name: 'names mistyped at the screen of a shared host',
    fires: false,
    records: repeated(9, 5, (i, after) => failedLogon(`name${i}`, '0xc0000064', after, '2')),
  },
  {
    name: 'disabled accounts are found among tried names',
    fires: true,
    severity: 'low',
    steps: ['refused-account', 'unknown-name', 'existing-account'],
    records: [
      ticketRequest('alice', '0x12'),
      ticketRequest('bob', '0x19', 1),
      ticketRequest('carl', '0x6', 2),
      ticketRequest('dora', '0x6', 3),
      failedLogon('eve', '0xc000006a', 4),
      ticketRequest('gus', '0x0', 6),
    ],
  },
  { name: 'three names', fires: false, records: THREE_NAMES },
  ...['', '-', 'WS09$', 'ANONYMOUS LOGON'].map((name) => ({
    name: `three names and "${name}"`,
    fires: false,
    records: [...THREE_NAMES, failedLogon(name, '0xc0000064', 3)],
  })),
  {
    name: 'four names in more than a minute',
    fires: false,
    records: repeated(4, 25, (i, after) => failedLogon(`name${i}`, '0xc0000064', after)),
  },
  { name: 'nine names in five minutes', fires: false, records: repeated(9, 35, (i, after) => ticketRequest(`name${i}`, '0x6', after)) },
  {
    name: 'ten names in more than ten minutes',
    fires: false,
    records: repeated(10, 75, (i, after) => ticketRequest(`name${i}`, '0x6', after)),
  },
  { name: '29 names in an hour', fires: false, records: repeated(29, 120, (i, after) => ticketRequest(`name${i}`, '0x6', after)) },
  {
    name: '30 names in more than two hours',
    fires: false,
    records: repeated(30, 250, (i, after) => ticketRequest(`name${i}`, '0x6', after)),
  },
  {
    name: 'a service with a few deleted accounts',
    fires: false,
    records: repeated(6, 600, (i, after) => ticketRequest(`old${i}`, '0x6', after)),
  },
];
