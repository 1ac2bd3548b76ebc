/** The logs that the investigators of the demo got: which host, which channel, and the record number at which the log begins. */
export type CollectedLog = { readonly host: string; readonly channel: string; readonly file: string; readonly firstRecordId: number };

export const COLLECTED_LOGS: readonly CollectedLog[] = [
  { host: 'DC01', channel: 'Security', file: 'DC01/Security.evtx', firstRecordId: 8_214_551 },
  { host: 'DC01', channel: 'System', file: 'DC01/System.evtx', firstRecordId: 40_117 },
  {
    host: 'DC01',
    channel: 'Microsoft-Windows-TerminalServices-LocalSessionManager/Operational',
    file: 'DC01/Microsoft-Windows-TerminalServices-LocalSessionManager%4Operational.evtx',
    firstRecordId: 812,
  },
  { host: 'DC02', channel: 'Security', file: 'DC02/Security.evtx', firstRecordId: 5_630_228 },
  { host: 'FILE01', channel: 'Security', file: 'FILE01/Security.evtx', firstRecordId: 12_904_003 },
  { host: 'FILE01', channel: 'System', file: 'FILE01/System.evtx', firstRecordId: 22_871 },
  { host: 'APP01', channel: 'Security', file: 'APP01/Security.evtx', firstRecordId: 3_377_190 },
  {
    host: 'APP01',
    channel: 'Microsoft-Windows-TaskScheduler/Operational',
    file: 'APP01/Microsoft-Windows-TaskScheduler%4Operational.evtx',
    firstRecordId: 91_335,
  },
  {
    host: 'APP01',
    channel: 'Microsoft-Windows-TerminalServices-LocalSessionManager/Operational',
    file: 'APP01/Microsoft-Windows-TerminalServices-LocalSessionManager%4Operational.evtx',
    firstRecordId: 540,
  },
  { host: 'SQL01', channel: 'Security', file: 'SQL01/Security.evtx', firstRecordId: 2_118_466 },
  { host: 'SQL01', channel: 'System', file: 'SQL01/System.evtx', firstRecordId: 18_204 },
  { host: 'WS-007', channel: 'Security', file: 'WS-007/Security.evtx', firstRecordId: 214_006 },
  { host: 'WS-014', channel: 'Security', file: 'WS-014/Security.evtx', firstRecordId: 187_420 },
  {
    host: 'WS-014',
    channel: 'Microsoft-Windows-Sysmon/Operational',
    file: 'WS-014/Microsoft-Windows-Sysmon%4Operational.evtx',
    firstRecordId: 64_918,
  },
];
