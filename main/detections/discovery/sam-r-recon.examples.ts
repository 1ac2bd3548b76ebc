import { type Example, type ExampleRecord, repeated, security, sid, subject } from '../example.ts';

const DC = 'DC01.corp.example';

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

const NET = 'C:\\Windows\\System32\\net1.exe';

export const examples: readonly Example[] = [
  {
    name: 'the domain administrators are looked up over SAM-R',
    fires: true,
    severity: 'low',
    records: [
      handle({ type: 'SAM_SERVER', name: 'CN=Server,CN=System,DC=corp,DC=example' }),
      handle(),
      handle({ type: 'SAM_GROUP', name: sid(512) }),
    ],
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
