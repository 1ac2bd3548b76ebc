import { type Example, type ExampleRecord, otherChannel, security, sid, subject, sysmon } from '../example.ts';

const WMI = 'C:\\Windows\\System32\\wbem\\WmiPrvSE.exe';
const ESCAPED = 'cmd.exe /Q /c echo dir ^> \\\\127.0.0.1\\C$\\__output 2^>^&1 > C:\\Windows\\TEMP\\execute.bat';
const CMD = 'C:\\Windows\\System32\\cmd.exe';

function run(command: string, more: Record<string, string> = {}): ExampleRecord {
  return sysmon(1, { Image: CMD, CommandLine: command, ParentImage: WMI, User: 'CORP\\alice', LogonId: '0x51a2f', ...more });
}

function created(command: string, target: string): ExampleRecord {
  const system = { SubjectUserSid: 'S-1-5-20', SubjectUserName: 'SRV01$', SubjectDomainName: 'CORP', SubjectLogonId: '0x3e4' };
  const fields = { NewProcessName: CMD, CommandLine: command, ParentProcessName: WMI, TargetUserName: target, TargetDomainName: 'CORP' };
  return security(4688, { ...system, ...fields });
}

function share(name: string, of = 'ADMIN$'): ExampleRecord {
  return security(5145, {
    ...subject('alice', 1104),
    ShareName: `\\\\*\\${of}`,
    RelativeTargetName: name,
    IpAddress: '10.0.0.21',
    IpPort: '50111',
  });
}

function script(text: string): ExampleRecord {
  return otherChannel('Microsoft-Windows-PowerShell/Operational', 4104, { ScriptBlockText: text }, { userSid: sid(1104) });
}

const networkLogon = security(4624, {
  TargetUserSid: sid(1104),
  TargetUserName: 'alice',
  TargetLogonId: '0x51a2f',
  LogonType: '3',
  IpAddress: '10.0.0.21',
});

function inSession(image: string): ExampleRecord {
  return sysmon(1, { Image: image, CommandLine: image, ParentImage: WMI, User: 'CORP\\alice', LogonId: '0x51a2f' }, { after: 2 });
}

function file(name: string): ExampleRecord {
  return sysmon(11, { Image: 'System', TargetFilename: `C:\\Windows\\System32\\${name}` });
}

function credentials(process: string, server: string): ExampleRecord {
  return security(4648, {
    ...subject('alice', 1104),
    TargetUserName: 'admin',
    TargetDomainName: 'CORP',
    TargetServerName: server,
    TargetInfo: `host/${server}`,
    ProcessName: process,
    IpAddress: '-',
  });
}

export const examples: readonly Example[] = [
  {
    name: 'output to a share of the host itself',
    fires: true,
    severity: 'high',
    records: [run('cmd.exe /Q /c whoami 1> \\\\127.0.0.1\\ADMIN$\\__1772442000.12 2>&1')],
  },
  { name: 'the same in the Security log', fires: true, severity: 'medium', records: [created('cmd.exe /c whoami', 'alice')] },
  { name: 'the output is fetched', fires: true, severity: 'high', records: [share('__1772442000.1234')] },
  {
    name: 'an encoded command',
    fires: true,
    severity: 'high',
    records: [run('powershell -nop -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoA', { Image: 'C:\\Windows\\System32\\powershell.exe' })],
  },
  {
    name: 'the sending side',
    fires: true,
    severity: 'medium',
    records: [run('wmic /node:SRV02 process call create "cmd /c ipconfig"', { ParentImage: CMD })],
  },
  {
    name: 'credentials for another host',
    fires: true,
    severity: 'low',
    records: [credentials('C:\\Windows\\System32\\wbem\\WMIC.exe', 'SRV02')],
  },
  {
    name: 'inventory as the host itself',
    fires: false,
    records: [run('cmd.exe /c ver', { User: 'NT AUTHORITY\\SYSTEM', LogonId: '0x3e7', IntegrityLevel: 'System' })],
  },
  {
    name: 'a program that is no interpreter',
    fires: false,
    records: [run('msiexec.exe /V', { Image: 'C:\\Windows\\System32\\msiexec.exe' })],
  },
  { name: 'a shell of a person', fires: false, records: [run('cmd.exe /c dir', { ParentImage: 'C:\\Windows\\explorer.exe' })] },
  { name: 'an ordinary file on the share', fires: false, records: [share('System32\\drivers\\etc\\hosts')] },
  {
    name: 'a question to the host itself',
    fires: false,
    records: [run('wmic /node:localhost process call create notepad', { ParentImage: CMD })],
  },
  {
    name: 'other credentials in a runas',
    fires: false,
    records: [credentials('C:\\Windows\\System32\\svchost.exe', 'localhost'), security(4648, { TargetUserSid: sid(1104) })],
  },
  {
    name: 'a script asks another host for a process',
    fires: true,
    severity: 'medium',
    records: [script('Invoke-WmiMethod -ComputerName SRV02 -Class Win32_Process -Name Create -ArgumentList "cmd /c dir"')],
  },
  { name: 'a program in a session from the network', fires: true, severity: 'low', records: [networkLogon, inSession('C:\\Temp\\a.exe')] },
  {
    name: 'a program that breaks in a session from the network',
    fires: false,
    records: [networkLogon, inSession('C:\\Windows\\System32\\WerFault.exe')],
  },
  {
    name: 'a script lists the processes of another host',
    fires: false,
    records: [script('Get-WmiObject -ComputerName SRV02 -Class Win32_Process')],
  },
  {
    name: 'a script starts a program of the own host',
    fires: false,
    records: [script('Invoke-WmiMethod -Class Win32_Process -Name Create -ArgumentList calc')],
  },
  {
    name: 'a script restarts another host',
    fires: false,
    records: [script('Invoke-CimMethod -ComputerName SRV02 -ClassName Win32_OperatingSystem -MethodName Reboot')],
  },
  {
    name: 'inventory of another host',
    fires: false,
    records: [run('wmic /node:SRV02 os get caption', { ParentImage: CMD })],
  },
  { name: 'a file with such a name elsewhere', fires: false, records: [share('__1772442000.1234', 'Projects')] },
  { name: 'other credentials of another program', fires: false, records: [credentials('C:\\Windows\\System32\\mstsc.exe', 'SRV02')] },
  { name: 'other credentials on the own host', fires: false, records: [credentials('C:\\Windows\\System32\\wbem\\WMIC.exe', 'localhost')] },
  {
    name: 'output to a share of the host itself, by a record without the parent',
    fires: true,
    severity: 'high',
    records: [security(4688, { NewProcessName: CMD, CommandLine: 'cmd.exe /Q /c cd 1> \\\\127.0.0.1\\ADMIN$\\__1772442000.12 2>&1' })],
  },
  {
    name: 'output to a share of the host itself, by a script of a person',
    fires: false,
    records: [run('cmd.exe /c dir 1> \\\\127.0.0.1\\C$\\list.txt', { ParentImage: 'C:\\Windows\\explorer.exe' })],
  },
  {
    name: 'a batch that sends its output to a share of the host itself',
    fires: true,
    severity: 'high',
    records: [run('cmd.exe /Q /c C:\\Windows\\TEMP\\execute.bat', { ParentImage: CMD, ParentCommandLine: ESCAPED })],
  },
  { name: 'the same by a service', fires: false, records: [run(ESCAPED, { ParentImage: 'C:\\Windows\\System32\\services.exe' })] },
  { name: 'a library beside the provider host', fires: true, severity: 'high', records: [file('wbem\\wbemcomn.dll')] },
  { name: 'the library where it belongs', fires: false, records: [file('wbemcomn.dll')] },
];
