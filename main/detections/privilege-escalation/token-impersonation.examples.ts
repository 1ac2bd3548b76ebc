import { type Example, type ExampleRecord, otherChannel, security, sid, subject, sysmon } from '../example.ts';

const pipe = (name: string, image: string, eventId = 17): ExampleRecord => sysmon(eventId, { PipeName: name, Image: image });

function started(image: string, user: string, parentUser: string, parentImage = 'C:\\inetpub\\t.exe'): ExampleRecord {
  const fields = {
    Image: image,
    CommandLine: image,
    User: user,
    IntegrityLevel: user === SYSTEM ? 'System' : 'High',
    ParentImage: parentImage,
    ParentUser: parentUser,
  };
  return sysmon(1, fields);
}

function logon(userSid: string, name: string, address: string, port = '50122'): ExampleRecord {
  const fields = { TargetUserSid: userSid, TargetUserName: name, TargetDomainName: 'NT AUTHORITY', LogonType: '3', IpAddress: address };
  return security(4624, { ...fields, IpPort: port, AuthenticationPackageName: 'NTLM' });
}

const CMD = 'C:\\Windows\\System32\\cmd.exe';
const SYSTEM = 'NT AUTHORITY\\SYSTEM';
const run = (commandLine: string): ExampleRecord =>
  security(4688, { ...subject('alice', 1300), NewProcessName: 'C:\\t\\a.exe', CommandLine: commandLine });

function connection(User: string, DestinationPort: string, DestinationIp = '127.0.0.1'): ExampleRecord {
  return sysmon(3, { Image: 'C:\\t\\a.exe', User, Initiated: 'true', SourceIp: '127.0.0.1', DestinationIp, DestinationPort });
}

function script(ScriptBlockText: string): ExampleRecord {
  return otherChannel('Microsoft-Windows-PowerShell/Operational', 4104, { ScriptBlockText }, { userSid: sid(1300) });
}

export const examples: readonly Example[] = [
  { name: 'a pipe inside a pipe', fires: true, severity: 'high', records: [pipe('\\a1b2\\pipe\\spoolss', 'C:\\t\\a.exe')] },
  { name: 'Windows connects to it', fires: true, severity: 'high', records: [pipe('\\a1b2\\pipe\\epmapper', 'System', 18)] },
  { name: 'a shell as the system', fires: true, severity: 'high', records: [started(CMD, SYSTEM, 'IIS APPPOOL\\site')] },
  { name: 'named in the command line', fires: true, severity: 'high', records: [run('a.exe "privilege::debug" "token::elevate"')] },
  {
    name: 'anonymous from the host to itself',
    fires: true,
    severity: 'informational',
    records: [logon('S-1-5-7', 'ANONYMOUS LOGON', '127.0.0.1')],
  },
  {
    name: 'a script that takes tokens',
    fires: true,
    severity: 'high',
    records: [script('Invoke-TokenManipulation -CreateProcess cmd.exe')],
  },
  { name: 'a web application asks RPC of its own host', fires: true, severity: 'low', records: [connection('IIS APPPOOL\\site', '135')] },
  {
    name: 'a program of a service account starts one as the system',
    fires: true,
    records: [started('C:\\t\\b.exe', SYSTEM, 'NT AUTHORITY\\NETWORK SERVICE')],
  },
  { name: 'another command', fires: false, records: [run('whoami /priv')] },
  { name: 'another script', fires: false, records: [script('Get-Process | Sort-Object CPU')] },
  {
    name: 'WMI starts a program for management software that runs as the system',
    fires: false,
    records: [started(CMD, SYSTEM, 'NT AUTHORITY\\NETWORK SERVICE', 'C:\\Windows\\System32\\wbem\\WmiPrvSE.exe')],
  },
  {
    name: 'a service of Windows starts a helper as the system',
    fires: false,
    records: [started('C:\\Windows\\System32\\wermgr.exe', SYSTEM, 'NT AUTHORITY\\NETWORK SERVICE', 'C:\\Windows\\System32\\svchost.exe')],
  },
  { name: 'monitoring asks RPC of another host', fires: false, records: [connection('NT AUTHORITY\\NETWORK SERVICE', '135', '10.0.0.9')] },
  { name: 'a web application asks its database', fires: false, records: [connection('IIS APPPOOL\\site', '1433')] },
  { name: 'an administrator asks RPC of the host', fires: false, records: [connection('CORP\\alice', '135')] },
  { name: 'anonymous without a connection', fires: false, records: [logon('S-1-5-7', 'ANONYMOUS LOGON', '127.0.0.1', '-')] },
  { name: 'the print service makes its pipe', fires: false, records: [pipe('\\spoolss', 'C:\\Windows\\System32\\spoolsv.exe')] },
  { name: 'pipe in the name of a product', fires: false, records: [pipe('\\vendor\\pipeline\\1', 'C:\\Program Files\\V\\v.exe')] },
  { name: 'the system starts a shell', fires: false, records: [started(CMD, SYSTEM, SYSTEM)] },
  { name: 'a service starts a shell as itself', fires: false, records: [started(CMD, 'IIS APPPOOL\\site', 'IIS APPPOOL\\site')] },
  { name: 'anonymous from elsewhere', fires: false, records: [logon('S-1-5-7', 'ANONYMOUS LOGON', '10.0.0.9')] },
  { name: 'a person from the host to itself', fires: false, records: [logon(sid(1300), 'alice', '127.0.0.1')] },
];
