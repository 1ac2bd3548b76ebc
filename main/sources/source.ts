import type { ByteStream } from '../lib/byte-stream.ts';
import type { RowWriter } from './row-writer.ts';

/** What a source says while it reads; the caller aborts by throwing from `progress`. */
export type ReadControl = {
  /** Called at least once per 64 KiB with the offset reached; awaits while the receiver is behind, rejects when cancelled. */
  progress(offsetBytes: number): Promise<void>;
};

/** A kind of evidence file. Recognized by content, never by name. Reads forward only, in constant memory, whatever the size. */
export type Source = {
  readonly id: string;
  readonly title: string;
  /** `head` is the first 64 KiB (or the whole of a smaller file). */
  recognize(head: Uint8Array, sizeBytes: number): boolean;
  /** Writes every readable record and a reject for every unreadable one; never throws for bad input. */
  read(stream: ByteStream, writer: RowWriter, control: ReadControl): Promise<void>;
};
