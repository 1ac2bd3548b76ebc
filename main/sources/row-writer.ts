import type { Reject } from '../../shared/model/event-batch.ts';

/** The fixed part of every Windows record. */
export type RecordSystem = {
  at: number;
  tick: number;
  eventId: number;
  /** EventRecordID of the record itself, not of the file's own counter. */
  recordId: number;
  /** Byte offset of the record in its file. */
  offset: number;
  channel: string;
  provider: string;
  computer: string;
  /** SID in System/Security@UserID, upper case; empty when absent. */
  userSid: string;
};

/**
 * The ordered field names of one kind of record. Sources intern shapes (one object for each distinct list of channel, provider, event id and names), so
 * that everything that depends on names alone is worked out once: see `NormalizePlan`.
 */
export type Shape = {
  readonly names: readonly string[];
};

/**
 * Takes records one at a time: `begin`, then one value for each name of the shape in order, then `commit` or `abandon`.
 * Values go in as bytes wherever the source has bytes; no JavaScript string is made on the way.
 */
export interface RowWriter {
  begin(shape: Shape): void;
  /** UTF-16LE bytes `[start, end)`; written as UTF-8, unpaired surrogates as U+FFFD. */
  utf16(bytes: Uint8Array, start: number, end: number): void;
  /** UTF-8 bytes `[start, end)`. */
  utf8(bytes: Uint8Array, start: number, end: number): void;
  text(value: string): void;
  /** Unsigned or signed integer in decimal. */
  integer(value: number): void;
  empty(): void;
  commit(system: RecordSystem): void;
  /** Drops what was begun; the source then reports a reject. */
  abandon(): void;
  reject(reject: Reject): void;
}

/** Where in a shape the three parts of an account are; -1 for a part that the record does not have. */
export type AccountFields = { readonly sid: number; readonly name: number; readonly domain: number };

/** How records of one shape become events: positions in `Shape.names`, worked out once per shape from `normalize.table.ts`. */
export type NormalizePlan = {
  /** Position in `EVENT_KINDS`. */
  readonly kind: number;
  readonly actor: AccountFields | null;
  /** True where System/Security@UserID is the actor (channels whose records carry no subject of their own). */
  readonly actorIsSystemUser: boolean;
  readonly target: AccountFields | null;
  /** The other account of an act: the group a member is added to, the service account of a ticket. */
  readonly counterpart: AccountFields | null;
  readonly sourceHost: number;
  readonly sourceAddress: number;
  readonly object: number;
  readonly logonType: number;
  /** Fixed outcome, or from a status field: zero is success, anything else failure. */
  readonly outcome: { readonly fixed: number } | { readonly status: number };
};
