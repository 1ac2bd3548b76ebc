import type { Reject } from '../../../shared/model/event-batch.ts';
import { ByteStream } from '../../lib/byte-stream.ts';
import type { RecordSystem, RowWriter, Shape } from '../row-writer.ts';
import { evtxSource } from './source.ts';

export type Row = RecordSystem & { fields: Record<string, string> };

/** Keeps everything as text: for tests. */
export class RowCollector implements RowWriter {
  readonly rows: Row[] = [];
  readonly rejects: Reject[] = [];
  #names: readonly string[] = [];
  #values: string[] = [];

  begin(shape: Shape): void {
    this.#names = shape.names;
    this.#values = [];
  }

  utf16(bytes: Uint8Array, start: number, end: number): void {
    this.#values.push(new TextDecoder('utf-16le', { ignoreBOM: true }).decode(bytes.subarray(start, end)));
  }

  utf8(bytes: Uint8Array, start: number, end: number): void {
    this.#values.push(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(start, end)));
  }

  text(value: string): void {
    this.#values.push(value);
  }

  integer(value: number): void {
    this.#values.push(String(value));
  }

  empty(): void {
    this.#values.push('');
  }

  commit(system: RecordSystem): void {
    if (this.#values.length !== this.#names.length) throw new Error(`${this.#values.length} values for ${this.#names.length} names`);
    this.rows.push({ ...system, fields: Object.fromEntries(this.#names.map((name, place) => [name, this.#values[place]!])) });
  }

  abandon(): void {}

  reject(reject: Reject): void {
    this.rejects.push(reject);
  }
}

/** Reads a log held in memory, in pieces that do not fit its chunks. */
export async function readLog(bytes: Uint8Array): Promise<RowCollector> {
  const collector = new RowCollector();
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += 50_000) yield bytes.subarray(at, at + 50_000);
  }
  await evtxSource.read(new ByteStream(pieces()), collector, { progress: async () => {} });
  return collector;
}
