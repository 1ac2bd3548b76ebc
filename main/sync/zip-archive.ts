import { createWriteStream } from 'node:fs';
import { type FileHandle, mkdtemp, open as openFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Entry, fromBuffer, fromRandomAccessReader, getFileNameLowLevel, RandomAccessReader, type ZipFile } from 'yauzl';
import { ProblemError } from '../../shared/result.ts';

const MOST_ENTRIES = 200_000;
const MOST_TOTAL_BYTES = 1024 ** 4;
/** A log that was made at its full size and hardly written shrinks a thousand times, so only what is also very large is refused. */
const SUSPICIOUS_BYTES = 1024 ** 3;
const MOST_RATIO = 200;
/** Archives do not shrink any more. */
const MOST_RATIO_OF_ARCHIVE = 50;
const SMALL_ARCHIVE_BYTES = 64 * 1024 * 1024;

const ENCRYPTED = 1;
const ENCRYPTED_MEMBER = 'This member is encrypted; unpack it with its password and import the result.';
const ARCHIVE_NAME = /\.zip$/i;

export type ArchiveMember = {
  readonly name: string;
  readonly sizeBytes: number;
  readonly isArchive: boolean;
  /** Why it is not read: a sentence for the report; null when it can be. */
  readonly problem: string | null;
};

export type MemberList = {
  readonly members: readonly ArchiveMember[];
  /** Why the list ends early; null when it is whole. */
  readonly problem: string | null;
};

// Names stay bytes until decoded below: the library refuses whole archives for names that lead out of them, but nothing is ever unpacked to a name.
const OPTIONS = { lazyEntries: true, autoClose: false, decodeStrings: false } as const;

/** Longest end of an archive: its last record and a comment. */
const MOST_TAIL_BYTES = 22 + 65_535;
const END_MARK = Buffer.from([0x50, 0x4b, 5, 6]);

async function openZip(path: string): Promise<ZipFile> {
  const file = await openFile(path, 'r');
  try {
    const { size } = await file.stat();
    const end = await endOfArchive(file, size);
    return await new Promise((resolve, reject) => {
      fromRandomAccessReader(new FileReader(file), end, OPTIONS, (error, zip) => (error ? reject(error) : resolve(zip)));
    });
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Where the archive ends by its own account. Copies by way of mail or a version control often have bytes after it, which the library refuses. */
async function endOfArchive(file: FileHandle, size: number): Promise<number> {
  const tail = Buffer.alloc(Math.min(size, MOST_TAIL_BYTES));
  const { bytesRead } = await file.read(tail, 0, tail.length, size - tail.length);
  const at = tail.subarray(0, bytesRead).lastIndexOf(END_MARK);
  if (at < 0 || at + 22 > bytesRead) return size;
  return Math.min(size, size - tail.length + at + 22 + tail.readUInt16LE(at + 20));
}

/** One handle for all ranges of a file; the library closes it with the archive. */
class FileReader extends RandomAccessReader {
  readonly #file: FileHandle;

  constructor(file: FileHandle) {
    super();
    this.#file = file;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    // An empty range cannot be said with an inclusive end.
    if (end <= start) return Readable.from([]);
    return Readable.from(piecesOf(this.#file, start, end), { objectMode: false, highWaterMark: RANGE_PIECE_BYTES });
  }

  override read(into: Buffer, offset: number, length: number, position: number, callback: (error: Error | null) => void): void {
    this.#file.read(into, offset, length, position).then(
      ({ bytesRead }) => callback(bytesRead === length ? null : new Error('unexpected end of the archive')),
      (error: Error) => callback(error),
    );
  }

  override close(callback: (error: Error | null) => void): void {
    this.#file.close().then(() => callback(null), callback);
  }
}

const RANGE_PIECE_BYTES = 256 * 1024;

async function* piecesOf(file: FileHandle, start: number, end: number): AsyncGenerator<Buffer> {
  for (let at = start; at < end; ) {
    const piece = Buffer.allocUnsafe(Math.min(RANGE_PIECE_BYTES, end - at));
    const { bytesRead } = await file.read(piece, 0, piece.length, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield piece.subarray(0, bytesRead);
  }
}

function openZipBuffer(buffer: Buffer): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    fromBuffer(buffer, OPTIONS, (error, zip) => (error ? reject(error) : resolve(zip)));
  });
}

/** An archive on disk or inside another one. Inner archives are held in memory when small, else spooled to a file of their own until `close`. */
export class ZipArchive {
  readonly #zip: ZipFile;
  readonly #cleanUp: () => Promise<void>;
  readonly #entries = new Map<string, Entry>();
  #list: Promise<MemberList> | null = null;

  private constructor(zip: ZipFile, cleanUp: () => Promise<void>) {
    this.#zip = zip;
    this.#cleanUp = cleanUp;
    // Without a listener, an error of the archive would end the process; each call below reports its own.
    zip.on('error', () => {});
  }

  static async open(path: string): Promise<ZipArchive> {
    return new ZipArchive(await openZip(path), async () => {});
  }

  /** Every file in the archive, in its order; read once. */
  list(): Promise<MemberList> {
    this.#list ??= this.#readList();
    return this.#list;
  }

  /** The bytes of a member; more than its declared size is an error, whatever the archive says. */
  async *read(name: string): AsyncGenerator<Uint8Array> {
    await this.list();
    const entry = this.#entries.get(name);
    if (entry === undefined) throw new ProblemError('not-found', `The archive has no member ${name}.`);
    if ((entry.generalPurposeBitFlag & ENCRYPTED) !== 0) throw new ProblemError('unreadable', ENCRYPTED_MEMBER);
    const stream = await this.#stream(entry);
    let seen = 0;
    try {
      for await (const piece of stream) {
        seen += (piece as Buffer).length;
        if (seen > entry.uncompressedSize)
          throw new ProblemError('unreadable', `${name} unpacks to more than the ${entry.uncompressedSize} bytes it declares.`);
        yield piece as Buffer;
      }
    } finally {
      stream.destroy();
    }
  }

  async openInner(name: string): Promise<ZipArchive> {
    await this.list();
    if ((this.#entries.get(name)?.uncompressedSize ?? 0) <= SMALL_ARCHIVE_BYTES) {
      const parts: Uint8Array[] = [];
      for await (const piece of this.read(name)) parts.push(piece);
      return new ZipArchive(await openZipBuffer(Buffer.concat(parts)), async () => {});
    }
    const folder = await mkdtemp(join(tmpdir(), 'keepwatch-archive-'));
    const path = join(folder, 'inner.zip');
    const cleanUp = () => rm(folder, { recursive: true, force: true });
    try {
      await pipeline(this.read(name), createWriteStream(path, { mode: 0o600 }));
      return new ZipArchive(await openZip(path), cleanUp);
    } catch (error) {
      await cleanUp();
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#zip.close();
    await this.#cleanUp();
  }

  async #readList(): Promise<MemberList> {
    const members: ArchiveMember[] = [];
    let total = 0;
    try {
      for (let entry = await this.#next(); entry !== null; entry = await this.#next()) {
        const name = nameOf(entry);
        if (name.endsWith('/')) continue;
        if (members.length >= MOST_ENTRIES)
          return { members, problem: `The archive has more than ${MOST_ENTRIES} entries; the rest was left out.` };
        total += entry.uncompressedSize;
        const isRepeated = this.#entries.has(name);
        if (!isRepeated) this.#entries.set(name, entry);
        const problem = isRepeated ? 'The archive has another member of this name before it.' : problemOf(entry, name, total);
        members.push({ name, sizeBytes: entry.uncompressedSize, isArchive: ARCHIVE_NAME.test(name), problem });
      }
    } catch (error) {
      return { members, problem: `The list of the archive is damaged: ${(error as Error).message}.` };
    }
    return { members, problem: null };
  }

  #next(): Promise<Entry | null> {
    return new Promise((resolve, reject) => {
      const zip = this.#zip;
      const done = (act: () => void) => {
        zip.off('entry', onEntry);
        zip.off('end', onEnd);
        zip.off('error', onError);
        act();
      };
      const onEntry = (entry: Entry) => done(() => resolve(entry));
      const onEnd = () => done(() => resolve(null));
      const onError = (error: Error) => done(() => reject(error));
      zip.on('entry', onEntry);
      zip.on('end', onEnd);
      zip.on('error', onError);
      zip.readEntry();
    });
  }

  #stream(entry: Entry): Promise<Readable> {
    return new Promise((resolve, reject) => {
      this.#zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)));
    });
  }
}

function nameOf(entry: Entry): string {
  const { fileNameRaw } = entry;
  return getFileNameLowLevel(entry.generalPurposeBitFlag, fileNameRaw, entry.extraFields, false);
}

function problemOf(entry: Entry, name: string, total: number): string | null {
  const ratio = Math.round(entry.uncompressedSize / Math.max(1, entry.compressedSize));
  if ((entry.generalPurposeBitFlag & ENCRYPTED) !== 0) return ENCRYPTED_MEMBER;
  if (ARCHIVE_NAME.test(name) && entry.uncompressedSize > 1024 * 1024 && ratio > MOST_RATIO_OF_ARCHIVE)
    return `This archive would unpack to ${ratio} times its size; archives of evidence do not do that.`;
  if (entry.uncompressedSize > SUSPICIOUS_BYTES && ratio > MOST_RATIO)
    return `This member would unpack to ${entry.uncompressedSize} bytes, ${ratio} times its size; evidence does not do that.`;
  return total > MOST_TOTAL_BYTES ? 'The archive would unpack to more than 1 TiB.' : null;
}
