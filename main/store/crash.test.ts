import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Migration, openDatabase } from './database.ts';

const ROUNDS = 8;
const ROWS_PER_BATCH = 40;
const project = join(import.meta.dirname, '..', '..');
const built = join(project, '.cache', 'store-crash');
const now = () => 0;
const migration: Migration = {
  id: 1,
  name: 'first',
  up: (database) => void database.run('CREATE TABLE item (batch INTEGER, row INTEGER, body BLOB) STRICT'),
};

/** Stores batch after batch and says the number of each once it is stored, until it is killed. */
const CHILD = `
import { writeSync } from 'node:fs';
import { openDatabase } from '../../main/store/database.ts';
const migration = { id: 1, name: 'first', up: (database) => database.run('CREATE TABLE item (batch INTEGER, row INTEGER, body BLOB) STRICT') };
const opened = await openDatabase(process.argv[2], { migrations: [migration], now: () => 0 });
if (!opened.ok) { console.error(opened.message); process.exit(1); }
const database = opened.value;
const last = database.get('SELECT coalesce(max(batch), 0) AS last FROM item').last;
for (let batch = last + 1; ; batch++) {
  database.transaction(() => {
    for (let row = 0; row < ${ROWS_PER_BATCH}; row++) database.run('INSERT INTO item (batch, row, body) VALUES (?, ?, ?)', [batch, row, new Uint8Array(row * 300).fill(batch)]);
  });
  writeSync(1, batch + '\\n');
}
`;

let folder: string;

beforeAll(async () => {
  folder = fs.mkdtempSync(join(tmpdir(), 'keepwatch-crash-'));
  fs.mkdirSync(built, { recursive: true });
  fs.writeFileSync(join(built, 'child.ts'), CHILD);
  await build({
    configFile: false,
    root: project,
    logLevel: 'error',
    build: { ssr: join(built, 'child.ts'), outDir: join(built, 'out'), emptyOutDir: true, target: 'node20' },
  });
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Lets the child store for a while, then kills it without warning; gives the last batch that it said was stored. */
function storeUntilKilled(afterMs: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(built, 'out', 'child.js'), folder], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    let errors = '';
    child.stdout.on('data', (bytes) => {
      // The time runs from the first batch, so that slow machines are killed while storing, too.
      if (said === '') setTimeout(() => child.kill('SIGKILL'), afterMs);
      said += bytes;
    });
    child.stderr.on('data', (bytes) => {
      errors += bytes;
    });
    child.on('close', (code) =>
      code === null ? resolve(Number(said.slice(0, said.lastIndexOf('\n')).split('\n').at(-1))) : reject(new Error(errors)),
    );
  });
}

test(`killed ${ROUNDS} times while storing, every acknowledged batch is found, whole`, async () => {
  let acknowledged = 0;
  for (let round = 0; round < ROUNDS; round++) {
    acknowledged = await storeUntilKilled(Math.random() * 120);
    const opened = await openDatabase(folder, { migrations: [migration], now });
    if (!opened.ok) throw new Error(opened.message);
    const batches = opened.value.all<{ batch: number; rows: number }>(
      'SELECT batch, count(*) AS rows FROM item GROUP BY batch ORDER BY batch',
    );
    expect(batches.length).toBeGreaterThanOrEqual(acknowledged);
    // One batch may have been stored just before its number could be said.
    expect(batches.length).toBeLessThanOrEqual(acknowledged + 1);
    expect(batches).toEqual(batches.map((_, index) => ({ batch: index + 1, rows: ROWS_PER_BATCH })));
    for (const { batch, row, body } of opened.value.each<{ batch: number; row: number; body: Uint8Array }>(
      'SELECT * FROM item WHERE batch > ?',
      [acknowledged - 5],
    )) {
      expect([body.length, body.every((byte) => byte === batch % 256)]).toEqual([row * 300, true]);
    }
    expect(opened.value.notes.join()).toMatch(/not closed properly/);
    opened.value.close();
  }
  console.log(`${ROUNDS} kills, ${acknowledged} acknowledged batches, all found`);
}, 180_000);
