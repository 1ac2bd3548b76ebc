import { type Example, otherChannel, sysmon } from '../example.ts';

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
