import { type Moment, parseMoment } from '../../../shared/model/time.ts';
import type { Json } from './imported-record.ts';

const UTC_MARK = /\s*\[UTC\]$/i;
const US_TIME = /^(\d{1,2})\/(\d{1,2})\/(\d{4}),?\s+(\d{1,2}):(\d\d):(\d\d)(\.\d{1,7})?\s*(AM|PM)?$/i;

/** A record of an export by its column names, whatever their case; `TimeGenerated [UTC]` is `TimeGenerated`. */
export class RowReader {
  readonly #values = new Map<string, unknown>();
  readonly #utc = new Set<string>();

  constructor(row: Json) {
    for (const [column, value] of Object.entries(row)) {
      const name = column.trim().replace(UTC_MARK, '').toLowerCase();
      if (UTC_MARK.test(column.trim())) this.#utc.add(name);
      if (!this.#values.has(name)) this.#values.set(name, value);
    }
  }

  has(name: string): boolean {
    return this.#values.has(name.toLowerCase());
  }

  raw(name: string): unknown {
    return this.#values.get(name.toLowerCase());
  }

  /** The first of these columns that says something; lists as `a, b`. */
  text(...names: readonly string[]): string {
    for (const name of names) {
      const text = plainText(this.raw(name));
      if (text !== '') return text;
    }
    return '';
  }

  /** Null where none of these columns holds a time whose zone is known: ISO 8601 (UTC where it names none), or as spreadsheets write it in a column marked UTC. */
  moment(...names: readonly string[]): Moment | null {
    for (const name of names) {
      const text = this.text(name);
      if (text === '') continue;
      const moment = parseMoment(text) ?? (this.#utc.has(name.toLowerCase()) ? parseMoment(isoOf(text)) : null);
      if (moment !== null) return moment;
    }
    return null;
  }
}

export function plainText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(plainText).filter(Boolean).join(', ');
  return (typeof value === 'object' ? JSON.stringify(value) : String(value)).trim();
}

/** `11/5/2026, 9:03:00.125 PM`, as Log Analytics writes times into CSV. */
function isoOf(text: string): string {
  const found = US_TIME.exec(text);
  if (found === null) return '';
  const [, month, day, year, hour, minute, second, fraction = '', half = ''] = found;
  const hours = half === '' ? Number(hour) : (Number(hour) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
  const two = (part: string | number) => String(part).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)}T${two(hours)}:${minute}:${second}${fraction}Z`;
}
