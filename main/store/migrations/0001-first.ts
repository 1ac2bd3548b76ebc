import type { Migration } from '../database.ts';

/** Evidence (imports, files, blocks of events and their dictionary), results, and what people add: the last in tables that no run touches. */
export const firstMigration: Migration = {
  id: 1,
  name: 'first',
  up(database) {
    for (const statement of STATEMENTS) database.run(statement);
  },
};

const STATEMENTS = [
  `CREATE TABLE import (
     id INTEGER PRIMARY KEY, label TEXT NOT NULL, state TEXT NOT NULL, started_at INTEGER NOT NULL, finished_at INTEGER) STRICT`,
  `CREATE TABLE file (
     id INTEGER PRIMARY KEY, import_id INTEGER NOT NULL REFERENCES import(id), path TEXT NOT NULL, format TEXT NOT NULL, sha256 TEXT NOT NULL,
     bytes INTEGER NOT NULL, read INTEGER NOT NULL, stored INTEGER NOT NULL, duplicate INTEGER NOT NULL, rejected INTEGER NOT NULL,
     first_at INTEGER, last_at INTEGER, state TEXT NOT NULL, note TEXT NOT NULL) STRICT`,
  'CREATE INDEX file_by_import ON file(import_id)',
  `CREATE TABLE reject (
     file_id INTEGER NOT NULL REFERENCES file(id), offset INTEGER NOT NULL, length INTEGER NOT NULL, record INTEGER, reason TEXT NOT NULL) STRICT`,
  'CREATE INDEX reject_by_file ON reject(file_id)',
  'CREATE TABLE text (id INTEGER PRIMARY KEY, value TEXT NOT NULL) STRICT',
  'CREATE TABLE account (id INTEGER PRIMARY KEY, sid TEXT NOT NULL, name TEXT NOT NULL, domain TEXT NOT NULL) STRICT',
  // live: one bit per row, null when all rows are live; rows found to be duplicates stay in the block but are dead.
  // text_ids, account_ids: dictionary id for each local code, little-endian 32-bit.
  `CREATE TABLE block (
     id INTEGER PRIMARY KEY, file_id INTEGER NOT NULL REFERENCES file(id), count INTEGER NOT NULL, live BLOB,
     text_ids BLOB NOT NULL, account_ids BLOB NOT NULL, columns BLOB NOT NULL, payload BLOB NOT NULL) STRICT`,
  'CREATE INDEX block_by_file ON block(file_id)',
  `CREATE TABLE alert (
     id TEXT PRIMARY KEY, detection TEXT NOT NULL, incident_id TEXT NOT NULL, detail TEXT NOT NULL) STRICT`,
  'CREATE TABLE incident (id TEXT PRIMARY KEY, row TEXT NOT NULL) STRICT',
  `CREATE TABLE alert_judgment (
     alert_id TEXT PRIMARY KEY, status TEXT NOT NULL, classification TEXT NOT NULL, comment TEXT NOT NULL, changed_at INTEGER NOT NULL) STRICT`,
  `CREATE TABLE incident_judgment (
     incident_id TEXT PRIMARY KEY, status TEXT NOT NULL, classification TEXT NOT NULL, changed_at INTEGER NOT NULL) STRICT`,
  'CREATE TABLE entity_tag (entity_id TEXT NOT NULL, tag TEXT NOT NULL, tagged_at INTEGER NOT NULL, PRIMARY KEY (entity_id, tag)) STRICT',
  `CREATE TABLE case_row (
     id INTEGER PRIMARY KEY, title TEXT NOT NULL, author TEXT NOT NULL, summary TEXT NOT NULL, created_at INTEGER NOT NULL,
     changed_at INTEGER NOT NULL, removed_at INTEGER) STRICT`,
  'CREATE TABLE case_note (id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES case_row(id), at INTEGER NOT NULL, text TEXT NOT NULL) STRICT',
  `CREATE TABLE case_evidence (
     id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES case_row(id), kind TEXT NOT NULL, key TEXT NOT NULL, label TEXT NOT NULL,
     note TEXT NOT NULL, snapshot TEXT, added_at INTEGER NOT NULL) STRICT`,
  'CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT',
];
