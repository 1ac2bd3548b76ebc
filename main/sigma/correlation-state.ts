import { OrderedGroup } from './ordered-group.ts';
import type { LinkedCorrelation } from './rule-set.ts';
import type { Burst, Sighting } from './sighting.ts';
import { type CorrelationGroup, SpanGroup, WindowGroup } from './window-group.ts';

/** The values that a group has in common. */
export type GroupValues = readonly { readonly field: string; readonly value: string }[];

/** Who is told: of a condition as soon as it holds (`trigger`: the sighting that made it so), and of a burst when it is over. */
export type CorrelationListener = {
  met(burst: Burst, group: GroupValues, trigger: Sighting | null): void;
  over(burst: Burst, group: GroupValues): void;
};

type Held = { readonly group: CorrelationGroup; readonly values: GroupValues };

/** Bounds for hostile logs: a name in every event of its own must not fill the memory. */
const GROUPS_HELD = 50_000;
const SIGHTINGS_HELD = 500_000;

/** The groups of one correlation. Sightings come in the order of time; the least recently used group goes when there are too many. */
export class CorrelationState {
  readonly correlation: LinkedCorrelation;
  readonly #listener: CorrelationListener;
  /** In the order in which their time is over. */
  readonly #groups = new Map<string, Held>();
  #sightings = 0;
  #lastAt = Number.NEGATIVE_INFINITY;
  /** Sightings that were forgotten before their time, and those without a value to group by or to compute with. */
  dropped = 0;
  unusable = 0;

  constructor(correlation: LinkedCorrelation, listener: CorrelationListener) {
    this.correlation = correlation;
    this.#listener = listener;
  }

  /** A sighting of the rule with this number in the correlation. */
  feed(member: number, given: Sighting): void {
    // Spans of other correlations may end between two rows; their order among each other is that in which they are decided.
    const sighting = given.at >= this.#lastAt ? given : { ...given, at: this.#lastAt };
    this.#lastAt = sighting.at;
    const values = this.#groupValues(member, sighting);
    const value = values === null ? null : this.#value(member, sighting);
    if (values === null || value === null) {
      this.unusable++;
      return;
    }
    this.advance(sighting.at);
    const key = values.map((part) => part.value.toLowerCase()).join('\u0000');
    const held = this.#groups.get(key) ?? { group: this.#createGroup(), values };
    const size = held.group.size;
    const isSpan = held.group instanceof SpanGroup;
    const isNew = !this.#groups.has(key);
    // A span ends a fixed time after it began, the others after their last sighting.
    if (!isSpan) this.#groups.delete(key);
    const before = held.group.dropped;
    const { met, over } = held.group.feed(member, value, sighting);
    this.dropped += held.group.dropped - before;
    this.#groups.set(key, held);
    this.#sightings += held.group.size - (isNew ? 0 : size);
    if (over !== null && over !== met) this.#listener.over(over, held.values);
    if (met !== null) this.#listener.met(met, held.values, sighting);
    if (over !== null && over === met) this.#listener.over(over, held.values);
    while (this.#groups.size > GROUPS_HELD || this.#sightings > SIGHTINGS_HELD) this.#dropFirst();
  }

  /** The fields that are asked of the rule with this number. */
  fieldsOf(member: number): readonly string[] {
    const { groupBy, fields } = this.correlation;
    return [...groupBy, ...fields].map((field) => this.#fieldOf(member, field));
  }

  /** Closes the groups whose time is over at this moment. */
  advance(at: number): void {
    for (const [key, held] of this.#groups) {
      if (held.group.dueAt >= at) return;
      this.#close(key, held);
    }
  }

  /** Closes all groups. */
  finish(): void {
    for (const [key, held] of this.#groups) this.#close(key, held);
  }

  #close(key: string, { group, values }: Held): void {
    this.#groups.delete(key);
    this.#sightings -= group.size;
    const burst = group.close();
    if (burst === null) return;
    if (group instanceof SpanGroup) this.#listener.met({ ...burst, at: group.dueAt }, values, null);
    this.#listener.over(burst, values);
  }

  #dropFirst(): void {
    const [first] = this.#groups;
    if (first === undefined) return;
    this.dropped += first[1].group.size;
    this.#close(first[0], first[1]);
  }

  #createGroup(): CorrelationGroup {
    const { correlation } = this;
    const isShare = correlation.type === 'value_percentile' && correlation.percentile === null;
    if (correlation.type === 'temporal_ordered') return new OrderedGroup(correlation);
    return correlation.isCapped || isShare ? new SpanGroup(correlation) : new WindowGroup(correlation);
  }

  /** Null where the event has no value for one of the fields: it belongs to no group. */
  #groupValues(member: number, sighting: Sighting): GroupValues | null {
    const values: { field: string; value: string }[] = [];
    for (const field of this.correlation.groupBy) {
      const value = sighting.value(this.#fieldOf(member, field));
      if (value === null || value === '') return null;
      values.push({ field, value });
    }
    return values;
  }

  #value(member: number, sighting: Sighting): string | null {
    const { type, fields } = this.correlation;
    if (type === 'event_count') return '';
    if (type === 'temporal' || type === 'temporal_ordered') return String(member);
    const values = fields.map((field) => sighting.value(this.#fieldOf(member, field)));
    if (values.some((value) => value === null)) return null;
    const value = values.join('\u0000').toLowerCase();
    const isText = type === 'value_count' || (type === 'value_percentile' && this.correlation.percentile === null);
    return isText || (value.trim() !== '' && Number.isFinite(Number(value))) ? value : null;
  }

  /** An alias means another field for each rule. */
  #fieldOf(member: number, field: string): string {
    const alias = this.correlation.aliases.get(field);
    if (alias === undefined) return field;
    const { id, name } = this.correlation.members[member];
    return alias.get(name.toLowerCase()) ?? alias.get(id.toLowerCase()) ?? field;
  }
}
