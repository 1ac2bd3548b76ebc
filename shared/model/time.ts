/**
 * Moments in time, to the 100 ns of a Windows record.
 *
 * One representation everywhere: `at` is whole microseconds since 1970-01-01T00:00:00Z (a safe integer until the year 2255)
 * and `tick` is the tenth of a microsecond that is left, 0 to 9. Always UTC; a zone is a matter of display.
 */
export type Micros = number;

export type Moment = { readonly at: Micros; readonly tick: number };

export const SECOND: Micros = 1_000_000;
export const MINUTE: Micros = 60 * SECOND;
export const HOUR: Micros = 60 * MINUTE;
export const DAY: Micros = 24 * HOUR;

const TWO_32 = 4_294_967_296;
/** 1601-01-01 to 1970-01-01 in microseconds: FILETIME counts from the former ([MS-DTYP] 2.3.3). */
const FILETIME_EPOCH_MICROS = 11_644_473_600_000_000;

/** A FILETIME as its two unsigned 32-bit halves; exact, no bigint. */
export function momentOfFiletime(low: number, high: number): Moment {
  const rest = (high % 10) * TWO_32 + low;
  // The epoch goes off first: microseconds since 1601 are more than a double holds.
  return { at: Math.floor(high / 10) * TWO_32 - FILETIME_EPOCH_MICROS + Math.floor(rest / 10), tick: rest % 10 };
}

/** The two unsigned 32-bit halves of the FILETIME of a moment. */
export function filetimeOfMoment(at: Micros, tick = 0): { low: number; high: number } {
  const ticks = (BigInt(at) + BigInt(FILETIME_EPOCH_MICROS)) * 10n + BigInt(tick);
  return { low: Number(ticks & 0xffffffffn), high: Number(ticks >> 32n) };
}

const ISO = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9})\d*)?\s*(Z|UTC|[+-]\d\d:?\d\d)?$/i;

/** ISO 8601 text to a moment; text without an offset is UTC. Null when it is no date. */
export function parseMoment(text: string): Moment | null {
  const found = ISO.exec(text.trim());
  if (!found) return null;
  const [, year, month, day, hour, minute, second, fraction = '', zone = 'Z'] = found;
  const seconds = Date.UTC(+year!, +month! - 1, +day!, +hour!, +minute!, +second!) / 1000;
  if (!Number.isFinite(seconds) || +month! > 12 || +day! > 31 || +hour! > 24 || +minute! > 59 || +second! > 60) return null;
  const ticks = Number(fraction.padEnd(7, '0').slice(0, 7));
  return { at: (seconds - offsetSeconds(zone)) * SECOND + Math.floor(ticks / 10), tick: ticks % 10 };
}

function offsetSeconds(zone: string): number {
  if (!/^[+-]/.test(zone)) return 0;
  const digits = zone.slice(1).replace(':', '');
  const seconds = Number(digits.slice(0, 2)) * 3600 + Number(digits.slice(2)) * 60;
  return zone[0] === '-' ? -seconds : seconds;
}

/** ISO 8601 in UTC with all seven digits, for example `2021-12-13T12:55:45.2500845Z`; the form of exports and evidence. */
export function formatMoment(at: Micros, tick = 0): string {
  const milliseconds = Math.floor(at / 1000);
  const rest = String((at - milliseconds * 1000) * 10 + tick).padStart(4, '0');
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? 'out of range' : date.toISOString().replace('Z', `${rest}Z`);
}
