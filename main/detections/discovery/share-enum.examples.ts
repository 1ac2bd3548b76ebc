import { type Example, type ExampleRecord, repeated, security, subject, sysmon } from '../example.ts';

type Share = { name?: string; computer?: string; after?: number; who?: Record<string, string>; from?: string };

function share({
  name = 'data',
  computer = 'FS01.corp.example',
  after = 0,
  who = subject('alice', 1105),
  from = '10.0.0.21',
}: Share = {}): ExampleRecord {
  const fields = { ...who, ObjectType: 'File', IpAddress: from, IpPort: '49786', ShareName: name && `\\\\*\\${name}` };
  return security(5140, { ...fields, AccessMask: '0x1' }, { computer, after });
}

const FIVE = repeated(5, 1, (i, after) => share({ name: `dept${i}`, after }));

export const examples: readonly Example[] = [
  {
    name: 'all shares of a server',
    fires: true,
    severity: 'low',
    steps: ['share'],
    records: repeated(8, 1, (i, after) => share({ name: `dept${i}`, after })),
  },
  {
    name: 'the same administrative share of many hosts',
    fires: true,
    severity: 'low',
    steps: ['admin-share'],
    records: repeated(8, 2, (i, after) => share({ name: 'C$', computer: `WS0${i}.corp.example`, after })),
  },
  {
    name: 'shares of a host are listed',
    fires: true,
    severity: 'informational',
    records: [sysmon(1, { Image: 'C:\\Windows\\System32\\net.exe', CommandLine: 'net view \\\\FS01 /all', User: 'CORP\\alice' })],
  },
  { name: 'a drive is connected', fires: false, records: [sysmon(1, { CommandLine: 'net use K: \\\\FS01\\data', User: 'CORP\\alice' })] },
  { name: 'five shares', fires: false, records: FIVE },
  { name: 'five shares and an export without a name', fires: false, records: [...FIVE, share({ name: '', after: 6 })] },
  { name: 'six shares in more than two minutes', fires: false, records: repeated(6, 30, (i, after) => share({ name: `dept${i}`, after })) },
  { name: 'the host itself', fires: false, records: repeated(8, 1, (i, after) => share({ name: `dept${i}`, after, from: '::1' })) },
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
