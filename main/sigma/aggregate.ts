import type { SigmaCorrelation } from './parse-correlation.ts';

/** What is counted or computed over the sightings of a window. `value` is the text of the fields, or the rule's number for temporal types. */
export type Aggregate = {
  add(value: string): void;
  /** A value that was added. */
  remove(value: string): void;
  isMet(): boolean;
};

/** The aggregate of a correlation's type. A percentile is the nearest rank; one without `percentile` asks for the share of each value, in percent. */
export function createAggregate(correlation: Pick<SigmaCorrelation, 'type' | 'isMet' | 'percentile'>): Aggregate {
  const { type, isMet, percentile } = correlation;
  if (type === 'event_count') return new Count(isMet);
  if (type === 'value_count' || type === 'temporal' || type === 'temporal_ordered') return new Distinct((counts) => isMet(counts.size));
  if (type === 'value_sum') return new Sum((sum) => isMet(sum));
  if (type === 'value_avg') return new Sum((sum, count) => isMet(sum / count));
  if (type === 'value_percentile' && percentile === null)
    return new Distinct((counts, total) => [...counts.values()].some((count) => isMet((count / total) * 100)));
  const rank = type === 'value_min' ? 0 : type === 'value_max' ? 100 : type === 'value_median' ? 50 : (percentile ?? 50);
  return new Ranked(rank, isMet);
}

class Count implements Aggregate {
  #count = 0;
  readonly #isMet: (count: number) => boolean;

  constructor(isMet: (count: number) => boolean) {
    this.#isMet = isMet;
  }

  add(): void {
    this.#count++;
  }

  remove(): void {
    this.#count--;
  }

  isMet(): boolean {
    return this.#isMet(this.#count);
  }
}

class Distinct implements Aggregate {
  readonly #counts = new Map<string, number>();
  #total = 0;
  readonly #isMet: (counts: ReadonlyMap<string, number>, total: number) => boolean;

  constructor(isMet: (counts: ReadonlyMap<string, number>, total: number) => boolean) {
    this.#isMet = isMet;
  }

  add(value: string): void {
    this.#counts.set(value, (this.#counts.get(value) ?? 0) + 1);
    this.#total++;
  }

  remove(value: string): void {
    const left = (this.#counts.get(value) ?? 0) - 1;
    if (left > 0) this.#counts.set(value, left);
    else this.#counts.delete(value);
    this.#total--;
  }

  isMet(): boolean {
    return this.#total > 0 && this.#isMet(this.#counts, this.#total);
  }
}

class Sum implements Aggregate {
  #sum = 0;
  #count = 0;
  readonly #isMet: (sum: number, count: number) => boolean;

  constructor(isMet: (sum: number, count: number) => boolean) {
    this.#isMet = isMet;
  }

  add(value: string): void {
    this.#sum += Number(value);
    this.#count++;
  }

  remove(value: string): void {
    this.#count--;
    // What rounding left over goes when the window is empty.
    this.#sum = this.#count === 0 ? 0 : this.#sum - Number(value);
  }

  isMet(): boolean {
    return this.#count > 0 && this.#isMet(this.#sum, this.#count);
  }
}

/** Keeps the numbers sorted. */
class Ranked implements Aggregate {
  readonly #sorted: number[] = [];
  readonly #share: number;
  readonly #isMet: (value: number) => boolean;

  /** `percent`: 0 is the least, 100 the most. */
  constructor(percent: number, isMet: (value: number) => boolean) {
    this.#share = percent / 100;
    this.#isMet = isMet;
  }

  add(value: string): void {
    const number = Number(value);
    this.#sorted.splice(this.#placeOf(number), 0, number);
  }

  remove(value: string): void {
    this.#sorted.splice(this.#placeOf(Number(value)), 1);
  }

  isMet(): boolean {
    const count = this.#sorted.length;
    return count > 0 && this.#isMet(this.#sorted[Math.max(0, Math.ceil(this.#share * count) - 1)]);
  }

  #placeOf(number: number): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#sorted[middle] < number) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
