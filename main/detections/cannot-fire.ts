import type { CannotFire } from '../../shared/model/import.ts';
import type { Detection, Reading } from './detection.ts';

/** How many events of each channel and event id are stored. */
export type Coverage = readonly { readonly channel: string; readonly eventId: number; readonly count: number }[];

/** What detections need beside records. */
export type Preconditions = { readonly honeytokens: number };

/** The detections that could not have fired on this evidence whatever had happened, each with what is missing. */
export function cannotFire(detections: readonly Detection[], coverage: Coverage, given: Preconditions): CannotFire[] {
  const blind: CannotFire[] = [];
  const stored = new Map<string, Set<number>>();
  for (const { channel, eventId, count } of coverage) {
    if (count === 0) continue;
    const ids = stored.get(channel.toLowerCase());
    if (ids) ids.add(eventId);
    else stored.set(channel.toLowerCase(), new Set([eventId]));
  }
  for (const detection of detections) {
    const reason = detection.missing?.(given) || missingRecords(detection, stored);
    if (reason !== '') blind.push({ detection: detection.id, title: detection.title, reason });
  }
  return blind;
}

/** Event ids by channel in lower case. */
type Stored = ReadonlyMap<string, ReadonlySet<number>>;

function missingRecords(detection: Detection, stored: Stored): string {
  const readings = detection.reads.filter((reading) => reading.optional !== true);
  const isSeen = (reading: Reading) => reading.eventIds.some((id) => stored.get(reading.channel.toLowerCase())?.has(id) === true);
  return readings.some(isSeen) ? '' : readings.map((reading) => missingReading(reading, stored)).join('; ');
}

function missingReading(reading: Reading, stored: Stored): string {
  const never = `${reading.eventIds.length === 1 ? 'event' : 'events'} ${reading.eventIds.join(', ')} never seen`;
  const where = stored.has(reading.channel.toLowerCase()) ? `in the ${reading.channel} logs` : `no ${reading.channel} log at all`;
  return `${never} (${where}): needs ${reading.needs}`;
}
