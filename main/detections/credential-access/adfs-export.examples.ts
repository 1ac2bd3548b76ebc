import { type Example, type ExampleRecord, otherChannel, repeated, security, subject, sysmon } from '../example.ts';

const admin = subject('admin', 1105);
const CONTACT = '%{5cb41ed0-0e4c-11d0-a286-00aa003049e2}';
const PHOTO = '%%7684\r\n\t\t{77b5b886-944a-11d1-aebd-0000f80367c1}\r\n\t\t\t{8d3bca50-1d7e-11d0-a081-00aa006c33ed}\r\n';

type Read = { by?: Record<string, string>; kind?: string; properties?: string; name?: string; mask?: string; after?: number };

function read(given: Read = {}): ExampleRecord {
  const {
    by = admin,
    kind = CONTACT,
    properties = PHOTO,
    name = '%{9736f74f-fd37-4b02-80e8-8120a72ad6c2}',
    mask = '0x10',
    after = 0,
  } = given;
  const fields = { ObjectServer: 'DS', ObjectType: kind, ObjectName: name, AccessMask: mask };
  return security(4662, { ...by, ...fields, Properties: properties }, { computer: 'DC01.corp.example', after });
}

function pipe(image: string, name = '\\MICROSOFT##WID\\tsql\\query'): ExampleRecord {
  return sysmon(18, { EventType: 'ConnectPipe', PipeName: name, Image: image }, { computer: 'ADFS01.corp.example' });
}

function remote(by: Record<string, string>): ExampleRecord {
  const fields = { ShareName: '\\\\*\\IPC$', RelativeTargetName: 'MICROSOFT##WID\\tsql\\query', IpAddress: '192.0.2.7' };
  return security(5145, { ...by, ...fields }, { computer: 'ADFS01.corp.example' });
}

const script = (text: string): ExampleRecord => otherChannel('Microsoft-Windows-PowerShell/Operational', 4104, { ScriptBlockText: text });
const shell = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe';

export const examples: readonly Example[] = [
  { name: 'an account reads the key', fires: true, severity: 'high', records: [read()] },
  { name: 'a shell opens the database', fires: true, severity: 'medium', records: [pipe(shell)] },
  {
    name: 'over the network',
    fires: true,
    severity: 'medium',
    records: [remote(admin)],
  },
  {
    name: 'key and configuration, by the same account',
    fires: true,
    severity: 'high',
    steps: ['pipe-from-elsewhere', 'key-read'],
    records: [remote(admin), read({ name: 'CN=a1b2,CN=ADFS,CN=Microsoft,CN=Program Data,DC=corp,DC=example', after: 60 })],
  },
  {
    name: 'a script that reads the key',
    fires: true,
    severity: 'high',
    steps: ['key-script'],
    records: [script('$s.Filter = "(&(thumbnailPhoto=*)(objectClass=contact)(!(cn=CryptoPolicy)))"; $s.FindOne()')],
  },
  {
    name: 'a script that reads the settings',
    fires: true,
    severity: 'medium',
    steps: ['settings-script'],
    records: [script('$c.CommandText = "SELECT ServiceSettingsData from IdentityServerPolicy.ServiceSettings"')],
  },
  {
    name: 'an address book reads photos of contacts, where all reads are audited',
    fires: true,
    severity: 'low',
    records: repeated(6, 1, (i, after) => read({ name: `%{9736f74f-fd37-4b02-80e8-8120a72ad6c${i}}`, after })),
  },
  { name: 'the photo of a contact that is named', fires: false, records: [read({ name: 'CN=Partner,OU=Contacts,DC=corp,DC=example' })] },
  { name: 'the photo of a contact is written', fires: false, records: [read({ mask: '0x20' })] },
  { name: 'a server of the farm', fires: false, records: [remote(subject('ADFS02$', 1450))] },
  { name: 'a script for photos of people', fires: false, records: [script('Get-ADUser alice -Properties thumbnailPhoto')] },
  {
    name: 'a script that looks for AD FS',
    fires: false,
    records: [script('Get-ADObject "CN=ADFS,CN=Microsoft,CN=Program Data,DC=corp,DC=example"')],
  },
  { name: 'the managed account of AD FS', fires: false, records: [read({ by: subject('gmsa-adfs$', 1400) })] },
  { name: 'the photo of a user', fires: false, records: [read({ kind: '%{bf967aba-0de6-11d0-a285-00aa003049e2}' })] },
  {
    name: 'another property of a contact',
    fires: false,
    records: [read({ properties: '%%7684\r\n\t\t{bf967a41-0de6-11d0-a285-00aa003049e2}' })],
  },
  { name: 'AD FS opens its database', fires: false, records: [pipe('C:\\Windows\\ADFS\\Microsoft.IdentityServer.ServiceHost.exe')] },
  { name: 'update services open theirs', fires: false, records: [pipe('C:\\Program Files\\Update Services\\Services\\WsusService.exe')] },
  { name: 'another pipe', fires: false, records: [pipe(shell, '\\srvsvc')] },
];
