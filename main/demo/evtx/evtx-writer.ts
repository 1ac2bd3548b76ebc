import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { ChunkBuilder } from './chunk-builder.ts';
import type { DemoEvent } from './event-layout.ts';

const HEADER_BYTES = 4096;
const CHECKED_HEADER_BYTES = 120;
const CHUNKS_PER_WRITE = 16;

/**
 * Writes one event log file, format 3.1. Format: [MS-EVEN6] for binary XML, and the documentation of libevtx (J. Metz) for file, chunk and
 * record headers. Events come in the order of the log; memory is bounded whatever their number. Rejects with the system's error when the disk does.
 */
export class EvtxWriter {
  readonly #file: FileHandle;
  readonly #chunk: ChunkBuilder;
  readonly #pending: Buffer[] = [];
  #nextRecordId: number;
  #written = 0;
  #chunks = 0;
  #events = 0;
  #eventsInFinishedChunks = 0;

  private constructor(file: FileHandle, computer: string, firstRecordId: number) {
    this.#file = file;
    this.#chunk = new ChunkBuilder(computer);
    this.#nextRecordId = firstRecordId;
  }

  /** Logs that have run for long begin with a record id other than 1. */
  static async create(path: string, computer: string, firstRecordId = 1): Promise<EvtxWriter> {
    const file = await open(path, 'w');
    await file.write(Buffer.alloc(HEADER_BYTES));
    return new EvtxWriter(file, computer, firstRecordId);
  }

  /** Resolves at once except where chunks must reach the disk first. */
  async append(event: DemoEvent): Promise<void> {
    if (!this.#chunk.append(event, this.#nextRecordId)) {
      if (this.#chunk.isEmpty) throw new Error(`Event ${event.layout.eventId} is larger than a chunk.`);
      this.#closeChunk();
      if (this.#pending.length >= CHUNKS_PER_WRITE) await this.#flush();
      if (!this.#chunk.append(event, this.#nextRecordId)) throw new Error(`Event ${event.layout.eventId} is larger than a chunk.`);
    }
    this.#nextRecordId += 1;
    this.#events += 1;
  }

  /** Size of the file in bytes. */
  async finish(): Promise<number> {
    // Windows never leaves a log without a chunk.
    if (!this.#chunk.isEmpty || this.#chunks === 0) this.#closeChunk();
    await this.#flush();
    await this.#file.write(this.#header(), 0, HEADER_BYTES, 0);
    await this.#file.close();
    return HEADER_BYTES + this.#written;
  }

  /** After a failure: lets go of the file, half written as it is. */
  async abandon(): Promise<void> {
    await this.#file.close().catch(() => {});
  }

  #closeChunk(): void {
    this.#pending.push(this.#chunk.finish(this.#eventsInFinishedChunks + 1));
    this.#eventsInFinishedChunks = this.#events;
    this.#chunks += 1;
  }

  async #flush(): Promise<void> {
    for (const chunk of this.#pending.splice(0)) {
      await this.#file.write(chunk, 0, chunk.length, HEADER_BYTES + this.#written);
      this.#written += chunk.length;
    }
  }

  #header(): Buffer {
    const header = Buffer.alloc(HEADER_BYTES);
    header.write('ElfFile\0', 'latin1');
    header.writeBigUInt64LE(0n, 8);
    header.writeBigUInt64LE(BigInt(this.#chunks - 1), 16);
    header.writeBigUInt64LE(BigInt(this.#nextRecordId), 24);
    header.writeUInt32LE(128, 32);
    header.writeUInt16LE(1, 36);
    header.writeUInt16LE(3, 38);
    header.writeUInt16LE(HEADER_BYTES, 40);
    header.writeUInt16LE(this.#chunks, 42);
    header.writeUInt32LE(crc32(header.subarray(0, CHECKED_HEADER_BYTES)), CHECKED_HEADER_BYTES + 4);
    return header;
  }
}
