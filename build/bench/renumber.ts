import { crc32 } from 'node:zlib';

const FILE_HEADER_BYTES = 4096;
const CHUNK_BYTES = 65_536;
const CHUNK_HEADER_BYTES = 512;
const RECORD_MAGIC = 0x00002a2a;
const RECORD_HEADER_BYTES = 24;
/** Far above the numbers of any log, and far below 2^53 after thousands of copies. */
const NUMBERS_A_COPY = 100_000_000n;

/**
 * A copy of a log whose records are others: numbers raised, times moved by the given 100 ns ticks, in the record headers, in the values of the records and in
 * the chunk headers, with the checksums renewed (EVTX as described by libyal, "Windows XML Event Log (EVTX) format"). So a repeated log is not
 * recognized as the same events again.
 */
export function renumberLog(log: Buffer, copy: number, moveTicks: bigint): Buffer {
  const bytes = Buffer.from(log);
  const raise = BigInt(copy) * NUMBERS_A_COPY;
  for (let at = FILE_HEADER_BYTES; at + CHUNK_BYTES <= bytes.length; at += CHUNK_BYTES) {
    const chunk = bytes.subarray(at, at + CHUNK_BYTES);
    if (chunk.toString('latin1', 0, 8) === 'ElfChnk\0') renumberChunk(chunk, raise, moveTicks);
  }
  return bytes;
}

function renumberChunk(chunk: Buffer, raise: bigint, moveTicks: bigint): void {
  const end = Math.min(chunk.readUInt32LE(48), CHUNK_BYTES);
  for (const field of [8, 16, 24, 32]) chunk.writeBigUInt64LE(chunk.readBigUInt64LE(field) + raise, field);
  for (let at = CHUNK_HEADER_BYTES; at + RECORD_HEADER_BYTES < end && chunk.readUInt32LE(at) === RECORD_MAGIC; ) {
    const length = chunk.readUInt32LE(at + 4);
    if (length < RECORD_HEADER_BYTES + 4 || at + length > end) break;
    renumberRecord(chunk.subarray(at, at + length), raise, moveTicks);
    at += length;
  }
  chunk.writeUInt32LE(crc32(chunk.subarray(CHUNK_HEADER_BYTES, end)), 52);
  chunk.writeUInt32LE(crc32(chunk.subarray(128, CHUNK_HEADER_BYTES), crc32(chunk.subarray(0, 120))), 124);
}

/** Where the record's number follows its time among the values of the system template: after process and thread, with or without an activity id. */
const NUMBER_AFTER_TIME = [16, 32, 24, 40];

/** Number and time stand in the record's header and again among its values, as the same eight bytes. */
function renumberRecord(record: Buffer, raise: bigint, moveTicks: bigint): void {
  const number = Buffer.from(record.subarray(8, 16));
  const time = Buffer.from(record.subarray(16, 24));
  const body = record.subarray(RECORD_HEADER_BYTES, record.length - 4);
  const timeAt = body.indexOf(time);
  // A small number is also the length of something, or two other numbers: only its own place will do.
  const numberAt =
    NUMBER_AFTER_TIME.map((distance) => timeAt + distance).find((at) => timeAt >= 0 && body.subarray(at, at + 8).equals(number)) ?? -1;
  for (const [place, change] of [
    [8, raise],
    [16, moveTicks],
    [numberAt < 0 ? -1 : numberAt + RECORD_HEADER_BYTES, raise],
    [timeAt < 0 ? -1 : timeAt + RECORD_HEADER_BYTES, moveTicks],
  ] as const) {
    if (place >= 0) record.writeBigUInt64LE(record.readBigUInt64LE(place) + change, place);
  }
}
