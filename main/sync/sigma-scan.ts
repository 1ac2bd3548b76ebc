import type { Segment } from '../events/event-table.ts';
import type { SigmaRule } from '../sigma/compile-rule.ts';
import { RowEvent } from '../sigma/row-event.ts';
import { RuleIndex } from '../sigma/rule-index.ts';
import type { EventStore } from '../store/event-store.ts';

/** Matches held of one rule, and of all together. Of more, the earliest in time are kept: the order of import shall not decide. */
const HITS_PER_RULE = 20_000;
const HITS_HELD = 1_000_000;
const ROWS_A_TURN = 4_096;
/** A started process meets a thousand rules: some milliseconds an event. */
const TESTED_A_TURN = 4;

type Track = { readonly key: string; readonly hits: number[]; isCut: boolean; failure: string };

/**
 * Which stored events each rule matches. Blocks of events never change, so every event is tested once: a later run goes on where the one before
 * ended, and a rule that is switched on again catches up alone. Events are read in the order of the store, so that each block is opened once.
 */
export class SigmaScan {
  readonly #events: EventStore;
  readonly #tracks = new Map<string, Track>();
  #next = 0;
  #held = 0;
  #begin: Segment | undefined;

  constructor(events: EventStore) {
    this.#events = events;
  }

  /** Events that match, in no particular order; empty for a rule that was not scanned. */
  hits(key: string): readonly number[] {
    return this.#tracks.get(key)?.hits ?? [];
  }

  /** Why a rule was stopped in the middle, by key. */
  failures(): Map<string, string> {
    return new Map([...this.#tracks.values()].flatMap(({ key, failure }) => (failure === '' ? [] : [[key, failure] as const])));
  }

  /** Rules that matched more events than are kept. */
  cut(): string[] {
    return [...this.#tracks.values()].filter(({ isCut }) => isCut).map(({ key }) => key);
  }

  /** Brings the matches of these rules up to date; what is known of other rules is forgotten. Yields often; ends early when the store was read anew. */
  *run(rules: ReadonlyMap<string, SigmaRule>, onProgress: (done: number, total: number) => void): Generator<void, void> {
    if (this.#begin !== this.#events.table.segments[0]) this.#forgetAll();
    for (const [key, { hits }] of this.#tracks) {
      if (rules.has(key)) continue;
      this.#held -= hits.length;
      this.#tracks.delete(key);
    }
    const added = new Map([...rules].filter(([key]) => !this.#tracks.has(key)));
    for (const key of added.keys()) this.#tracks.set(key, { key, hits: [], isCut: false, failure: '' });
    const end = this.#events.table.count;
    const from = this.#next;
    if (added.size > 0) yield* this.#scan(added, 0, from, (row) => onProgress(row, end));
    if (this.#isStale()) return;
    yield* this.#scan(rules, from, end, (row) => onProgress(row, end));
    if (!this.#isStale()) this.#next = end;
  }

  /** After the store was read again, rows have other numbers: the first segment is then another object. */
  #isStale(): boolean {
    return this.#begin !== this.#events.table.segments[0];
  }

  #forgetAll(): void {
    this.#tracks.clear();
    this.#next = 0;
    this.#held = 0;
    this.#begin = this.#events.table.segments[0];
  }

  *#scan(rules: ReadonlyMap<string, SigmaRule>, from: number, end: number, onProgress: (row: number) => void): Generator<void, void> {
    if (from >= end || rules.size === 0) return;
    const tracks = new Map<SigmaRule, Track>();
    for (const [key, rule] of rules) {
      const track = this.#tracks.get(key)!;
      tracks.set(guarded(rule, track), track);
    }
    const index = new RuleIndex([...tracks.keys()]);
    const { table, dictionary } = this.#events;
    const channels = new Map<number, string>();
    const wanted = new Map<number, boolean>();
    let tested = 0;
    for (let row = from; row < end; row++) {
      if (row % ROWS_A_TURN === 0) {
        onProgress(row);
        yield;
        if (this.#isStale()) return;
      }
      const segment = table.segmentOf(row);
      const eventId = segment.eventId[row & 0xffff];
      const channelId = segment.channel[row & 0xffff];
      let channel = channels.get(channelId);
      if (channel === undefined) {
        channel = dictionary.texts[channelId].toLowerCase();
        channels.set(channelId, channel);
      }
      const place = channelId * 65_536 + eventId;
      let isWanted = wanted.get(place);
      if (isWanted === undefined) {
        isWanted = index.candidates(channel, eventId).next().done !== true;
        wanted.set(place, isWanted);
      }
      if (!isWanted) continue;
      for (const rule of index.matching(channel, rowEvent(this.#events, row))) this.#hit(tracks.get(rule)!, row);
      if (++tested % TESTED_A_TURN !== 0) continue;
      onProgress(row);
      yield;
      if (this.#isStale()) return;
    }
  }

  #hit(track: Track, row: number): void {
    // Two places of one log source may both lead to the same event.
    if (track.hits.at(-1) === row) return;
    track.hits.push(row);
    this.#held++;
    if (track.hits.length >= 2 * HITS_PER_RULE) this.#cut(track, HITS_PER_RULE);
    if (this.#held > HITS_HELD) for (const one of this.#tracks.values()) this.#cut(one, Math.ceil(HITS_PER_RULE / 100));
  }

  #cut(track: Track, most: number): void {
    if (track.hits.length <= most) return;
    track.hits.sort((a, b) => this.#events.table.compare(a, b));
    this.#held -= track.hits.length - most;
    track.hits.length = most;
    track.isCut = true;
  }
}

/** A rule that throws is off for this run: the others go on. */
function guarded(rule: SigmaRule, track: Track): SigmaRule {
  return {
    ...rule,
    matches: (event) => {
      if (track.failure !== '') return false;
      try {
        return rule.matches(event);
      } catch (error) {
        track.failure = error instanceof Error ? error.message : String(error);
        return false;
      }
    },
  };
}

/** A stored event as rules see it; its fields are decoded when a rule asks for the first. */
export function rowEvent(events: EventStore, index: number): RowEvent {
  const segment = events.table.segmentOf(index);
  const block = events.blockOf(index);
  const row = events.rowOf(index);
  const { texts } = events.dictionary;
  return new RowEvent(
    {
      eventId: segment.eventId[index & 0xffff],
      channel: texts[segment.channel[index & 0xffff]],
      provider: texts[block.texts[block.columns.provider[row]]],
      computer: texts[segment.computer[index & 0xffff]],
    },
    () => block.fields.fields(row),
  );
}
