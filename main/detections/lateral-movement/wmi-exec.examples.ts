import { type Example, type ExampleRecord, security, sid, subject, sysmon } from '../example.ts';

const WMI = 'C:\\Windows\\System32\\wbem\\WmiPrvSE.exe';
const CMD = 'C:\\Windows\\System32\\cmd.exe';

function run(command: string, more: Record<string, string> = {}): ExampleRecord {
  return sysmon(1, { Image: CMD, CommandLine: command, ParentImage: WMI, User: 'CORP\\alice', LogonId: '0x51a2f', ...more });
}

function created(command: string, target: string): ExampleRecord {
  const system = { SubjectUserSid: 'S-1-5-20', SubjectUserName: 'SRV01$', SubjectDomainName: 'CORP', SubjectLogonId: '0x3e4' };
  const fields = { NewProcessName: CMD, CommandLine: command, ParentProcessName: WMI, TargetUserName: target, TargetDomainName: 'CORP' };
  return security(4688, { ...system, ...fields });
}

function share(name: string): ExampleRecord {
  return security(5145, {
    ...subject('alice', 1104),
    ShareName: '\\\\*\\ADMIN$',
    RelativeTargetName: name,
    IpAddress: '10.0.0.21',
    IpPort: '50111',
  });
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
];
