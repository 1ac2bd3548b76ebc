import { type Example, type ExampleRecord, otherChannel, security, sid, sysmon } from '../example.ts';

const SCRIPTS = 'Microsoft-Windows-PowerShell/Operational';
const MMC = 'C:\\Windows\\System32\\mmc.exe';
const CMD = 'C:\\Windows\\System32\\cmd.exe';
const SVCHOST = 'C:\\Windows\\System32\\svchost.exe';

function run(command: string, parent: string, parentCommand: string, image = CMD): ExampleRecord {
  const fields = { ParentImage: parent, ParentCommandLine: parentCommand, User: 'CORP\\alice', LogonId: '0x51a2f' };
  return sysmon(1, { Image: image, CommandLine: command, ...fields });
}

function script(text: string): ExampleRecord {
  return otherChannel(SCRIPTS, 4104, { MessageNumber: '1', MessageTotal: '1', ScriptBlockText: text }, { userSid: sid(1104) });
}

const logon = security(4624, {
  TargetUserSid: sid(1104),
  TargetUserName: 'alice',
  TargetDomainName: 'CORP',
  TargetLogonId: '0x61b30',
  LogonType: '3',
  IpAddress: '10.0.0.21',
});
const consoleStarted = security(
  4688,
  {
    SubjectUserSid: 'S-1-5-18',
    SubjectUserName: 'SRV01$',
    SubjectLogonId: '0x3e7',
    NewProcessName: MMC,
    CommandLine: `${MMC} -Embedding`,
    ParentProcessName: SVCHOST,
    TargetUserName: 'alice',
    TargetLogonId: '0x61b30',
  },
  { after: 1 },
);

export const examples: readonly Example[] = [
  {
    name: 'output to a share of the host itself',
    fires: true,
    severity: 'high',
    records: [run('cmd.exe /Q /c cd \\ 1> \\\\127.0.0.1\\ADMIN$\\__1772442000.61 2>&1', MMC, `${MMC} -Embedding`)],
  },
  { name: 'the console runs a command', fires: true, severity: 'medium', records: [run('cmd.exe /c whoami', MMC, `${MMC} -Embedding`)] },
  {
    name: 'an object on another host',
    fires: true,
    severity: 'medium',
    records: [script('$a = [System.Activator]::CreateInstance([type]::GetTypeFromProgID("MMC20.Application.1","SRV02"))')],
  },
  { name: 'the console only', fires: true, severity: 'low', records: [consoleStarted] },
  { name: 'the console for a caller from the network', fires: true, severity: 'medium', records: [logon, consoleStarted] },
  {
    name: 'a person who opens a console',
    fires: false,
    records: [run(`"${MMC}" services.msc`, 'C:\\Windows\\explorer.exe', 'explorer', MMC)],
  },
  { name: 'a command of an opened console', fires: false, records: [run('cmd.exe', MMC, `"${MMC}" compmgmt.msc`)] },
  { name: 'an object of the own host', fires: false, records: [script('[type]::GetTypeFromProgID("MMC20.Application")')] },
  { name: 'an argument that is no host', fires: false, records: [script('[type]::GetTypeFromProgID("MMC20.Application", $true)')] },
  { name: 'a shell of a person', fires: false, records: [run('cmd.exe /c dir', 'C:\\Windows\\explorer.exe', 'C:\\Windows\\explorer.exe')] },
  { name: 'only a network logon', fires: false, records: [logon] },
];
