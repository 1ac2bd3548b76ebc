import type { EventBatch } from '../../shared/model/event-batch.ts';
import { formatMoment } from '../../shared/model/time.ts';
import { FieldBlock } from '../lib/field-block.ts';
import type { SigmaRule } from '../sigma/compile-rule.ts';
import { type CorrelationHit, CorrelationRun } from '../sigma/correlation-run.ts';
import { RowEvent } from '../sigma/row-event.ts';
import { RuleIndex } from '../sigma/rule-index.ts';
import type { LinkedCorrelation, RuleSet } from '../sigma/rule-set.ts';
import type { RuleTally } from '../sigma/rule-tally.ts';

/** A match that correlations ask for, kept until all files are read. */
type Kept = {
  readonly rule: SigmaRule;
  readonly row: number;
  readonly at: number;
  readonly tick: number;
  readonly values: ReadonlyMap<string, string | null>;
  readonly record: Readonly<Record<string, unknown>>;
};

/** About 300 MB. */
const MATCHES_HELD = 1_000_000;
const RECORDS_SHOWN = 100;

/** Rules over files one after the other; a line of JSON for each match, at once. Correlations follow at the end, in the order of time across all files. */
export class SigmaScan {
  readonly #index: RuleIndex;
  readonly #correlations: CorrelationRun;
  readonly #tally: RuleTally | undefined;
  readonly #fields = new Map<SigmaRule, readonly string[]>();
  readonly #kept: Kept[] = [];
  #rows = 0;
  /** Matches that correlations did not see, for there were too many. */
  dropped = 0;
  readonly hits = new Map<SigmaRule | LinkedCorrelation, number>();
  readonly channels = new Set<string>();

  constructor({ rules, correlations }: RuleSet, tally?: RuleTally) {
    this.#index = new RuleIndex(rules);
    this.#correlations = new CorrelationRun(correlations);
    this.#tally = tally;
    for (const rule of rules) if (this.#correlations.isNamed(rule)) this.#fields.set(rule, this.#correlations.fieldsOf(rule));
  }

  /** The lines of a batch of the file. */
  run(batch: EventBatch, file: string): string {
    const readerOf = FieldBlock.open(batch.payload).readers();
    let lines = '';
    for (let row = 0; row < batch.count; row++, this.#rows++) {
      const channel = batch.texts[batch.channel[row]];
      const lower = channel.toLowerCase();
      this.channels.add(lower);
      if (!this.#index.asksFor(lower, batch.eventId[row])) continue;
      const time = () => formatMoment(batch.at[row], batch.tick[row]);
      const about = {
        eventId: batch.eventId[row],
        channel,
        provider: batch.texts[batch.provider[row]],
        computer: batch.texts[batch.computer[row]],
      };
      const event = new RowEvent({ ...about, time }, readerOf(row));
      for (const rule of this.#index.matching(lower, event, this.#tally)) {
        this.hits.set(rule, (this.hits.get(rule) ?? 0) + 1);
        const record = { time: time(), file, ...about, recordId: batch.recordId[row] };
        this.#keep(rule, event, batch.at[row], batch.tick[row], record);
        if (this.#correlations.isSilent(rule)) continue;
        const { id, title, level, tags } = rule;
        lines += `${JSON.stringify({ ...record, rule: id, title, level, tags })}\n`;
      }
    }
    return lines;
  }

  /** The lines of all correlations, once every file was read. */
  finish(): string {
    this.#kept.sort((a, b) => a.at - b.at || a.tick - b.tick || a.row - b.row);
    const records = new Map(this.#kept.map(({ row, record }) => [row, record]));
    const hits: CorrelationHit[] = [];
    for (const { rule, row, at, values } of this.#kept) {
      this.#correlations.observe(rule, { index: row, at, value: (field) => values.get(field) ?? null });
      hits.push(...this.#correlations.take());
    }
    hits.push(...this.#correlations.finish());
    return hits
      .sort((a, b) => a.at - b.at)
      .map((hit) => this.#line(hit, records))
      .join('');
  }

  /** What correlations had to leave out. */
  losses(): ReturnType<CorrelationRun['losses']> {
    return this.#correlations.losses();
  }

  #keep(rule: SigmaRule, event: RowEvent, at: number, tick: number, record: Kept['record']): void {
    const fields = this.#fields.get(rule);
    if (fields === undefined) return;
    if (this.#kept.length >= MATCHES_HELD) this.dropped++;
    else {
      const values = new Map(fields.map((field) => [field, event.field(field)[0] ?? null]));
      this.#kept.push({ rule, row: this.#rows, at, tick, values, record });
    }
  }

  #line({ correlation, at, until, events, eventIndexes, group }: CorrelationHit, records: ReadonlyMap<number, Kept['record']>): string {
    this.hits.set(correlation, (this.hits.get(correlation) ?? 0) + 1);
    const { id, title, level, tags } = correlation;
    const about = { time: formatMoment(at, 0), until: formatMoment(until, 0), correlation: id, title, level, tags };
    const values = Object.fromEntries(group.map(({ field, value }) => [field, value]));
    const shown = eventIndexes.slice(0, RECORDS_SHOWN).map((index) => records.get(index));
    return `${JSON.stringify({ ...about, group: values, events, records: shown })}\n`;
  }
}
