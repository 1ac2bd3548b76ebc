import { deflateRawSync } from 'node:zlib';
import { ValueSet } from './value-set.ts';

const FORMAT = 1;
const HEADER_BYTES = 5;
const COLUMN_BYTES = 20;
const FIXED_BYTES = 16;
/** Rows are counted in 16 bits. */
const MOST_ROWS = 65_535;

/** Rows to be packed: the values of all rows one after the other in `bytes`. */
export type PackedRows = {
  readonly count: number;
  /** Distinct lists of field names. */
  readonly tables: readonly { readonly names: readonly string[] }[];
  /** Table of each row. */
  readonly tableOfRow: Uint16Array;
  readonly bytes: Uint8Array;
  /** End of each value in `bytes`; the first begins at 0. Only the first `values` items count. */
  readonly ends: Int32Array;
  readonly values: number;
};

/** Writes the payload that `FieldBlock` reads; the layout is described there. Keeps its buffers from block to block. */
export class FieldPacker {
  readonly #set = new ValueSet();
  readonly #encoder = new TextEncoder();
  #out = new Uint8Array(1 << 20);
  #view = new DataView(this.#out.buffer);
  #values = new Uint8Array(1 << 20);
  #at = 0;
  #valueEnd = 0;
  #codes = new Uint16Array(1024);

  pack(rows: PackedRows): Uint8Array {
    if (rows.count > MOST_ROWS) throw new RangeError(`${rows.count} rows in a block`);
    const columns = rows.tables.reduce((sum, table) => sum + table.names.length, 0);
    this.#reserve(rows, columns);
    this.#at = 0;
    this.#valueEnd = 0;
    for (const integer of [rows.count, rows.tables.length, columns, 0]) this.#integer(integer);
    for (const table of rows.tables) this.#writeNames(table.names);
    const firstValues = this.#writeRows(rows);
    const directory = this.#at;
    this.#at += columns * COLUMN_BYTES;
    this.#writeColumns(rows, firstValues, directory);
    const valuesAt = this.#at;
    this.#view.setUint32(12, valuesAt, true);
    for (let column = 0; column < columns; column += 1) {
      const place = directory + column * COLUMN_BYTES + 16;
      this.#view.setUint32(place, this.#view.getUint32(place, true) + valuesAt, true);
    }
    this.#out.set(this.#values.subarray(0, this.#valueEnd), valuesAt);
    return compress(this.#out.subarray(0, valuesAt + this.#valueEnd));
  }

  #reserve(rows: PackedRows, columns: number): void {
    const names = rows.tables.reduce((sum, table) => sum + table.names.reduce((bytes, name) => bytes + 4 + name.length * 3, 8), 0);
    const { values } = rows;
    const bytes = values === 0 ? 0 : rows.ends[values - 1]!;
    const most = FIXED_BYTES + names + rows.count * 4 + columns * (COLUMN_BYTES + 8) + values * 6 + bytes;
    if (this.#out.length < most) {
      this.#out = new Uint8Array(most * 2);
      this.#view = new DataView(this.#out.buffer);
    }
    if (this.#values.length < bytes) this.#values = new Uint8Array(bytes * 2);
    if (this.#codes.length < rows.count) this.#codes = new Uint16Array(rows.count * 2);
  }

  #writeNames(names: readonly string[]): void {
    this.#integer(names.length);
    for (const name of names) {
      const { written } = this.#encoder.encodeInto(name, this.#out.subarray(this.#at + 4));
      this.#integer(written);
      this.#at += written;
    }
    while (this.#at & 3) this.#out[this.#at++] = 0;
  }

  /** Writes the row directory, and gives the position of the first value of each row by table. */
  #writeRows(rows: PackedRows): number[][] {
    const firstValues: number[][] = rows.tables.map(() => []);
    let value = 0;
    for (let row = 0; row < rows.count; row += 1) {
      const table = rows.tableOfRow[row]!;
      this.#view.setUint16(this.#at, table, true);
      this.#view.setUint16(this.#at + 2, firstValues[table]!.push(value) - 1, true);
      this.#at += 4;
      value += rows.tables[table]!.names.length;
    }
    return firstValues;
  }

  #writeColumns(rows: PackedRows, firstValues: readonly number[][], directory: number): void {
    let entry = directory;
    for (let table = 0; table < rows.tables.length; table += 1) {
      const firsts = firstValues[table]!;
      const width = rows.tables[table]!.names.length;
      for (let place = 0; place < width; place += 1) {
        this.#writeColumn(rows, firsts, place, entry);
        entry += COLUMN_BYTES;
      }
    }
  }

  #writeColumn(rows: PackedRows, firsts: readonly number[], place: number, entry: number): void {
    const { bytes, ends } = rows;
    const set = this.#set;
    const codes = this.#codes;
    set.reset(bytes, firsts.length);
    for (let row = 0; row < firsts.length; row += 1) {
      const value = firsts[row]! + place;
      codes[row] = set.add(value === 0 ? 0 : ends[value - 1]!, ends[value]!);
    }
    const distinct = set.count;
    const width = distinct <= 1 ? 0 : distinct === firsts.length ? 4 : distinct <= 256 ? 1 : 2;
    const view = this.#view;
    const codesAt = this.#at;
    if (width === 1) for (let row = 0; row < firsts.length; row += 1) this.#out[codesAt + row] = codes[row]!;
    if (width === 2) for (let row = 0; row < firsts.length; row += 1) view.setUint16(codesAt + row * 2, codes[row]!, true);
    this.#at += width === 4 ? 0 : width * firsts.length;
    const lengthsAt = this.#at;
    view.setUint32(entry, distinct, true);
    view.setUint32(entry + 4, width, true);
    view.setUint32(entry + 8, codesAt, true);
    view.setUint32(entry + 12, lengthsAt, true);
    view.setUint32(entry + 16, this.#valueEnd, true);
    for (let index = 0; index < distinct; index += 1) {
      const start = set.starts[index]!;
      const end = set.ends[index]!;
      view.setUint32(lengthsAt + index * 4, end - start, true);
      copyBytes(bytes, start, end, this.#values, this.#valueEnd);
      this.#valueEnd += end - start;
    }
    this.#at += distinct * 4;
  }

  #integer(value: number): void {
    this.#view.setUint32(this.#at, value, true);
    this.#at += 4;
  }
}

/** A loop beats making views for the few bytes that most values have. */
function copyBytes(from: Uint8Array, start: number, end: number, to: Uint8Array, at: number): void {
  if (end - start > 64) {
    to.set(from.subarray(start, end), at);
    return;
  }
  for (let index = start, place = at; index < end; index += 1, place += 1) to[place] = from[index]!;
}

function compress(bytes: Uint8Array): Uint8Array {
  const deflated = deflateRawSync(bytes, { level: 1, chunkSize: Math.max(16_384, bytes.length >> 1) });
  const payload = new Uint8Array(HEADER_BYTES + deflated.length);
  payload[0] = FORMAT;
  new DataView(payload.buffer).setUint32(1, bytes.length, true);
  payload.set(deflated, HEADER_BYTES);
  return payload;
}
