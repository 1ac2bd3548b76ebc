import { type Example, type ExampleRecord, eventLog, otherChannel, repeated, serviceControl, subject, sysmon } from '../example.ts';

const admin = subject('admin', 1105);
const cleared = (log: string, after = 0) =>
  eventLog(104, { SubjectUserName: 'admin', SubjectDomainName: 'CORP', Channel: log, BackupPath: '' }, { after });

function command(CommandLine: string): ExampleRecord {
  return sysmon(1, { Image: 'C:\\Windows\\System32\\wevtutil.exe', CommandLine, User: 'CORP\\admin' });
}

const script = (ScriptBlockText: string) => otherChannel('Microsoft-Windows-PowerShell/Operational', 4104, { ScriptBlockText });

export const examples: readonly Example[] = [
  { name: 'the Security log', fires: true, severity: 'medium', records: [eventLog(1102, admin)] },
  { name: 'the log of PowerShell', fires: true, severity: 'medium', records: [cleared('Microsoft-Windows-PowerShell/Operational')] },
  { name: 'a log of diagnostics', fires: true, severity: 'low', records: [cleared('Microsoft-Windows-Audio/Operational')] },
  {
    name: 'all logs in one go',
    fires: true,
    severity: 'high',
    records: [
      eventLog(1102, admin),
      cleared('System', 1),
      ...repeated(20, 1, (i, after) => cleared(`Vendor-Log${i}/Operational`, after + 2)),
    ],
  },
  { name: 'the Security log, by a command', fires: true, severity: 'medium', records: [command('"wevtutil.exe" cl Security')] },
  {
    name: 'a log with a slash in its name, by a command',
    fires: true,
    severity: 'medium',
    records: [command('wevtutil.exe cl Microsoft-Windows-PowerShell/Operational /bu:C:\\x.evtx')],
  },
  {
    name: 'the Security log, by the interface for management',
    fires: true,
    severity: 'medium',
    records: [command('wmic nteventlog where LogFileName="security" call ClearEventLog')],
  },
  { name: 'two logs, by a script', fires: true, severity: 'medium', records: [script('Clear-EventLog -LogName Security, Application')] },
  { name: 'a log of diagnostics, by a command', fires: true, severity: 'low', records: [command('wevtutil clear-log Setup')] },
  { name: 'all logs, by a script', fires: true, severity: 'medium', records: [script('$logs | % { Clear-EventLog -LogName $_.Log }')] },
  { name: 'a list of cmdlets', fires: false, records: [script("CmdletsToExport = @('Clear-EventLog', 'Get-EventLog')")] },
  { name: 'a command exports a log', fires: false, records: [command('wevtutil epl Security C:\\Backup\\s.evtx')] },
  {
    name: '1102 of the start menu',
    fires: false,
    records: [otherChannel('Microsoft-Windows-ShellCommon-StartLayoutPopulation/Operational', 1102, { CollectionName: 'x' })],
  },
  { name: '104 of the state repository', fires: false, records: [otherChannel('Microsoft-Windows-StateRepository/Operational', 104, {})] },
  { name: '104 of another provider in the System log', fires: false, records: [serviceControl(104, {})] },
];
