import type { ByteStream } from '../../lib/byte-stream.ts';
import { LineCutter } from '../cut-lines.ts';
import { ObjectCutter } from '../cut-objects.ts';
import type { CutReceiver, Cutter, CutValue } from '../cut-values.ts';
import { findLayout, type Layout } from '../json-layout.ts';
import type { RowWriter } from '../row-writer.ts';
import type { ReadControl, Source } from '../source.ts';
import { decodingOf } from '../text-encoding.ts';
import { RecordReader } from './read-record.ts';

const HEAD_BYTES = 64 * 1024;
const STEP_BYTES = 64 * 1024;
/** Records of the head that are looked at. */
const MOST_LOOKED_AT = 50;

/** Keys of which one of each list is in every shape: what a record is judged by that is longer than the head. */
const ID_KEY = /"(?:EventID|event_id|EventCode)"/i;
const ORIGIN_KEY = /"(?:Channel|LogName|log_name|Provider|ProviderName|provider_name|SourceName)"/i;

/** Windows events as JSON: one a line, in arrays, or wrapped by the tool that exported them. */
export const windowsJsonSource: Source = {
  id: 'windows-json',
  title: 'Windows events as JSON',

  /** One of the first objects of the file must be a Windows event; the name of the file says nothing. */
  recognize(head) {
    const { text, layout } = lookAt(head);
    if (layout === null) return false;
    const reader = new RecordReader();
    let looked = 0;
    let isFound = false;
    const onValue = (value: CutValue) => {
      looked += 1;
      if (!isFound && looked <= MOST_LOOKED_AT) isFound = reader.recognizes(textOf(value));
    };
    const cutter = cutterFor(layout, { onValue, onDamage: () => {}, locate: (offset) => offset });
    cutter.push(text);
    return isFound || (looked === 0 && ID_KEY.test(text.toString()) && ORIGIN_KEY.test(text.toString()));
  },

  async read(stream: ByteStream, writer: RowWriter, control: ReadControl): Promise<void> {
    const head = await stream.peek(HEAD_BYTES);
    const layout = lookAt(head).layout ?? { wrapperDepth: 0, isLines: true };
    const decoding = decodingOf(head);
    const reader = new RecordReader();
    const cutter = cutterFor(layout, {
      onValue: (value) => {
        const reason = reader.read(textOf(value), value.offset, writer);
        if (reason !== null)
          writer.reject({ offset: value.offset, length: value.bytes.length, record: value.line, reason: `Line ${value.line}: ${reason}` });
      },
      onDamage: ({ offset, line, length, reason }) => writer.reject({ offset, length, record: line, reason: `Line ${line}: ${reason}` }),
      locate: (offset) => decoding.locate(offset),
    });
    let reached = 0;
    for (let piece = await stream.readSome(); piece.length > 0; piece = await stream.readSome()) {
      for (let from = 0; from < piece.length; from += STEP_BYTES) {
        const step = piece.subarray(from, from + STEP_BYTES);
        cutter.push(decoding.decode(step));
        reached += step.length;
        await control.progress(reached);
      }
    }
    cutter.end();
  },
};

function lookAt(head: Uint8Array): { text: Buffer; layout: Layout | null } {
  const decoded = decodingOf(head).decode(head);
  const text = Buffer.from(decoded.buffer, decoded.byteOffset, decoded.length);
  return { text, layout: findLayout(text.toString()) };
}

function cutterFor({ isLines, wrapperDepth }: Layout, receiver: CutReceiver): Cutter {
  return isLines ? new LineCutter(receiver) : new ObjectCutter(wrapperDepth, receiver);
}

function textOf({ bytes }: CutValue): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
}
