import type { SigmaRule } from './compile-rule.ts';
import { CorrelationState, type GroupValues } from './correlation-state.ts';
import type { LinkedCorrelation } from './rule-set.ts';
import type { Burst, Sighting } from './sighting.ts';

/** What a correlation found. */
export type CorrelationHit = {
  readonly correlation: LinkedCorrelation;
  /** The rows behind it, at most 1,000; `events` counts all. */
  readonly eventIndexes: readonly number[];
  readonly events: number;
  /** When it was first met, and its last event; microseconds. */
  readonly at: number;
  readonly until: number;
  readonly group: GroupValues;
};

/** That a rule matched a row: the caller's number for the row (one for each row), its moment, and its fields under the rule's names. */
export type RuleMatch = { readonly index: number; readonly at: number; value(field: string): string | null };

/**
 * Correlations over the matches of rules, given in the order of time. For callers that find the matches by other means than `SigmaRun`, for example
 * file by file: those keep the values of `fieldsOf` a rule and give the matches sorted. A hit comes when its burst is over. Memory is bounded.
 */
export class CorrelationRun {
  readonly #states: readonly CorrelationState[];
  /** Which correlations a rule or correlation feeds, and as which of their rules. */
  readonly #above = new Map<SigmaRule | LinkedCorrelation, { readonly state: CorrelationState; readonly member: number }[]>();
  readonly #silent: ReadonlySet<SigmaRule | LinkedCorrelation>;
  #hits: CorrelationHit[] = [];
  #lastAt = Number.NEGATIVE_INFINITY;
  /** Correlations count down, so that they are no row. */
  #sequence = -1;

  constructor(correlations: readonly LinkedCorrelation[]) {
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

  /** Whether only correlations ask for it, so that it is not reported by itself. */
  isSilent(rule: SigmaRule): boolean {
    return this.#silent.has(rule);
  }

  /** The fields that may be asked of a match of this rule; none where no correlation names it. */
  fieldsOf(rule: SigmaRule): readonly string[] {
    const fields = new Set<string>();
    for (const { state, member } of this.#above.get(rule) ?? []) for (const field of state.fieldsOf(member)) fields.add(field);
    // A correlation above another asks the event that completed the one below.
    if (fields.size > 0 || this.#above.has(rule))
      for (const state of this.#states)
        if (state.correlation.members.some((member) => 'members' in member))
          for (const member of state.correlation.members.keys()) for (const field of state.fieldsOf(member)) fields.add(field);
    return [...fields];
  }

  isNamed(rule: SigmaRule): boolean {
    return this.#above.has(rule);
  }

  /** A match; the rows before it are over. Values are asked for at once. */
  observe(rule: SigmaRule, { index, at, value }: RuleMatch): void {
    const above = this.#above.get(rule);
    if (above === undefined) return;
    this.advance(at);
    const sighting: Sighting = { sequence: index, at: this.#lastAt, indexes: [index], events: 1, value };
    for (const { state, member } of above) state.feed(member, sighting);
  }

  /** Time goes on: spans that are over are decided. A moment before the last one is taken for that. */
  advance(at: number): void {
    if (at <= this.#lastAt) return;
    this.#lastAt = at;
    for (const state of this.#states) state.advance(at);
  }

  /** The hits since the last call. */
  take(): readonly CorrelationHit[] {
    const hits = this.#hits;
    if (hits.length > 0) this.#hits = [];
    return hits;
  }

  /** Ends what is still open. */
  finish(): readonly CorrelationHit[] {
    // Those that others name come before them.
    for (const state of this.#states) state.finish();
    return this.take();
  }

  /** Of each correlation, how many matches had to be forgotten and how many had no value to group by or compute with. */
  losses(): { correlation: LinkedCorrelation; dropped: number; unusable: number }[] {
    return this.#states.map(({ correlation, dropped, unusable }) => ({ correlation, dropped, unusable }));
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
        if (!this.#silent.has(correlation)) this.#hits.push({ correlation, eventIndexes: indexes, events, at, until, group });
      },
    });
  }

  /** A correlation as others see it: the values of its group, else those of the event that completed it. */
  #sightingOf(burst: Burst, group: GroupValues, trigger: Sighting | null): Sighting {
    const known = new Map(group.map(({ field, value }) => [field.toLowerCase(), value]));
    return {
      sequence: this.#sequence--,
      at: Math.max(burst.at, trigger?.at ?? 0),
      indexes: burst.indexes,
      events: burst.events,
      value: (field) => known.get(field.toLowerCase()) ?? trigger?.value(field) ?? null,
    };
  }
}
