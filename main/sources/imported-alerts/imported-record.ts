import type { AlertFieldName } from '../../../shared/model/imported-alert.ts';
import type { Moment } from '../../../shared/model/time.ts';

export type Json = Readonly<Record<string, unknown>>;

export type Account = { readonly sid: string; readonly name: string; readonly domain: string };

/** Who and what one record of an alert names, by the part that they play; empty where unknown. */
export type Parties = {
  readonly actor?: Account;
  readonly target?: Account;
  readonly sourceHost?: string;
  readonly sourceAddress?: string;
  /** Where it happened: a host name or an address. */
  readonly place?: string;
};

/** One statement of another product about one of its alerts. */
export type ImportedRecord = {
  /** True where it tells of one entity, false where it tells of the alert itself. */
  readonly isEntity: boolean;
  readonly at: Moment;
  readonly alert: Readonly<Partial<Record<AlertFieldName, string>>> & { readonly id: string; readonly product: string };
  readonly parties: Parties;
  /** Fields of the export in its own words and order. */
  readonly own: readonly (readonly [name: string, value: string])[];
};

/** The records of one alert or row of an export, or why there are none: what was expected. */
export type ReadAlert = readonly ImportedRecord[] | string;

/** An alert with more entities than this is told with the first of them. */
export const MOST_ENTITIES = 500;
