import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ProblemCode, ProblemError } from '../../shared/result.ts';
import { DATABASE_NAME, type Database, type DatabaseOptions, type Migration, openDatabase } from './database.ts';
import type { FileCalls } from './disk.ts';
import { LOCK_NAME } from './lock.ts';

const first: Migration = {
  id: 1,
  name: 'first',
  up(database) {
    database.run('CREATE TABLE item (id INTEGER PRIMARY KEY, label TEXT, body BLOB) STRICT');
    database.run('CREATE TABLE part (item_id INTEGER NOT NULL REFERENCES item(id)) STRICT');
  },
};
const second: Migration = {
  id: 2,
  name: 'second',
  up: (database) => void database.run("ALTER TABLE item ADD COLUMN color TEXT NOT NULL DEFAULT 'grey'"),
};
const now = () => 1_700_000_000_000_000;

let folder: string;
const opened: Database[] = [];

beforeEach(() => {
  folder = join(fs.mkdtempSync(join(tmpdir(), 'keepwatch-store-')), 'store');
});
afterEach(() => {
  for (const database of opened.splice(0)) database.close();
  fs.rmSync(join(folder, '..'), { recursive: true, force: true });
});

async function open(options: Partial<DatabaseOptions> = {}): Promise<Database> {
  const result = await openDatabase(folder, { migrations: [first], now, ...options });
  if (!result.ok) throw new ProblemError(result.code, result.message);
  opened.push(result.value);
  return result.value;
}

async function openingProblem(options: Partial<DatabaseOptions> = {}): Promise<{ code: ProblemCode; message: string }> {
  const result = await openDatabase(folder, { migrations: [first], now, ...options });
  if (result.ok) {
    result.value.close();
    throw new Error('The store was opened.');
  }
  return result;
}

/** File calls that fail with `code` while `fails` says so. */
function failing(name: keyof FileCalls, code: string, fails: (...values: unknown[]) => boolean): FileCalls {
  const call = fs[name] as (...values: unknown[]) => unknown;
  return {
    ...fs,
    [name]: (...values: unknown[]) => {
      if (fails(...values)) throw Object.assign(new Error(`${code}: asked for by a test`), { code });
      return call(...values);
    },
  } as FileCalls;
}

function problemOf(work: () => unknown): ProblemError {
  try {
    work();
  } catch (error) {
    if (error instanceof ProblemError) return error;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

describe('values', () => {
  test('come back as they went in', async () => {
    const database = await open();
    const body = new Uint8Array(300_000).map((_, index) => index * 7);
    const label = 'a\0b é 日本 🔑';
    database.run('INSERT INTO item (id, label, body) VALUES (?, ?, ?)', [9_007_199_254_740_991, label, body]);
    database.run('INSERT INTO item (id, label, body) VALUES (?, ?, ?)', [-5, '', new Uint8Array(0)]);
    database.run('INSERT INTO item (id, label, body) VALUES (?, ?, ?)', [6, null, null]);
    expect(database.all('SELECT * FROM item ORDER BY id')).toEqual([
      { id: -5, label: '', body: new Uint8Array(0) },
      { id: 6, label: null, body: null },
      { id: 9_007_199_254_740_991, label, body },
    ]);
    expect(database.get('SELECT label FROM item WHERE id = ?', [7])).toBeNull();
    expect(database.get('SELECT ? AS yes, ? AS half', [true, 0.5])).toEqual({ yes: 1, half: 0.5 });
    expect(database.run('UPDATE item SET label = ?', ['x'])).toBe(3);
    expect(() => database.run('INSERT INTO item (label) VALUES (?)', [undefined as never])).toThrow(TypeError);
  });

  test('can be walked while others are written', async () => {
    const database = await open();
    for (let id = 1; id <= 50; id++) database.run('INSERT INTO item (id, label) VALUES (?, ?)', [id, `item ${id}`]);
    const seen: number[] = [];
    for (const { id } of database.each<{ id: number }>('SELECT id FROM item ORDER BY id')) {
      database.run('UPDATE item SET label = ? WHERE id = ?', ['seen', id]);
      seen.push(id);
      if (id === 40) break;
    }
    expect(seen).toHaveLength(40);
    expect(database.get('SELECT count(*) AS n FROM item WHERE label = ?', ['seen'])).toEqual({ n: 40 });
  });

  test('more different statements than are kept', async () => {
    const database = await open();
    for (let n = 0; n < 500; n++) expect(database.get(`SELECT ${n} AS n`)).toEqual({ n });
  });
});

describe('transactions', () => {
  test('are kept whole or undone whole', async () => {
    const database = await open();
    expect(database.transaction(() => database.run("INSERT INTO item (id, label) VALUES (1, 'kept')"))).toBe(1);
    expect(() =>
      database.transaction(() => {
        database.run("INSERT INTO item (id, label) VALUES (2, 'undone')");
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(() => database.transaction(() => database.run('INSERT INTO part (item_id) VALUES (77)'))).toThrow(/FOREIGN KEY/);
    database.transaction(() => {
      database.run("INSERT INTO item (id, label) VALUES (3, 'outer')");
      expect(() =>
        database.transaction(() => {
          database.run("INSERT INTO item (id, label) VALUES (4, 'inner')");
          throw new Error('inner no');
        }),
      ).toThrow('inner no');
    });
    expect(database.all('SELECT id FROM item ORDER BY id')).toEqual([{ id: 1 }, { id: 3 }]);
    expect(() => database.transaction(async () => {})).toThrow(/must not wait/);
  });

  test('are found after closing, in one file for its owner alone', async () => {
    const database = await open();
    database.transaction(() => database.run("INSERT INTO item (id, label) VALUES (1, 'kept')"));
    database.close();
    database.close();
    expect(fs.readdirSync(folder)).toEqual([DATABASE_NAME]);
    if (process.platform !== 'win32') {
      expect(fs.statSync(folder).mode & 0o777).toBe(0o700);
      expect(fs.statSync(join(folder, DATABASE_NAME)).mode & 0o777).toBe(0o600);
    }
    expect((await open()).get('SELECT label FROM item')).toEqual({ label: 'kept' });
  });

  test('that are relaxed wait for the disk no more than they must', async () => {
    let syncs = 0;
    const counting = failing('fsyncSync', '', () => {
      syncs++;
      return false;
    });
    const database = await open({ files: counting });
    const before = syncs;
    for (let id = 1; id <= 20; id++) database.relaxed(() => database.run('INSERT INTO item (id) VALUES (?)', [id]));
    expect(syncs - before).toBeLessThanOrEqual(1);
    expect(database.get('PRAGMA synchronous')).toEqual({ synchronous: 2 });
    const relaxed = syncs;
    database.transaction(() => database.relaxed(() => database.run('INSERT INTO item (id) VALUES (21)')));
    expect(syncs).toBeGreaterThan(relaxed);
    expect(database.get('SELECT count(*) AS n FROM item')).toEqual({ n: 21 });
  });

  test('use the safe settings', async () => {
    const database = await open();
    const setting = (name: string) => Object.values(database.get(`PRAGMA ${name}`)!)[0];
    expect([
      setting('journal_mode'),
      setting('locking_mode'),
      setting('synchronous'),
      setting('foreign_keys'),
      setting('trusted_schema'),
    ]).toEqual(['wal', 'exclusive', 2, 1, 0]);
    expect(setting('auto_vacuum')).toBe(2);
  });

  test('give their space back', async () => {
    const database = await open();
    database.run('INSERT INTO item (id, body) VALUES (1, ?)', [new Uint8Array(4_000_000)]);
    database.checkpoint();
    expect(database.sizeBytes()).toBeGreaterThan(4_000_000);
    database.run('DELETE FROM item');
    database.releaseSpace();
    expect(database.sizeBytes()).toBeLessThan(200_000);
  });
});

describe('a disk that refuses', () => {
  test('full: the batch is undone, what was stored stays, and work goes on when there is room', async () => {
    let full = false;
    const database = await open({ files: failing('writeSync', 'ENOSPC', () => full) });
    const add = (id: number) =>
      database.transaction(() => database.run('INSERT INTO item (id, body) VALUES (?, ?)', [id, new Uint8Array(200_000)]));
    add(1);
    full = true;
    const problem = problemOf(() => add(2));
    expect(problem.code).toBe('disk-full');
    expect(problem.message).toContain(folder);
    expect(problem.message).toMatch(/0\.2 MB more are needed.*Nothing that was reported as stored is lost.*Free some space/);
    expect(database.all('SELECT id FROM item')).toEqual([{ id: 1 }]);
    full = false;
    add(3);
    database.close();
    expect((await open()).all('SELECT id FROM item')).toEqual([{ id: 1 }, { id: 3 }]);
  });

  test('full in the middle of a page and while moving the log into the file', async () => {
    let room = Number.POSITIVE_INFINITY;
    const files: FileCalls = {
      ...fs,
      writeSync: ((handle: number, bytes: Buffer, at: number, length: number, position: number) => {
        if (room === 0) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
        const written = fs.writeSync(handle, bytes, at, Math.min(length, room), position);
        room -= written;
        return written;
      }) as typeof fs.writeSync,
    };
    const database = await open({ files });
    const kept: number[] = [];
    for (let id = 1; id <= 40; id++) {
      room = id % 3 === 0 ? id * 3001 : Number.POSITIVE_INFINITY;
      try {
        database.transaction(() => database.run('INSERT INTO item (id, body) VALUES (?, ?)', [id, new Uint8Array(150_000).fill(id)]));
        kept.push(id);
      } catch (error) {
        expect((error as ProblemError).code).toBe('disk-full');
      }
      room = id % 4 === 0 ? 50_000 : Number.POSITIVE_INFINITY;
      try {
        database.checkpoint();
      } catch (error) {
        expect((error as ProblemError).code).toBe('disk-full');
      }
    }
    room = 0;
    database.close();
    const again = await open();
    expect(again.all('SELECT id FROM item ORDER BY id').map(({ id }) => id)).toEqual(kept);
    for (const { id, body } of again.each<{ id: number; body: Uint8Array }>('SELECT id, body FROM item'))
      expect(body.every((byte) => byte === id)).toBe(true);
  });

  test('short writes and reads are completed', async () => {
    const short = (name: 'writeSync' | 'readSync') =>
      ((handle: number, bytes: Buffer, at: number, length: number, position: number) =>
        (fs[name] as typeof fs.readSync)(handle, bytes, at, Math.min(length, 1000), position)) as never;
    const database = await open({ files: { ...fs, writeSync: short('writeSync'), readSync: short('readSync') } });
    database.run('INSERT INTO item (id, body) VALUES (1, ?)', [new Uint8Array(100_000).fill(3)]);
    database.close();
    expect((await open()).get<{ body: Uint8Array }>('SELECT body FROM item')!.body).toEqual(new Uint8Array(100_000).fill(3));
  });

  test('read-only folder', async () => {
    (await open()).close();
    const problem = await openingProblem({
      files: failing('openSync', 'EROFS', (_path, flags) => (Number(flags) & fs.constants.O_RDWR) !== 0),
    });
    expect(problem.code).toBe('store-read-only');
    expect(problem.message).toContain(folder);
    expect((await openingProblem({ files: failing('openSync', 'EACCES', () => true) })).code).toBe('store-read-only');
  });

  test('a failed sync is not forgotten', async () => {
    let broken = false;
    const database = await open({ files: failing('fsyncSync', 'EIO', () => broken) });
    database.run('INSERT INTO item (id) VALUES (1)');
    broken = true;
    expect(problemOf(() => database.transaction(() => database.run('INSERT INTO item (id) VALUES (2)'))).code).toBe('failed');
    broken = false;
    expect(problemOf(() => database.run('INSERT INTO item (id) VALUES (3)')).message).toMatch(/Check the disk/);
    expect(database.all('SELECT id FROM item')).toEqual([{ id: 1 }]);
  });

  test('too many open files', async () => {
    expect((await openingProblem({ files: failing('openSync', 'EMFILE', () => true) })).message).toMatch(/Too many files/);
  });

  test('a file where the folder should be', async () => {
    fs.writeFileSync(folder, '');
    expect((await openingProblem()).code).toBe('failed');
  });
});

describe('a store that is not as it should be', () => {
  test('held by another console', async () => {
    await open();
    const problem = await openingProblem();
    expect(problem.code).toBe('store-locked');
    expect(problem.message).toContain(`process ${process.pid}`);
  });

  test('damaged', async () => {
    const database = await open();
    database.transaction(() => {
      for (let id = 1; id <= 2000; id++) database.run('INSERT INTO item (id, label) VALUES (?, ?)', [id, 'x'.repeat(100)]);
    });
    database.close();
    const path = join(folder, DATABASE_NAME);
    const whole = fs.readFileSync(path);
    const spoil = (change: (bytes: Buffer) => unknown) => {
      const bytes = Buffer.from(whole);
      const changed = change(bytes);
      fs.writeFileSync(path, changed instanceof Buffer ? changed : bytes);
    };
    spoil((bytes) => void bytes.fill(0xa5, 8192 * 4, 8192 * 4 + 64));
    const problem = await openingProblem();
    expect(problem.code).toBe('store-damaged');
    expect(problem.message).toMatch(/Move the folder .* away/);
    spoil((bytes) => void bytes.fill(0xff, 0, 16));
    expect((await openingProblem()).code).toBe('store-damaged');
    spoil((bytes) => bytes.subarray(0, 8192 * 3));
    expect((await openingProblem()).code).toBe('store-damaged');
    expect(fs.existsSync(join(folder, LOCK_NAME))).toBe(false);
    fs.writeFileSync(path, whole);
    expect((await open()).get('SELECT count(*) AS n FROM item')).toEqual({ n: 2000 });
  });

  test('bytes changed anywhere never make it throw anything but a problem', async () => {
    const database = await open();
    for (let id = 1; id <= 300; id++) database.run('INSERT INTO item (id, label) VALUES (?, ?)', [id, `item ${id}`]);
    database.close();
    const path = join(folder, DATABASE_NAME);
    const whole = fs.readFileSync(path);
    for (let round = 0; round < 60; round++) {
      const bytes = Buffer.from(whole);
      for (let n = 0; n < 8; n++) bytes[(round * 7919 + n * 104_729) % whole.length] ^= 1 << ((round + n) % 8);
      fs.writeFileSync(path, bytes);
      const result = await openDatabase(folder, { migrations: [first], now });
      if (!result.ok) continue;
      try {
        result.value.all('SELECT * FROM item');
      } catch (error) {
        expect(error).toBeInstanceOf(ProblemError);
      }
      result.value.close();
    }
  });

  test('of a newer version', async () => {
    (await open({ migrations: [first, second] })).close();
    const problem = await openingProblem();
    expect(problem.code).toBe('store-newer');
    expect(problem.message).toMatch(/layout 2; this one knows 1/);
  });

  test('of another program', async () => {
    const database = await open();
    database.run('PRAGMA application_id = 5');
    database.close();
    expect((await openingProblem()).code).toBe('store-damaged');
  });
});

describe('migrations', () => {
  test('keep a copy and run once', async () => {
    const old = await open();
    old.run("INSERT INTO item (id, label) VALUES (1, 'old')");
    old.close();
    for (let times = 0; times < 2; times++) {
      const database = await open({ migrations: [first, second] });
      expect(database.get('SELECT label, color FROM item')).toEqual({ label: 'old', color: 'grey' });
      expect(database.all('SELECT id, name, applied_at FROM migration')).toEqual([
        { id: 1, name: 'first', applied_at: now() },
        { id: 2, name: 'second', applied_at: now() },
      ]);
      database.close();
    }
    expect(fs.readdirSync(folder).sort()).toEqual([DATABASE_NAME, `${DATABASE_NAME}.before-2`]);
  });

  test('that fail change nothing', async () => {
    (await open()).close();
    const broken: Migration = {
      id: 3,
      name: 'broken',
      up(database) {
        database.run('CREATE TABLE half (x)');
        database.run('INSERT INTO nowhere VALUES (1)');
      },
    };
    await expect(open({ migrations: [first, second, broken] })).rejects.toThrow(/nowhere/);
    const database = await open({ migrations: [first, second] });
    expect(database.get("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'half'")).toEqual({ n: 0 });
  });
});

test('a lock left behind by a process that is gone does not hold', async () => {
  fs.mkdirSync(folder);
  const gone = spawn(process.execPath, ['-e', '0']);
  await new Promise((resolve) => gone.on('exit', resolve));
  const lock = {
    token: 'x',
    pid: gone.pid,
    host: (await import('node:os')).hostname(),
    boot: '',
    processStart: '',
    lockedAtMs: Date.now(),
  };
  fs.writeFileSync(join(folder, LOCK_NAME), JSON.stringify(lock));
  const database = await open();
  expect(database.notes.join()).toMatch(/not closed properly/);
});
