import { type Example, type ExampleRecord, otherChannel, repeated, security, serviceControl, subject, sysmon } from '../example.ts';

const POWERSHELL = 'Microsoft-Windows-PowerShell/Operational';
const LANMAN = 'HKLM\\System\\CurrentControlSet\\services\\LanmanServer\\Parameters';
const ECHO = 'cmd.exe /c echo kdjrua > \\\\.\\pipe\\kdjrua';

function module(Payload: string): ExampleRecord {
  return otherChannel(POWERSHELL, 4103, { Payload });
}

function serviceControlPipe(after: number, who = subject('alice', 1300), RelativeTargetName = 'svcctl'): ExampleRecord {
  const fields = { ...who, ObjectType: 'File', IpAddress: '10.0.0.21', IpPort: '49786', ShareName: '\\\\*\\IPC$', RelativeTargetName };
  return security(5145, { ...fields, AccessMask: '0x12019f' }, { after });
}

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
    name: 'the program of a service is set to write into a pipe',
    fires: true,
    severity: 'high',
    steps: ['service-writes-pipe'],
    records: [sysmon(13, { TargetObject: 'HKLM\\System\\CurrentControlSet\\Services\\kdjrua\\ImagePath', Details: ECHO })],
  },
  {
    name: 'a script makes a pipe, as the module log tells',
    fires: true,
    severity: 'low',
    records: [module(`CommandInvocation(New-Object): "New-Object" name="TypeName"; value="System.IO.Pipes.NamedPipeServerStream"`)],
  },
  {
    name: 'a payload comes in pieces, a service each',
    fires: true,
    severity: 'low',
    records: repeated(50, 2, (_i, after) => serviceControlPipe(after)),
  },
  { name: 'some services are asked', fires: false, records: repeated(49, 2, (_i, after) => serviceControlPipe(after)) },
  { name: 'services are watched', fires: false, records: repeated(50, 4, (_i, after) => serviceControlPipe(after)) },
  {
    name: 'a computer watches services',
    fires: false,
    records: repeated(60, 1, (_i, after) => serviceControlPipe(after, subject('MON01$', 1200))),
  },
  {
    name: 'names and accounts are asked',
    fires: false,
    records: repeated(60, 1, (_i, after) => serviceControlPipe(after, subject('alice', 1300), 'lsarpc')),
  },
  {
    name: 'a script makes a list',
    fires: false,
    records: [module('CommandInvocation(New-Object): "New-Object" value="System.Collections.ArrayList"')],
  },
  {
    name: 'a function that knows pipes is written out',
    fires: false,
    records: [module('CommandInvocation(Out-String): "[System.IO.Pipes.NamedPipeClientStream]"')],
  },
  { name: 'a script runs text', fires: false, records: [otherChannel(POWERSHELL, 4104, { ScriptBlockText: 'iex $prompt' })] },
  {
    name: 'the program of a service is an ordinary one',
    fires: false,
    records: [
      sysmon(13, {
        TargetObject: 'HKLM\\System\\CurrentControlSet\\Services\\upd\\ImagePath',
        Details: 'C:\\Windows\\upd.exe',
        Image: 'C:\\a.exe',
      }),
    ],
  },
  {
    name: 'a command kept in another value',
    fires: false,
    records: [sysmon(13, { TargetObject: 'HKU\\S-1-5-21-1\\Software\\RunMRU\\a', Details: ECHO, Image: 'C:\\Windows\\explorer.exe' })],
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
