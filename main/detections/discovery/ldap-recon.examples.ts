import { type Example, type ExampleRecord, otherChannel, repeated, security, sid, subject, sysmon } from '../example.ts';

const GROUP = '%{bf967a9c-0de6-11d0-a285-00aa003049e2}';
const SERVICE_CONNECTION_POINT = '%{28630ec1-41d5-11d1-a9c1-0000f80367c1}';

function run(commandLine: string, after = 0): ExampleRecord {
  return sysmon(1, { Image: 'C:\\Windows\\System32\\net.exe', CommandLine: commandLine, User: 'CORP\\alice' }, { after });
}

function script(text: string, after = 0, userSid = sid(1105)): ExampleRecord {
  const fields = { MessageNumber: '1', MessageTotal: '1', ScriptBlockText: text, ScriptBlockId: '', Path: '' };
  return otherChannel('Microsoft-Windows-PowerShell/Operational', 4104, fields, { after, userSid });
}

function search(SearchFilter: string): ExampleRecord {
  return otherChannel(
    'Microsoft-Windows-LDAP-Client/Debug',
    30,
    { SearchFilter, DistinguishedName: 'DC=corp,DC=example' },
    { userSid: sid(1105) },
  );
}

function pipe(RelativeTargetName: string, after: number, who = subject('alice', 1105)): ExampleRecord {
  const fields = { ...who, ObjectType: 'File', IpAddress: '10.0.0.21', IpPort: '49786', ShareName: '\\\\*\\IPC$', RelativeTargetName };
  return security(5145, { ...fields, AccessMask: '0x12019f' }, { computer: 'DC01.corp.example', after });
}

function written(TargetFilename: string): ExampleRecord {
  return sysmon(11, { Image: 'C:\\Users\\alice\\a.exe', TargetFilename, User: 'CORP\\alice' });
}

function read(index: number, after: number, mask = '0x100', who = subject('alice', 1105), of = GROUP): ExampleRecord {
  const fields = {
    ...who,
    ObjectServer: 'DS',
    ObjectType: of,
    ObjectName: `%{7a2aa51b-a49d-4a86-8d4d-0000000000${10 + index}}`,
    OperationType: 'Object Access',
    AccessMask: mask,
  };
  return security(4662, fields, { computer: 'DC01.corp.example', after });
}

export const examples: readonly Example[] = [
  {
    name: 'the domain administrators are listed',
    fires: true,
    severity: 'informational',
    records: [run('net group "domain admins" /domain')],
  },
  {
    name: 'several questions in one go',
    fires: true,
    severity: 'medium',
    records: [
      run('net group "domain admins" /domain'),
      run('nltest /dclist:corp', 20),
      run('nltest /domain_trusts', 40),
      run('tool.exe -f "(&(objectCategory=person)(adminCount=1))"', 60),
    ],
  },
  {
    name: 'accounts without pre-authentication are searched',
    fires: true,
    severity: 'low',
    records: [script('$s.Filter = "(userAccountControl:1.2.840.113556.1.4.803:=4194304)"')],
  },
  { name: 'one account reads very many groups', fires: true, severity: 'low', records: repeated(40, 0.1, (i, after) => read(i, after)) },
  { name: 'all trusts', fires: true, steps: ['trusts'], records: [script('Get-ADTrust -Filter *')] },
  {
    name: 'protected accounts in a search',
    fires: true,
    steps: ['protected-accounts'],
    records: [search('(&(objectClass=user)(adminCount=1))')],
  },
  {
    name: 'all security groups in a search',
    fires: true,
    steps: ['everything-listed'],
    records: [search('(groupType:1.2.840.113556.1.4.803:=2147483648)')],
  },
  {
    name: 'a collector by its options',
    fires: true,
    severity: 'low',
    steps: ['hunting'],
    records: [run('a.exe --CollectionMethods All --ZipFilename x.zip')],
  },
  { name: 'domain controllers', fires: true, steps: ['controllers'], records: [run('nltest /dclist:corp')] },
  { name: 'accounts by the directory tool', fires: true, steps: ['domain-accounts'], records: [run('dsquery user -limit 0')] },
  {
    name: 'a collector leaves its result',
    fires: true,
    severity: 'medium',
    records: [written('C:\\Users\\alice\\20260302090000_BloodHound.zip')],
  },
  {
    name: 'accounts, names and sessions asked over pipes',
    fires: true,
    severity: 'informational',
    steps: ['accounts-pipe', 'names-pipe', 'sessions-pipe'],
    records: [pipe('samr', 0), pipe('lsarpc', 0.1), pipe('netlogon', 0.2), pipe('samr', 0.3), pipe('srvsvc', 0.4)],
  },
  { name: 'no sessions asked', fires: false, records: [pipe('samr', 0), pipe('samr', 0.1), pipe('lsarpc', 0.2), pipe('netlogon', 0.3)] },
  { name: 'no names asked', fires: false, records: [pipe('samr', 0), pipe('samr', 0.1), pipe('srvsvc', 0.2), pipe('netlogon', 0.3)] },
  {
    name: 'no accounts asked',
    fires: false,
    records: [pipe('netlogon', 0), pipe('netlogon', 0.1), pipe('lsarpc', 0.2), pipe('srvsvc', 0.3)],
  },
  { name: 'one view of the accounts of a server', fires: false, records: [pipe('samr', 0), pipe('lsarpc', 0.1), pipe('srvsvc', 0.2)] },
  {
    name: 'a computer asks over pipes',
    fires: false,
    records: ['samr', 'samr', 'lsarpc', 'srvsvc'].map((name, after) => pipe(name, after, subject('WS01$', 1200))),
  },
  { name: 'the system sets up the domain by script', fires: false, records: [script('Get-ADUser -Filter * -Server dc01', 0, 'S-1-5-18')] },
  { name: 'an archive of a user', fires: false, records: [written('C:\\Users\\alice\\20260302_photos.zip')] },
  { name: 'a few groups too few', fires: false, records: repeated(29, 0.1, (i, after) => read(i, after)) },
  {
    name: 'many service connection points',
    fires: false,
    records: repeated(40, 0.1, (i, after) => read(i, after, '0x100', subject('alice', 1105), SERVICE_CONNECTION_POINT)),
  },
  { name: 'many groups listed by name only', fires: false, records: repeated(40, 0.1, (i, after) => read(i, after, '0x0')) },
  { name: 'a domain account is created', fires: false, records: [run('net user bob Secret.1 /add /domain')] },
  { name: 'a local look-up', fires: false, records: [run('net localgroup administrators')] },
  { name: 'the domain controller in use', fires: false, records: [run('nltest /dsgetdc:corp.example')] },
  { name: 'one account is looked up', fires: false, records: [script('Get-ADUser -Identity bob -Properties mail')] },
  {
    name: 'a computer reads many groups',
    fires: false,
    records: repeated(40, 0.1, (i, after) => read(i, after, '0x100', subject('EXCH01$', 1200))),
  },
  { name: 'many groups are changed', fires: false, records: repeated(40, 0.1, (i, after) => read(i, after, '0x130')) },
];
