import type { Moment } from '../../../shared/model/time.ts';
import type { ByteStream } from '../../lib/byte-stream.ts';
import type { RecordSystem, RowWriter, Shape } from '../row-writer.ts';
import type { ReadControl, Source } from '../source.ts';
import { type CutValue, ValueCutter } from './cut-values.ts';
import { type FlatRecord, flattenRecord } from './flatten.ts';
import { findLayout } from './layout.ts';
import { decoderFor } from './text-encoding.ts';

/** Windows events as JSON: one a line, in arrays, or wrapped by the tool that exported them. */
export const windowsJsonSource: Source = {
  id: 'windows-json',
  title: 'Windows events as JSON',

  /** The first objects of the file must be Windows events; the name of the file says nothing. */
  recognize(head) {
    const text = decoderFor(head).decodeAll(head);
    const layout = findLayout(text);
    if (layout === null) return false;
    let seen = 0;
    let events = 0;
    const look = (value: CutValue) => {
      if (++seen <= 20 && typeof readRecord(value) !== 'string') events++;
    };
    const cutter = new ValueCutter(layout.wrapperDepth, layout.isLines, look, () => {});
    cutter.push(Buffer.from(text));
    // A single record larger than the head is judged by the keys that every shape has.
    if (seen === 0)
      return (
        /"(?:EventID|event_id|EventCode|EventId)"/i.test(text) &&
        /"(?:Channel|LogName|log_name|Provider|ProviderName|provider_name|SourceName)"/i.test(text)
      );
    return events > 0;
  },

  async read(stream: ByteStream, writer: RowWriter, control: ReadControl): Promise<void> {
    const head = (await stream.peek(64 * 1024)).slice();
    const decoder = decoderFor(head);
    const layout = findLayout(decoder.decodeAll(head)) ?? { wrapperDepth: 0, isLines: true };
    const shapes = new ShapeCache();
    const cutter = new ValueCutter(
      layout.wrapperDepth,
      layout.isLines,
      (value) => write(value, writer, shapes, decoder.sourceOffset),
      ({ offset, line, length, reason }) => writer.reject({ offset: decoder.sourceOffset(offset), length, record: line, reason }),
    );
    for (;;) {
      const piece = await stream.readSome();
      if (piece.length === 0) break;
      for (let from = 0; from < piece.length; from += 256 * 1024) {
        cutter.push(decoder.toUtf8(piece.subarray(from, from + 256 * 1024)));
        await control.progress(stream.offset - Math.max(0, piece.length - from - 256 * 1024));
      }
    }
    cutter.end();
  },
};

function write(value: CutValue, writer: RowWriter, shapes: ShapeCache, sourceOffset: (offset: number) => number): void {
  const offset = sourceOffset(value.offset);
  const record = readRecord(value);
  if (typeof record === 'string') {
    writer.reject({ offset, length: value.bytes.length, record: value.line, reason: record });
    return;
  }
  const { moment, names, values, ...rest } = record;
  writer.begin(shapes.shape(names));
  for (const text of values) writer.text(text);
  const system: RecordSystem = { ...rest, at: moment.at, tick: moment.tick, offset };
  writer.commit(system);
}

type TimedRecord = FlatRecord & { readonly moment: Moment };

/** The record, or the sentence that says what was expected. */
function readRecord(value: CutValue): TimedRecord | string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(value.bytes.buffer, value.bytes.byteOffset, value.bytes.length).toString('utf8'));
  } catch (error) {
    return `Not valid JSON: ${(error as Error).message.slice(0, 200)}`;
  }
  const record = flattenRecord(parsed as Record<string, unknown>);
  if (record === null) return 'Expected a Windows event: an event id, and a channel or a provider.';
  const { moment } = record;
  return moment === null ? 'Expected the time of the event (TimeCreated, @timestamp, EventTime ...).' : { ...record, moment };
}

const MOST_SHAPES = 4_096;

/** One object for each list of names, so that what follows from the names is worked out once. */
class ShapeCache {
  readonly #shapes = new Map<string, Shape>();

  shape(names: readonly string[]): Shape {
    const key = names.join('\n');
    const known = this.#shapes.get(key);
    if (known !== undefined) return known;
    if (this.#shapes.size >= MOST_SHAPES) this.#shapes.clear();
    const shape = { names };
    this.#shapes.set(key, shape);
    return shape;
  }
}
