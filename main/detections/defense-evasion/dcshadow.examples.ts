import { type Example, type ExampleRecord, otherChannel, security, sid, subject } from '../example.ts';

const DC = 'DC01.corp.example';
const admin = subject('admin', 1105);
const NTDS = 'CN=NTDS Settings,CN=WS03,CN=Servers,CN=HQ,CN=Sites,CN=Configuration,DC=corp,DC=example';
const SERVER = 'CN=WS03,CN=Servers,CN=HQ,CN=Sites,CN=Configuration,DC=corp,DC=example';

function computer(names: string, by: Record<string, string> = admin, target = 'WS03$', uac = '-', OldUacValue = '0x80'): ExampleRecord {
  const fields = {
    TargetUserName: target,
    TargetDomainName: 'CORP',
    TargetSid: sid(1203),
    OldUacValue,
    NewUacValue: uac,
    ServicePrincipalNames: names,
  };
  return security(4742, { ...by, ...fields }, { computer: DC });
}

function object(id: number, dn: string, kind: string, after = 0): ExampleRecord {
  return security(id, { ...admin, ObjectDN: dn, ObjectClass: kind, DSName: 'corp.example' }, { computer: DC, after });
}

function deleted(mask: string, type: string): ExampleRecord {
  const fields = { ObjectServer: 'DS', ObjectType: `%{${type}}`, ObjectName: '%{9f0c}', AccessMask: mask, Properties: '%%1537' };
  return security(4662, { ...admin, ...fields }, { computer: DC, after: 30 });
}

const AGENT = 'f0f8ffab-1191-11d0-a060-00aa006c33ed';

function access(info: string, mask = '0x1'): ExampleRecord {
  const fields = { ObjectServer: 'DS', ObjectType: '%{f780acc0-56f0-11d1-a9c6-0000f80367c1}', AccessMask: mask, AdditionalInfo: info };
  return security(4662, { ...admin, ...fields, Properties: '%%7680\r\n\t{bf967a92-0de6-11d0-a285-00aa003049e2}\r\n' }, { computer: DC });
}

const names = '\r\n\t\tHOST/WS03\r\n\t\tGC/ws03.corp.example/corp.example';

function script(ScriptBlockText: string): ExampleRecord {
  return otherChannel('Microsoft-Windows-PowerShell/Operational', 4104, { ScriptBlockText });
}

export const examples: readonly Example[] = [
  { name: 'a workstation gets the names of a controller', fires: true, severity: 'high', records: [computer(names)] },
  {
    name: 'objects made and removed at once',
    fires: true,
    severity: 'high',
    records: [object(5137, SERVER, 'server'), object(5137, NTDS, 'nTDSDSA', 1), object(5141, NTDS, 'nTDSDSA', 40)],
  },
  { name: 'only the object', fires: true, severity: 'medium', records: [object(5137, SERVER, 'server')] },
  { name: 'the same as directory access', fires: true, severity: 'medium', records: [access(SERVER)] },
  {
    name: 'a real promotion',
    fires: true,
    severity: 'low',
    records: [object(5137, SERVER, 'server'), computer('-', admin, 'WS03$', '0x2100')],
  },
  {
    name: 'directory access, made and removed at once',
    fires: true,
    severity: 'high',
    steps: ['controller-object', 'removed'],
    records: [access(SERVER), deleted('0x10000', AGENT)],
  },
  { name: 'the replication agent is read meanwhile', fires: true, severity: 'medium', records: [access(SERVER), deleted('0x10', AGENT)] },
  {
    name: 'another object is deleted meanwhile',
    fires: true,
    severity: 'medium',
    records: [access(SERVER), deleted('0x10000', 'bf967a86-0de6-11d0-a285-00aa003049e2')],
  },
  { name: 'a user is created', fires: false, records: [access('CN=Bob,CN=Users,DC=corp,DC=example')] },
  { name: 'a new controller keeps its own names', fires: false, records: [computer(names, subject('DC02$', 1700), 'DC02$')] },
  {
    name: 'the command of a tool',
    fires: true,
    severity: 'high',
    records: [script('mimikatz.exe "lsadump::dcshadow /object:bob /attribute:x"')],
  },
  { name: 'a definition', fires: false, records: [script('function Invoke-DCShadow { param($x) }')] },
  {
    name: 'a controller changes meanwhile',
    fires: true,
    severity: 'medium',
    records: [object(5137, SERVER, 'server'), computer('-', subject('DC02$', 1700), 'DC02$', '0x2100', '0x2100')],
  },
  { name: 'ordinary service names', fires: false, records: [computer('\r\n\t\tHOST/WS03\r\n\t\tTERMSRV/WS03')] },
  { name: 'the controller keeps its own names', fires: false, records: [computer(names, subject('DC01$', 1000), 'DC01$')] },
  {
    name: 'a controller known as such',
    fires: false,
    records: [computer(names)],
    facts: { domainControllers: [`sid:${sid(1203)}`] },
  },
  { name: 'an object elsewhere', fires: false, records: [object(5137, 'CN=WS09,CN=Computers,DC=corp,DC=example', 'computer')] },
  { name: 'a server object is read', fires: false, records: [access(SERVER, '0x10')] },
];
