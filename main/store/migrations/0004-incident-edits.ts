import type { Migration } from '../database.ts';

/** What people say of which alerts belong together. Lists of alert ids as JSON; an edit that was taken back stays, so that it can be made again. */
export const incidentEditsMigration: Migration = {
  id: 4,
  name: 'incident-edits',
  up(database) {
    database.run(
      `CREATE TABLE incident_edit (
         id INTEGER PRIMARY KEY, kind TEXT NOT NULL, alert_ids TEXT NOT NULL, rest_ids TEXT NOT NULL, author TEXT NOT NULL,
         made_at INTEGER NOT NULL, undone_at INTEGER) STRICT`,
    );
  },
};
