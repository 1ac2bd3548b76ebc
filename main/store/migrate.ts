import fs from 'node:fs';
import { ProblemError } from '../../shared/result.ts';
import type { Database, Migration } from './database.ts';

/** "KPWT": tells a Keepwatch store from any other SQLite file. */
const APPLICATION_ID = 0x4b505754;

/**
 * Brings the store to the newest layout, each step in a transaction of its own, after a copy of the file has been put beside it
 * (`keepwatch.db.before-N`) where it holds anything. Throws `ProblemError`: `store-newer`, `store-damaged` for a file of another program.
 */
export function migrate(database: Database, migrations: readonly Migration[], nowMicros: number): void {
  checkOrder(migrations);
  const newest = migrations.at(-1)?.id ?? 0;
  const present = readPragma(database, 'user_version');
  const application = readPragma(database, 'application_id');
  const tables = database.get<{ n: number }>('SELECT count(*) AS n FROM sqlite_schema')!.n;
  if (application !== APPLICATION_ID && tables > 0) {
    throw new ProblemError(
      'store-damaged',
      `${database.path} is a database of another program, not a Keepwatch store. Choose another folder for the store.`,
    );
  }
  if (present > newest) {
    throw new ProblemError(
      'store-newer',
      `The store in ${database.folder} was written by a newer Keepwatch (layout ${present}; this one knows ${newest}). Nothing was changed. Install the newer Keepwatch, or choose another folder for the store.`,
    );
  }
  const pending = migrations.filter(({ id }) => id > present);
  if (pending.length === 0) return;
  if (present > 0) copyBefore(database, newest);
  if (tables === 0) {
    database.transaction(() => {
      database.run(`PRAGMA application_id = ${APPLICATION_ID}`);
      database.run('CREATE TABLE migration (id INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT');
    });
  }
  // A step may rebuild tables that others refer to (https://sqlite.org/lang_altertable.html, section 7).
  database.run('PRAGMA foreign_keys = OFF');
  try {
    for (const migration of pending) apply(database, migration, nowMicros);
  } finally {
    database.run('PRAGMA foreign_keys = ON');
  }
}

function apply(database: Database, migration: Migration, nowMicros: number): void {
  database.transaction(() => {
    migration.up(database);
    const broken = database.all('PRAGMA foreign_key_check');
    if (broken.length > 0)
      throw new Error(`Migration ${migration.id} (${migration.name}) leaves ${broken.length} rows that refer to nothing.`);
    database.run('INSERT INTO migration (id, name, applied_at) VALUES (?, ?, ?)', [migration.id, migration.name, nowMicros]);
    database.run(`PRAGMA user_version = ${migration.id}`);
  });
}

function copyBefore(database: Database, newest: number): void {
  database.checkpoint();
  const copy = `${database.path}.before-${newest}`;
  fs.copyFileSync(database.path, `${copy}.part`, fs.constants.COPYFILE_FICLONE);
  const handle = fs.openSync(`${copy}.part`, 'r+');
  try {
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
  fs.renameSync(`${copy}.part`, copy);
}

function readPragma(database: Database, name: 'user_version' | 'application_id'): number {
  return database.get<Record<string, number>>(`PRAGMA ${name}`)![name];
}

function checkOrder(migrations: readonly Migration[]): void {
  for (let index = 0; index < migrations.length; index++) {
    const { id } = migrations[index];
    if (!Number.isInteger(id) || id <= (migrations[index - 1]?.id ?? 0)) throw new Error(`Migration ${id} is out of order.`);
  }
}
