import fs from 'node:fs';
import { join } from 'node:path';
import type { Micros } from '../../shared/model/time.ts';
import { ok, ProblemError, problem, type Result } from '../../shared/result.ts';
import { makeFolder } from '../lib/make-folder.ts';
import type { DiskPlace, FileCalls } from './disk.ts';
import { acquireLock, type StoreLock } from './lock.ts';
import { migrate } from './migrate.ts';
import { loadSqlite, type Sqlite } from './sqlite.ts';
import { SqliteError, type SqlParameters, type SqlRow, Statement } from './statement.ts';
import { damagedStore, fileProblem, storeProblem } from './store-problem.ts';

export const DATABASE_NAME = 'keepwatch.db';

/**
 * One step of the store's layout. Declared in `migrations/NNNN-<what>.ts` and listed in `migrations/registry.ts`; `up` runs in a
 * transaction, once for each store, and a released one is never changed.
 */
export type Migration = { readonly id: number; readonly name: string; up(database: Database): void };

export type DatabaseOptions = {
  readonly migrations: readonly Migration[];
  readonly now: () => Micros;
  /** File calls of the database; tests hand in ones that fail. */
  readonly files?: FileCalls;
};

/** Read in full at start up to this size, about a second; above it, only what is not evidence, and evidence when it is opened. */
const FULL_CHECK_BYTES = 512 * 1024 * 1024;
/** The table of evidence blocks, which make up nearly all of a large store. */
const LARGE_TABLE = 'block';
const STATEMENTS_KEPT = 200;

const PRAGMAS = [
  'PRAGMA locking_mode = EXCLUSIVE', // the WAL index is then kept in memory: there is no shared memory here
  'PRAGMA page_size = 8192',
  'PRAGMA auto_vacuum = INCREMENTAL',
  'PRAGMA journal_mode = WAL',
  'PRAGMA synchronous = FULL', // every commit reaches the disk before it returns
  'PRAGMA wal_autocheckpoint = 2000',
  'PRAGMA journal_size_limit = 33554432',
  'PRAGMA cache_size = -24576', // KiB
  'PRAGMA temp_store = MEMORY',
  'PRAGMA trusted_schema = OFF',
  'PRAGMA cell_size_check = ON',
  'PRAGMA foreign_keys = ON',
];

/**
 * One SQLite file on disk, used by one thread. All calls are synchronous. What has returned from `transaction` (or from a `run` outside of one)
 * is on the disk and survives the end of the process and of the power. Throws `ProblemError` when the disk refuses (`disk-full`, `store-read-only`,
 * `store-damaged`, `failed`): the transaction is then undone as a whole, and the database can be used further. Wrong SQL throws `SqliteError`: a bug.
 */
export class Database {
  readonly folder: string;
  readonly path: string;
  /** What a person should know about this store, for the status line. */
  readonly notes: string[] = [];
  readonly #sqlite: Sqlite;
  readonly #place: DiskPlace;
  readonly #files: FileCalls;
  readonly #lock: StoreLock;
  readonly #pointer: number;
  readonly #statements = new Map<string, Statement>();
  readonly #walking = new Set<Statement>();
  #depth = 0;
  #pendingBytes = 0;
  /** Set when the disk failed to keep what it was given: what it says after that cannot be trusted until the store is opened anew. */
  #distrust: ProblemError | null = null;
  #open = true;

  constructor(folder: string, sqlite: Sqlite, lock: StoreLock, files: FileCalls) {
    this.folder = folder;
    this.path = join(folder, DATABASE_NAME);
    this.#sqlite = sqlite;
    this.#lock = lock;
    this.#files = files;
    this.#place = sqlite.disk.addPlace(this.path, files);
    this.#pointer = this.#connect();
  }

  /** Runs one statement and gives the number of changed rows. */
  run(sql: string, parameters: SqlParameters = []): number {
    this.#refuseDistrusted(sql);
    for (const value of parameters) if (value instanceof Uint8Array || typeof value === 'string') this.#pendingBytes += value.length;
    this.#use(sql, parameters, (statement) => {
      while (statement.next() !== null);
    });
    if (this.#depth === 0) this.#pendingBytes = 0;
    return this.#sqlite.calls._sqlite3_changes(this.#pointer);
  }

  /** Blobs are copies that belong to the caller. The type of a row is the caller's word. */
  all<Row = SqlRow>(sql: string, parameters: SqlParameters = []): Row[] {
    return this.#use(sql, parameters, (statement) => {
      const rows: SqlRow[] = [];
      for (let row = statement.next(); row !== null; row = statement.next()) rows.push(row);
      return rows as Row[];
    });
  }

  /** The first row, or null. */
  get<Row = SqlRow>(sql: string, parameters: SqlParameters = []): Row | null {
    return this.#use(sql, parameters, (statement) => statement.next() as Row | null);
  }

  /** Rows one at a time, for results that should not be held whole. */
  *each<Row = SqlRow>(sql: string, parameters: SqlParameters = []): Generator<Row, void, void> {
    const statement = this.#attempt(() => this.#prepare(sql));
    this.#walking.add(statement);
    try {
      this.#attempt(() => statement.bind(parameters));
      for (let row = this.#attempt(() => statement.next()); row !== null; row = this.#attempt(() => statement.next())) yield row as Row;
    } finally {
      if (this.#walking.delete(statement)) statement.free();
    }
  }

  /** All of `work` or nothing of it; durable when this returns. Within another transaction, `work` is undone on its own when it throws. */
  transaction<Value>(work: () => Value): Value {
    const outer = this.#depth === 0;
    const name = `level_${this.#depth}`;
    this.run(outer ? 'BEGIN IMMEDIATE' : `SAVEPOINT ${name}`);
    this.#depth++;
    let value: Value;
    try {
      value = work();
      if (value instanceof Promise) throw new Error('A transaction must not wait for anything.');
      this.run(outer ? 'COMMIT' : `RELEASE ${name}`);
    } catch (error) {
      this.#undo(outer ? ['ROLLBACK'] : [`ROLLBACK TO ${name}`, `RELEASE ${name}`]);
      throw error;
    } finally {
      this.#depth--;
      if (outer) this.#pendingBytes = 0;
    }
    return value;
  }

  /**
   * A transaction that does not wait for the disk, for what can be found out again: the end of the process does not lose it, the end of the power
   * may, until the next `transaction` has made everything before it durable too.
   */
  relaxed<Value>(work: () => Value): Value {
    if (this.#depth > 0) return work();
    this.run('PRAGMA synchronous = NORMAL');
    try {
      return this.transaction(work);
    } finally {
      this.run('PRAGMA synchronous = FULL');
    }
  }

  /** Moves everything from the write-ahead log into the database file. Does nothing on a full disk: the log keeps it. */
  checkpoint(): void {
    this.#use('PRAGMA wal_checkpoint(TRUNCATE)', [], (statement) => statement.next());
  }

  /** Gives the space of removed rows back to the disk. */
  releaseSpace(): void {
    this.run('PRAGMA incremental_vacuum');
    this.checkpoint();
  }

  sizeBytes(): number {
    return sizeOf(this.#files, this.path) + sizeOf(this.#files, `${this.path}-wal`);
  }

  /** Idempotent. Leaves one file, without a log, and frees the folder. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    for (const statement of [...this.#statements.values(), ...this.#walking]) statement.free();
    this.#statements.clear();
    this.#walking.clear();
    this.#sqlite.calls._sqlite3_close_v2(this.#pointer);
    this.#sqlite.disk.removePlace(this.#place);
    this.#lock.release();
  }

  #connect(): number {
    const { calls, disk } = this.#sqlite;
    const name = calls._malloc(64);
    disk.bytes.write(`${this.#place.name}\0`, name + 4, 'latin1');
    const code = calls._sqlite3_open(name + 4, name);
    const pointer = disk.bytes.readUInt32LE(name);
    calls._free(name);
    if (code !== 0) {
      calls._sqlite3_close_v2(pointer);
      disk.removePlace(this.#place);
      throw storeProblem(new SqliteError(code & 0xff, 'unable to open the database file'), this.#place);
    }
    return pointer;
  }

  #prepare(sql: string): Statement {
    if (!this.#open) throw new Error('The database is closed.');
    return new Statement(this.#sqlite, this.#pointer, sql);
  }

  #use<Value>(sql: string, parameters: SqlParameters, take: (statement: Statement) => Value): Value {
    return this.#attempt(() => {
      const statement = this.#statements.get(sql) ?? this.#prepare(sql);
      // The most recently used comes last.
      this.#statements.delete(sql);
      this.#statements.set(sql, statement);
      if (this.#statements.size > STATEMENTS_KEPT) this.#forgetOldest();
      try {
        statement.bind(parameters);
        return take(statement);
      } finally {
        statement.reset();
      }
    });
  }

  #forgetOldest(): void {
    for (const [sql, statement] of this.#statements) {
      this.#statements.delete(sql);
      statement.free();
      return;
    }
  }

  #attempt<Value>(work: () => Value): Value {
    this.#place.failure = null;
    try {
      return work();
    } catch (error) {
      const told = storeProblem(error, this.#place, this.#pendingBytes);
      const failure = this.#place.failure as DiskPlace['failure'];
      if (failure?.operation === 'sync' && told instanceof ProblemError && told.code === 'failed') this.#distrust = told;
      throw told;
    }
  }

  /** After a failed sync the system may have dropped what it could not write, and say "done" the next time. */
  #refuseDistrusted(sql: string): void {
    if (this.#distrust !== null && !sql.startsWith('ROLLBACK')) throw this.#distrust;
  }

  /** SQLite has undone the transaction itself where the disk refused; then there is nothing left to undo. */
  #undo(statements: readonly string[]): void {
    for (const sql of statements) {
      try {
        this.run(sql);
      } catch (error) {
        if (!(error instanceof ProblemError || error instanceof SqliteError)) throw error;
      }
    }
  }
}

/**
 * Opens the store in `folder` (made when missing), alone: checks it, brings its layout up to date, and holds it until `close`. Problems:
 * `store-locked`, `store-read-only`, `store-damaged`, `store-newer`, `disk-full`, `failed`.
 */
export async function openDatabase(folder: string, options: DatabaseOptions): Promise<Result<Database>> {
  const files = options.files ?? fs;
  let lock: StoreLock | null = null;
  let database: Database | null = null;
  try {
    makeStoreFolder(folder);
    const locked = acquireLock(folder);
    if (!locked.ok) return locked;
    lock = locked.value;
    const sqlite = await loadSqlite();
    database = new Database(folder, sqlite, lock, files);
    prepareStore(database, lock, options);
    return ok(database);
  } catch (error) {
    database?.close();
    lock?.release();
    if (error instanceof ProblemError) return problem(error.code, error.message);
    throw error;
  }
}

function makeStoreFolder(folder: string): void {
  try {
    makeFolder(folder, 0o700);
  } catch (error) {
    const code = String((error as NodeJS.ErrnoException).code);
    if (code === 'EEXIST' || code === 'ENOTDIR')
      throw new ProblemError('failed', `${folder} is no folder, or lies in a file. Choose another folder for the store.`);
    throw fileProblem(code, folder, 'create');
  }
}

function prepareStore(database: Database, lock: StoreLock, options: DatabaseOptions): void {
  for (const pragma of PRAGMAS) database.run(pragma);
  const mode = database.get<{ journal_mode: string }>('PRAGMA journal_mode')?.journal_mode;
  if (mode !== 'wal') throw damagedStore(database.path, `its write-ahead log could not be used (journal mode ${mode})`);
  if (lock.afterCrash) database.notes.push('Keepwatch was not closed properly last time; everything it had reported as stored is here.');
  checkIntegrity(database);
  migrate(database, options.migrations, options.now());
}

/** SQLite's own check of its pages and of what they refer to; it cannot tell a changed letter within a value. */
function checkIntegrity(database: Database): void {
  const whole = database.sizeBytes() <= FULL_CHECK_BYTES;
  const tables = whole
    ? []
    : database.all<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> ?", [LARGE_TABLE]);
  const checks = whole ? ['PRAGMA quick_check(1)'] : tables.map(({ name }) => `PRAGMA quick_check("${name.replaceAll('"', '""')}")`);
  for (const check of checks) {
    const found = database.get<{ quick_check: string }>(check)?.quick_check ?? 'ok';
    if (found !== 'ok') throw damagedStore(database.path, found.replace(/\s+/g, ' ').slice(0, 200));
  }
}

function sizeOf(files: FileCalls, path: string): number {
  try {
    return files.statSync(path).size;
  } catch {
    return 0;
  }
}
