import type { Migration } from '../database.ts';
import { firstMigration } from './0001-first.ts';
import { sigmaMigration } from './0002-sigma.ts';
import { tuningMigration } from './0003-tuning.ts';
import { incidentEditsMigration } from './0004-incident-edits.ts';

/** All steps from an empty store to the present one, by rising id. A step that was released is never changed again; a change is a new step. */
export const MIGRATIONS: readonly Migration[] = [firstMigration, sigmaMigration, tuningMigration, incidentEditsMigration];
