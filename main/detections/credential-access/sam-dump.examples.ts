import { type Example, type ExampleRecord, otherChannel, security, subject, sysmon } from '../example.ts';

function started(commandLine: string, after = 0): ExampleRecord {
  return security(
    4688,
    { ...subject('alice', 1300), NewProcessName: 'C:\\Windows\\System32\\reg.exe', CommandLine: commandLine },
    { after },
  );
}

function share(name: string, mask = '0x1', shareName = '\\\\*\\ADMIN$', after = 0, who = subject('alice', 1300)): ExampleRecord {
  const fields = { ObjectType: 'File', ShareName: shareName, RelativeTargetName: name, AccessMask: mask, IpAddress: '10.0.0.21' };
  return security(5145, { ...who, ...fields }, { after });
}

const REG = 'C:\\Windows\\System32\\reg.exe';
const PIPES = '\\\\*\\IPC$';
const key = (program: string): ExampleRecord =>
  security(4663, {
    ...subject('alice', 1300),
    ObjectType: 'Key',
    ObjectName: '\\REGISTRY\\MACHINE\\SAM\\SAM\\Domains\\Account\\Users\\000001F4',
    AccessMask: '0x1',
    ProcessName: program,
  });

function saved(TargetFilename: string, Image = 'C:\\Windows\\System32\\svchost.exe'): ExampleRecord {
  return sysmon(11, { Image, TargetFilename, User: 'NT AUTHORITY\\LOCAL SERVICE' });
}

function keyBySystem(ProcessName: string, name: string): ExampleRecord {
  const who = { SubjectUserSid: 'S-1-5-18', SubjectUserName: 'WS03$', SubjectDomainName: 'CORP', SubjectLogonId: '0x3e7' };
  return security(4656, { ...who, ObjectType: 'Key', ObjectName: `\\REGISTRY\\MACHINE\\${name}`, AccessMask: '0x20019', ProcessName });
}

export const examples: readonly Example[] = [
  { name: 'the hive is saved', fires: true, severity: 'high', records: [started('reg.exe save HKLM\\SAM C:\\Temp\\s.hiv')] },
  {
    name: 'secrets are saved as the system',
    fires: true,
    severity: 'high',
    records: [
      sysmon(1, {
        Image: 'C:\\Windows\\System32\\reg.exe',
        CommandLine: '"reg" save HKLM\\security\\policy\\secrets C:\\Temp\\s',
        User: 'NT AUTHORITY\\SYSTEM',
      }),
    ],
  },
  {
    name: 'copied out of a shadow copy',
    fires: true,
    severity: 'high',
    records: [
      otherChannel('Microsoft-Windows-PowerShell/Operational', 4104, {
        ScriptBlockText: 'cmd /c copy \\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy1\\Windows\\System32\\config\\SAM C:\\t\\s',
      }),
    ],
  },
  {
    name: 'saved through the remote registry and fetched',
    fires: true,
    severity: 'high',
    records: [
      share('winreg', '0x3', PIPES),
      share('SYSTEM32\\BTeHLZkJ.tmp', '0x1', undefined, 1),
      share('SYSTEM32\\NMdzZfem.tmp', '0x1', undefined, 2),
    ],
  },
  {
    name: 'hives written to a share',
    fires: true,
    severity: 'high',
    records: [share('Users\\xSAM', '0x2', '\\\\*\\C$'), share('Users\\xSYSTEM', '0x2', '\\\\*\\C$', 1)],
  },
  { name: 'a program reads the keys', fires: true, severity: 'medium', records: [key('C:\\Users\\alice\\d.exe')] },
  {
    name: 'the system hive alone',
    fires: true,
    severity: 'informational',
    records: [started('reg save HKLM\\SYSTEM D:\\backup\\system.hiv')],
  },
  {
    name: 'the remote registry saves hives, seen on the host alone',
    fires: true,
    severity: 'high',
    steps: ['saved-by-service'],
    records: [saved('C:\\Windows\\System32\\BTeHLZkJ.tmp'), saved('C:\\Windows\\System32\\NMdzZfem.tmp')],
  },
  {
    name: 'the hive file is opened through a share',
    fires: true,
    severity: 'high',
    records: [share('Windows\\System32\\config\\SAM', '0x1', '\\\\*\\C$')],
  },
  {
    name: 'LSA secrets written to a share',
    fires: true,
    severity: 'high',
    steps: ['copy-security', 'copy-system'],
    records: [share('t\\security.hive', '0x2', '\\\\*\\C$'), share('t\\system.hive', '0x2', '\\\\*\\C$', 1)],
  },
  {
    name: 'remote registry and two files of an installation',
    fires: false,
    records: [
      share('winreg', '0x3', PIPES),
      share('SYSTEM32\\drivers.cab', '0x1', undefined, 1),
      share('SYSTEM32\\setup.inf', '0x1', undefined, 2),
    ],
  },
  {
    name: 'two temporary files without the registry',
    fires: false,
    records: [share('Temp\\abcdefgh.tmp'), share('Temp\\ponmlkji.tmp', '0x1', undefined, 1)],
  },
  {
    name: 'another pipe and two temporary files',
    fires: false,
    records: [
      share('srvsvc', '0x3', PIPES),
      share('Temp\\abcdefgh.tmp', '0x1', undefined, 1),
      share('Temp\\ponmlkji.tmp', '0x1', undefined, 2),
    ],
  },
  {
    name: 'a file called like the pipe, and two temporary files',
    fires: false,
    records: [
      share('winreg', '0x1', '\\\\*\\data'),
      share('Temp\\abcdefgh.tmp', '0x1', undefined, 1),
      share('Temp\\ponmlkji.tmp', '0x1', undefined, 2),
    ],
  },
  {
    name: 'a backup server copies hives',
    fires: false,
    records: [share('Windows\\System32\\config\\SAM', '0x1', '\\\\*\\C$', 0, subject('BACKUP01$', 1310))],
  },
  { name: 'a scanner asks how old the hive is', fires: false, records: [share('Windows\\System32\\config\\SAM', '0x80', '\\\\*\\C$')] },
  {
    name: 'copies of hives are looked at in a share of evidence',
    fires: false,
    records: [share('case\\SAM', '0x1', '\\\\*\\data'), share('case\\SYSTEM', '0x1', '\\\\*\\data', 1)],
  },
  {
    name: 'a folder that is named after a person',
    fires: false,
    records: [share('photos\\sam', '0x2', '\\\\*\\data'), share('photos\\a.jpg', '0x2', '\\\\*\\data', 1)],
  },
  { name: 'a file about security', fires: false, records: [share('projects\\security.bak', '0x2', '\\\\*\\data')] },
  {
    name: 'a command reads the accounts',
    fires: true,
    severity: 'medium',
    steps: ['accounts-read'],
    records: [started('reg query HKLM\\SAM\\SAM\\Domains\\Account\\Users')],
  },
  {
    name: 'a script reads the keys as the system',
    fires: true,
    severity: 'medium',
    steps: ['secret-key'],
    records: [keyBySystem('C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe', 'SAM')],
  },
  { name: 'a service of Windows opens the hive', fires: false, records: [keyBySystem('C:\\Windows\\System32\\services.exe', 'SAM')] },
  { name: 'an agent reads its settings', fires: false, records: [keyBySystem('D:\\agent\\a.exe', 'SOFTWARE\\Agent')] },
  {
    name: 'another key',
    fires: false,
    records: [{ ...key('C:\\t\\d.exe'), fields: { ...key('C:\\t\\d.exe').fields, ObjectName: '\\REGISTRY\\MACHINE\\SECURITY\\RXACT' } }],
  },
  {
    name: 'hives are written to a folder of the host',
    fires: true,
    severity: 'high',
    steps: ['copy-sam', 'copy-system'],
    records: [saved('C:\\t\\sam.save', REG), saved('C:\\t\\system.save', REG)],
  },
  {
    name: 'a setup of Windows writes its hives',
    fires: false,
    records: [saved('D:\\Windows\\System32\\config\\SAM', REG), saved('D:\\Windows\\System32\\config\\SYSTEM', REG)],
  },
  {
    name: 'a folder of pictures, one of a person',
    fires: false,
    records: [saved('C:\\pictures\\sam.dat', REG), saved('C:\\pictures\\tom.dat', REG)],
  },
  { name: 'files of a product', fires: false, records: [saved('C:\\app\\system.dat', REG), saved('C:\\app\\user.dat', REG)] },
  { name: 'a service saves one temporary file', fires: false, records: [saved('C:\\Windows\\System32\\a1b2c3d4.tmp')] },
  {
    name: 'services write their files',
    fires: false,
    records: [saved('C:\\Windows\\System32\\sru\\a.log'), saved('C:\\Windows\\System32\\sru\\b.log')],
  },
  {
    name: 'a setup writes temporary files',
    fires: false,
    records: [
      saved('C:\\Windows\\System32\\a1b2c3d4.tmp', 'C:\\Windows\\System32\\msiexec.exe'),
      saved('C:\\Windows\\System32\\d4c3b2a1.tmp', 'C:\\Windows\\System32\\msiexec.exe'),
    ],
  },
  { name: 'settings are exported', fires: false, records: [started('reg export HKLM\\SYSTEM\\CurrentControlSet\\Services D:\\s.reg')] },
  { name: 'settings of a product are saved', fires: false, records: [started('reg save HKLM\\SOFTWARE\\Security D:\\s.hiv')] },
  { name: 'remote registry alone', fires: false, records: [share('winreg', '0x12019f', PIPES)] },
  {
    name: 'a single temporary file',
    fires: false,
    records: [share('winreg', '0x3', PIPES), share('Temp\\abcdefgh.tmp', '0x1', undefined, 1)],
  },
  { name: 'one file that happens to be called so', fires: false, records: [share('projects\\system.dat', '0x2', '\\\\*\\data')] },
  { name: 'the security authority reads its own keys', fires: false, records: [key('C:\\Windows\\System32\\lsass.exe')] },
];
