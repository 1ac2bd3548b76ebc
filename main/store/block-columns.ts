import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { EventBatch } from '../../shared/model/event-batch.ts';
import { ProblemError } from '../../shared/result.ts';

/** The numeric columns of a batch, in the order in which they are stored. Append only: the order is part of the file format. */
const COLUMNS = [
  'at',
  'tick',
  'kind',
  'eventId',
  'outcome',
  'logonType',
  'recordId',
  'offset',
  'identity',
  'channel',
  'provider',
  'computer',
  'actor',
  'target',
  'counterpart',
  'sourceHost',
  'sourceAddress',
  'object',
] as const;
type ColumnName = (typeof COLUMNS)[number];
type NumericArray = Float64Array | Uint8Array | Uint16Array | Uint32Array;

export type BlockColumns = Pick<EventBatch, ColumnName>;

const MAKE: Record<ColumnName, (count: number) => NumericArray> = {
  at: (count) => new Float64Array(count),
  tick: (count) => new Uint8Array(count),
  kind: (count) => new Uint8Array(count),
  eventId: (count) => new Uint16Array(count),
  outcome: (count) => new Uint8Array(count),
  logonType: (count) => new Uint8Array(count),
  recordId: (count) => new Float64Array(count),
  offset: (count) => new Float64Array(count),
  identity: (count) => new Uint32Array(count * 2),
  channel: (count) => new Uint32Array(count),
  provider: (count) => new Uint32Array(count),
  computer: (count) => new Uint32Array(count),
  actor: (count) => new Uint32Array(count),
  target: (count) => new Uint32Array(count),
  counterpart: (count) => new Uint32Array(count),
  sourceHost: (count) => new Uint32Array(count),
  sourceAddress: (count) => new Uint32Array(count),
  object: (count) => new Uint32Array(count),
};

const bytesOf = (array: NumericArray): Uint8Array => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/**
 * Columns of one block as bytes: each column is split into byte planes (all first bytes, all second bytes ...), which deflate packs several
 * times better than whole numbers, then the lot is deflated. Codes stay local to the block; `texts` and `accounts` map them to the dictionary.
 */
export function packColumns(batch: EventBatch): Uint8Array {
  const arrays = COLUMNS.map((name) => bytesOf(batch[name].subarray(0, name === 'identity' ? batch.count * 2 : batch.count)));
  const packed = new Uint8Array(arrays.reduce((sum, bytes) => sum + bytes.length, 0));
  let at = 0;
  COLUMNS.forEach((name, i) => {
    const width = batch[name].BYTES_PER_ELEMENT;
    const bytes = arrays[i];
    const rows = bytes.length / width;
    for (let plane = 0; plane < width; plane++)
      for (let row = 0, from = plane; row < rows; row++, from += width) packed[at++] = bytes[from];
  });
  return deflateRawSync(packed, { level: 1 });
}

/** Columns that only a single record's detail needs: not unpacked for the table of events. */
const NOT_RESIDENT: ReadonlySet<ColumnName> = new Set(['recordId', 'offset', 'provider']);

export function unpackColumns(bytes: Uint8Array, count: number): BlockColumns {
  return unpack(bytes, count, new Set());
}

/** The columns that the table of events keeps in memory; the others are empty. */
export function unpackResidentColumns(bytes: Uint8Array, count: number): BlockColumns {
  return unpack(bytes, count, NOT_RESIDENT);
}

function unpack(bytes: Uint8Array, count: number, skipped: ReadonlySet<ColumnName>): BlockColumns {
  const expected = COLUMNS.reduce((sum, name) => sum + MAKE[name](1).byteLength, 0) * count;
  let packed: Uint8Array;
  try {
    packed = inflateRawSync(bytes, { maxOutputLength: expected + 1 });
  } catch {
    throw new ProblemError('store-damaged', 'A block of events in the store cannot be unpacked.');
  }
  if (packed.length !== expected) throw new ProblemError('store-damaged', 'A block of events in the store has the wrong size.');
  const columns: Partial<Record<ColumnName, NumericArray>> = {};
  let at = 0;
  for (const name of COLUMNS) {
    if (skipped.has(name)) {
      at += MAKE[name](1).byteLength * count;
      columns[name] = MAKE[name](0);
      continue;
    }
    const array = MAKE[name](count);
    const target = bytesOf(array);
    const width = array.BYTES_PER_ELEMENT;
    for (let plane = 0; plane < width; plane++) for (let to = plane; to < target.length; to += width) target[to] = packed[at++];
    columns[name] = array;
  }
  return columns as BlockColumns;
}
