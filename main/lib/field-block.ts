import { inflateRawSync } from 'node:zlib';
import { ProblemError } from '../../shared/result.ts';
import { BlockText } from './block-text.ts';

/** Bounds what a damaged payload can claim; a block is closed at a few MiB. */
const MOST_BLOCK_BYTES = 256 * 1024 * 1024;
/** Deflate cannot do better than about 1032 to 1: what declares more is not worth the memory. */
const MOST_RATIO = 1040;
const FORMAT = 1;
const HEADER_BYTES = 5;
/** Integers of a column in the directory: distinct values, bytes per row code, and where codes, lengths and values begin. */
const COLUMN_INTEGERS = 5;

/** The fields of a row by their place among its names; `folded`: in lower case. */
export type RowReader = { readonly names: readonly string[]; value(place: number): string; folded(place: number): string };

type Table = { readonly names: readonly string[]; readonly firstColumn: number; places: Map<string, number> | null };

/**
 * The fields of the rows of one batch. Inflated layout, all integers 32-bit little-endian unless said:
 *
 *     rows, tables, columns, start of the value region
 *     per table      number of names, then each: length, UTF-8 bytes; padded to 4 bytes
 *     per row        table (u16), row in that table (u16)
 *     per column     distinct values, bytes of a row code (0: all rows the same value, 1, 2; 4: row n has value n), start of codes, lengths, values
 *     codes, lengths (u32 each); then the value region: distinct values of all columns, one after the other
 *
 * A payload is the format number, the inflated size, and the raw deflate stream. Equal values of a column are kept once: it deflates faster and a search
 * looks at each only once.
 */
export class FieldBlock {
  readonly #bytes: Buffer;
  readonly #tables: readonly Table[];
  readonly #rows: number;
  readonly #rowsAt: number;
  readonly #columnsAt: number;
  readonly #columns: number;
  readonly #valuesAt: number;
  /** Ends of the distinct values of a column in `#bytes`; made when the column is first asked for. */
  readonly #ends: (Uint32Array | undefined)[];
  #text: BlockText | null = null;

  private constructor(bytes: Buffer) {
    const reader = new HeaderReader(bytes);
    this.#bytes = bytes;
    this.#rows = reader.count(4);
    const tables = reader.count(4);
    this.#columns = reader.count(COLUMN_INTEGERS * 4);
    this.#valuesAt = reader.place();
    const list: Table[] = [];
    let firstColumn = 0;
    for (let table = 0; table < tables; table += 1) {
      const names = reader.names();
      list.push({ names, firstColumn, places: null });
      firstColumn += names.length;
    }
    if (firstColumn !== this.#columns) damaged('its number of columns does not fit its names');
    this.#tables = list;
    this.#rowsAt = reader.skip(this.#rows * 4);
    this.#columnsAt = reader.skip(this.#columns * COLUMN_INTEGERS * 4);
    this.#ends = new Array(this.#columns);
  }

  /** Throws a problem 'store-damaged' when the payload is not one that `FieldPacker` made. */
  static open(payload: Uint8Array): FieldBlock {
    const buffer = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
    if (buffer.length < HEADER_BYTES || buffer[0] !== FORMAT) damaged('its format is not known');
    const size = buffer.readUInt32LE(1);
    if (size > MOST_BLOCK_BYTES || size < 16 || size > buffer.length * MOST_RATIO) damaged(`it declares ${size} bytes`);
    let bytes: Buffer;
    try {
      bytes = inflateRawSync(buffer.subarray(HEADER_BYTES), { maxOutputLength: size, chunkSize: Math.max(64, size) });
    } catch {
      damaged('it does not inflate');
    }
    if (bytes.length !== size) damaged(`it declares ${size} bytes and holds ${bytes.length}`);
    return new FieldBlock(bytes);
  }

  get rowCount(): number {
    return this.#rows;
  }

  /** Memory that it may keep: a search adds a lower-case copy. */
  get sizeBytes(): number {
    return 2 * this.#bytes.length;
  }

  names(row: number): readonly string[] {
    return this.#tableOf(row).names;
  }

  fields(row: number): [name: string, value: string][] {
    const table = this.#tableOf(row);
    return table.names.map((name, place) => [name, this.#value(table.firstColumn + place, row)]);
  }

  /**
   * Readers of rows that ask for fields one at a time; `names` is the same object for all rows of one form. For a pass over many rows: values that rows
   * share are decoded once, and kept as long as the function is.
   */
  readers(): (row: number) => RowReader {
    const decoded = new Map<number, string>();
    const lowered = new Map<number, string>();
    const value = (row: number, column: number) => this.#shared(column, row, decoded, () => this.#value(column, row));
    const folded = (row: number, column: number) => this.#shared(column, row, lowered, () => value(row, column).toLowerCase());
    return (row) => {
      const { names, firstColumn } = this.#tableOf(row);
      return { names, value: (place) => value(row, firstColumn + place), folded: (place) => folded(row, firstColumn + place) };
    };
  }

  /** The field of that name, empty when the row has none. */
  field(row: number, name: string): string {
    const table = this.#tableOf(row);
    table.places ??= new Map(table.names.map((known, place) => [known, place]));
    const place = table.places.get(name);
    return place === undefined ? '' : this.#value(table.firstColumn + place, row);
  }

  /** Whether each of the words occurs in some value of the row, whatever the case. */
  matches(row: number, words: readonly string[]): boolean {
    return this.rowsMatching(words).includes(row);
  }

  /** Rows in which each of the words occurs in some value, whatever the case; ascending. */
  rowsMatching(words: readonly string[]): number[] {
    let rows: Uint8Array | null = null;
    for (const word of words) {
      const found = this.#rowsOfWord(word);
      if (rows !== null) for (let row = 0; row < this.#rows; row += 1) found[row]! &= rows[row]!;
      rows = found;
      if (!rows.includes(1)) return [];
    }
    const matching: number[] = [];
    for (let row = 0; row < this.#rows; row += 1) if (rows === null || rows[row] === 1) matching.push(row);
    return matching;
  }

  #rowsOfWord(word: string): Uint8Array {
    this.#text ??= new BlockText(this.#bytes, this.#valuesAt);
    const found = new Uint8Array(this.#rows);
    if (word === '') return found.fill(1);
    /** Rows of each table, in its own order. */
    const rowsOf: number[][] = this.#tables.map(() => []);
    let haveRows = false;
    let column = 0;
    let table = 0;
    this.#text.find(word, (at, length) => {
      while (column + 1 < this.#columns && at >= this.#startOf(column + 1)) column += 1;
      while (table + 1 < this.#tables.length && column >= this.#tables[table + 1]!.firstColumn) table += 1;
      const ends = this.#endsOf(column);
      const value = firstAbove(ends, at);
      const end = ends[value] ?? this.#bytes.length;
      if (at + length > end) return at + 1;
      if (!haveRows) {
        haveRows = true;
        for (let row = 0; row < this.#rows; row += 1) rowsOf[this.#tableNumber(row)]!.push(row);
      }
      this.#mark(column, value, rowsOf[table]!, found);
      return end;
    });
    return found;
  }

  /** Marks the rows of one table that have a distinct value. */
  #mark(column: number, value: number, rows: readonly number[], found: Uint8Array): void {
    const width = this.#directory(column, 1);
    if (width === 4) {
      if (value < rows.length) found[rows[value]!] = 1;
      return;
    }
    for (let place = 0; place < rows.length; place += 1) if (this.#codeOf(column, place) === value) found[rows[place]!] = 1;
  }

  #value(column: number, row: number): string {
    const ends = this.#endsOf(column);
    const code = this.#codeOf(column, this.#bytes.readUInt16LE(this.#rowsAt + row * 4 + 2));
    if (code >= ends.length) damaged('a row points past the values of its column');
    return this.#bytes.toString('utf8', code === 0 ? this.#startOf(column) : ends[code - 1]!, ends[code]!);
  }

  /** What is made of a value, once for all rows that share it. */
  #shared(column: number, row: number, known: Map<number, string>, make: () => string): string {
    if (this.#directory(column, 1) === 4) return make();
    const key = column * 0x10000 + this.#codeOf(column, this.#bytes.readUInt16LE(this.#rowsAt + row * 4 + 2));
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = make();
    known.set(key, made);
    return made;
  }

  #codeOf(column: number, place: number): number {
    const width = this.#directory(column, 1);
    if (width === 0) return 0;
    if (width === 4) return place;
    const at = this.#directory(column, 2) + place * width;
    if (at + width > this.#bytes.length) damaged('the codes of a column lie outside of it');
    return width === 1 ? this.#bytes[at]! : this.#bytes.readUInt16LE(at);
  }

  #endsOf(column: number): Uint32Array {
    const known = this.#ends[column];
    if (known !== undefined) return known;
    const count = this.#directory(column, 0);
    const lengthsAt = this.#directory(column, 3);
    if (count > this.#rows || lengthsAt + count * 4 > this.#bytes.length) damaged('the lengths of a column lie outside of it');
    const ends = new Uint32Array(count);
    let end = this.#startOf(column);
    for (let value = 0; value < count; value += 1) {
      end += this.#bytes.readUInt32LE(lengthsAt + value * 4);
      if (end > this.#bytes.length) damaged('the values of a column lie outside of it');
      ends[value] = end;
    }
    this.#ends[column] = ends;
    return ends;
  }

  #startOf(column: number): number {
    return this.#directory(column, 4);
  }

  #directory(column: number, place: number): number {
    return this.#bytes.readUInt32LE(this.#columnsAt + (column * COLUMN_INTEGERS + place) * 4);
  }

  #tableNumber(row: number): number {
    if (row < 0 || row >= this.#rows) throw new RangeError(`row ${row} of ${this.#rows}`);
    return this.#bytes.readUInt16LE(this.#rowsAt + row * 4);
  }

  #tableOf(row: number): Table {
    const table = this.#tables[this.#tableNumber(row)];
    return table ?? damaged('a row points past its tables');
  }
}

/** First position whose end is above `at`. */
function firstAbove(ends: Uint32Array, at: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle]! > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

function damaged(what: string): never {
  throw new ProblemError('store-damaged', `A block of stored fields cannot be read: ${what}. Import its file again.`);
}

/** Reads the part whose size is not fixed, and never past the end. */
class HeaderReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  place(): number {
    const value = this.#integer();
    if (value > this.#bytes.length) damaged('its values lie outside of it');
    return value;
  }

  /** A number of things that each take at least `size` bytes. */
  count(size: number): number {
    const value = this.#integer();
    if (value * size > this.#bytes.length) damaged('it declares more than it holds');
    return value;
  }

  names(): string[] {
    const names: string[] = [];
    const count = this.count(4);
    for (let name = 0; name < count; name += 1) {
      const length = this.#integer();
      const start = this.skip(length);
      names.push(this.#bytes.toString('utf8', start, start + length));
    }
    this.skip(-this.#at & 3);
    return names;
  }

  skip(length: number): number {
    const start = this.#at;
    this.#at += length;
    if (this.#at > this.#bytes.length) damaged('it ends early');
    return start;
  }

  #integer(): number {
    return this.#bytes.readUInt32LE(this.skip(4));
  }
}
