import { type Example, type ExampleRecord, repeated, security, sid, subject, sysmon } from '../example.ts';

const DC = 'DC01.corp.example';
const SERVER = 'CN=Server,CN=System,DC=corp,DC=example';

type Handle = { type?: string; name?: string; after?: number; who?: Record<string, string> };

function handle({ type = 'SAM_DOMAIN', name = 'DC=corp,DC=example', after = 0, who = subject('alice', 1105) }: Handle = {}): ExampleRecord {
  const fields = { ...who, ObjectServer: 'Security Account Manager', ObjectType: type, ObjectName: name, AccessMask: '0xf01fd' };
  return security(4661, { ...fields, ProcessName: 'C:\\Windows\\System32\\lsass.exe' }, { computer: DC, after });
}

function readFromAfar(computer: string, after: number): ExampleRecord {
  const fields = { TargetUserName: 'Administrators', TargetDomainName: 'Builtin', TargetSid: 'S-1-5-32-544', ...subject('alice', 1105) };
  return security(4799, { ...fields, CallerProcessId: '0x0', CallerProcessName: '-' }, { computer, after });
}

function read(program: string, target: number, after = 0, who = subject('alice', 1105)): ExampleRecord {
  const fields = { TargetUserName: `user${target}`, TargetDomainName: 'SRV01', TargetSid: sid(target), ...who };
  return security(4798, { ...fields, CallerProcessId: '0x5c0', CallerProcessName: program }, { after });
}

function listed(CommandLine: string, after = 0, LogonId = '0x51a2f'): ExampleRecord {
  return sysmon(1, { Image: 'C:\\Windows\\System32\\net.exe', CommandLine, User: 'CORP\\alice', LogonId }, { after });
}

function pipe(after: number, who = subject('alice', 1105), name = 'samr'): ExampleRecord {
  const fields = {
    ...who,
    ObjectType: 'File',
    IpAddress: '10.0.0.21',
    IpPort: '49786',
    ShareName: '\\\\*\\IPC$',
    RelativeTargetName: name,
  };
  return security(5145, { ...fields, AccessMask: '0x12019f' }, { computer: DC, after });
}

const NET = 'C:\\Windows\\System32\\net1.exe';

export const examples: readonly Example[] = [
  {
    name: 'the domain administrators are looked up over SAM-R',
    fires: true,
    steps: ['domain-handle', 'ruling-object'],
    severity: 'low',
    records: [handle({ type: 'SAM_SERVER', name: SERVER }), handle(), handle({ type: 'SAM_GROUP', name: sid(512) })],
  },
  {
    name: 'users listed at a prompt',
    fires: true,
    severity: 'informational',
    records: [read(NET, 1000), read(NET, 1001, 5)],
  },
  {
    name: 'users listed by a program in a user folder',
    fires: true,
    severity: 'low',
    records: [read('C:\\Users\\alice\\Downloads\\list.exe', 1000), read('C:\\Users\\alice\\Downloads\\list.exe', 1001, 1)],
  },
  {
    name: 'the administrators of many hosts are read over the network',
    fires: true,
    severity: 'low',
    records: repeated(5, 2, (i, after) => readFromAfar(`SRV0${i}.corp.example`, after)),
  },
  { name: 'the administrators of one host are read over the network', fires: false, records: [readFromAfar('SRV01.corp.example', 0)] },
  {
    name: 'the database is opened again and again',
    fires: true,
    severity: 'informational',
    steps: ['domain-handle'],
    records: repeated(6, 1, (i, after) => (i === 0 ? handle({ type: 'SAM_SERVER', name: SERVER }) : handle({ after }))),
  },
  {
    name: 'accounts are opened one after the other',
    fires: true,
    severity: 'informational',
    steps: ['object-handle'],
    records: repeated(5, 1, (i, after) => handle({ type: 'SAM_USER', name: sid(1105 + i), after })),
  },
  {
    name: 'the pipe is opened again and again',
    fires: true,
    severity: 'informational',
    records: repeated(6, 2, (_i, after) => pipe(after)),
  },
  {
    name: 'a backup with shadow copies',
    fires: false,
    records: repeated(8, 1, (i, after) => handle({ name: 'CN=Builtin,DC=corp,DC=example', after: after + i / 100 })).concat(
      repeated(16, 1, (i, after) => handle({ type: 'SAM_ALIAS', name: i % 2 === 0 ? 'S-1-5-32-544' : 'S-1-5-32-551', after })),
    ),
  },
  { name: 'five times', fires: false, records: repeated(5, 2, (_i, after) => pipe(after)) },
  { name: 'a computer opens the pipe', fires: false, records: repeated(9, 2, (_i, after) => pipe(after, subject('WS01$', 1200))) },
  { name: 'another pipe', fires: false, records: repeated(9, 2, (_i, after) => pipe(after, subject('alice', 1105), 'spoolss')) },
  {
    name: 'users and groups listed by command',
    fires: true,
    severity: 'informational',
    records: [listed('net  user'), listed('net localgroup administrators', 9)],
  },
  {
    name: 'an agent lists users as Local System',
    fires: false,
    records: repeated(4, 1, (_i, after) => security(4688, { ...subject('SRV01$', 1000, '0x3e7'), CommandLine: 'net user' }, { after })),
  },
  { name: 'one command', fires: true, severity: 'informational', records: [listed('wmic useraccount get /ALL')] },
  {
    name: 'an account is made by command',
    fires: false,
    records: [listed('net user bob x /add'), listed('net localgroup users bob /add', 3)],
  },
  {
    name: 'an agent of the host lists its administrators',
    fires: false,
    records: [listed('net localgroup administrators', 0, '0x3e7'), listed('net1 localgroup administrators', 1, '0x3e7')],
  },
  {
    name: 'the database is opened for a view or two',
    fires: false,
    records: repeated(5, 1, (i, after) => (i === 0 ? handle({ type: 'SAM_SERVER', name: SERVER }) : handle({ after }))),
  },
  { name: 'four accounts', fires: false, records: repeated(4, 1, (i, after) => handle({ type: 'SAM_USER', name: sid(1105 + i), after })) },
  {
    name: 'membership of ruling groups is kept by a tool that does not search',
    fires: false,
    records: [handle({ type: 'SAM_GROUP', name: sid(512) }), handle({ type: 'SAM_GROUP', name: sid(519), after: 1 })],
  },
  {
    name: 'objects of the directory',
    fires: false,
    records: repeated(9, 1, (i, after) => handle({ type: 'user', name: `CN=u${i}`, after })),
  },
  {
    name: 'three hosts over the network',
    fires: false,
    records: repeated(3, 2, (i, after) => readFromAfar(`SRV0${i}.corp.example`, after)),
  },
  { name: 'the same look-up twice', fires: false, records: [read(NET, 1000), read(NET, 1000, 5)] },
  { name: 'two look-ups with time between', fires: false, records: [read(NET, 1000), read(NET, 1001, 360)] },
  {
    name: 'one look-up each, of two programs',
    fires: false,
    records: [read(NET, 1000), read('C:\\Users\\alice\\Downloads\\list.exe', 1001, 1)],
  },
  { name: 'exports without the program', fires: false, records: repeated(8, 1, (i, after) => read('', 1000 + i, after)) },
  { name: 'one look-up', fires: false, records: [read(NET, 1000)] },
  {
    name: 'a console lists the users',
    fires: false,
    records: repeated(8, 1, (i, after) => read('C:\\Windows\\System32\\mmc.exe', 1000 + i, after)),
  },
  {
    name: 'a computer asks',
    fires: false,
    records: repeated(20, 1, (i, after) => handle({ type: 'SAM_USER', name: sid(1000 + i), after, who: subject('WS01$', 1200) })),
  },
  {
    name: 'one handle to an ordinary user',
    fires: false,
    records: [handle(), handle({ type: 'SAM_USER', name: sid(1105), after: 1 })],
  },
];
