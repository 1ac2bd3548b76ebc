import { crc32 } from 'node:zlib';
import type { ByteStream } from '../../lib/byte-stream.ts';
import type { RowWriter } from '../row-writer.ts';
import type { ReadControl, Source } from '../source.ts';
import { CHUNK_BYTES, ChunkReader, hasChunkMagic } from './chunk.ts';
import { u16, u32 } from './little-endian.ts';

const FILE_HEADER_BYTES = 4096;

/** Windows event log files, format 3.x, whole, live ("dirty") or damaged. A file of bare chunks, as carving leaves them, is read too. */
export const evtxSource: Source = {
  id: 'evtx',
  title: 'Windows event log (EVTX)',
  recognize(head) {
    return hasFileMagic(head) || hasChunkMagic(head) || hasChunkMagic(head.subarray(FILE_HEADER_BYTES));
  },
  read,
};

async function read(stream: ByteStream, writer: RowWriter, control: ReadControl): Promise<void> {
  const reader = new ChunkReader(writer);
  const head = Uint8Array.from(await stream.read(FILE_HEADER_BYTES));
  if (hasChunkMagic(head)) {
    const rest = await stream.read(CHUNK_BYTES - FILE_HEADER_BYTES);
    reader.read(Buffer.concat([head, rest]), 0);
  } else {
    checkHeader(head, writer);
  }
  while (true) {
    const offset = stream.offset;
    // The number of chunks in the header is not asked for: in a log that was in use it is behind.
    const chunk = await stream.read(CHUNK_BYTES);
    if (chunk.length === 0) break;
    reader.read(chunk, offset);
    await control.progress(stream.offset);
  }
}

function hasFileMagic(bytes: Uint8Array): boolean {
  // "ElfFile\0"
  return bytes.length >= 8 && u32(bytes, 0) === 0x46666c45 && u32(bytes, 4) === 0x00656c69;
}

function checkHeader(head: Uint8Array, writer: RowWriter): void {
  const reason = headerDamage(head);
  if (reason !== '') writer.reject({ offset: 0, length: head.length < FILE_HEADER_BYTES ? head.length : 0, record: null, reason });
}

function headerDamage(head: Uint8Array): string {
  if (head.length < FILE_HEADER_BYTES) return `expected a file header of ${FILE_HEADER_BYTES} bytes, found ${head.length}`;
  if (!hasFileMagic(head)) return 'expected a file that begins with "ElfFile"; its chunks were read';
  if (crc32(head.subarray(0, 120)) !== u32(head, 124))
    return 'expected a file header with a right checksum; its chunks were read, each checked by itself';
  return u16(head, 38) === 3 ? '' : `expected format version 3, found ${u16(head, 38)}.${u16(head, 36)}; its chunks were read`;
}
