import { type Example, otherChannel, security, serviceControl, subject, sysmon } from '../example.ts';

const POWERSHELL = 'Microsoft-Windows-PowerShell/Operational';
const LANMAN = 'HKLM\\System\\CurrentControlSet\\services\\LanmanServer\\Parameters';
const ECHO = 'cmd.exe /c echo kdjrua > \\\\.\\pipe\\kdjrua';

export const examples: readonly Example[] = [
  {
    name: 'a service writes into a pipe',
    fires: true,
    severity: 'high',
    records: [serviceControl(7045, { ServiceName: 'kdjrua', ImagePath: ECHO, StartType: 'demand start', AccountName: 'LocalSystem' })],
  },
  {
    name: 'the command that it runs',
    fires: true,
    severity: 'high',
    records: [sysmon(1, { Image: 'C:\\Windows\\System32\\cmd.exe', CommandLine: ECHO })],
  },
  {
    name: 'a pipe of a tool',
    fires: true,
    severity: 'high',
    records: [sysmon(17, { PipeName: '\\MSSE-1822-server', Image: 'C:\\a.exe' })],
  },
  {
    name: 'a script runs what a pipe brings',
    fires: true,
    severity: 'medium',
    records: [
      otherChannel(POWERSHELL, 4104, {
        ScriptBlockText: '$p = New-Object System.IO.Pipes.NamedPipeServerStream("x"); while ($l = $r.ReadLine()) { iex $l }',
      }),
    ],
  },
  {
    name: 'a person opens pipes to all',
    fires: true,
    severity: 'low',
    records: [sysmon(13, { TargetObject: `${LANMAN}\\NullSessionPipes`, Details: 'Binary Data', Image: 'C:\\Windows\\system32\\reg.exe' })],
  },
  {
    name: 'an echo into a file',
    fires: false,
    records: [security(4688, { ...subject('alice', 1300), CommandLine: 'cmd.exe /c echo done > C:\\temp\\pipe\\log.txt' })],
  },
  {
    name: 'a pipe of Windows',
    fires: false,
    records: [sysmon(17, { PipeName: '\\spoolss', Image: 'C:\\Windows\\System32\\spoolsv.exe' })],
  },
  {
    name: 'a script talks to a pipe',
    fires: false,
    records: [
      otherChannel(POWERSHELL, 4104, { ScriptBlockText: '$c = [System.IO.Pipes.NamedPipeClientStream]::new("editor"); $c.Connect()' }),
    ],
  },
  {
    name: 'setup of a role',
    fires: false,
    records: [
      sysmon(13, { TargetObject: `${LANMAN}\\NullSessionPipes`, Details: 'Binary Data', Image: 'C:\\Windows\\system32\\services.exe' }),
    ],
  },
];
