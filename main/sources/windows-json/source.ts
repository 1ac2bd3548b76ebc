import type { ByteStream } from '../../lib/byte-stream.ts';
import { cutFile, decodedHead, HEAD_BYTES, hasRecord, rejectDamage, rejectValue, textOf } from '../cut-file.ts';
import { LineCutter } from '../cut-lines.ts';
import { ObjectCutter } from '../cut-objects.ts';
import type { CutReceiver, Cutter } from '../cut-values.ts';
import { findLayout, type Layout } from '../json-layout.ts';
import type { RowWriter } from '../row-writer.ts';
import type { ReadControl, Source } from '../source.ts';
import { decodingOf } from '../text-encoding.ts';
import { RecordReader } from './read-record.ts';

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
    const isFound = hasRecord(
      text,
      (receiver) => cutterFor(layout, receiver),
      (value) => reader.recognizes(value),
    );
    return isFound ?? (ID_KEY.test(text.toString()) && ORIGIN_KEY.test(text.toString()));
  },

  async read(stream: ByteStream, writer: RowWriter, control: ReadControl): Promise<void> {
    const head = await stream.peek(HEAD_BYTES);
    const layout = lookAt(head).layout ?? { wrapperDepth: 0, isLines: true };
    const decoding = decodingOf(head);
    const reader = new RecordReader();
    const cutter = cutterFor(layout, {
      onValue: (value) => {
        const reason = reader.read(textOf(value), value.offset, writer);
        if (reason !== null) rejectValue(writer, value, reason);
      },
      onDamage: (damage) => rejectDamage(writer, damage),
      locate: (offset) => decoding.locate(offset),
    });
    await cutFile(stream, decoding, cutter, control);
  },
};

function lookAt(head: Uint8Array): { text: Buffer; layout: Layout | null } {
  const text = decodedHead(head);
  return { text, layout: findLayout(text.toString()) };
}

function cutterFor({ isLines, wrapperDepth }: Layout, receiver: CutReceiver): Cutter {
  return isLines ? new LineCutter(receiver) : new ObjectCutter(wrapperDepth, receiver);
}
