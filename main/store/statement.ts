import type { Sqlite } from './sqlite.ts';

/** Numbers are whole up to 2^53 or doubles; booleans go in as 0 and 1. */
export type SqlValue = number | string | Uint8Array | null;
export type SqlParameters = readonly (SqlValue | boolean)[];
export type SqlRow = Record<string, SqlValue>;

/** A refusal by SQLite; `code` is its primary result code (https://sqlite.org/rescode.html). */
export class SqliteError extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.name = 'SqliteError';
    this.code = code;
  }
}

const ROW = 100;
const DONE = 101;
const OUT_OF_MEMORY = 7;
const NULL_POINTER = 0;
/** SQLITE_STATIC: the bytes stay where they are until the statement is reset. */
const STAYS = 0;

/** A prepared statement. Texts go in and come out with any character, NUL included, as UTF-8. */
export class Statement {
  readonly #sqlite: Sqlite;
  readonly #database: number;
  readonly #pointer: number;
  readonly #names: readonly string[];
  readonly #held: number[] = [];

  constructor(sqlite: Sqlite, database: number, sql: string) {
    this.#sqlite = sqlite;
    this.#database = database;
    this.#pointer = this.#prepare(sql);
    const { calls } = sqlite;
    this.#names = Array.from({ length: calls._sqlite3_column_count(this.#pointer) }, (_, column) =>
      readText(sqlite, calls._sqlite3_column_name(this.#pointer, column)),
    );
  }

  bind(parameters: SqlParameters): void {
    for (let index = 0; index < parameters.length; index++) this.#check(this.#bindOne(index + 1, parameters[index]));
  }

  /** The next row, or null at the end. */
  next(): SqlRow | null {
    const code = this.#sqlite.calls._sqlite3_step(this.#pointer);
    if (code === ROW) return this.#row();
    if (code === DONE) return null;
    throw this.#error(code);
  }

  /** Ready for the next use; the error of the step before was thrown by `next` already. */
  reset(): void {
    this.#sqlite.calls._sqlite3_reset(this.#pointer);
    this.#sqlite.calls._sqlite3_clear_bindings(this.#pointer);
    for (const pointer of this.#held) this.#sqlite.calls._free(pointer);
    this.#held.length = 0;
  }

  free(): void {
    this.reset();
    this.#sqlite.calls._sqlite3_finalize(this.#pointer);
  }

  #prepare(sql: string): number {
    const { calls, disk } = this.#sqlite;
    const length = Buffer.byteLength(sql);
    const text = this.#reserve(length + 1);
    const results = this.#reserve(8);
    disk.bytes.write(sql, text);
    disk.bytes[text + length] = 0;
    try {
      this.#check(calls._sqlite3_prepare_v2(this.#database, text, length + 1, results, results + 4));
      const pointer = disk.bytes.readUInt32LE(results);
      if (pointer === NULL_POINTER) throw new Error(`No statement in: ${sql}`);
      const rest = disk.bytes.readUInt32LE(results + 4);
      if (disk.bytes.toString('utf8', rest, text + length).trim() !== '') {
        calls._sqlite3_finalize(pointer);
        throw new Error(`More than one statement in: ${sql}`);
      }
      return pointer;
    } finally {
      for (const pointer of this.#held) calls._free(pointer);
      this.#held.length = 0;
    }
  }

  #bindOne(position: number, value: SqlValue | boolean): number {
    const { calls, disk } = this.#sqlite;
    if (typeof value === 'string') {
      const length = Buffer.byteLength(value);
      const at = this.#reserve(length + 1);
      disk.bytes.write(value, at);
      return calls._sqlite3_bind_text(this.#pointer, position, at, length, STAYS);
    }
    if (typeof value === 'number' && !Number.isNaN(value)) {
      return value === (value | 0)
        ? calls._sqlite3_bind_int(this.#pointer, position, value)
        : calls._sqlite3_bind_double(this.#pointer, position, value);
    }
    if (typeof value === 'boolean') return calls._sqlite3_bind_int(this.#pointer, position, value ? 1 : 0);
    if (value === null) return 0;
    if (!(value instanceof Uint8Array)) throw new TypeError(`Parameter ${position} is ${String(value)}.`);
    const at = this.#reserve(value.length + 1);
    disk.bytes.set(value, at);
    return calls._sqlite3_bind_blob(this.#pointer, position, at, value.length, STAYS);
  }

  #row(): SqlRow {
    const row: SqlRow = {};
    for (let column = 0; column < this.#names.length; column++) row[this.#names[column]] = this.#column(column);
    return row;
  }

  #column(column: number): SqlValue {
    const { calls, disk } = this.#sqlite;
    switch (calls._sqlite3_column_type(this.#pointer, column)) {
      case 1:
      case 2:
        return calls._sqlite3_column_double(this.#pointer, column);
      case 3: {
        const at = calls._sqlite3_column_text(this.#pointer, column);
        return disk.bytes.toString('utf8', at, at + calls._sqlite3_column_bytes(this.#pointer, column));
      }
      case 4: {
        const at = calls._sqlite3_column_blob(this.#pointer, column);
        // A buffer of its own, so that it may be transferred and read as words of any size.
        return new Uint8Array(disk.bytes.buffer.slice(at, at + calls._sqlite3_column_bytes(this.#pointer, column)));
      }
      default:
        return null;
    }
  }

  #reserve(bytes: number): number {
    const pointer = this.#sqlite.calls._malloc(bytes);
    if (pointer === NULL_POINTER) throw new SqliteError(OUT_OF_MEMORY, `out of memory for ${bytes} bytes`);
    this.#held.push(pointer);
    return pointer;
  }

  #check(code: number): void {
    if (code !== 0) throw this.#error(code);
  }

  #error(code: number): SqliteError {
    return new SqliteError(code & 0xff, readText(this.#sqlite, this.#sqlite.calls._sqlite3_errmsg(this.#database)));
  }
}

function readText(sqlite: Sqlite, at: number): string {
  const { bytes } = sqlite.disk;
  return bytes.toString('utf8', at, bytes.indexOf(0, at));
}
