import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AlertStore } from './alert-store.ts';
import { type Database, type Migration, openDatabase } from './database.ts';
import { ExclusionStore } from './exclusion-store.ts';
import { firstMigration } from './migrations/0001-first.ts';
import { MIGRATIONS } from './migrations/registry.ts';
import { TuningStore } from './tuning-store.ts';

let folder = '';
let database: Database;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keepwatch-tuning-store-'));
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(migrations: readonly Migration[]): Promise<void> {
  const opened = await openDatabase(folder, { migrations, now: () => 1 });
  if (!opened.ok) throw new Error(opened.message);
  database = opened.value;
}

test('a store from before there was tuning keeps its alerts, and they count', async () => {
  await open([firstMigration]);
  const detail = JSON.stringify({ row: { id: 'a', detection: 'dcsync' }, evidence: [] });
  database.run('INSERT INTO alert (id, detection, incident_id, detail) VALUES (?, ?, ?, ?)', ['a', 'dcsync', '', detail]);
  database.close();
  await open(MIGRATIONS);
  const alerts = new AlertStore(database);
  alerts.load();
  expect(alerts.all()).toMatchObject([{ id: 'a', isTest: false, hiddenBy: [] }]);
  const tuning = new TuningStore(database);
  tuning.load();
  expect(tuning.of('dcsync')).toEqual({ detection: 'dcsync', level: 'high', mode: 'on' });
});

test('tuning and exclusions are there after a new start; a removed exclusion comes back with its number', async () => {
  await open(MIGRATIONS);
  new TuningStore(database).set('dcsync', { mode: 'test' }, 1);
  const draft = { detection: 'dcsync', entity: '', entityName: '', role: 'any', network: '10.0.0.0/8', expiresAt: 9, reason: 'x' } as const;
  const added = new ExclusionStore(database).add(
    [
      { draft, author: 'Dana' },
      { draft: { ...draft, expiresAt: null }, author: 'Eve' },
    ],
    2,
  );
  database.close();
  await open(MIGRATIONS);
  const tuning = new TuningStore(database);
  tuning.load();
  expect(tuning.set('dcsync', { level: 'low' }, 2)).toEqual({ detection: 'dcsync', level: 'low', mode: 'test' });
  const exclusions = new ExclusionStore(database);
  exclusions.load();
  expect(exclusions.all()).toEqual(added);
  expect(exclusions.setRemoved([added[0]!.id], 3)).toBe(1);
  expect(exclusions.setRemoved([added[0]!.id], 4)).toBe(0);
  expect(exclusions.all()).toEqual([added[1]]);
  expect(exclusions.setRemoved([added[0]!.id, 99], null)).toBe(1);
  expect(exclusions.all()).toEqual(added);
  expect([5, 9].map((now) => exclusions.isDue(now))).toEqual([true, true]);
  exclusions.markSettled(5);
  expect([8, 9].map((now) => exclusions.isDue(now))).toEqual([false, true]);
});
