import type { AccountRef } from './event.ts';

/**
 * Up to `BATCH_EVENTS` events of one file in columns: what a parse worker hands to the engine. Arrays all have `count` items (identity: two
 * per event). Codes point into `texts` and `accounts` of this batch; code 0 is always "none".
 */
export type EventBatch = {
  readonly count: number;
  readonly at: Float64Array;
  readonly tick: Uint8Array;
  readonly kind: Uint8Array;
  readonly eventId: Uint16Array;
  readonly outcome: Uint8Array;
  readonly logonType: Uint8Array;
  readonly recordId: Float64Array;
  readonly offset: Float64Array;
  /** First 64 bits of a SHA-256 over what the event is (computer, channel, record id, time, all values), as two 32-bit words. */
  readonly identity: Uint32Array;
  readonly channel: Uint32Array;
  readonly provider: Uint32Array;
  readonly computer: Uint32Array;
  readonly actor: Uint32Array;
  readonly target: Uint32Array;
  readonly counterpart: Uint32Array;
  readonly sourceHost: Uint32Array;
  readonly sourceAddress: Uint32Array;
  readonly object: Uint32Array;
  /** `texts[0]` is the empty string. */
  readonly texts: readonly string[];
  /** `accounts[0]` is the empty account. */
  readonly accounts: readonly AccountRef[];
  /** All fields of all records, compressed; opened by `main/lib/field-block.ts`. */
  readonly payload: Uint8Array;
};

/** Small enough that one inflated block is a fraction of a millisecond to open, large enough to compress well. */
export const BATCH_EVENTS = 512;
/** A batch is closed earlier when its fields reach this size. */
export const BATCH_FIELD_BYTES = 2 * 1024 * 1024;

/** A piece of a file that could not be read, with its place. Nothing is dropped without one of these. */
export type Reject = {
  /** Byte offset in the file; -1 when the whole file is meant. */
  readonly offset: number;
  /** Bytes not read because of it; 0 when unknown or only one record is meant. */
  readonly length: number;
  /** Record number or line number, when known. */
  readonly record: number | null;
  /** What was expected and what was found, one sentence. */
  readonly reason: string;
};
