import { type Example, type ExampleRecord, security, sid, subject, sysmon } from '../example.ts';

const pipe = (name: string, image: string, eventId = 17): ExampleRecord => sysmon(eventId, { PipeName: name, Image: image });

function started(image: string, user: string, parentUser: string, parentImage = 'C:\\inetpub\\t.exe'): ExampleRecord {
  const fields = {
    Image: image,
    CommandLine: image,
    User: user,
    IntegrityLevel: 'System',
    ParentImage: parentImage,
    ParentUser: parentUser,
  };
  return sysmon(1, fields);
}

function logon(userSid: string, name: string, address: string): ExampleRecord {
  const fields = { TargetUserSid: userSid, TargetUserName: name, TargetDomainName: 'NT AUTHORITY', LogonType: '3', IpAddress: address };
  return security(4624, { ...fields, IpPort: '50122', AuthenticationPackageName: 'NTLM' });
}

const CMD = 'C:\\Windows\\System32\\cmd.exe';
const SYSTEM = 'NT AUTHORITY\\SYSTEM';
const run = (commandLine: string): ExampleRecord =>
  security(4688, { ...subject('alice', 1300), NewProcessName: 'C:\\t\\a.exe', CommandLine: commandLine });

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
  { name: 'the print service makes its pipe', fires: false, records: [pipe('\\spoolss', 'C:\\Windows\\System32\\spoolsv.exe')] },
  { name: 'pipe in the name of a product', fires: false, records: [pipe('\\vendor\\pipeline\\1', 'C:\\Program Files\\V\\v.exe')] },
  { name: 'the system starts a shell', fires: false, records: [started(CMD, SYSTEM, SYSTEM)] },
  { name: 'a service starts a shell as itself', fires: false, records: [started(CMD, 'IIS APPPOOL\\site', 'IIS APPPOOL\\site')] },
  { name: 'anonymous from elsewhere', fires: false, records: [logon('S-1-5-7', 'ANONYMOUS LOGON', '10.0.0.9')] },
  { name: 'a person from the host to itself', fires: false, records: [logon(sid(1300), 'alice', '127.0.0.1')] },
];
