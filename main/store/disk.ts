import fs from 'node:fs';

/** The file calls that a database needs; tests hand in ones that fail. */
export type FileCalls = Pick<
  typeof fs,
  | 'openSync'
  | 'closeSync'
  | 'readSync'
  | 'writeSync'
  | 'fsyncSync'
  | 'ftruncateSync'
  | 'fstatSync'
  | 'statSync'
  | 'accessSync'
  | 'unlinkSync'
>;

/** The last call of a database that failed, in the words of node:fs: SQLite itself keeps only a class of error. */
export type DiskFailure = { readonly operation: DiskOperation; readonly code: string; readonly path: string };
export type DiskOperation = 'open' | 'close' | 'read' | 'write' | 'sync' | 'truncate' | 'stat' | 'access' | 'unlink' | 'seek';

/** A database's place: the name by which the WebAssembly module opens it, and what went wrong with it last. */
export type DiskPlace = { readonly name: string; readonly path: string; failure: DiskFailure | null };

type ImportCall = (...values: never[]) => number;
export type ImportTable = Record<string, ImportCall>;

type Place = DiskPlace & { readonly files: FileCalls };
type OpenFile = { readonly place: Place; readonly path: string; readonly handle: number; position: number };

/**
 * Names of the imported functions in sql.js 1.16.0. They are minified, so they belong to that one build: `sqlite.ts` refuses any
 * other, and `disk.test.ts` exercises each of them.
 */
export const IMPORT_NAMES = {
  openat: 'x',
  close: 'e',
  read: 't',
  write: 'q',
  seek: 'E',
  sync: 'K',
  ftruncate: 'J',
  fstat: 'g',
  lstat: 'M',
  stat: 'N',
  fstatat: 'L',
  faccessat: 'D',
  unlinkat: 'o',
  fcntl: 'b',
  fchmod: 'j',
  fchown: 'h',
} as const;

/** Error numbers of WASI preview 1 (wasi_snapshot_preview1, `errno`), which the module's C library uses. */
const ERRNO: Readonly<Record<string, number>> = {
  EACCES: 2,
  EAGAIN: 6,
  EBADF: 8,
  EBUSY: 10,
  EDQUOT: 51, // treated as a full disk, which SQLite knows
  EEXIST: 20,
  EFBIG: 51,
  EINTR: 27,
  EINVAL: 28,
  EIO: 29,
  EISDIR: 31,
  ELOOP: 32,
  EMFILE: 33,
  ENAMETOOLONG: 37,
  ENFILE: 41,
  ENOENT: 44,
  ENOMEM: 48,
  ENOSPC: 51,
  ENOTDIR: 54,
  EPERM: 63,
  EROFS: 69,
};
const BAD_ARGUMENT = 28;

/** Flags as the module's C library (musl) counts them; Node's own differ between systems. */
const MUSL = { ACCESS: 3, WRITE_ONLY: 1, READ_WRITE: 2, CREATE: 0o100, EXCLUSIVE: 0o200, TRUNCATE: 0o1000, NO_FOLLOW: 0o400000 };
const F_GETLK = 12;
const F_UNLCK = 2;
const STAT_BYTES = 96;
const PLACE_NAME = /^\/?(store-\d+)(-journal|-wal|-shm)?$/;
/** Far above the descriptors of the module's own in-memory files. */
const FIRST_DESCRIPTOR = 1000;

/** Answers the file calls of the SQLite module for known databases by node:fs; all others stay in the module's memory. */
export class Disk {
  readonly #places = new Map<string, Place>();
  readonly #open = new Map<number, OpenFile>();
  #nextPlace = 1;
  #nextDescriptor = FIRST_DESCRIPTOR;
  #memory: { readonly buffer: ArrayBuffer } = { buffer: new ArrayBuffer(0) };
  #bytes: Buffer = Buffer.alloc(0);

  setMemory(memory: { readonly buffer: ArrayBuffer }): void {
    this.#memory = memory;
  }

  /** The module's memory; ask again after every call into the module, which may have replaced it. */
  get bytes(): Buffer {
    if (this.#bytes.buffer !== this.#memory.buffer) this.#bytes = Buffer.from(this.#memory.buffer);
    return this.#bytes;
  }

  addPlace(path: string, files: FileCalls = fs): DiskPlace {
    const place: Place = { name: `store-${this.#nextPlace++}`, path, files, failure: null };
    this.#places.set(place.name, place);
    return place;
  }

  removePlace(place: DiskPlace): void {
    for (const [descriptor, file] of this.#open) if (file.place.name === place.name) this.#close(descriptor, file);
    this.#places.delete(place.name);
  }

  /** The module's imports with the file calls replaced. */
  replaceCalls(original: ImportTable): ImportTable {
    const replaced = { ...original };
    type Name = keyof typeof IMPORT_NAMES;
    for (const name of Object.keys(IMPORT_NAMES) as Name[]) {
      if (typeof original[IMPORT_NAMES[name]] !== 'function') throw new Error(`The SQLite module has no import for ${name}.`);
    }
    /** WASI calls return an error number, system calls its negative. */
    const onFile = (
      name: Name,
      operation: DiskOperation,
      sign: 1 | -1,
      ours: (file: OpenFile, ...values: never[]) => number | undefined,
    ) => {
      const theirs = original[IMPORT_NAMES[name]] as (...values: unknown[]) => number;
      replaced[IMPORT_NAMES[name]] = (descriptor: number, ...values: never[]) => {
        const file = this.#open.get(descriptor);
        if (!file) return theirs(descriptor, ...values);
        return this.#guard(file.place, operation, file.path, sign, () => ours(file, ...values) ?? 0);
      };
    };
    const onPath = (
      name: Name,
      operation: DiskOperation,
      position: number,
      ours: (place: Place, path: string, values: number[]) => number | undefined,
    ) => {
      const theirs = original[IMPORT_NAMES[name]] as (...values: unknown[]) => number;
      replaced[IMPORT_NAMES[name]] = (...values: number[]) => {
        const found = this.#find(values[position]);
        if (!found) return theirs(...values);
        return this.#guard(found.place, operation, found.path, -1, () => ours(found.place, found.path, values) ?? 0);
      };
    };
    onPath('openat', 'open', 1, (place, path, values) => this.#openFile(place, path, values[2]));
    onPath('stat', 'stat', 0, (place, path, values) => this.#putStat(values[1], place.files.statSync(path)));
    onPath('lstat', 'stat', 0, (place, path, values) => this.#putStat(values[1], place.files.statSync(path)));
    onPath('fstatat', 'stat', 1, (place, path, values) => this.#putStat(values[2], place.files.statSync(path)));
    onPath('faccessat', 'access', 1, (place, path, values) => void place.files.accessSync(path, values[2]));
    onPath('unlinkat', 'unlink', 1, (place, path) => {
      place.files.unlinkSync(path);
      syncFolderOf(path);
      return 0;
    });
    onFile('read', 'read', 1, (file, vectors: number, count: number, total: number) =>
      this.#transfer(file, vectors, count, total, file.place.files.readSync),
    );
    onFile('write', 'write', 1, (file, vectors: number, count: number, total: number) =>
      this.#transfer(file, vectors, count, total, file.place.files.writeSync),
    );
    onFile('seek', 'seek', 1, (file, offset: bigint, whence: number, result: number) => this.#seek(file, Number(offset), whence, result));
    onFile('sync', 'sync', 1, (file) => void file.place.files.fsyncSync(file.handle));
    onFile('ftruncate', 'truncate', -1, (file, length: bigint) => void file.place.files.ftruncateSync(file.handle, Number(length)));
    onFile('fstat', 'stat', -1, (file, at: number) => this.#putStat(at, file.place.files.fstatSync(file.handle)));
    onFile('fcntl', 'stat', -1, (_file, command: number, values: number) => this.#control(command, values));
    // Mode and owner are those of the process that creates the file.
    onFile('fchmod', 'stat', -1, () => 0);
    onFile('fchown', 'stat', -1, () => 0);
    const closeTheirs = original[IMPORT_NAMES.close] as (descriptor: number) => number;
    replaced[IMPORT_NAMES.close] = (descriptor: number) => {
      const file = this.#open.get(descriptor);
      return file ? this.#guard(file.place, 'close', file.path, 1, () => this.#close(descriptor, file)) : closeTheirs(descriptor);
    };
    return replaced;
  }

  /** Nothing may be thrown through the WebAssembly frames of SQLite: it would leave them half done. */
  #guard(place: Place, operation: DiskOperation, path: string, sign: 1 | -1, call: () => number): number {
    try {
      return call();
    } catch (error) {
      const code = String((error as NodeJS.ErrnoException).code ?? 'EIO');
      // SQLite looks for a journal by asking for it.
      if (code !== 'ENOENT') place.failure = { operation, code, path };
      return sign * (ERRNO[code] ?? ERRNO.EIO);
    }
  }

  #find(at: number): { place: Place; path: string } | null {
    const bytes = this.bytes;
    const found = PLACE_NAME.exec(bytes.toString('latin1', at, bytes.indexOf(0, at)));
    const place = found && this.#places.get(found[1]);
    return place ? { place, path: place.path + (found[2] ?? '') } : null;
  }

  #openFile(place: Place, path: string, flags: number): number {
    const handle = place.files.openSync(path, nodeFlags(flags), 0o600);
    if (flags & MUSL.CREATE) syncFolderOf(path);
    this.#open.set(this.#nextDescriptor, { place, path, handle, position: 0 });
    return this.#nextDescriptor++;
  }

  #close(descriptor: number, file: OpenFile): number {
    this.#open.delete(descriptor);
    file.place.files.closeSync(file.handle);
    return 0;
  }

  /** What was moved before an error counts; SQLite asks again for the rest and then meets the error itself. */
  #transfer(
    file: OpenFile,
    vectors: number,
    count: number,
    total: number,
    call: (handle: number, bytes: Buffer, at: number, length: number, position: number) => number,
  ): number {
    const bytes = this.bytes;
    let done = 0;
    for (let vector = 0; vector < count; vector++) {
      const at = bytes.readUInt32LE(vectors + vector * 8);
      const length = bytes.readUInt32LE(vectors + vector * 8 + 4);
      if (length === 0) continue;
      let moved: number;
      try {
        moved = call(file.handle, bytes, at, length, file.position);
      } catch (error) {
        if (done === 0) throw error;
        break;
      }
      file.position += moved;
      done += moved;
      if (moved < length) break;
    }
    bytes.writeUInt32LE(done, total);
    return 0;
  }

  #seek(file: OpenFile, offset: number, whence: number, result: number): number {
    const start = whence === 0 ? 0 : whence === 1 ? file.position : file.place.files.fstatSync(file.handle).size;
    if (start + offset < 0) return BAD_ARGUMENT;
    file.position = start + offset;
    this.bytes.writeBigInt64LE(BigInt(file.position), result);
    return 0;
  }

  /** Locks are always free: one connection in one process, and the lock file beside the database keeps other processes out. */
  #control(command: number, values: number): number {
    if (command === F_GETLK) this.bytes.writeInt16LE(F_UNLCK, this.bytes.readUInt32LE(values));
    return 0;
  }

  #putStat(at: number, stat: fs.Stats): number {
    const bytes = this.bytes;
    bytes.fill(0, at, at + STAT_BYTES);
    bytes.writeInt32LE(stat.mode, at + 4);
    bytes.writeUInt32LE(1, at + 8);
    bytes.writeBigInt64LE(BigInt(stat.size), at + 24);
    bytes.writeInt32LE(4096, at + 32);
    bytes.writeInt32LE(Math.ceil(stat.size / 512) | 0, at + 36);
    bytes.writeBigInt64LE(BigInt.asIntN(64, BigInt(stat.ino)), at + 88);
    return 0;
  }
}

function nodeFlags(flags: number): number {
  const { O_RDONLY, O_WRONLY, O_RDWR, O_CREAT, O_EXCL, O_TRUNC, O_NOFOLLOW } = fs.constants;
  const access = flags & MUSL.ACCESS;
  return (
    (access === MUSL.READ_WRITE ? O_RDWR : access === MUSL.WRITE_ONLY ? O_WRONLY : O_RDONLY) |
    (flags & MUSL.CREATE ? O_CREAT : 0) |
    (flags & MUSL.EXCLUSIVE ? O_EXCL : 0) |
    (flags & MUSL.TRUNCATE ? O_TRUNC : 0) |
    (flags & MUSL.NO_FOLLOW ? (O_NOFOLLOW ?? 0) : 0)
  );
}

/** Makes a created or removed name durable. Windows has no such call and does not need it; elsewhere a refusal costs only that. */
function syncFolderOf(path: string): void {
  if (process.platform === 'win32') return;
  try {
    const folder = fs.openSync(path.slice(0, path.lastIndexOf('/')) || '/', fs.constants.O_RDONLY);
    try {
      fs.fsyncSync(folder);
    } finally {
      fs.closeSync(folder);
    }
  } catch {}
}
