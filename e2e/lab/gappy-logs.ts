import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

type LoggedFields = Readonly<Record<string, string>>;
type Log = { readonly channel: string; readonly computer: string; recordId: number };

const DAY_MS = 86_400_000;
export const FIRST_DAY = Date.UTC(2026, 2, 2);
const EVERY_MS = 5 * 60_000;
const DOMAIN = 'S-1-5-21-1-2-3';

const lines: string[] = [];

function write(log: Log, at: number, eventId: number, fields: LoggedFields = {}): void {
  log.recordId++;
  const provider_name = provider(log.channel, eventId);
  const winlog = {
    channel: log.channel,
    provider_name,
    event_id: eventId,
    record_id: log.recordId,
    computer_name: log.computer,
    event_data: fields,
  };
  lines.push(JSON.stringify({ '@timestamp': new Date(at).toISOString(), winlog }));
}

function provider(channel: string, eventId: number): string {
  if (eventId === 1102) return 'Microsoft-Windows-Eventlog';
  return channel === 'System' ? 'Service Control Manager' : 'Microsoft-Windows-Security-Auditing';
}

/** A record every five minutes from `from` to `to`, in days since the first. */
function fill(log: Log, from: number, to: number, eventId: number, fields: LoggedFields = {}): void {
  for (let at = FIRST_DAY + from * DAY_MS; at < FIRST_DAY + to * DAY_MS; at += EVERY_MS) write(log, at, eventId, fields);
}

const logon = { TargetUserSid: `${DOMAIN}-1104`, TargetUserName: 'alice', TargetDomainName: 'CORP', LogonType: '3', IpAddress: '10.0.0.5' };
const ticket = {
  TargetUserName: 'alice@CORP.EXAMPLE',
  TargetDomainName: 'CORP.EXAMPLE',
  ServiceName: 'svc-sql',
  ServiceSid: `${DOMAIN}-1300`,
  TicketOptions: '0x40810000',
  TicketEncryptionType: '0x12',
  Status: '0x0',
  IpAddress: '::ffff:10.0.0.5',
};

/**
 * Logs of three days with what an investigation meets: on DC01 six hours of a day are lost, on SRV01 the Security log was cleared, on SRV02 the
 * audit of logons was switched off, WS01 brought no Security log at all. Three failed logons are too few for anything.
 */
export function writeGappyLogs(folder: string): string {
  lines.length = 0;
  const log = (computer: string, channel: string): Log => ({ computer: `${computer}.corp.example`, channel, recordId: 1000 });
  for (const name of ['DC01', 'SRV01', 'SRV02', 'WS01'])
    fill(log(name, 'System'), 0, 3, 7036, { param1: 'Windows Update', param2: 'running' });
  const controller = log('DC01', 'Security');
  fill(controller, 0, 1.25, 4769, ticket);
  controller.recordId += 900;
  fill(controller, 1.5, 3, 4769, ticket);
  for (const [position, name] of ['bob', 'carol', 'dave'].entries())
    write(controller, FIRST_DAY + (12 * 60 + position) * 60_000 + 1, 4625, {
      ...logon,
      TargetUserSid: 'S-1-0-0',
      TargetUserName: name,
      Status: '0xc000006d',
      SubStatus: '0xc000006a',
    });
  const cleared = log('SRV01', 'Security');
  write(cleared, FIRST_DAY + 1.5 * DAY_MS, 1102, {
    SubjectUserName: 'mallory',
    SubjectDomainName: 'CORP',
    SubjectUserSid: `${DOMAIN}-1150`,
  });
  fill(cleared, 1.501, 3, 4624, logon);
  const silenced = log('SRV02', 'Security');
  fill(silenced, 0, 1.25, 4624, logon);
  write(silenced, FIRST_DAY + 1.25 * DAY_MS + 1000, 4719, {
    SubcategoryGuid: '{0CCE9215-69AE-11D9-BED3-505054503030}',
    AuditPolicyChanges: '%%8448, %%8450',
    SubjectUserName: 'mallory',
    SubjectDomainName: 'CORP',
    SubjectUserSid: `${DOMAIN}-1150`,
  });
  fill(silenced, 1.26, 3, 4634, { TargetUserName: 'alice', TargetDomainName: 'CORP', TargetUserSid: `${DOMAIN}-1104`, LogonType: '3' });
  const path = join(folder, 'gappy.json');
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}
