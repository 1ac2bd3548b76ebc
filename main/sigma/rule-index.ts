import type { SigmaRule } from './compile-rule.ts';
import type { LogPlace } from './log-source.table.ts';
import { ProbeFilter } from './probe-filter.ts';
import type { RowEvent } from './row-event.ts';
import type { RuleTally } from './rule-tally.ts';

export type IndexedRule = { readonly rule: SigmaRule; readonly place: LogPlace };

/** Rules of a channel: by event id, and for any. The filters are made when the first event asks for them. */
type Channel = {
  readonly byId: Map<number, IndexedRule[]>;
  readonly any: IndexedRule[];
  readonly filters: Map<number, ProbeFilter>;
  anyFilter: ProbeFilter | null;
};

/** Rules by channel and event id, then by what they must hold: of thousands, an event meets only those that could match it. */
export class RuleIndex {
  readonly #byChannel = new Map<string, Channel>();

  constructor(rules: readonly SigmaRule[]) {
    for (const rule of rules) for (const place of rule.places) this.#add({ rule, place });
  }

  /** Whether any rule asks for events like this. `channel` in lower case. */
  asksFor(channel: string, eventId: number): boolean {
    const held = this.#byChannel.get(channel);
    return held !== undefined && (held.any.length > 0 || held.byId.has(eventId));
  }

  /** By channel and event id alone. `channel` in lower case. */
  *candidates(channel: string, eventId: number): Generator<IndexedRule> {
    const held = this.#byChannel.get(channel);
    if (held === undefined) return;
    yield* held.byId.get(eventId) ?? [];
    yield* held.any;
  }

  /**
   * The rules that match an event, each with the fields under the names that its log source gives them. `channel` in lower case. With a tally, what
   * each rule takes is measured.
   */
  *matching(channel: string, event: RowEvent, tally?: RuleTally): Generator<SigmaRule> {
    const held = this.#byChannel.get(channel);
    if (held === undefined) return;
    const filter = filterOf(held, event.eventId);
    if (filter !== null) yield* matchingOf(filter, event, tally);
    if (held.any.length === 0) return;
    held.anyFilter ??= new ProbeFilter(held.any);
    yield* matchingOf(held.anyFilter, event, tally);
  }

  #add(entry: IndexedRule): void {
    const { channel, eventIds } = entry.place;
    const held: Channel = this.#byChannel.get(channel) ?? {
      byId: new Map<number, IndexedRule[]>(),
      any: [],
      filters: new Map(),
      anyFilter: null,
    };
    this.#byChannel.set(channel, held);
    const required = entry.rule.eventIds;
    const ids = eventIds === null ? (required === null ? null : [...required]) : eventIds.filter((id) => required?.has(id) ?? true);
    if (ids === null) held.any.push(entry);
    for (const id of ids ?? []) {
      const list = held.byId.get(id);
      if (list) list.push(entry);
      else held.byId.set(id, [entry]);
    }
  }
}

function* matchingOf(filter: ProbeFilter, event: RowEvent, tally?: RuleTally): Generator<SigmaRule> {
  for (const { rule, place } of filter.candidates(event)) {
    event.rename = place.rename;
    if (tally === undefined ? rule.matches(event) : tally.test(rule, event)) yield rule;
  }
}

function filterOf(channel: Channel, eventId: number): ProbeFilter | null {
  const known = channel.filters.get(eventId);
  if (known !== undefined) return known;
  const rules = channel.byId.get(eventId);
  if (rules === undefined) return null;
  const filter = new ProbeFilter(rules);
  channel.filters.set(eventId, filter);
  return filter;
}
