import type { EventTable } from './event-table.ts';

/** Membership by id: one byte each, for tests in a hot loop. */
export type Marks = Uint8Array;

/** A filter with everything that can be worked out beforehand worked out: only array look-ups remain per event. */
export type EventMatch = {
  /** Positions in time order `[from, to)`. */
  readonly from: number;
  readonly to: number;
  /** By account id / text id: true where any role of the event may be one of these. */
  readonly anyOf: {
    readonly accounts: Marks;
    readonly texts: Marks;
    readonly addressAt: ((text: number, at: number) => boolean) | null;
  } | null;
  readonly noneOf: {
    readonly accounts: Marks;
    readonly texts: Marks;
    readonly addressAt: ((text: number, at: number) => boolean) | null;
  } | null;
  readonly kinds: Marks | null;
  readonly eventIds: Marks | null;
  readonly withoutEventIds: Marks | null;
  readonly channels: Marks | null;
  readonly computers: Marks | null;
  readonly blocks: Marks | null;
  /** By position of an observed edge. */
  readonly edges: Marks | null;
  /** Only these rows. */
  readonly rows: ReadonlySet<number> | null;
  /** Fields are read last, when all else holds. */
  readonly slow: ((index: number) => boolean) | null;
};

export function matchesEvent(table: EventTable, match: EventMatch, index: number): boolean {
  const segment = table.segmentOf(index);
  const row = index & 0xffff;
  if (match.rows !== null && !match.rows.has(index)) return false;
  if (match.kinds !== null && match.kinds[segment.kind[row]] === 0) return false;
  if (match.eventIds !== null && match.eventIds[segment.eventId[row]] === 0) return false;
  if (match.withoutEventIds !== null && match.withoutEventIds[segment.eventId[row]] === 1) return false;
  if (match.channels !== null && !has(match.channels, segment.channel[row])) return false;
  if (match.computers !== null && !has(match.computers, segment.computer[row])) return false;
  if (match.blocks !== null && !has(match.blocks, segment.block[row])) return false;
  if (match.edges !== null && !(has(match.edges, segment.edge[row]) || has(match.edges, segment.secondEdge[row]))) return false;
  if (match.anyOf !== null && !takesPart(table, match.anyOf, index)) return false;
  if (match.noneOf !== null && takesPart(table, match.noneOf, index)) return false;
  return match.slow === null || match.slow(index);
}

/** True when nothing but the span limits the match: counting then needs no scan. */
export function matchesAll(match: EventMatch): boolean {
  return [
    match.rows,
    match.kinds,
    match.eventIds,
    match.withoutEventIds,
    match.channels,
    match.computers,
    match.blocks,
    match.edges,
    match.anyOf,
    match.noneOf,
    match.slow,
  ].every((condition) => condition === null);
}

function has(marks: Marks, id: number): boolean {
  return id < marks.length && marks[id] === 1;
}

function takesPart(table: EventTable, set: NonNullable<EventMatch['anyOf']>, index: number): boolean {
  const segment = table.segmentOf(index);
  const row = index & 0xffff;
  if (has(set.accounts, segment.actor[row]) || has(set.accounts, segment.target[row]) || has(set.accounts, segment.counterpart[row]))
    return true;
  if (has(set.texts, segment.computer[row]) || has(set.texts, segment.sourceHost[row])) return true;
  const address = segment.sourceAddress[row];
  return address !== 0 && set.addressAt !== null && set.addressAt(address, segment.at[row]);
}
