import { type Example, otherChannel, security, sysmon } from '../example.ts';

const SPOOLER = 'C:\\Windows\\System32\\spoolsv.exe';
const DRIVERS = 'C:\\Windows\\System32\\spool\\drivers\\x64\\3';
const ADMIN = 'Microsoft-Windows-PrintService/Admin';
const OPERATIONAL = 'Microsoft-Windows-PrintService/Operational';
const VALUE = 'HKLM\\System\\CurrentControlSet\\Control\\Print\\Environments\\Windows x64\\Drivers\\Version-3\\1234\\Data File';

export const examples: readonly Example[] = [
  {
    name: 'the spooler starts a shell',
    fires: true,
    severity: 'high',
    records: [sysmon(1, { Image: 'C:\\Windows\\System32\\cmd.exe', CommandLine: '"cmd.exe"', ParentImage: SPOOLER })],
  },
  {
    name: 'a driver on another host',
    fires: true,
    severity: 'high',
    records: [sysmon(13, { TargetObject: VALUE, Details: '\\\\10.0.0.66\\s\\a.dll' })],
  },
  {
    name: 'a driver comes and fails to load',
    fires: true,
    severity: 'medium',
    records: [
      sysmon(11, { Image: SPOOLER, TargetFilename: `${DRIVERS}\\Old\\1\\a.dll` }),
      otherChannel(ADMIN, 808, { PluginDllName: `${DRIVERS}\\a.dll`, ErrorCode: '0x45A' }),
    ],
  },
  {
    name: 'a new printer',
    fires: true,
    severity: 'informational',
    records: [
      otherChannel(OPERATIONAL, 316, { Param1: 'Generic / Text Only', Param2: 'Windows x64', Param3: 'Version-3', Param4: 'UNIDRV.DLL' }),
    ],
  },
  {
    name: 'the spooler starts a program of a printer',
    fires: true,
    severity: 'low',
    steps: ['spooler-child'],
    records: [security(4688, { NewProcessName: 'C:\\Program Files\\Printer\\tray.exe', ParentProcessName: SPOOLER })],
  },
  {
    name: 'an unsigned driver is loaded',
    fires: true,
    severity: 'low',
    steps: ['unsigned-driver'],
    records: [
      sysmon(7, { Image: SPOOLER, ImageLoaded: `${DRIVERS}\\a.dll`, Signed: 'false' }),
      sysmon(11, { Image: SPOOLER, TargetFilename: 'C:\\Windows\\System32\\spool\\PRINTERS\\00002.SPL' }),
      sysmon(11, { Image: 'C:\\setup.exe', TargetFilename: `C:\\Windows\\System32\\spool\\drivers\\x64\\3\\New\\a.dll` }),
    ],
  },
  { name: 'an export without the program', fires: false, records: [security(4688, { NewProcessName: '', ParentProcessName: SPOOLER })] },
  {
    name: 'an unsigned library from elsewhere',
    fires: false,
    records: [sysmon(7, { Image: SPOOLER, ImageLoaded: 'C:\\Program Files\\Pdf\\port.dll', Signed: 'false' })],
  },
  {
    name: 'a viewer of printers loads an unsigned driver',
    fires: false,
    records: [sysmon(7, { Image: 'C:\\Windows\\splwow64.exe', ImageLoaded: `${DRIVERS}\\a.dll`, Signed: 'false' })],
  },
  {
    name: 'another setting on another host',
    fires: false,
    records: [sysmon(13, { TargetObject: 'HKU\\S-1-5-21-1\\Network\\Z\\RemotePath', Details: '\\\\FS01\\data' })],
  },
  {
    name: 'the spooler starts its helper',
    fires: false,
    records: [sysmon(1, { Image: 'C:\\Windows\\splwow64.exe', CommandLine: 'splwow64.exe 12288', ParentImage: SPOOLER })],
  },
  { name: 'a driver with its files in place', fires: false, records: [sysmon(13, { TargetObject: VALUE, Details: 'TTY.GPD' })] },
  {
    name: 'a signed driver is loaded',
    fires: false,
    records: [sysmon(7, { Image: SPOOLER, ImageLoaded: `${DRIVERS}\\UNIDRV.DLL`, Signed: 'true' })],
  },
  {
    name: 'a shell from elsewhere',
    fires: false,
    records: [sysmon(1, { Image: 'C:\\Windows\\System32\\cmd.exe', CommandLine: 'cmd', ParentImage: 'C:\\Windows\\explorer.exe' })],
  },
];
