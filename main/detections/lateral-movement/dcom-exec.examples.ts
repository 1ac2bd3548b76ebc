import { type Example, type ExampleRecord, otherChannel, security, sid, sysmon } from '../example.ts';

const SCRIPTS = 'Microsoft-Windows-PowerShell/Operational';
const MMC = 'C:\\Windows\\System32\\mmc.exe';
const CMD = 'C:\\Windows\\System32\\cmd.exe';
const SVCHOST = 'C:\\Windows\\System32\\svchost.exe';

function run(command: string, parent: string, parentCommand: string, image = CMD): ExampleRecord {
  const fields = { ParentImage: parent, ParentCommandLine: parentCommand, User: 'CORP\\alice', LogonId: '0x51a2f' };
  return sysmon(1, { Image: image, CommandLine: command, ...fields });
}

function file(name: string): ExampleRecord {
  return sysmon(11, { Image: 'System', TargetFilename: `C:\\Program Files\\${name}` });
}

function script(text: string): ExampleRecord {
  return otherChannel(SCRIPTS, 4104, { MessageNumber: '1', MessageTotal: '1', ScriptBlockText: text }, { userSid: sid(1104) });
}

const EXCEL = 'C:\\Program Files\\Microsoft Office\\Office16\\EXCEL.EXE';

function reached(image: string, more: Record<string, string> = {}): ExampleRecord {
  const way = { Initiated: 'false', SourceIp: '10.0.0.21', SourcePort: '49712', DestinationIp: '10.0.0.30', DestinationPort: '50122' };
  return sysmon(3, { Image: image, User: 'CORP\\alice', ...way, ...more });
}

const logon = security(4624, {
  TargetUserSid: sid(1104),
  TargetUserName: 'alice',
  TargetDomainName: 'CORP',
  TargetLogonId: '0x61b30',
  LogonType: '3',
  IpAddress: '10.0.0.21',
});
const CONSOLE_STARTED = {
  SubjectUserSid: 'S-1-5-18',
  SubjectUserName: 'SRV01$',
  SubjectLogonId: '0x3e7',
  NewProcessName: MMC,
  CommandLine: `${MMC} -Embedding`,
  ParentProcessName: SVCHOST,
  TargetUserName: 'alice',
  TargetLogonId: '0x61b30',
};

function consoleAs(more: Record<string, string>): ExampleRecord {
  return security(4688, { ...CONSOLE_STARTED, ...more }, { after: 1 });
}

const consoleStarted = consoleAs({});

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
  {
    name: 'a program that the console started for a caller',
    fires: true,
    severity: 'medium',
    steps: ['command'],
    records: [run('a.exe', MMC, `${MMC} -Embedding`, 'C:\\Users\\Public\\a.exe')],
  },
  {
    name: 'a shell of a console in a network session, without the command line of its parent',
    fires: true,
    severity: 'medium',
    steps: ['command'],
    records: [
      logon,
      security(
        4688,
        { SubjectLogonId: '0x61b30', NewProcessName: CMD, CommandLine: 'cmd /c dir', ParentProcessName: MMC, TargetLogonId: '0x0' },
        { after: 2 },
      ),
    ],
  },
  {
    name: 'an encoded command of a spreadsheet that was started for a caller',
    fires: true,
    severity: 'high',
    steps: ['hidden-command'],
    records: [
      run(
        'powershell -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoA',
        EXCEL,
        `"${EXCEL}" /automation -Embedding`,
        'C:\\Windows\\System32\\powershell.exe',
      ),
    ],
  },
  { name: 'a caller reaches the console', fires: true, severity: 'low', records: [reached(MMC)] },
  { name: 'a caller reaches another service', fires: false, records: [reached(SVCHOST)] },
  { name: 'a console that connects', fires: false, records: [reached(MMC, { Initiated: 'true' })] },
  { name: 'a console that talks to its own host', fires: false, records: [reached(MMC, { SourceIp: '10.0.0.30' })] },
  {
    name: 'output to the own share by a service',
    fires: false,
    records: [run('cmd.exe /Q /c dir 1> \\\\127.0.0.1\\ADMIN$\\x 2>&1', 'C:\\Windows\\System32\\services.exe', '')],
  },
  {
    name: 'a shell of another COM server',
    fires: false,
    records: [run('cmd.exe /c dir', 'C:\\Program Files\\Example\\server.exe', 'server.exe -Embedding')],
  },
  {
    name: 'a spreadsheet for another program, which prints',
    fires: false,
    records: [run('splwow64.exe 8192', EXCEL, `"${EXCEL}" /automation -Embedding`, 'C:\\Windows\\splwow64.exe')],
  },
  {
    name: 'a console that breaks',
    fires: false,
    records: [run('WerFault.exe -u -p 4412', MMC, `${MMC} -Embedding`, 'C:\\Windows\\System32\\WerFault.exe')],
  },
  {
    name: 'a spreadsheet that another program of the host drives',
    fires: false,
    records: [run(`"${EXCEL}" /automation -Embedding`, SVCHOST, 'svchost.exe -k DcomLaunch', EXCEL)],
  },
  {
    name: 'a small server of COM in a network session',
    fires: false,
    records: [logon, consoleAs({ NewProcessName: 'C:\\Windows\\System32\\wbem\\unsecapp.exe', CommandLine: 'unsecapp.exe -Embedding' })],
  },
  { name: 'a console with raised rights', fires: false, records: [consoleAs({ CommandLine: `"${MMC}" compmgmt.msc` })] },
  {
    name: 'a console that a program of the host drives',
    fires: false,
    records: [consoleAs({ ParentProcessName: 'C:\\Windows\\explorer.exe' })],
  },
  {
    name: 'the update service of another host',
    fires: false,
    records: [script('[Activator]::CreateInstance([type]::GetTypeFromProgID("Microsoft.Update.Session","SRV02"))')],
  },
  { name: 'a library beside the browser', fires: true, severity: 'high', records: [file('Internet Explorer\\iertutil.dll')] },
  { name: 'a library of another program', fires: false, records: [file('Example\\iertutil.dll')] },
];
