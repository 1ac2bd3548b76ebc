import { crc32 } from 'node:zlib';
import type { RowWriter } from '../row-writer.ts';
import { Damage } from './damage.ts';
import { u32, u64 } from './little-endian.ts';
import { RecordParser } from './parse.ts';

/** Chunks are 64 KiB wherever they are in a file; the file format is described in the documentation of libevtx (J. Metz). */
export const CHUNK_BYTES = 65_536;
const CHUNK_HEADER_BYTES = 512;
const RECORD_HEADER_BYTES = 24;
/** Header, the smallest fragment and the second copy of the size. */
const SMALLEST_RECORD = RECORD_HEADER_BYTES + 4 + 4;
const RECORD_MAGIC = 0x2a2a;
const RECORD_MAGIC_BYTES = Uint8Array.of(0x2a, 0x2a, 0, 0);

export function hasChunkMagic(bytes: Uint8Array): boolean {
  // "ElfChnk\0"
  return bytes.length >= 8 && u32(bytes, 0) === 0x43666c45 && u32(bytes, 4) === 0x006b6e68;
}

/**
 * Reads the records of one chunk after another. A record counts when its magic, both copies of its size and its BinXML hold, whatever the
 * checksums say; what fails is a reject with its place, and reading goes on at the next record that holds.
 *
 * Behind the last record that the chunk's header counts there may be records that a running system had written when the file was
 * copied, or remains of older ones. They are read only while each is whole and carries the very next record number and no earlier time:
 * remains of another round of the log do not. A notice says how many were recovered.
 */
export class ChunkReader {
  readonly #buffer = Buffer.alloc(CHUNK_BYTES);
  readonly #parser = new RecordParser(this.#buffer);
  readonly #writer: RowWriter;
  #length = 0;
  /** Offset of the chunk in the file. */
  #offset = 0;
  #lastNumber = -1;
  #lastTime = 0;

  constructor(writer: RowWriter) {
    this.#writer = writer;
  }

  /** `chunk`: up to 64 KiB, fewer where the file ends. */
  read(chunk: Uint8Array, offset: number): void {
    this.#buffer.set(chunk);
    if (chunk.length < CHUNK_BYTES) this.#buffer.fill(0, chunk.length);
    this.#length = chunk.length;
    this.#offset = offset;
    if (!hasChunkMagic(this.#buffer)) {
      if (isZero(chunk)) return;
      if (!this.#hasRecord(CHUNK_HEADER_BYTES)) {
        this.#reject(0, chunk.length, null, 'expected a chunk that begins with "ElfChnk", found something else');
        return;
      }
      this.#notice('expected a chunk that begins with "ElfChnk"; its records were read, each checked by itself');
    }
    this.#parser.startChunk();
    const end = this.#checkedEnd();
    const reached = this.#walk(end);
    if (end > this.#length)
      this.#reject(
        reached,
        this.#length - reached,
        null,
        `expected ${end - this.#length} more bytes of this chunk, found the end of the file`,
      );
    else this.#recover(reached);
  }

  /** Where the counted records end by the chunk's header; the whole chunk when the header is damaged. */
  #checkedEnd(): number {
    const bytes = this.#buffer;
    if (this.#length < CHUNK_HEADER_BYTES) return CHUNK_HEADER_BYTES;
    const end = u32(bytes, 48);
    const isPlausible = end >= CHUNK_HEADER_BYTES && end <= CHUNK_BYTES;
    const isWhole = isPlausible && end <= this.#length && crc32(bytes.subarray(CHUNK_HEADER_BYTES, end)) === u32(bytes, 52);
    const hasHeader = isPlausible && crc32(bytes.subarray(128, CHUNK_HEADER_BYTES), crc32(bytes.subarray(0, 120))) === u32(bytes, 124);
    if (!hasHeader && hasChunkMagic(bytes)) {
      this.#notice('expected a chunk header with a right checksum; its records were read, each checked by itself');
    } else if (!isWhole && end <= this.#length) {
      this.#notice('expected records with the checksum of the chunk header; they were read, each checked by itself');
    }
    return hasHeader || isWhole ? end : CHUNK_BYTES;
  }

  /** Reads records up to `end`, and returns where it stopped. */
  #walk(end: number): number {
    const last = Math.min(end, this.#length);
    let at = CHUNK_HEADER_BYTES;
    while (at + SMALLEST_RECORD <= last) {
      if (this.#hasRecord(at)) {
        const number = u64(this.#buffer, at + 8);
        // A damaged header does not say where the records end: what goes back in the count is older than they.
        if (end === CHUNK_BYTES && at > CHUNK_HEADER_BYTES && number <= this.#lastNumber && !this.#isCounted(number)) return end;
        this.#readRecord(at);
        at += u32(this.#buffer, at + 4);
      } else if (this.#isTorn(at, last)) {
        this.#readTorn(at);
        at += u32(this.#buffer, at + 4);
      } else {
        const next = this.#findRecord(at + 1, last);
        if (isZero(this.#buffer.subarray(at, next))) return Math.max(at, end === CHUNK_BYTES ? end : at);
        this.#rejectGap(at, next);
        at = next;
      }
    }
    return at;
  }

  /** Whether the header, right or wrong, counts a record of this number. */
  #isCounted(number: number): boolean {
    return number >= u64(this.#buffer, 8) && number <= u64(this.#buffer, 16);
  }

  #recover(from: number): void {
    let at = from;
    let count = 0;
    while (this.#hasRecord(at) && this.#lastNumber >= 0) {
      const number = u64(this.#buffer, at + 8);
      const size = u32(this.#buffer, at + 4);
      if (number !== this.#lastNumber + 1 || u64(this.#buffer, at + 16) < this.#lastTime) break;
      if (!this.#isReadable(at, size)) break;
      this.#readRecord(at);
      at += size;
      count += 1;
    }
    if (count > 0)
      this.#notice(
        `expected the last record at chunk offset ${from} by the chunk header; ${count} whole records that go on in order were found behind it and read`,
      );
  }

  #isReadable(at: number, size: number): boolean {
    try {
      this.#parser.check(at + RECORD_HEADER_BYTES, at + size - 4);
      return true;
    } catch (error) {
      if (error instanceof Damage) return false;
      throw error;
    }
  }

  #readRecord(at: number): void {
    const size = u32(this.#buffer, at + 4);
    const number = u64(this.#buffer, at + 8);
    try {
      this.#parser.parse(at + RECORD_HEADER_BYTES, at + size - 4, this.#offset + at, at + 16, number, this.#writer);
    } catch (error) {
      if (!(error instanceof Damage)) throw error;
      this.#reject(at, size, number, error.at > 0 ? `${error.message} (at offset ${this.#offset + error.at})` : error.message);
    }
    this.#lastNumber = number;
    this.#lastTime = u64(this.#buffer, at + 16);
  }

  #hasRecord(at: number): boolean {
    if (at + SMALLEST_RECORD > this.#length || u32(this.#buffer, at) !== RECORD_MAGIC) return false;
    const size = u32(this.#buffer, at + 4);
    return size >= SMALLEST_RECORD && at + size <= this.#length && u32(this.#buffer, at + size - 4) === size;
  }

  /**
   * A record that lost its end, as files do that were copied with pages missing: in its place, next in the count, and zeros where its size should be
   * repeated. What is left of it is read and the loss is said.
   */
  #isTorn(at: number, end: number): boolean {
    if (u32(this.#buffer, at) !== RECORD_MAGIC) return false;
    const size = u32(this.#buffer, at + 4);
    const number = u64(this.#buffer, at + 8);
    if (size < SMALLEST_RECORD || at + size > end || u32(this.#buffer, at + size - 4) !== 0) return false;
    return this.#isCounted(number) && (at === CHUNK_HEADER_BYTES || number === this.#lastNumber + 1) && this.#isReadable(at, size);
  }

  #readTorn(at: number): void {
    this.#readRecord(at);
    this.#reject(
      at,
      0,
      this.#lastNumber,
      'expected the size of the record repeated at its end, found zeros; it was read, but values at its end are lost',
    );
  }

  #findRecord(from: number, end: number): number {
    for (
      let at = this.#buffer.indexOf(RECORD_MAGIC_BYTES, from);
      at >= 0 && at < end;
      at = this.#buffer.indexOf(RECORD_MAGIC_BYTES, at + 1)
    ) {
      if (this.#hasRecord(at)) return at;
    }
    return end;
  }

  #rejectGap(at: number, next: number): void {
    const isRecord = u32(this.#buffer, at) === RECORD_MAGIC;
    const size = u32(this.#buffer, at + 4);
    const found = isRecord
      ? `a record of ${size} bytes whose size is not repeated at its end`
      : `0x${u32(this.#buffer, at).toString(16).padStart(8, '0')}`;
    this.#reject(
      at,
      next - at,
      isRecord ? u64(this.#buffer, at + 8) : null,
      `expected a whole record (0x00002a2a, size, ..., size), found ${found}`,
    );
  }

  #notice(reason: string): void {
    this.#reject(0, 0, null, reason);
  }

  #reject(at: number, length: number, record: number | null, reason: string): void {
    this.#writer.reject({ offset: this.#offset + at, length, record, reason });
  }
}

function isZero(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at += 1) if (bytes[at] !== 0) return false;
  return true;
}
