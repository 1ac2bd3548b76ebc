import type { SigmaRule } from './compile-rule.ts';
import { CorrelationState, type GroupValues } from './correlation-state.ts';
import { type FieldReader, type RecordHead, RowEvent } from './row-event.ts';
import { RuleIndex } from './rule-index.ts';
import type { LinkedCorrelation, RuleSet } from './rule-set.ts';
import type { Burst, Sighting } from './sighting.ts';

/** A record: the caller's number for it, its moment in microseconds, and its fields. */
export type SigmaRow = {
  readonly index: number;
  readonly at: number;
  readonly head: RecordHead;
  readonly fields: FieldReader | (() => readonly (readonly [name: string, value: string])[]);
};

/** What a rule or a correlation found. One of the two is null. */
export type SigmaHit = {
  readonly rule: SigmaRule | null;
  readonly correlation: LinkedCorrelation | null;
  /** The rows behind it, at most 1,000; `events` counts all. */
  readonly eventIndexes: readonly number[];
  readonly events: number;
  /** Of a correlation: when it was first met, and its last event. */
  readonly at: number;
  readonly until: number;
  readonly group: GroupValues;
};

/**
 * Rules and correlations over rows in the order of their time: the same rows give the same hits. A rule's hits come at once, a correlation's when
 * its burst is over. Rules that a correlation names are reported by themselves only where it says `generate`. Memory is bounded.
 */
export class SigmaRun {
  readonly #index: RuleIndex;
  readonly #states: readonly CorrelationState[];
  /** Which correlations a rule or correlation feeds, and as which of their rules. */
  readonly #above = new Map<SigmaRule | LinkedCorrelation, { readonly state: CorrelationState; readonly member: number }[]>();
  readonly #silent: ReadonlySet<SigmaRule | LinkedCorrelation>;
  #hits: SigmaHit[] = [];
  #lastAt = Number.NEGATIVE_INFINITY;
  #sequence = 0;

  constructor({ rules, correlations }: Pick<RuleSet, 'rules' | 'correlations'>) {
    this.#index = new RuleIndex(rules);
    this.#states = correlations.map((correlation) => this.#createState(correlation));
    for (const state of this.#states)
      for (const [member, rule] of state.correlation.members.entries()) {
        const above = this.#above.get(rule) ?? [];
        above.push({ state, member });
        this.#above.set(rule, above);
      }
    const silent = [...this.#above].filter(([, above]) => !above.some(({ state }) => state.correlation.generate));
    this.#silent = new Set(silent.map(([rule]) => rule));
  }

  /** Hits that this row completes. A row before the last one is taken for as late as that. */
  observe({ index, at: given, head, fields }: SigmaRow): readonly SigmaHit[] {
    const at = Math.max(given, this.#lastAt);
    if (at > this.#lastAt) for (const state of this.#states) state.advance(at);
    this.#lastAt = at;
    const channel = head.channel.toLowerCase();
    if (this.#index.asksFor(channel, head.eventId)) {
      const event = new RowEvent(head, fields);
      const sequence = this.#sequence++;
      // The event gives fields under the names of the rule that matched last: it is asked while that is so.
      const sighting: Sighting = { sequence, at, indexes: [index], events: 1, value: (field) => event.field(field)[0] ?? null };
      for (const rule of this.#index.matching(channel, event)) {
        if (!this.#silent.has(rule))
          this.#hits.push({ rule, correlation: null, eventIndexes: [index], events: 1, at, until: at, group: [] });
        for (const { state, member } of this.#above.get(rule) ?? []) state.feed(member, sighting);
      }
    }
    return this.#taken();
  }

  /** The hits that were still open. */
  finish(): readonly SigmaHit[] {
    // Those that others name come before them.
    for (const state of this.#states) state.finish();
    return this.#taken();
  }

  /** Of each correlation, how many matches had to be forgotten and how many had no value to group by or compute with. */
  losses(): { correlation: LinkedCorrelation; dropped: number; unusable: number }[] {
    return this.#states.map(({ correlation, dropped, unusable }) => ({ correlation, dropped, unusable }));
  }

  #taken(): readonly SigmaHit[] {
    const hits = this.#hits;
    if (hits.length > 0) this.#hits = [];
    return hits;
  }

  #createState(correlation: LinkedCorrelation): CorrelationState {
    return new CorrelationState(correlation, {
      met: (burst, group, trigger) => {
        const above = this.#above.get(correlation) ?? [];
        if (above.length === 0) return;
        const sighting = this.#sightingOf(burst, group, trigger);
        for (const { state, member } of above) state.feed(member, sighting);
      },
      over: ({ at, until, indexes, events }, group) => {
        if (!this.#silent.has(correlation)) this.#hits.push({ rule: null, correlation, eventIndexes: indexes, events, at, until, group });
      },
    });
  }

  /** A correlation as others see it: the values of its group, else those of the event that completed it. */
  #sightingOf(burst: Burst, group: GroupValues, trigger: Sighting | null): Sighting {
    const known = new Map(group.map(({ field, value }) => [field.toLowerCase(), value]));
    return {
      sequence: this.#sequence++,
      at: Math.max(burst.at, trigger?.at ?? 0),
      indexes: burst.indexes,
      events: burst.events,
      value: (field) => known.get(field.toLowerCase()) ?? trigger?.value(field) ?? null,
    };
  }
}
