import type { Migration } from '../database.ts';

/** Sigma rules as people added them, with their text: the folder that they came from may go away. What is switched off has a row; all else is on. */
export const sigmaMigration: Migration = {
  id: 2,
  name: 'sigma',
  up(database) {
    for (const statement of STATEMENTS) database.run(statement);
  },
};

const STATEMENTS = [
  `CREATE TABLE sigma_set (
     id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, added_at INTEGER NOT NULL, added_by TEXT NOT NULL, removed_at INTEGER) STRICT`,
  // problem: why the file could not be read at all; its text is empty then.
  `CREATE TABLE sigma_file (
     id INTEGER PRIMARY KEY AUTOINCREMENT, set_id INTEGER NOT NULL REFERENCES sigma_set(id), path TEXT NOT NULL, text TEXT NOT NULL,
     problem TEXT NOT NULL) STRICT`,
  'CREATE INDEX sigma_file_by_set ON sigma_file(set_id)',
  'CREATE TABLE sigma_off (kind TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (kind, value)) STRICT',
];
