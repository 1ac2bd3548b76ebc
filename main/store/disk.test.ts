import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Disk, IMPORT_NAMES, type ImportTable } from './disk.ts';
import { instantiateSqlite, readPinned, type Sqlite } from './sqlite.ts';
import { type SqlRow, Statement } from './statement.ts';

/*
 * The contract between SQLite's WebAssembly module and our file calls. The imported names are minified: a wrong one would still be a
 * function, so what counts is that each call of a real database arrives at the right one and has its effect on real files.
 */

type Name = keyof typeof IMPORT_NAMES;

class CountingDisk extends Disk {
  readonly calls = new Map<Name, unknown[][]>();
  #original: ImportTable = {};

  override replaceCalls(original: ImportTable): ImportTable {
    this.#original = original;
    const replaced = super.replaceCalls(original);
    for (const [name, letter] of Object.entries(IMPORT_NAMES) as [Name, string][]) {
      const call = replaced[letter] as (...values: unknown[]) => number;
      replaced[letter] = (...values: unknown[]) => {
        this.calls.set(name, [...(this.calls.get(name) ?? []), values]);
        return call(...values);
      };
    }
    return replaced;
  }

  get original(): ImportTable {
    return this.#original;
  }
}

const disk = new CountingDisk();
let sqlite: Sqlite;
let folder: string;

beforeAll(async () => {
  sqlite = await instantiateSqlite(disk);
  folder = fs.mkdtempSync(join(tmpdir(), 'keepwatch-disk-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

function openByName(fileName: string): { code: number; pointer: number } {
  const name = sqlite.calls._malloc(64);
  disk.bytes.write(`${fileName}\0`, name + 4);
  const code = sqlite.calls._sqlite3_open(name + 4, name);
  const pointer = disk.bytes.readUInt32LE(name);
  sqlite.calls._free(name);
  return { code, pointer };
}

/** A bare connection, in whatever journal mode a test asks for. */
function connect(path: string) {
  const place = disk.addPlace(path);
  const { code, pointer } = openByName(place.name);
  expect(code).toBe(0);
  return {
    query(sql: string): SqlRow[] {
      const statement = new Statement(sqlite, pointer, sql);
      const rows: SqlRow[] = [];
      try {
        for (let row = statement.next(); row !== null; row = statement.next()) rows.push(row);
      } finally {
        statement.free();
      }
      return rows;
    },
    /** The files as a process that is killed now would leave them, under another name. */
    copyAsAfterCrash(): string {
      for (const suffix of ['', '-journal', '-wal'])
        if (fs.existsSync(path + suffix)) fs.copyFileSync(path + suffix, `${path}-crashed${suffix}`);
      return `${path}-crashed`;
    },
    close() {
      expect(sqlite.calls._sqlite3_close_v2(pointer)).toBe(0);
      disk.removePlace(place);
    },
  };
}

test('the import table has the functions and no more than is known', () => {
  expect(Object.keys(disk.original).sort().join('')).toBe('ABCDEFGHIJKLMNabcdefghijklmnopqrstuvwxyz');
  expect(new Set(Object.values(IMPORT_NAMES)).size).toBe(Object.keys(IMPORT_NAMES).length);
});

test('a rollback journal: written, synced, removed, and rolled back after a crash', () => {
  const path = join(folder, 'journal.db');
  const database = connect(path);
  database.query('PRAGMA journal_mode = DELETE');
  database.query('CREATE TABLE item (id INTEGER PRIMARY KEY, body BLOB)');
  database.query('INSERT INTO item VALUES (1, zeroblob(100000))');
  expect(fs.existsSync(`${path}-journal`)).toBe(false);
  expect(fs.statSync(path).size).toBeGreaterThan(100_000);
  database.query('PRAGMA cache_size = 5');
  database.query('BEGIN');
  database.query('UPDATE item SET body = zeroblob(90000) || 1');
  database.query('INSERT INTO item VALUES (2, zeroblob(400000))'); // more than the cache: pages reach the file before the end
  expect(fs.statSync(`${path}-journal`).size).toBeGreaterThan(0);
  const crashed = database.copyAsAfterCrash();
  database.close();
  const again = connect(crashed);
  expect(again.query('SELECT id, length(body) AS length FROM item')).toEqual([{ id: 1, length: 100_000 }]);
  expect(fs.existsSync(`${crashed}-journal`)).toBe(false);
  again.close();
});

test('a write-ahead log: written, moved into the file, cut, removed, and recovered after a crash', () => {
  const path = join(folder, 'log.db');
  const database = connect(path);
  database.query('PRAGMA locking_mode = EXCLUSIVE');
  expect(database.query('PRAGMA journal_mode = WAL')).toEqual([{ journal_mode: 'wal' }]);
  database.query('CREATE TABLE item (id INTEGER PRIMARY KEY, body BLOB)');
  database.query('INSERT INTO item VALUES (1, zeroblob(100000))');
  expect(fs.statSync(`${path}-wal`).size).toBeGreaterThan(100_000);
  expect(fs.statSync(path).size).toBeLessThan(100_000);
  database.query('PRAGMA wal_checkpoint(TRUNCATE)');
  expect(fs.statSync(`${path}-wal`).size).toBe(0);
  expect(fs.statSync(path).size).toBeGreaterThan(100_000);
  database.query('INSERT INTO item VALUES (2, zeroblob(5000))');
  const crashed = database.copyAsAfterCrash();
  database.close();
  const again = connect(crashed);
  again.query('PRAGMA locking_mode = EXCLUSIVE');
  expect(again.query('SELECT count(*) AS n FROM item')).toEqual([{ n: 2 }]);
  again.close();
  expect(fs.existsSync(`${crashed}-wal`)).toBe(false);
  expect(fs.readFileSync(crashed).toString('latin1', 0, 15)).toBe('SQLite format 3');
});

test('a file that shrinks is cut', () => {
  const path = join(folder, 'shrinks.db');
  const database = connect(path);
  database.query('CREATE TABLE item AS SELECT zeroblob(300000) AS body');
  const before = fs.statSync(path).size;
  database.query('DELETE FROM item');
  database.query('VACUUM');
  expect(fs.statSync(path).size).toBeLessThan(before - 250_000);
  database.close();
});

function refusalOf(path: string): string | undefined {
  const place = disk.addPlace(path);
  const { code, pointer } = openByName(place.name);
  expect(code).toBe(14); // SQLITE_CANTOPEN
  sqlite.calls._sqlite3_close_v2(pointer);
  disk.removePlace(place);
  return place.failure?.code;
}

test('a folder in the place of the file', () => {
  fs.mkdirSync(join(folder, 'folder.db'));
  expect(refusalOf(join(folder, 'folder.db'))).toMatch(/EISDIR|EPERM|EACCES/);
});

test.skipIf(process.platform === 'win32')('a link in the place of the file is not followed', () => {
  fs.writeFileSync(join(folder, 'elsewhere'), '');
  fs.symlinkSync(join(folder, 'elsewhere'), join(folder, 'link.db'));
  expect(refusalOf(join(folder, 'link.db'))).toBe('ELOOP');
});

test('databases that are not ours stay in memory', () => {
  const { code, pointer } = openByName('other-1');
  expect(code).toBe(0);
  new Statement(sqlite, pointer, 'CREATE TABLE x (y)').next();
  expect(fs.existsSync('other-1')).toBe(false);
  expect(fs.existsSync('/other-1')).toBe(false);
});

test('the calls that SQLite makes only now and then are what they are called', () => {
  const path = join(folder, 'direct.db');
  const place = disk.addPlace(path);
  const memory = sqlite.calls._malloc(4096);
  disk.bytes.write(`${place.name}\0`, memory);
  const call = (name: Name, ...values: (number | bigint)[]) =>
    (table[IMPORT_NAMES[name]] as (...values: (number | bigint)[]) => number)(...values);
  const table = disk.original;
  const ours = disk.replaceCalls(disk.original);
  // The module's own call of the same name answers alike for a file of its own: a file that is missing, then one that is there.
  disk.bytes.write('memory-file\0', memory + 64);
  expect(call('fstatat', -100, memory + 64, memory + 256, 0)).toBe(-44);
  expect(call('faccessat', -100, memory + 64, 0, 0)).toBe(-44);
  const descriptor = call('openat', -100, memory + 64, 0o102, 0);
  expect(descriptor).toBeGreaterThan(2);
  expect(call('fstatat', -100, memory + 64, memory + 256, 0)).toBe(0);
  expect(disk.bytes.readUInt32LE(memory + 260) & 0o170000).toBe(0o100000);
  expect(call('faccessat', -100, memory + 64, 0, 0)).toBe(0);
  expect(call('fchmod', descriptor, 0o400)).toBe(0);
  expect(call('fchown', descriptor, 0, 0)).toBe(0);
  expect(call('fstat', descriptor, memory + 256)).toBe(0);
  expect(disk.bytes.readUInt32LE(memory + 260) & 0o777).toBe(0o400);
  expect(call('close', descriptor)).toBe(0);
  // Ours, for a file of the disk.
  const mine = (name: Name, ...values: (number | bigint)[]) =>
    (ours[IMPORT_NAMES[name]] as (...values: (number | bigint)[]) => number)(...values);
  expect(mine('fstatat', -100, memory, memory + 256, 0)).toBe(-44);
  expect(mine('faccessat', -100, memory, 0, 0)).toBe(-44);
  const file = mine('openat', -100, memory, 0o102, 0);
  fs.writeFileSync(path, 'twelve bytes');
  expect(mine('fstatat', -100, memory, memory + 256, 0)).toBe(0);
  expect(disk.bytes.readBigInt64LE(memory + 280)).toBe(12n);
  expect([mine('faccessat', -100, memory, 4, 0), mine('fchmod', file, 0o400), mine('fchown', file, 0, 0)]).toEqual([0, 0, 0]);
  expect(mine('seek', file, -13n, 2, memory + 256)).toBe(28);
  expect(mine('seek', file, -5n, 2, memory + 256)).toBe(0);
  expect(disk.bytes.readBigInt64LE(memory + 256)).toBe(7n);
  expect(mine('close', file)).toBe(0);
  expect(mine('unlinkat', -100, memory, 0)).toBe(0);
  expect(fs.existsSync(path)).toBe(false);
  disk.removePlace(place);
  sqlite.calls._free(memory);
});

test('every import was used by the tests above', () => {
  const rare: Name[] = ['fstatat', 'faccessat', 'fchmod'];
  const unused = (Object.keys(IMPORT_NAMES) as Name[]).filter((name) => !disk.calls.has(name) && !rare.includes(name));
  expect(unused).toEqual([]);
});

test('another build of SQLite is refused', () => {
  const path = join(folder, 'sql-wasm.wasm');
  fs.writeFileSync(path, 'another build');
  const hash = createHash('sha256').update('another build').digest('hex');
  expect(readPinned('sql-wasm.wasm', path, hash).toString()).toBe('another build');
  expect(() => readPinned('sql-wasm.wasm', path, '0'.repeat(64))).toThrow(/not the one Keepwatch was tested with.*Install Keepwatch again/);
  expect(() => readPinned('sql-wasm.wasm', join(folder, 'nothing'), hash)).toThrow(/missing/);
});
