import type { Migration } from '../database.ts';

/** What people set: level and mode of detections, and exclusions. Removed exclusions stay, so that they can come back. */
export const tuningMigration: Migration = {
  id: 3,
  name: 'tuning',
  up(database) {
    database.run(
      'CREATE TABLE detection_tuning (detection TEXT PRIMARY KEY, level TEXT NOT NULL, mode TEXT NOT NULL, changed_at INTEGER NOT NULL) STRICT',
    );
    database.run(
      `CREATE TABLE exclusion (
         id INTEGER PRIMARY KEY, detection TEXT NOT NULL, entity TEXT NOT NULL, entity_name TEXT NOT NULL, role TEXT NOT NULL,
         network TEXT NOT NULL, reason TEXT NOT NULL, author TEXT NOT NULL, created_at INTEGER NOT NULL, changed_at INTEGER NOT NULL,
         expires_at INTEGER, removed_at INTEGER) STRICT`,
    );
  },
};
