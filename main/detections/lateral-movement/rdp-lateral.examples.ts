import { type Example, type ExampleRecord, logonFrom, otherChannel, sysmon } from '../example.ts';

const SESSIONS = 'Microsoft-Windows-TerminalServices-LocalSessionManager/Operational';
const CLIENT = 'Microsoft-Windows-TerminalServices-RDPClient/Operational';

function run(image: string, more = ''): ExampleRecord {
  return sysmon(1, { Image: image, CommandLine: `"${image}"${more}`, User: 'CORP\\alice', ParentImage: 'C:\\Windows\\explorer.exe' });
}

function loads(image: string, library = 'mstscax.dll'): ExampleRecord {
  return sysmon(7, { Image: image, ImageLoaded: `C:\\Windows\\System32\\${library}`, Signed: 'true' });
}

export const examples: readonly Example[] = [
  { name: 'a desktop logon', fires: true, severity: 'informational', records: [logonFrom('10', '10.0.0.21')] },
  {
    name: 'a session that comes back',
    fires: true,
    severity: 'informational',
    records: [otherChannel(SESSIONS, 25, { User: 'CORP\\alice', SessionID: '2', Address: '10.0.0.21' })],
  },
  {
    name: 'the calling side',
    fires: true,
    severity: 'informational',
    records: [otherChannel(CLIENT, 1024, { Name: 'Server Name', Value: 'SRV02' })],
  },
  { name: 'a program from the drive of the caller', fires: true, severity: 'medium', records: [run('\\\\tsclient\\c\\tools\\a.exe')] },
  { name: 'an unusual client', fires: true, severity: 'low', records: [loads('C:\\ProgramData\\helper.exe')] },
  { name: 'a logon at the keyboard', fires: false, records: [logonFrom('2', '127.0.0.1')] },
  { name: 'a network logon', fires: false, records: [logonFrom('3', '10.0.0.21')] },
  { name: 'a session at the console', fires: false, records: [otherChannel(SESSIONS, 21, { User: 'CORP\\alice', Address: 'LOCAL' })] },
  { name: 'the ordinary client', fires: false, records: [loads('C:\\Windows\\System32\\mstsc.exe')] },
  { name: 'a program of the host', fires: false, records: [run('C:\\Windows\\System32\\notepad.exe')] },
  { name: 'another library', fires: false, records: [loads('C:\\ProgramData\\helper.exe', 'crypt32.dll')] },
  { name: 'a client that calls nobody yet', fires: false, records: [otherChannel(CLIENT, 1024, { Name: 'Server Name', Value: '' })] },
  {
    name: 'the client is told a host',
    fires: true,
    severity: 'informational',
    records: [run('C:\\Windows\\System32\\mstsc.exe', ' /v:SRV02')],
  },
  { name: 'the client is opened', fires: false, records: [run('C:\\Windows\\System32\\mstsc.exe')] },
  { name: 'another program with such a switch', fires: false, records: [run('C:\\Tools\\convert.exe', ' /v:2')] },
];
