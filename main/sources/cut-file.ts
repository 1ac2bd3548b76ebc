import type { ByteStream } from '../lib/byte-stream.ts';
import type { CutDamage, CutReceiver, Cutter, CutValue } from './cut-values.ts';
import type { RowWriter } from './row-writer.ts';
import type { ReadControl } from './source.ts';
import { decodingOf, type TextDecoding } from './text-encoding.ts';

/** By so many bytes a source that reads text is recognized. */
export const HEAD_BYTES = 64 * 1024;
/** Progress is told, and a stop heard, after every so many bytes. */
const STEP_BYTES = 64 * 1024;
/** Values of the head that are looked at. */
const MOST_LOOKED_AT = 50;

/** The beginning of a file as UTF-8, whatever its encoding. */
export function decodedHead(head: Uint8Array): Buffer {
  const decoded = decodingOf(head).decode(head);
  return Buffer.from(decoded.buffer, decoded.byteOffset, decoded.length);
}

export function textOf({ bytes }: CutValue): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
}

/** Whether one of the first values of the head is a record of the source; null where the head holds none whole. */
export function hasRecord(
  head: Uint8Array,
  cutterFor: (receiver: CutReceiver) => Cutter,
  isRecord: (text: string) => boolean,
): boolean | null {
  let looked = 0;
  let isFound = false;
  const onValue = (value: CutValue) => {
    looked += 1;
    if (!isFound && looked <= MOST_LOOKED_AT) isFound = isRecord(textOf(value));
  };
  cutterFor({ onValue, onDamage: () => {}, locate: (offset) => offset }).push(head);
  return looked === 0 ? null : isFound;
}

/** Gives a whole file to a cutter, in small steps. Progress is in bytes of the file, not of the text. */
export async function cutFile(stream: ByteStream, decoding: TextDecoding, cutter: Cutter, control: ReadControl): Promise<void> {
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
}

/** A value that could be cut out but is no record. */
export function rejectValue(writer: RowWriter, { offset, line, bytes }: CutValue, reason: string): void {
  writer.reject({ offset, length: bytes.length, record: line, reason: `Line ${line}: ${reason}` });
}

export function rejectDamage(writer: RowWriter, { offset, line, length, reason }: CutDamage): void {
  writer.reject({ offset, length, record: line, reason: `Line ${line}: ${reason}` });
}
