import type { Reject } from '../../shared/model/event-batch.ts';
import { ByteStream } from '../lib/byte-stream.ts';
import type { RecordSystem, RowWriter, Shape } from './row-writer.ts';
import type { Source } from './source.ts';

type Row = { system: RecordSystem; fields: Record<string, string>; names: readonly string[] };

/** For tests: a writer that keeps what it is given. */
export class ExampleRows implements RowWriter {
  readonly rows: Row[] = [];
  readonly rejects: Reject[] = [];
  readonly shapes = new Set<Shape>();
  #shape: Shape = { names: [] };
  #values: string[] = [];

  begin(shape: Shape): void {
    this.#shape = shape;
    this.#values = [];
    this.shapes.add(shape);
  }
  utf16(): void {
    throw new Error('not used');
  }
  utf8(bytes: Uint8Array, start: number, end: number): void {
    this.#values.push(Buffer.from(bytes.subarray(start, end)).toString());
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
    const { names } = this.#shape;
    if (this.#values.length !== names.length || new Set(names).size !== names.length)
      throw new Error(`values do not fit the names ${names.join(', ')}`);
    this.rows.push({ system, names, fields: Object.fromEntries(names.map((name, at) => [name, this.#values[at]])) });
  }
  abandon(): void {
    this.#values = [];
  }
  reject(reject: Reject): void {
    this.rejects.push(reject);
  }
}

async function* inPieces(bytes: Uint8Array, pieceBytes: number): AsyncGenerator<Uint8Array> {
  // One buffer for all pieces, as files are read: whoever keeps a piece sees it change.
  const piece = new Uint8Array(pieceBytes);
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    const part = bytes.subarray(at, at + pieceBytes);
    piece.set(part);
    yield piece.subarray(0, part.length);
  }
}

/** For tests: everything that a source reads out of these bytes, given in pieces of this size. */
export async function readExample(source: Source, content: string | Uint8Array, pieceBytes = 1024 * 1024): Promise<ExampleRows> {
  const rows = new ExampleRows();
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  await source.read(new ByteStream(inPieces(bytes, pieceBytes)), rows, { progress: async () => {} });
  return rows;
}
