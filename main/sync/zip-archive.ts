import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Entry, fromBuffer, open, type ZipFile } from 'yauzl';
import { ProblemError } from '../../shared/result.ts';

/** A member may grow by this much over what it takes in the archive; evidence compresses 10 to 50 times. */
const MOST_RATIO = 1_100;
const MOST_ENTRIES = 200_000;
const MOST_TOTAL_BYTES = 1024 ** 4;
const SMALL_ARCHIVE_BYTES = 64 * 1024 * 1024;

const ENCRYPTED = 1;

export type ArchiveMember = { readonly name: string; readonly sizeBytes: number; readonly problem: string | null };

function openZip(path: string): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    open(path, { lazyEntries: true, autoClose: false, decodeStrings: true, strictFileNames: false }, (error, zip) =>
      error ? reject(error) : resolve(zip),
    );
  });
}

function openZipBuffer(buffer: Buffer): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    fromBuffer(buffer, { lazyEntries: true, decodeStrings: true }, (error, zip) => (error ? reject(error) : resolve(zip)));
  });
}

/** An archive on disk or inside another one. Inner archives are held in memory when small, else spooled to a file of their own until `close`. */
export class ZipArchive {
  readonly #zip: ZipFile;
  readonly #cleanUp: () => Promise<void>;

  private constructor(zip: ZipFile, cleanUp: () => Promise<void>) {
    this.#zip = zip;
    this.#cleanUp = cleanUp;
    // Without a listener, an error of the archive would end the process; each call below reports its own.
    zip.on('error', () => {});
  }

  static async open(path: string): Promise<ZipArchive> {
    return new ZipArchive(await openZip(path), async () => {});
  }

  /** Calls `visit` for every file in the archive, in its order. */
  async members(visit: (member: ArchiveMember, entry: Entry) => void): Promise<void> {
    let count = 0;
    let total = 0;
    for (;;) {
      const entry = await this.#next();
      if (entry === null) return;
      if (++count > MOST_ENTRIES) throw new ProblemError('unreadable', `The archive has more than ${MOST_ENTRIES} entries.`);
      if (entry.fileName.endsWith('/')) continue;
      total += entry.uncompressedSize;
      visit({ name: entry.fileName, sizeBytes: entry.uncompressedSize, problem: problemOf(entry, total) }, entry);
    }
  }

  async find(name: string): Promise<Entry> {
    let found: Entry | null = null;
    await this.members((member, entry) => {
      if (member.name === name && member.problem === null) found ??= entry;
    });
    if (found === null) throw new ProblemError('not-found', `The archive has no member ${name}.`);
    return found;
  }

  /** The bytes of a member; more than its declared size is an error, whatever the archive says. */
  async *read(entry: Entry): AsyncGenerator<Uint8Array> {
    const stream = await this.#stream(entry);
    let seen = 0;
    try {
      for await (const piece of stream) {
        seen += (piece as Buffer).length;
        if (seen > entry.uncompressedSize)
          throw new ProblemError('unreadable', `${entry.fileName} unpacks to more than the ${entry.uncompressedSize} bytes it declares.`);
        yield piece as Buffer;
      }
    } finally {
      stream.destroy();
    }
  }

  async openInner(entry: Entry): Promise<ZipArchive> {
    if (entry.uncompressedSize <= SMALL_ARCHIVE_BYTES) {
      const parts: Uint8Array[] = [];
      for await (const piece of this.read(entry)) parts.push(piece);
      return new ZipArchive(await openZipBuffer(Buffer.concat(parts)), async () => {});
    }
    const folder = await mkdtemp(join(tmpdir(), 'keepwatch-archive-'));
    const path = join(folder, 'inner.zip');
    const cleanUp = () => rm(folder, { recursive: true, force: true });
    try {
      await pipeline(this.read(entry), createWriteStream(path, { mode: 0o600 }));
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

function problemOf(entry: Entry, total: number): string | null {
  if ((entry.generalPurposeBitFlag & ENCRYPTED) !== 0)
    return 'This member is encrypted; unpack it with its password and import the result.';
  if (entry.uncompressedSize > 1024 * 1024 && entry.uncompressedSize > entry.compressedSize * MOST_RATIO) {
    return `This member would unpack to ${Math.round(entry.uncompressedSize / Math.max(1, entry.compressedSize))} times its size; evidence does not do that.`;
  }
  return total > MOST_TOTAL_BYTES ? 'The archive would unpack to more than 1 TiB.' : null;
}
