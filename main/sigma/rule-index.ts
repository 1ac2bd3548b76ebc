import type { SigmaRule } from './compile-rule.ts';
import type { LogPlace } from './log-source.table.ts';
import type { RowEvent } from './row-event.ts';

export type IndexedRule = { readonly rule: SigmaRule; readonly place: LogPlace };

/** Rules by channel and event id: of thousands, an event meets only those that could match it. */
export class RuleIndex {
  readonly #byChannel = new Map<string, { byId: Map<number, IndexedRule[]>; any: IndexedRule[] }>();

  constructor(rules: readonly SigmaRule[]) {
    for (const rule of rules) for (const place of rule.places) this.#add({ rule, place });
  }

  /** `channel` in lower case. */
  *candidates(channel: string, eventId: number): Generator<IndexedRule> {
    const held = this.#byChannel.get(channel);
    if (held === undefined) return;
    yield* held.byId.get(eventId) ?? [];
    yield* held.any;
  }

  /** The rules that match an event, each with the fields under the names that its log source gives them. */
  *matching(channel: string, event: RowEvent): Generator<SigmaRule> {
    for (const { rule, place } of this.candidates(channel, event.eventId)) {
      event.rename = place.rename;
      if (rule.matches(event)) yield rule;
    }
  }

  #add(entry: IndexedRule): void {
    const { channel, eventIds } = entry.place;
    const held = this.#byChannel.get(channel) ?? { byId: new Map<number, IndexedRule[]>(), any: [] };
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
