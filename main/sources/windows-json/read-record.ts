import { type Moment, parseMoment, SECOND } from '../../../shared/model/time.ts';
import type { RowWriter } from '../row-writer.ts';
import { Flattener, type Scalar } from './flatten.ts';
import type { RecordLayout } from './record-layout.ts';
import { isObject, unwrapRecord } from './unwrap.ts';

/** Integers that a double would round (keywords, handles, file times). */
const LONG_INTEGER = /[:,[]\s*-?\d{16}/;
const STRING_OR_LONG_INTEGER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d{16,}(?![\d.eE])/g;
const MOST_EVENT_ID = 65_535;

/** Turns the text of one JSON value into a record; keeps what it learns of the keys from one record to the next. */
export class RecordReader {
  readonly #flattener = new Flattener();

  /** Null when the record was written, else why it cannot be: what was expected. */
  read(text: string, offset: number, writer: RowWriter): string | null {
    const layout = this.#parse(text);
    if (typeof layout === 'string') return layout;
    const { values } = this.#flattener;
    const eventId = eventIdOf(first(values, layout.eventId));
    if (eventId < 0 || !hasOrigin(values, layout)) return 'Expected a Windows event: an event id, and a channel, a provider or a computer.';
    const moment = firstMoment(values, layout.time);
    if (moment === null)
      return 'Expected the time of the event (TimeCreated, @timestamp, EventTime ...) as ISO 8601 or as seconds since 1970.';
    const recordId = Number(first(values, layout.recordId));
    const userSid = first(values, layout.userSid).toUpperCase();
    writer.begin(layout.shape);
    for (const value of values) {
      if (typeof value === 'string') writer.text(value);
      else if (value === null) writer.empty();
      else writer.text(String(value));
    }
    writer.commit({
      at: moment.at,
      tick: moment.tick,
      eventId,
      recordId: Number.isSafeInteger(recordId) && recordId > 0 ? recordId : 0,
      offset,
      channel: first(values, layout.channel),
      provider: first(values, layout.provider),
      computer: first(values, layout.computer),
      userSid: userSid.startsWith('S-1-') ? userSid : '',
    });
    return null;
  }

  /** Whether the text looks like a Windows event. */
  recognizes(text: string): boolean {
    const layout = this.#parse(text);
    if (typeof layout === 'string') return false;
    const { values } = this.#flattener;
    return eventIdOf(first(values, layout.eventId)) >= 0 && hasOrigin(values, layout);
  }

  #parse(text: string): RecordLayout | string {
    let value: unknown;
    try {
      value = JSON.parse(LONG_INTEGER.test(text) ? quoteLongIntegers(text) : text);
    } catch (error) {
      return `Expected a JSON object: ${(error as Error).message.slice(0, 160)}.`;
    }
    if (!isObject(value)) return 'Expected a JSON object.';
    return this.#flattener.flatten(unwrapRecord(value)) ?? 'Expected at most 2000 fields and 64 levels in a record.';
  }
}

function quoteLongIntegers(text: string): string {
  return text.replace(STRING_OR_LONG_INTEGER, (found) => (found[0] === '"' ? found : `"${found}"`));
}

function first(values: readonly Scalar[], positions: readonly number[]): string {
  for (const position of positions) {
    const value = values[position];
    if (value !== null && value !== '') return typeof value === 'string' ? value : String(value);
  }
  return '';
}

function hasOrigin(values: readonly Scalar[], layout: RecordLayout): boolean {
  return (
    first(values, layout.channel) !== '' ||
    first(values, layout.provider) !== '' ||
    (layout.isSure && first(values, layout.computer) !== '')
  );
}

/** -1 when it is none. Above 16 bits are the qualifiers of the classic event log. */
function eventIdOf(text: string): number {
  if (!/^\d{1,10}$/.test(text)) return -1;
  const id = Number(text);
  return id <= MOST_EVENT_ID ? id : id <= 0xffff_ffff ? id & 0xffff : -1;
}

function firstMoment(values: readonly Scalar[], positions: readonly number[]): Moment | null {
  for (const position of positions) {
    const value = values[position];
    const moment = value === null || value === '' ? null : momentOf(String(value));
    if (moment !== null) return moment;
  }
  return null;
}

/** ISO 8601, `/Date(ms)/`, or seconds, milliseconds, microseconds since 1970 told apart by their size. Splunk keeps the quotes of an attribute. */
function momentOf(text: string): Moment | null {
  const plain = text.startsWith("'") ? text.slice(1, -1) : text;
  const iso = parseMoment(plain);
  if (iso !== null) return iso;
  const found = /^(?:\/Date\()?(\d{9,17})(\.\d{1,9})?(?:\)\/)?$/.exec(plain);
  if (found === null) return null;
  const [, whole, fraction = ''] = found;
  const number = Number(whole);
  const scale = number < 1e11 ? SECOND : number < 1e14 ? 1_000 : 1;
  return { at: number * scale + Math.round(Number(`0${fraction || '.0'}`) * scale), tick: 0 };
}
