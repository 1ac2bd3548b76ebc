import { type Example, type ExampleRecord, otherChannel, repeated, security, subject, sysmon } from '../example.ts';

const SYSTEM_CALL = 'C:\\Windows\\SYSTEM32\\ntdll.dll+9c584|C:\\Windows\\System32\\KERNELBASE.dll+305fe';

function access(source: string, mask: string, trace: string, target = 'C:\\Windows\\system32\\lsass.exe'): ExampleRecord {
  return sysmon(10, { SourceImage: source, TargetImage: target, GrantedAccess: mask, CallTrace: trace, SourceProcessId: '4824' });
}

function handle(program: string, mask: string, eventId = 4656): ExampleRecord {
  return security(eventId, {
    ...subject('alice', 1300),
    ObjectType: 'Process',
    ObjectName: '\\Device\\HarddiskVolume2\\Windows\\System32\\lsass.exe',
    AccessMask: mask,
    ProcessName: program,
  });
}

const started = (image: string, commandLine: string): ExampleRecord =>
  sysmon(1, { Image: image, CommandLine: commandLine, User: 'CORP\\alice' });

const script = (text: string): ExampleRecord => otherChannel('Microsoft-Windows-PowerShell/Operational', 4104, { ScriptBlockText: text });

function watched(program: string): ExampleRecord {
  const key = `HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\SilentProcessExit\\${program}\\DumpType`;
  return sysmon(13, { EventType: 'SetValue', TargetObject: key, Details: 'DWORD (0x00000002)', Image: 'C:\\Users\\alice\\d.exe' });
}

function exitAnnounced(param1: string): ExampleRecord {
  const fields = { param1, param2: 'C:\\Users\\alice\\d.exe' };
  return { ...otherChannel('Application', 3001, fields), provider: 'Microsoft-Windows-ProcessExitMonitor' };
}

export const examples: readonly Example[] = [
  {
    name: 'a library that writes dumps',
    fires: true,
    severity: 'high',
    records: [access('C:\\Windows\\System32\\rundll32.exe', '0x1fffff', `${SYSTEM_CALL}|C:\\Windows\\SYSTEM32\\dbgcore.DLL+9447`)],
  },
  {
    name: 'a call around the system library',
    fires: true,
    severity: 'high',
    records: [access('C:\\Users\\alice\\d.exe', '0x1fffff', 'C:\\Users\\alice\\d.exe+134da|C:\\Users\\alice\\d.exe+12e6d')],
  },
  {
    name: 'code without a file inside PowerShell',
    fires: true,
    severity: 'medium',
    steps: ['hidden-caller'],
    records: [access('C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe', '0x1010', SYSTEM_CALL)],
  },
  { name: 'a script host opens it', fires: true, severity: 'medium', records: [handle('C:\\Windows\\System32\\cscript.exe', '0x1f3fff')] },
  {
    name: 'a command that dumps a process by its number',
    fires: true,
    severity: 'high',
    records: [
      started('C:\\Windows\\System32\\rundll32.exe', 'rundll32.exe C:\\Windows\\System32\\comsvcs.dll, MiniDump 512 C:\\t\\a.bin full'),
    ],
  },
  {
    name: 'a dump file',
    fires: true,
    severity: 'high',
    records: [
      sysmon(11, { Image: 'C:\\Windows\\System32\\Taskmgr.exe', TargetFilename: 'C:\\Users\\alice\\AppData\\Local\\Temp\\lsass.DMP' }),
    ],
  },
  {
    name: 'a script that dumps it',
    fires: true,
    severity: 'high',
    records: [
      otherChannel('Microsoft-Windows-PowerShell/Operational', 4104, {
        ScriptBlockText: "$p = Get-Process lsass; $m = $n.GetMethod('MiniDumpWriteDump', $Flags)",
      }),
    ],
  },
  {
    name: 'a thread started inside of it',
    fires: true,
    severity: 'high',
    records: [
      sysmon(8, { SourceImage: 'C:\\Users\\alice\\d.exe', TargetImage: 'C:\\Windows\\System32\\lsass.exe', StartAddress: '0x001A0000' }),
    ],
  },
  {
    name: 'an installed security product reads it',
    fires: false,
    records: [
      access('C:\\ProgramData\\Microsoft\\Windows Defender\\Platform\\4.18\\MsMpEng.exe', '0x101410', SYSTEM_CALL),
      handle('C:\\Program Files\\osquery\\osqueryd\\osqueryd.exe', '0x1fffff'),
    ],
  },
  {
    name: 'Windows itself opens it',
    fires: false,
    records: [
      access('C:\\Windows\\system32\\wbem\\wmiprvse.exe', '0x1410', SYSTEM_CALL),
      access('C:\\Windows\\system32\\svchost.exe', '0x1478', SYSTEM_CALL),
      handle('C:\\Windows\\System32\\wbem\\WmiPrvSE.exe', '0x1fffff'),
    ],
  },
  {
    name: 'a crash report',
    fires: false,
    records: [
      access('C:\\Windows\\System32\\WerFault.exe', '0x1fffff', `${SYSTEM_CALL}|C:\\Windows\\SYSTEM32\\dbgcore.DLL+9447`),
      sysmon(11, { Image: 'C:\\Windows\\System32\\WerFault.exe', TargetFilename: 'C:\\Windows\\LiveKernelReports\\lsass.exe.640.dmp' }),
    ],
  },
  {
    name: 'a tool in a folder of Windows that everybody may write to',
    fires: true,
    severity: 'medium',
    steps: ['memory-read'],
    records: [access('C:\\Windows\\Temp\\d.exe', '0x1010', `${SYSTEM_CALL}|C:\\Windows\\Temp\\d.exe+12e6d`)],
  },
  {
    name: 'a tool reads it, then uses what it may',
    fires: true,
    severity: 'medium',
    steps: ['memory-read', 'memory-used'],
    records: [handle('C:\\Users\\alice\\d.exe', '0x1010'), { ...handle('C:\\Users\\alice\\d.exe', '0x10', 4663), after: 1 }],
  },
  {
    name: 'a program from the desktop lists processes',
    fires: true,
    severity: 'low',
    steps: ['listed', 'memory-used'],
    records: [
      access('C:\\Users\\alice\\top.exe', '0x1410', `${SYSTEM_CALL}|C:\\Users\\alice\\top.exe+1a2b`),
      { ...handle('C:\\Users\\alice\\top.exe', '0x10', 4663), after: 1 },
    ],
  },
  {
    name: 'a tool takes a handle from the kernel itself, with no more access than a list asks for',
    fires: true,
    severity: 'medium',
    steps: ['memory-read'],
    records: [access('C:\\Users\\alice\\d.exe', '0x1410', 'C:\\Windows\\SYSTEM32\\ntdll.dll+a0104|C:\\Users\\alice\\d.exe+122b8')],
  },
  {
    name: 'monitoring outside of the usual folders looks every five minutes',
    fires: true,
    severity: 'low',
    steps: ['memory-read'],
    records: repeated(20, 300, (_i, after) => ({
      ...access('D:\\Agents\\monitor\\agent.exe', '0x1fffff', `${SYSTEM_CALL}|D:\\Agents\\monitor\\agent.exe+1a2b`),
      after,
    })),
  },
  {
    name: 'a resource diagnosis writes out a process',
    fires: true,
    severity: 'high',
    records: [started('C:\\Windows\\System32\\rdrleakdiag.exe', 'rdrleakdiag.exe /p 640 /o C:\\t /fullmemdmp /wait 1')],
  },
  {
    name: 'error reporting is made to write it out',
    fires: true,
    severity: 'high',
    records: [exitAnnounced('C:\\Windows\\System32\\lsass.exe')],
  },
  {
    name: 'error reporting is told to watch for its end, and writes where it was told to',
    fires: true,
    severity: 'high',
    steps: ['exit-watched', 'dump-file'],
    records: [
      watched('lsass.exe'),
      {
        ...sysmon(11, { Image: 'C:\\Windows\\System32\\WerFault.exe', TargetFilename: 'C:\\t\\lsass.exe-(PID-640)\\lsass.exe-640.dmp' }),
        after: 9,
      },
    ],
  },
  { name: 'error reporting is told to watch for the end of a service', fires: false, records: [watched('service.exe')] },
  {
    name: 'an interpreter that was installed reads it',
    fires: true,
    severity: 'medium',
    steps: ['memory-read'],
    records: [access('C:\\Program Files\\Python39\\python.exe', '0x1010', `${SYSTEM_CALL}|C:\\Program Files\\Python39\\_ctypes.pyd+1a2b`)],
  },
  {
    name: 'an installed PowerShell lists processes',
    fires: false,
    records: [access('C:\\Program Files\\PowerShell\\7\\pwsh.exe', '0x1410', `${SYSTEM_CALL}|UNKNOWN(00007FFA1B2C3D4E)`)],
  },
  {
    name: 'a dump of it is packed',
    fires: true,
    severity: 'high',
    records: [started('C:\\t\\7za.exe', '7za a C:\\t\\a.7z C:\\t\\lsass.dmp')],
  },
  { name: 'the end of another program is watched', fires: false, records: [exitAnnounced('C:\\app\\service.exe')] },
  {
    name: 'Windows tells it of a shutdown',
    fires: false,
    records: [sysmon(8, { SourceImage: 'C:\\Windows\\System32\\csrss.exe', TargetImage: 'C:\\Windows\\System32\\lsass.exe' })],
  },
  {
    name: 'a script lists processes',
    fires: false,
    records: [
      access('C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe', '0x1410', `${SYSTEM_CALL}|UNKNOWN(00007FFA1B2C3D4E)`),
    ],
  },
  {
    name: 'a module of PowerShell asks for more',
    fires: false,
    records: [
      access(
        'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
        '0x1fffff',
        `${SYSTEM_CALL}|C:\\Windows\\assembly\\NativeImages\\System.ni.dll+383cd9|C:\\Windows\\Microsoft.NET\\clr.dll+7566`,
      ),
    ],
  },
  {
    name: 'a dump of another program is written',
    fires: false,
    records: [sysmon(11, { Image: 'C:\\Windows\\System32\\Taskmgr.exe', TargetFilename: 'C:\\Users\\alice\\w3wp.DMP' })],
  },
  {
    name: 'a script that dumps its own service',
    fires: false,
    records: [script('$w = $dbghelp::MiniDumpWriteDump($service.Handle, $file)')],
  },
  { name: 'a script that looks after it', fires: false, records: [script('Get-Process lsass | Select-Object Handles, WorkingSet')] },
  { name: 'asked without reading memory', fires: false, records: [access('C:\\Users\\alice\\top.exe', '0x1000', SYSTEM_CALL)] },
  {
    name: 'another process is read',
    fires: false,
    records: [access('C:\\Users\\alice\\d.exe', '0x1fffff', 'UNKNOWN(1)', 'C:\\a\\notepad.exe')],
  },
  { name: 'a dump of another process', fires: false, records: [started('C:\\t\\procdump.exe', 'procdump.exe -ma w3wp.exe')] },
];
