import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import initSqlJs from 'sql.js';
import { ProblemError } from '../../shared/result.ts';
import { Disk, type ImportTable } from './disk.ts';

/** The C functions of SQLite that the store calls, as the module exports them. Pointers and lengths are numbers. */
export type SqliteCalls = {
  _malloc(bytes: number): number;
  _free(pointer: number): void;
  _sqlite3_open(name: number, database: number): number;
  _sqlite3_close_v2(database: number): number;
  _sqlite3_errmsg(database: number): number;
  _sqlite3_changes(database: number): number;
  _sqlite3_prepare_v2(database: number, sql: number, bytes: number, statement: number, rest: number): number;
  _sqlite3_step(statement: number): number;
  _sqlite3_reset(statement: number): number;
  _sqlite3_clear_bindings(statement: number): number;
  _sqlite3_finalize(statement: number): number;
  _sqlite3_bind_text(statement: number, position: number, pointer: number, bytes: number, destructor: number): number;
  _sqlite3_bind_blob(statement: number, position: number, pointer: number, bytes: number, destructor: number): number;
  _sqlite3_bind_double(statement: number, position: number, value: number): number;
  _sqlite3_bind_int(statement: number, position: number, value: number): number;
  _sqlite3_column_count(statement: number): number;
  _sqlite3_column_name(statement: number, column: number): number;
  _sqlite3_column_type(statement: number, column: number): number;
  _sqlite3_column_double(statement: number, column: number): number;
  _sqlite3_column_text(statement: number, column: number): number;
  _sqlite3_column_blob(statement: number, column: number): number;
  _sqlite3_column_bytes(statement: number, column: number): number;
};
export type Sqlite = { readonly calls: SqliteCalls; readonly disk: Disk };

/** SHA-256 of the two files of sql.js 1.16.0 (SQLite 3.54.1) that `disk.ts` was written for: its import names belong to them alone. */
export const SQLITE_FILES = {
  'sql.js/dist/sql-wasm.js': '9b96118841c6edfdf53c6f388c1419d1f473cf469df6a6fc2864b386d60bdb5e',
  'sql.js/dist/sql-wasm.wasm': '43bbcdd44287e5a2db3b6b5af34b1a3485a7a441285d247976c1ebe3c61f8dbf',
} as const;

/** The part of WebAssembly's interface used here; the types of Node 20 leave it to those of a browser. */
type WasmInstance = { readonly exports: Readonly<Record<string, unknown>> };
const wasm = (
  globalThis as unknown as {
    WebAssembly: {
      compile(bytes: Uint8Array): Promise<object>;
      Instance: new (compiled: object, imports: object) => WasmInstance;
      Memory: abstract new () => { readonly buffer: ArrayBuffer };
    };
  }
).WebAssembly;

let loaded: Promise<Sqlite> | null = null;

/** SQLite over the disk, once a thread. Rejects with a `ProblemError` when the installed files are not the expected ones. */
export function loadSqlite(): Promise<Sqlite> {
  loaded ??= instantiateSqlite(new Disk());
  return loaded;
}

/** Reads a file of the SQLite module and compares it with its known hash. */
export function readPinned(name: string, path: string, expected: string): Buffer {
  let bytes: Buffer;
  try {
    bytes = fs.readFileSync(path);
  } catch (error) {
    throw new ProblemError(
      'failed',
      `The database engine is missing: ${path} could not be read (${(error as Error).message}). Install Keepwatch again.`,
    );
  }
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== expected) {
    throw new ProblemError(
      'failed',
      `The database engine is not the one Keepwatch was tested with: ${name} has SHA-256 ${found.slice(0, 16)}..., expected ${expected.slice(0, 16)}... The store was not opened. Install Keepwatch again.`,
    );
  }
  return bytes;
}

/** Once a thread: sql.js keeps one module. Elsewhere than in a test of the disk, call `loadSqlite`. */
export async function instantiateSqlite(disk: Disk): Promise<Sqlite> {
  const { resolve } = createRequire(import.meta.url);
  const [, bytes] = Object.entries(SQLITE_FILES).map(([name, hash]) => readPinned(name, resolve(name), hash));
  const compiled = await wasm.compile(new Uint8Array(bytes));
  const calls = await new Promise<unknown>((settle, fail) => {
    initSqlJs({
      instantiateWasm(imports: { a: ImportTable }, receive: (instance: WasmInstance) => void) {
        try {
          const instance = new wasm.Instance(compiled, { ...imports, a: disk.replaceCalls(imports.a) });
          const memory = Object.values(instance.exports).find((value) => value instanceof wasm.Memory);
          if (!(memory instanceof wasm.Memory)) throw new Error('The SQLite module exports no memory.');
          disk.setMemory(memory);
          receive(instance);
        } catch (error) {
          fail(error);
        }
        return {};
      },
    } as object).then(settle, fail);
  });
  return { calls: calls as SqliteCalls, disk };
}
