import { type Example, type ExampleRecord, otherChannel, security, subject, sysmon } from '../example.ts';

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
  { name: 'asked without reading memory', fires: false, records: [access('C:\\Users\\alice\\top.exe', '0x1000', SYSTEM_CALL)] },
  {
    name: 'another process is read',
    fires: false,
    records: [access('C:\\Users\\alice\\d.exe', '0x1fffff', 'UNKNOWN(1)', 'C:\\a\\notepad.exe')],
  },
  { name: 'a dump of another process', fires: false, records: [started('C:\\t\\procdump.exe', 'procdump.exe -ma w3wp.exe')] },
];
