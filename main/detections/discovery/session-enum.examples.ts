import { type Example, type ExampleRecord, otherChannel, repeated, security, sid, subject, sysmon } from '../example.ts';

type Pipe = { name?: string; computer?: string; after?: number; who?: Record<string, string>; from?: string };

function pipe({
  name = 'srvsvc',
  computer = 'SRV01.corp.example',
  after = 0,
  who = subject('alice', 1105),
  from = '10.0.0.21',
}: Pipe = {}) {
  const fields = { ...who, ObjectType: 'File', IpAddress: from, IpPort: '49786', ShareName: '\\\\*\\IPC$', RelativeTargetName: name };
  return security(5145, { ...fields, AccessMask: '0x12019f' }, { computer, after });
}

function connection(to: string, after = 0, port = '445', initiated = 'true'): ExampleRecord {
  const fields = { Image: 'System', User: 'NT AUTHORITY\\SYSTEM', Initiated: initiated, SourceIp: '10.0.0.21', DestinationIp: to };
  return sysmon(3, { ...fields, DestinationPort: port }, { computer: 'WS01.corp.example', after });
}

function script(ScriptBlockText: string): ExampleRecord {
  const fields = { MessageNumber: '1', MessageTotal: '1', ScriptBlockText, ScriptBlockId: '', Path: '' };
  return otherChannel('Microsoft-Windows-PowerShell/Operational', 4104, fields, { userSid: sid(1105) });
}

export const examples: readonly Example[] = [
  { name: 'a script asks who is logged on', fires: true, severity: 'low', records: [script('Get-NetSession -ComputerName FS01')] },
  {
    name: 'a command asks who is logged on',
    fires: true,
    severity: 'low',
    records: [sysmon(1, { Image: 'C:\\Windows\\System32\\quser.exe', CommandLine: 'quser /server:FS01', User: 'CORP\\alice' })],
  },
  { name: 'a script lists the sessions of a file server itself', fires: false, records: [script('Get-SmbSession | Format-Table')] },
  {
    name: 'one source asks many hosts for sessions',
    fires: true,
    severity: 'low',
    records: repeated(6, 2, (i, after) => pipe({ computer: `SRV0${i}.corp.example`, after })),
  },
  {
    name: 'several pipes of one host within seconds',
    fires: true,
    severity: 'low',
    records: [pipe({ name: 'samr' }), pipe({ name: 'srvsvc', after: 1 }), pipe({ name: 'wkssvc', after: 2 })],
  },
  {
    name: 'a sweep seen at its source',
    fires: true,
    severity: 'low',
    records: repeated(6, 1, (i, after) => connection(`10.0.0.${50 + i}`, after)),
  },
  { name: 'two pipes, as a console opens', fires: true, severity: 'informational', records: [pipe({ name: 'samr' }), pipe({ after: 3 })] },
  { name: 'the shares of a server are listed', fires: false, records: repeated(5, 1, (_i, after) => pipe({ after })) },
  {
    name: 'a computer applies policy',
    fires: false,
    records: ['samr', 'srvsvc', 'wkssvc'].map((name, after) => pipe({ name, after, who: subject('WS01$', 1200) })),
  },
  {
    name: 'pipes of printing and policy',
    fires: false,
    records: ['spoolss', 'lsarpc', 'netlogon'].map((name, after) => pipe({ name, after })),
  },
  {
    name: 'a host asks itself',
    fires: false,
    records: ['samr', 'srvsvc', 'wkssvc'].map((name, after) => pipe({ name, after, from: '::1' })),
  },
  { name: 'two hosts with time between', fires: false, records: [pipe(), pipe({ computer: 'SRV02.corp.example', after: 150 })] },
  { name: 'three file servers', fires: false, records: repeated(3, 1, (i, after) => connection(`10.0.0.${50 + i}`, after)) },
  { name: 'four file servers over a while', fires: false, records: repeated(4, 25, (i, after) => connection(`10.0.0.${50 + i}`, after)) },
  {
    name: 'a file server is used by many',
    fires: false,
    records: repeated(8, 1, (i, after) => connection(`10.0.0.${50 + i}`, after, '445', 'false')),
  },
  {
    name: 'three file servers and one that is not named',
    fires: false,
    records: repeated(4, 1, (i, after) => connection(i === 0 ? '-' : `10.0.0.${50 + i}`, after)),
  },
  { name: 'a file server is used', fires: false, records: repeated(8, 5, (_i, after) => connection('10.0.0.50', after)) },
  { name: 'web pages of many hosts', fires: false, records: repeated(8, 1, (i, after) => connection(`10.0.0.${50 + i}`, after, '443')) },
];
