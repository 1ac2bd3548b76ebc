import { type ExampleRows, readExample } from '../example-rows.ts';
import { windowsJsonSource } from './source.ts';

/** For tests: records of three exporters. */
export function read(content: string | Uint8Array, pieceBytes?: number): Promise<ExampleRows> {
  return readExample(windowsJsonSource, content, pieceBytes);
}

export function recognizes(content: string | Uint8Array): boolean {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return windowsJsonSource.recognize(bytes.subarray(0, 64 * 1024), bytes.length);
}

export const NXLOG = {
  EventTime: '2026-03-01 10:00:00',
  Hostname: 'DC1.corp.example',
  Keywords: 'KEYWORDS',
  EventType: 'AUDIT_SUCCESS',
  EventID: 4624,
  SourceName: 'Microsoft-Windows-Security-Auditing',
  Channel: 'Security',
  RecordNumber: 77,
  TargetUserName: 'alice',
  LogonType: '3',
  '@timestamp': '2026-03-01T09:00:00.5Z',
};
export const EVTX_DUMP = {
  Event: {
    '#attributes': { xmlns: 'http://schemas.microsoft.com/win/2004/08/events/event' },
    System: {
      Provider: { '#attributes': { Name: 'Microsoft-Windows-Security-Auditing', Guid: '54849625-5478-4994-A5BA-3E3B0328C30D' } },
      EventID: 4648,
      Level: 0,
      Keywords: '0x8020000000000000',
      TimeCreated: { '#attributes': { SystemTime: '2026-03-01T10:00:00.1234567Z' } },
      EventRecordID: 34382,
      Execution: { '#attributes': { ProcessID: 876, ThreadID: 928 } },
      Channel: 'Security',
      Computer: 'WS01',
      Security: { '#attributes': { UserID: 's-1-5-18' } },
    },
    EventData: { SubjectUserName: 'bob', TargetUserName: 'admin', ProcessId: '0x378', IpAddress: '-' },
  },
};
export const WINLOGBEAT = {
  '@timestamp': '2026-03-01T10:00:00.123Z',
  event: { code: '4769', provider: 'Microsoft-Windows-Security-Auditing', action: 'kerberos' },
  host: { name: 'dc1' },
  winlog: {
    channel: 'Security',
    event_id: 4769,
    provider_name: 'Microsoft-Windows-Security-Auditing',
    computer_name: 'DC1.corp.example',
    record_id: 12,
    keywords: ['Audit Success', 'x'],
    event_data: { TargetUserName: 'alice@CORP', ServiceName: 'sql01', TicketEncryptionType: '0x17' },
  },
};
