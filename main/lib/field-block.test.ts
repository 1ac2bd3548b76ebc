import { describe, expect, test } from 'vitest';
import { ProblemError } from '../../shared/result.ts';
import { FieldBlock } from './field-block.ts';
import { FieldPacker } from './field-packer.ts';

type Row = readonly (readonly [name: string, value: string])[];

function pack(rows: readonly Row[]): Uint8Array {
  const tables: { names: string[] }[] = [];
  const tableOfRow = new Uint16Array(rows.length);
  const ends: number[] = [];
  let bytes = Buffer.alloc(0);
  rows.forEach((row, index) => {
    const names = row.map(([name]) => name);
    let table = tables.findIndex((known) => known.names.join() === names.join());
    if (table < 0) table = tables.push({ names }) - 1;
    tableOfRow[index] = table;
    for (const [, value] of row) {
      bytes = Buffer.concat([bytes, Buffer.from(value)]);
      ends.push(bytes.length);
    }
  });
  return new FieldPacker().pack({ count: rows.length, tables, tableOfRow, bytes, ends: Int32Array.from(ends), values: ends.length });
}

const ROWS: Row[] = [
  [
    ['user', 'Alice'],
    ['empty', ''],
    ['host', 'SRV01'],
  ],
  [['only', 'ärger in KÖLN']],
  [
    ['user', 'Bob'],
    ['empty', ''],
    ['host', 'SRV01'],
  ],
  [],
  [
    ['user', 'Alice'],
    ['empty', ''],
    ['host', 'srv02'],
  ],
];

describe('fields', () => {
  const block = FieldBlock.open(pack(ROWS));

  test('come back as they were', () => {
    expect(block.rowCount).toBe(5);
    expect(ROWS.map((_, row) => block.fields(row))).toEqual(ROWS);
    expect(block.names(1)).toEqual(['only']);
  });

  test('are read one at a time as well, also in lower case and again', () => {
    const readerOf = block.readers();
    for (const row of [...ROWS.keys(), ...ROWS.keys()]) {
      const reader = readerOf(row);
      expect(reader.names.map((name, place) => [name, reader.value(place)])).toEqual(ROWS[row]);
      expect(reader.names.map((_, place) => reader.folded(place))).toEqual(ROWS[row]?.map(([, value]) => value.toLowerCase()));
    }
    expect(readerOf(0).names).toBe(readerOf(2).names);
    expect(() => readerOf(ROWS.length)).toThrow(RangeError);
  });

  test('are found by name; an absent one is empty', () => {
    expect([block.field(0, 'user'), block.field(2, 'user'), block.field(4, 'host'), block.field(1, 'user'), block.field(3, 'x')]).toEqual([
      'Alice',
      'Bob',
      'srv02',
      '',
      '',
    ]);
  });

  test.each([1, 2, 255, 256, 257, 300, 65_535])('%i rows', (count) => {
    const rows = Array.from(
      { length: count },
      (_, row): Row => [
        ['same', 'x'],
        ['few', String(row % 3)],
        ['many', String(row >> 1)],
        ['own', String(row)],
      ],
    );
    // Joined by hand: the test's own packing would take quadratic time.
    const values = rows.flatMap((row) => row.map(([, value]) => value));
    let end = 0;
    const ends = Int32Array.from(values, (value) => (end += value.length));
    const bytes = Buffer.from(values.join(''));
    const tables = [{ names: rows[0]!.map(([name]) => name) }];
    const packed = new FieldPacker().pack({ count, tables, tableOfRow: new Uint16Array(count), bytes, ends, values: values.length });
    const opened = FieldBlock.open(packed);
    for (const row of [0, count >> 1, count - 1]) expect(opened.fields(row)).toEqual(rows[row]);
  });

  test('none at all', () => {
    expect(FieldBlock.open(pack([])).rowCount).toBe(0);
  });
});

describe('search', () => {
  const block = FieldBlock.open(pack(ROWS));
  test.each([
    [['alice'], [0, 4]],
    [['ALICE', 'srv01'], [0]],
    [['srv0'], [0, 2, 4]],
    [['köln'], [1]],
    [['ÄRGER', 'in'], [1]],
    [['nowhere'], []],
    // The end of one value and the start of the next are no match.
    [['bobsrv'], []],
    [['alicebob'], []],
    // Names are not searched.
    [['user'], []],
    [[''], [0, 1, 2, 3, 4]],
    [[], [0, 1, 2, 3, 4]],
  ])('%j', (words, rows) => {
    expect(block.rowsMatching(words)).toEqual(rows);
    for (let row = 0; row < ROWS.length; row += 1) expect(block.matches(row, words)).toBe((rows as number[]).includes(row));
  });
});

describe('damage', () => {
  const payload = pack(ROWS);
  const use = (bytes: Uint8Array): void => {
    try {
      const block = FieldBlock.open(bytes);
      for (let row = 0; row < Math.min(block.rowCount, 100); row += 1) block.fields(row);
      block.rowsMatching(['a', 'ä']);
    } catch (error) {
      if (!(error instanceof ProblemError) || error.code !== 'store-damaged') throw error;
    }
  };

  test('a cut, empty or foreign payload is a problem', () => {
    for (let length = 0; length < payload.length; length += 1)
      expect(() => FieldBlock.open(payload.subarray(0, length))).toThrow(ProblemError);
    expect(() => FieldBlock.open(Buffer.from('no block at all'))).toThrow(ProblemError);
  });

  test('a size that cannot be is refused before memory is taken', () => {
    const huge = Uint8Array.from(payload);
    new DataView(huge.buffer).setUint32(1, 0xffff_fff0, true);
    expect(() => FieldBlock.open(huge)).toThrow(ProblemError);
  });

  test('flipped bits give a problem or other text, nothing else', () => {
    for (let bit = 0; bit < payload.length * 8; bit += 1) {
      const copy = Uint8Array.from(payload);
      copy[bit >> 3]! ^= 1 << (bit & 7);
      use(copy);
    }
  });
});
