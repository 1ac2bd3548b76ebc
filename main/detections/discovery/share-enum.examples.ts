import { type Example, type ExampleRecord, repeated, security, subject } from '../example.ts';

type Share = { name?: string; computer?: string; after?: number; who?: Record<string, string> };

function share({ name = 'data', computer = 'FS01.corp.example', after = 0, who = subject('alice', 1105) }: Share = {}): ExampleRecord {
  const fields = { ...who, ObjectType: 'File', IpAddress: '10.0.0.21', IpPort: '49786', ShareName: `\\\\*\\${name}` };
  return security(5140, { ...fields, AccessMask: '0x1' }, { computer, after });
}

export const examples: readonly Example[] = [
  {
    name: 'all shares of a server',
    fires: true,
    severity: 'low',
    records: repeated(8, 1, (i, after) => share({ name: `dept${i}`, after })),
  },
  {
    name: 'the same administrative share of many hosts',
    fires: true,
    severity: 'low',
    records: repeated(8, 2, (i, after) => share({ name: 'C$', computer: `WS0${i}.corp.example`, after })),
  },
  { name: 'one share, used much', fires: false, records: repeated(50, 1, (_i, after) => share({ after })) },
  {
    name: 'drives of a logon',
    fires: false,
    records: ['IPC$', 'SYSVOL', 'NETLOGON', 'home', 'dept', 'public'].map((name, after) => share({ name, after })),
  },
  {
    name: 'a backup server',
    fires: false,
    records: repeated(8, 1, (i, after) => share({ name: `dept${i}`, after, who: subject('BACKUP01$', 1200) })),
  },
  { name: 'many shares over a day', fires: false, records: repeated(8, 3_600, (i, after) => share({ name: `dept${i}`, after })) },
];
