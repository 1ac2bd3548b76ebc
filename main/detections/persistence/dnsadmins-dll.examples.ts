import { type Example, type ExampleRecord, otherChannel, security, subject, sysmon } from '../example.ts';

const DC = 'DC01.corp.example';
const admin = subject('admin', 1105);

function server(eventId: number, param1: string): ExampleRecord {
  const provider = 'Microsoft-Windows-DNS-Server-Service';
  return { channel: 'DNS Server', provider, eventId, computer: DC, userSid: 'S-1-5-18', after: 0, fields: { param1, param2: DC } };
}

function audit(Setting: string, NewValue: string): ExampleRecord {
  const fields = { Setting, Scope: '.', NewValue, Source: '' };
  return {
    channel: 'Microsoft-Windows-DNSServer/Audit',
    provider: 'Microsoft-Windows-DNSServer',
    eventId: 541,
    computer: DC,
    after: 0,
    fields,
  };
}

function command(line: string): ExampleRecord {
  return security(4688, { ...admin, NewProcessName: 'C:\\Windows\\System32\\dnscmd.exe', CommandLine: line }, { computer: DC });
}

function registry(name: string, details: string): ExampleRecord {
  const fields = { TargetObject: `HKLM\\System\\CurrentControlSet\\Services\\DNS\\Parameters\\${name}`, Details: details };
  return sysmon(13, { ...fields, Image: 'C:\\Windows\\System32\\dns.exe', User: 'NT AUTHORITY\\SYSTEM' }, { computer: DC });
}

export const examples: readonly Example[] = [
  { name: 'a library was loaded', fires: true, severity: 'high', records: [server(770, 'C:\\Temp\\x.dll')] },
  { name: 'a library failed to load', fires: true, severity: 'high', records: [server(150, '.\\x.dll')] },
  {
    name: 'the command',
    fires: true,
    severity: 'high',
    records: [command('dnscmd.exe DC01 /config /serverlevelplugindll \\\\ws03\\s\\x.dll')],
  },
  { name: 'the audit log', fires: true, severity: 'high', records: [audit('serverlevelplugindll', '\\\\ws03\\s\\x.dll')] },
  { name: 'the registry', fires: true, severity: 'high', records: [registry('ServerLevelPluginDll', 'C:\\Temp\\x.dll')] },
  {
    name: 'the command names a file that does not look like a library',
    fires: true,
    severity: 'high',
    records: [
      command('reg add HKLM\\System\\CurrentControlSet\\Services\\DNS\\Parameters /v ServerLevelPluginDll /t REG_SZ /d C:\\Temp\\x.tmp /f'),
    ],
  },
  {
    name: 'a filter product is set up',
    fires: true,
    severity: 'medium',
    records: [registry('ServerLevelPluginDll', 'C:\\Program Files\\Filter\\filter.dll')],
  },
  { name: 'a library without a name', fires: true, severity: 'high', records: [server(770, '')] },
  { name: 'deleted from the registry', fires: false, records: [command('reg delete HKLM\\x\\DNS\\Parameters /v ServerLevelPluginDll /f')] },
  {
    name: 'looked at',
    fires: false,
    records: [command('powershell Get-ItemProperty HKLM:\\x -Name ServerLevelPluginDll -ErrorAction Ignore')],
  },
  {
    name: 'a cmdlet',
    fires: true,
    severity: 'high',
    steps: ['ordered'],
    records: [
      otherChannel('Microsoft-Windows-PowerShell/Operational', 4104, {
        ScriptBlockText: 'Set-ItemProperty HKLM:\\x\\DNS\\Parameters -Name ServerLevelPluginDll -Type String -Value "C:\\Temp\\x.dll"',
      }),
    ],
  },
  { name: 'a filter product', fires: true, severity: 'low', records: [server(770, 'C:\\Program Files\\Filter\\filter.dll')] },
  { name: 'another setting', fires: false, records: [audit('scavenginginterval', '168')] },
  { name: 'taken off again', fires: false, records: [command('dnscmd.exe /config /serverlevelplugindll')] },
  { name: 'emptied in the registry', fires: false, records: [registry('ServerLevelPluginDll', '(Empty)')] },
  { name: 'a forwarder', fires: false, records: [command('dnscmd.exe /resetforwarders 192.0.2.53')] },
  { name: 'another value of the service', fires: false, records: [registry('LogFilePath', 'C:\\Windows\\dns.log')] },
];
