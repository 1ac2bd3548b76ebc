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

export const examples: readonly Example[] = [
  {
    name: 'a list of names is asked of the domain controller',
    fires: true,
    severity: 'medium',
    records: repeated(20, 1, (i, after) => ticketRequest(`name${i}`, '0x6', after)),
  },
  {
    name: 'a few names that a host does not know',
    fires: true,
    severity: 'low',
    records: repeated(6, 2, (i, after) => failedLogon(`name${i}`, '0xc0000064', after)),
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
    name: 'a service with a few deleted accounts',
    fires: false,
    records: repeated(6, 600, (i, after) => ticketRequest(`old${i}`, '0x6', after)),
  },
];
