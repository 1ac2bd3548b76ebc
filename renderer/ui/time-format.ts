import { formatMoment, type Micros, parseMoment } from '../../shared/model/time.ts';

export type TimePrecision = 'day' | 'minute' | 'second' | 'millisecond' | 'full';

const LENGTH: Readonly<Record<TimePrecision, number>> = {
  day: 10,
  minute: 16,
  second: 19,
  millisecond: 23,
  full: 27,
};
const formats = new Map<string, Intl.DateTimeFormat | null>();

function formatOf(zone: string): Intl.DateTimeFormat | null {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  let format: Intl.DateTimeFormat | null = null;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  } catch {
    // An unknown zone in the settings: UTC is shown, and said to be UTC.
  }
  formats.set(zone, format);
  return format;
}

export function isZone(zone: string): boolean {
  return zone === 'UTC' || formatOf(zone) !== null;
}

/** Minutes that `zone` is ahead of UTC at that moment. */
export function offsetMinutes(at: Micros, zone: string): number {
  const format = zone === 'UTC' ? null : formatOf(zone);
  const milliseconds = Math.floor(at / 1000);
  if (!format || Number.isNaN(new Date(milliseconds).getTime())) return 0;
  const part = Object.fromEntries(format.formatToParts(milliseconds).map(({ type, value }) => [type, Number(value)]));
  const local = Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!, part.second!);
  return Math.round((local - milliseconds) / 60_000);
}

/** `+02:00`; `+00:00` for UTC. */
export function formatOffset(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`;
}

/** `2021-12-13 12:55:45.250` in the zone; `full` has all seven digits of a record. */
export function formatTime(at: Micros, zone: string, precision: TimePrecision = 'second', tick = 0): string {
  const shifted = zone === 'UTC' ? at : at + offsetMinutes(at, zone) * 60_000_000;
  return formatMoment(shifted, tick).replace('T', ' ').slice(0, LENGTH[precision]);
}

/** `UTC`, or `Europe/Berlin, UTC+02:00` as it holds at that moment. */
export function zoneLabel(zone: string, at: Micros): string {
  return zone === 'UTC' || !isZone(zone) ? 'UTC' : `${zone.replaceAll('_', ' ')}, UTC${formatOffset(offsetMinutes(at, zone))}`;
}

const UNITS: readonly (readonly [name: string, micros: number])[] = [
  ['d', 86_400_000_000],
  ['h', 3_600_000_000],
  ['min', 60_000_000],
  ['s', 1_000_000],
  ['ms', 1_000],
  ['µs', 1],
];

/** `2 h 5 min`: the two largest units. */
export function formatDuration(micros: Micros): string {
  const parts: string[] = [];
  const whole = Math.abs(Math.round(micros));
  // From a second on, what is below a second is noise.
  let rest = whole >= 1_000_000 ? whole - (whole % 1_000_000) : whole;
  for (const [name, size] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${name}`);
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.join(' ') || '0 s';
}

/** A moment typed as it stands in the zone: `2021-12-13`, `2021-12-13 12:55`, with or without seconds. Null when it is none. */
export function parseZoned(text: string, zone: string): Micros | null {
  const found = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d)(:\d\d(?:\.\d{1,7})?)?)?$/.exec(text.trim());
  if (!found) return null;
  const local = parseMoment(`${found[1]}T${found[2] ?? '00:00'}${found[3] ?? ':00'}`);
  if (!local) return null;
  // The offset holds at the moment sought, which is not known yet: the second look settles the hours around a change of clocks.
  const guess = local.at - offsetMinutes(local.at, zone) * 60_000_000;
  return local.at - offsetMinutes(guess, zone) * 60_000_000;
}
