import type { SigmaRule } from './compile-rule.ts';
import { type CorrelationHit, CorrelationRun } from './correlation-run.ts';
import { type FieldReader, type RecordHead, RowEvent } from './row-event.ts';
import { RuleIndex } from './rule-index.ts';
import type { LinkedCorrelation, RuleSet } from './rule-set.ts';

/** A record: the caller's number for it, its moment in microseconds, and its fields. */
export type SigmaRow = {
  readonly index: number;
  readonly at: number;
  readonly head: RecordHead;
  readonly fields: FieldReader | (() => readonly (readonly [name: string, value: string])[]);
};

/** What a rule (`correlation` is null) or a correlation (`rule` is null) found. */
export type SigmaHit = Omit<CorrelationHit, 'correlation'> & {
  readonly rule: SigmaRule | null;
  readonly correlation: LinkedCorrelation | null;
};

/**
 * Rules and correlations over rows in the order of their time: the same rows give the same hits. A rule's hits come at once, a correlation's when
 * its burst is over. Rules that a correlation names are reported by themselves only where it says `generate`. Memory is bounded.
 */
export class SigmaRun {
  readonly #index: RuleIndex;
  readonly #correlations: CorrelationRun;

  constructor({ rules, correlations }: Pick<RuleSet, 'rules' | 'correlations'>) {
    this.#index = new RuleIndex(rules);
    this.#correlations = new CorrelationRun(correlations);
  }

  /** Hits that this row completes. A row before the last one is taken for as late as that. */
  observe({ index, at, head, fields }: SigmaRow): readonly SigmaHit[] {
    this.#correlations.advance(at);
    const channel = head.channel.toLowerCase();
    const hits: SigmaHit[] = [];
    if (this.#index.asksFor(channel, head.eventId)) {
      const event = new RowEvent(head, fields);
      // The event gives fields under the names of the rule that matched last: it is asked while that is so.
      const match = { index, at, value: (field: string) => event.field(field)[0] ?? null };
      for (const rule of this.#index.matching(channel, event)) {
        if (!this.#correlations.isSilent(rule))
          hits.push({ rule, correlation: null, eventIndexes: [index], events: 1, at, until: at, group: [] });
        this.#correlations.observe(rule, match);
      }
    }
    for (const hit of this.#correlations.take()) hits.push({ rule: null, ...hit });
    return hits;
  }

  /** The hits that were still open. */
  finish(): readonly SigmaHit[] {
    return this.#correlations.finish().map((hit) => ({ rule: null, ...hit }));
  }

  /** Of each correlation, how many matches had to be forgotten and how many had no value to group by or compute with. */
  losses(): ReturnType<CorrelationRun['losses']> {
    return this.#correlations.losses();
  }
}
