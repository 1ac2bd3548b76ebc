import type { IdentityEvent } from '../../shared/model/event.ts';
import type { Micros } from '../../shared/model/time.ts';
import type { Group, GroupSample, Over, Threshold } from './detection.ts';

/** Events kept of one group: the first ones show how it began, the last ones how it ended. */
const FIRST_HELD = 150;
const LAST_HELD = 50;
const DISTINCT_HELD = 10_000;
const STEPS_HELD = 32;

/** One threshold as it slides: bounded by the numbers of the threshold itself. */
class SlidingCount {
  readonly #threshold: Threshold;
  readonly #times: Micros[] = [];
  readonly #lastSeen = new Map<string, Micros>();
  reached = false;

  constructor(threshold: Threshold) {
    this.#threshold = threshold;
  }

  add(at: Micros, step: string, value: string): void {
    const { within, atLeast, distinct = 0 } = this.#threshold;
    if (this.reached || (this.#threshold.step ?? step) !== step) return;
    this.#times.push(at);
    if (this.#times.length > atLeast) this.#times.shift();
    if (distinct > 0) {
      this.#lastSeen.delete(value);
      this.#lastSeen.set(value, at);
      for (const [oldest, seenAt] of this.#lastSeen) {
        if (seenAt >= at - within && this.#lastSeen.size <= distinct) break;
        this.#lastSeen.delete(oldest);
      }
    }
    const enough = this.#times.length >= atLeast && this.#times[0] >= at - within;
    if (enough && this.#lastSeen.size >= distinct) this.reached = true;
  }
}

/** Events of one group that follow each other without a gap longer than the longest window. */
export class OpenGroup {
  readonly key: string;
  readonly #over: Over;
  readonly #counts: readonly SlidingCount[];
  readonly #first: GroupSample[] = [];
  readonly #last: GroupSample[] = [];
  readonly #values = new Set<string>();
  readonly #steps = new Map<string, number>();
  #anchor: IdentityEvent | null = null;
  #count = 0;
  #firstAt: Micros;
  #lastAt: Micros;
  /** Of the last counted event: closes the group. What accompanies does not keep it open. */
  countedUntil: Micros;

  constructor(key: string, over: Over, at: Micros) {
    this.key = key;
    this.#over = over;
    this.#counts = over.thresholds.map((threshold) => new SlidingCount(threshold));
    this.#firstAt = at;
    this.#lastAt = at;
    this.countedUntil = at;
  }

  add(event: IdentityEvent, step: string, isCounted: boolean, value: string): void {
    this.#lastAt = event.at;
    if (isCounted) {
      this.#anchor ??= event;
      this.#count++;
      this.countedUntil = event.at;
      if (this.#values.size < DISTINCT_HELD) this.#values.add(value);
      for (const count of this.#counts) count.add(event.at, step, value);
    }
    if (this.#steps.has(step) || this.#steps.size < STEPS_HELD) this.#steps.set(step, (this.#steps.get(step) ?? 0) + 1);
    if (this.#first.length < FIRST_HELD) this.#first.push({ event, step });
    else {
      this.#last.push({ event, step });
      if (this.#last.length > LAST_HELD) this.#last.shift();
    }
  }

  #hasRequired(): boolean {
    const sets = this.#over.requires ?? [];
    const has = ([step, atLeast]: [string, number]): boolean => (this.#steps.get(step) ?? 0) >= atLeast;
    return sets.length === 0 || sets.some((set) => Object.entries(set).every(has));
  }

  /** The group when it suffices for an alert, else null. */
  close(): Group | null {
    if (this.#anchor === null || !this.#counts.some((count) => count.reached)) return null;
    if (!this.#hasRequired() || this.#over.excludes?.some((step) => this.#steps.has(step))) return null;
    return {
      key: this.key,
      anchor: this.#anchor,
      firstAt: this.#firstAt,
      lastAt: this.#lastAt,
      countedUntil: this.countedUntil,
      count: this.#count,
      distinct: this.#values.size,
      steps: this.#steps,
      sample: [...this.#first, ...this.#last],
    };
  }
}

export function longestWithin(over: Over): Micros {
  return Math.max(...over.thresholds.map((threshold) => threshold.within));
}
