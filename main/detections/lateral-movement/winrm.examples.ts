import { type Example, type ExampleRecord, otherChannel, sid, sysmon } from '../example.ts';

const LOG = 'Microsoft-Windows-WinRM/Operational';
const SCRIPTS = 'Microsoft-Windows-PowerShell/Operational';
const HOST = 'C:\\Windows\\System32\\wsmprovhost.exe';

function run(image: string, parent: string, command = `"${image}"`, user = 'CORP\\alice'): ExampleRecord {
  const logonId = user.endsWith('SYSTEM') ? '0x3e7' : '0x51a2f';
  return sysmon(1, { Image: image, CommandLine: command, ParentImage: parent, User: user, LogonId: logonId });
}

function connected(port: string, more: Record<string, string> = {}): ExampleRecord {
  return sysmon(3, {
    Image: 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
    Initiated: 'true',
    SourceIp: '10.0.0.21',
    DestinationIp: '10.0.0.9',
    DestinationPort: port,
    ...more,
  });
}

export const examples: readonly Example[] = [
  { name: 'a program in a remote session', fires: true, severity: 'low', records: [run('C:\\Windows\\System32\\HOSTNAME.EXE', HOST)] },
  {
    name: 'an encoded command in a remote session',
    fires: true,
    severity: 'low',
    records: [
      run('C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe', HOST, 'powershell -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoA'),
    ],
  },
  {
    name: 'a remote shell was opened',
    fires: true,
    severity: 'informational',
    records: [
      otherChannel(LOG, 91, { resourceUri: 'http://schemas.microsoft.com/powershell/Microsoft.PowerShell' }, { userSid: sid(1104) }),
    ],
  },
  {
    name: 'a caller was let in',
    fires: true,
    severity: 'informational',
    records: [otherChannel(LOG, 169, { username: 'CORP\\alice', authenticationMechanism: 'Kerberos' }, { userSid: 'S-1-5-20' })],
  },
  { name: 'the calling side', fires: true, severity: 'informational', records: [connected('5985')] },
  {
    name: 'a computer forwards its events',
    fires: false,
    records: [otherChannel(LOG, 169, { username: 'CORP\\WS03$', authenticationMechanism: 'Kerberos' }, { userSid: 'S-1-5-20' })],
  },
  {
    name: 'a session of a service of the host',
    fires: false,
    records: [otherChannel(LOG, 6, { connection: 'SRV02/wsman' }, { userSid: 'S-1-5-20' })],
  },
  {
    name: 'a console that asks its own host',
    fires: false,
    records: [otherChannel(LOG, 6, { connection: 'localhost/wsman' }, { userSid: sid(1104) })],
  },
  { name: 'the console of a remote session', fires: false, records: [run('C:\\Windows\\System32\\conhost.exe', HOST)] },
  { name: 'a program of a person', fires: false, records: [run('C:\\Windows\\System32\\HOSTNAME.EXE', 'C:\\Windows\\System32\\cmd.exe')] },
  { name: 'an ordinary web connection', fires: false, records: [connected('443')] },
  {
    name: 'a remote session begins',
    fires: true,
    severity: 'informational',
    records: [run(HOST, 'C:\\Windows\\System32\\svchost.exe')],
  },
  {
    name: 'a management agent runs its own session as Local System',
    fires: false,
    records: [run(HOST, 'C:\\Windows\\System32\\svchost.exe', HOST, 'NT AUTHORITY\\SYSTEM')],
  },
  { name: 'a client that names no host', fires: false, records: [otherChannel(LOG, 6, { connection: '' }, { userSid: sid(1104) })] },
  { name: 'a connection that comes in', fires: false, records: [connected('5985', { Initiated: 'false' })] },
  { name: 'a console of its own host', fires: false, records: [connected('5985', { DestinationIp: '10.0.0.21' })] },
  {
    name: 'a command for another host',
    fires: true,
    severity: 'informational',
    records: [
      otherChannel(
        SCRIPTS,
        4104,
        { ScriptBlockText: 'Invoke-Command -ComputerName SRV02 -ScriptBlock { hostname }' },
        { userSid: sid(1104) },
      ),
    ],
  },
  {
    name: 'a command for the own host',
    fires: false,
    records: [
      otherChannel(
        SCRIPTS,
        4104,
        { ScriptBlockText: 'Invoke-Command -ComputerName localhost -ScriptBlock { hostname }' },
        { userSid: sid(1104) },
      ),
    ],
  },
  {
    name: 'a hidden command in a remote session',
    fires: true,
    severity: 'medium',
    records: [
      run(
        'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
        HOST,
        'powershell -noP -w hidden -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoA',
      ),
    ],
  },
  {
    name: 'the management command for another host',
    fires: true,
    severity: 'informational',
    records: [
      run(
        'C:\\Windows\\System32\\cscript.exe',
        'C:\\x.exe',
        'cscript winrm.vbs invoke Create wmicimv2/Win32_Process @{CommandLine="a"} -r:http://SRV02:5985',
      ),
    ],
  },
];
