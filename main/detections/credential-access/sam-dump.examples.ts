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

const PIPES = '\\\\*\\IPC$';
const key = (program: string): ExampleRecord =>
  security(4663, {
    ...subject('alice', 1300),
    ObjectType: 'Key',
    ObjectName: '\\REGISTRY\\MACHINE\\SAM\\SAM\\Domains\\Account\\Users\\000001F4',
    AccessMask: '0x1',
    ProcessName: program,
  });

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
