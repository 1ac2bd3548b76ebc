import { type Example, type ExampleRecord, security, serviceControl, sid, subject, sysmon } from '../example.ts';

const admin = subject('admin', 1105);

function share(name: string, file: string, more: { by?: Record<string, string>; address?: string; after?: number } = {}): ExampleRecord {
  const { by = admin, address = '10.0.0.66', after = 0 } = more;
  return security(
    5145,
    { ...by, ShareName: `\\\\*\\${name}`, RelativeTargetName: file, AccessMask: '0x12019f', IpAddress: address },
    { after },
  );
}

function installed(name: string, image: string, start = 'demand start'): ExampleRecord {
  return serviceControl(
    7045,
    { ServiceName: name, ImagePath: image, ServiceType: 'user mode service', StartType: start, AccountName: 'LocalSystem' },
    { userSid: sid(1105) },
  );
}

export const examples: readonly Example[] = [
  { name: 'the tool itself', fires: true, severity: 'medium', records: [installed('PSEXESVC', '%SystemRoot%\\PSEXESVC.exe')] },
  {
    name: 'a renamed service, its stream pipes',
    fires: true,
    severity: 'high',
    records: ['stdin', 'stdout', 'stderr'].map((stream, i) => share('IPC$', `upd-WS66-4412-${stream}`, { after: i })),
  },
  { name: 'a random name in the root of ADMIN$', fires: true, severity: 'high', records: [installed('KgXi', '%SYSTEMROOT%\\duKhLY.exe')] },
  {
    name: 'copy to ADMIN$, then the service manager',
    fires: true,
    severity: 'low',
    records: [share('ADMIN$', 'x.exe'), share('IPC$', 'svcctl', { after: 1 })],
  },
  {
    name: 'its pipe as Sysmon sees it',
    fires: true,
    severity: 'medium',
    records: [sysmon(17, { PipeName: '\\PSEXESVC', Image: 'C:\\Windows\\PSEXESVC.exe' })],
  },
  {
    name: 'a service of a product',
    fires: false,
    records: [installed('Example Agent', '"C:\\Program Files\\Example\\agent.exe"', 'auto start')],
  },
  { name: 'a file copied to ADMIN$, no service', fires: false, records: [share('ADMIN$', 'Temp\\report.txt')] },
  { name: 'the service manager alone', fires: false, records: [share('IPC$', 'svcctl')] },
  {
    name: 'ADMIN$ by one account, the service manager by another',
    fires: false,
    records: [share('ADMIN$', 'x.txt', { by: subject('bob', 1106), address: '10.0.0.67' }), share('IPC$', 'svcctl', { after: 1 })],
  },
  {
    name: 'an ordinary pipe of a product',
    fires: false,
    records: [sysmon(17, { PipeName: '\\mojo.4412.1', Image: 'C:\\Program Files\\Browser\\browser.exe' })],
  },
  {
    name: 'a single hidden command as service',
    fires: true,
    severity: 'high',
    records: [installed('upd', '%COMSPEC% /b /c start /b /min powershell.exe -nop -w hidden -noni -c "x"')],
  },
  {
    name: 'a script that is a service, plainly',
    fires: false,
    records: [installed('Nightly', 'powershell.exe -File C:\\Jobs\\nightly.ps1', 'auto start')],
  },
  {
    name: 'the calling side, renamed',
    fires: true,
    severity: 'low',
    records: [
      sysmon(1, {
        Image: 'C:\\Temp\\p.exe',
        OriginalFileName: 'psexec.c',
        CommandLine: 'p.exe -accepteula \\\\srv02 -s cmd',
        User: 'CORP\\admin',
      }),
    ],
  },
  {
    name: 'a program as Local System on the own host',
    fires: false,
    records: [sysmon(1, { Image: 'C:\\Tools\\PsExec64.exe', CommandLine: 'PsExec64.exe -s -i cmd.exe', User: 'CORP\\admin' })],
  },
  {
    name: 'a text about the other host',
    fires: false,
    records: [
      security(4688, { ...admin, NewProcessName: 'C:\\Windows\\notepad.exe', CommandLine: 'notepad \\\\srv02\\notes\\psexec.txt' }),
    ],
  },
  {
    name: 'its service as Sysmon sees it in the registry, random name',
    fires: true,
    severity: 'high',
    records: [
      sysmon(13, { TargetObject: 'HKLM\\System\\CurrentControlSet\\Services\\KgXi\\ImagePath', Details: '%%SystemRoot%%\\duKhLY.exe' }),
    ],
  },
  {
    name: 'the program in another registry value',
    fires: false,
    records: [sysmon(13, { TargetObject: 'HKLM\\SOFTWARE\\Example\\Inventory\\Last', Details: '%%SystemRoot%%\\PSEXESVC.exe' })],
  },
  { name: 'a log file with such an ending', fires: false, records: [share('Builds', 'job-WS66-4412-stdout')] },
  { name: 'the tool in a share of tools', fires: false, records: [share('Tools', 'PSEXESVC.exe')] },
  { name: 'ADMIN$ and the list of shares', fires: false, records: [share('ADMIN$', 'x.exe'), share('IPC$', 'srvsvc', { after: 1 })] },
  {
    name: 'a management server with its computer account',
    fires: false,
    records: ['ADMIN$', 'IPC$'].map((name, after) =>
      share(name, after === 0 ? 'setup.exe' : 'svcctl', { by: subject('MGMT01$', 1220), after }),
    ),
  },
  {
    name: 'a host that manages itself by its name',
    fires: false,
    records: [
      security(4624, { TargetUserSid: sid(1001), TargetUserName: 'SRV01$', LogonType: '3', IpAddress: '10.0.0.11' }),
      ...['ADMIN$', 'IPC$'].map((name, index) =>
        share(name, index === 0 ? 'setup.exe' : 'svcctl', { by: subject('SYSTEM', 18), address: '10.0.0.11', after: index + 1 }),
      ),
    ],
  },
  {
    name: 'a program that the tool started',
    fires: true,
    severity: 'medium',
    records: [
      sysmon(1, {
        Image: 'C:\\Windows\\System32\\cmd.exe',
        CommandLine: 'cmd',
        ParentImage: 'C:\\Windows\\PSEXESVC.exe',
        User: 'NT AUTHORITY\\SYSTEM',
      }),
    ],
  },
  {
    name: 'its key in the Windows directory',
    fires: true,
    severity: 'medium',
    records: [sysmon(11, { Image: 'System', TargetFilename: 'C:\\Windows\\PSEXEC-WS66-1A2B3C4D.key' })],
  },
  { name: 'an ordinary file', fires: false, records: [sysmon(11, { Image: 'System', TargetFilename: 'C:\\Windows\\agent.key' })] },
];
