import { type Example, eventLog, otherChannel, repeated, serviceControl, subject } from '../example.ts';

const admin = subject('admin', 1105);
const cleared = (log: string, after = 0) =>
  eventLog(104, { SubjectUserName: 'admin', SubjectDomainName: 'CORP', Channel: log, BackupPath: '' }, { after });

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
  {
    name: '1102 of the start menu',
    fires: false,
    records: [otherChannel('Microsoft-Windows-ShellCommon-StartLayoutPopulation/Operational', 1102, { CollectionName: 'x' })],
  },
  { name: '104 of the state repository', fires: false, records: [otherChannel('Microsoft-Windows-StateRepository/Operational', 104, {})] },
  { name: '104 of another provider in the System log', fires: false, records: [serviceControl(104, {})] },
];
