import type { Result } from '../../shared/result.ts';
import type { Micros } from '../../shared/model/time.ts';

export type SqlValue = number | string | Uint8Array | null;
export type SqlParameters = readonly (SqlValue | boolean)[];

export type Migration = { readonly id: number; readonly name: string; up(database: Database): void };
export type DatabaseOptions = { readonly migrations: readonly Migration[]; readonly now: () => Micros };

export interface Database {
  readonly folder: string;
  readonly path: string;
  readonly notes: readonly string[];
  run(sql: string, parameters?: SqlParameters): number;
  all<Row = Record<string, SqlValue>>(sql: string, parameters?: SqlParameters): Row[];
  get<Row = Record<string, SqlValue>>(sql: string, parameters?: SqlParameters): Row | null;
  each<Row = Record<string, SqlValue>>(sql: string, parameters?: SqlParameters): Iterable<Row>;
  transaction<Value>(work: () => Value): Value;
  sizeBytes(): number;
  close(): void;
}

export declare function openDatabase(folder: string, options: DatabaseOptions): Promise<Result<Database>>;
