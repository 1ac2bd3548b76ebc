import { type Aggregate, createAggregate } from './aggregate.ts';
import { COUNT_ALLOWED, type SigmaCorrelation } from './parse-correlation.ts';
import { type Burst, BurstBuilder, type Sighting } from './sighting.ts';

/** One group of a correlation (the sightings that have the same `group-by` values). */
export type CorrelationGroup = {
  /** `member`: the number of the rule in the correlation. Gives what was met just now, or is over, if anything. */
  feed(member: number, value: string, sighting: Sighting): Fed;
  /** From this moment on (exclusive) nothing that it holds counts any more. */
  readonly dueAt: number;
  /** What is open or still to decide when its time is over. */
  close(): Burst | null;
  /** Sightings held. */
  readonly size: number;
  /** Sightings that had to be forgotten. */
  readonly dropped: number;
};

/** `met`: the condition holds from now on. `over`: a burst that will not grow any more. */
export type Fed = { readonly met: Burst | null; readonly over: Burst | null };

/**
 * A window that slides with every sighting: it holds those at most `timespan` before. One hit for as long as the condition goes on holding, so that a
 * burst of a thousand is one hit and not nine hundred. For conditions without an upper bound, which more events cannot undo.
 */
export class WindowGroup implements CorrelationGroup {
  readonly #timespan: number;
  readonly #aggregate: Aggregate;
  /** An event that several rules match counts once, unless the rules are what is counted. */
  readonly #isOncePerEvent: boolean;
  #held: { readonly value: string; readonly sighting: Sighting }[] = [];
  #first = 0;
  #open: BurstBuilder | null = null;
  #lastAt = 0;
  dropped = 0;

  constructor(correlation: SigmaCorrelation) {
    this.#timespan = correlation.timespan;
    this.#aggregate = createAggregate(correlation);
    this.#isOncePerEvent = correlation.type !== 'temporal';
  }

  get dueAt(): number {
    return this.#lastAt + this.#timespan;
  }

  get size(): number {
    return this.#held.length - this.#first;
  }

  feed(_member: number, value: string, sighting: Sighting): Fed {
    const last = this.#held.at(-1);
    if (this.#isOncePerEvent && this.size > 0 && last?.sighting.sequence === sighting.sequence) return { met: null, over: null };
    this.#forget(sighting.at - this.#timespan);
    let over = this.size === 0 ? this.close() : null;
    this.#lastAt = sighting.at;
    this.#held.push({ value, sighting });
    this.#aggregate.add(value);
    if (!this.#aggregate.isMet()) {
      over ??= this.close();
      return { met: null, over };
    }
    if (this.#open !== null) {
      this.#open.add(sighting);
      return { met: null, over };
    }
    this.#open = new BurstBuilder(sighting.at);
    for (let i = this.#first; i < this.#held.length; i++) this.#open.add(this.#held[i].sighting);
    return { met: this.#open.burst(), over };
  }

  close(): Burst | null {
    const burst = this.#open?.burst() ?? null;
    this.#open = null;
    return burst;
  }

  #forget(before: number): void {
    while (this.size > 0 && this.#held[this.#first].sighting.at < before) this.#removeFirst();
    if (this.size >= COUNT_ALLOWED) {
      this.#removeFirst();
      this.dropped++;
    }
    // Moved together only when half of it is gone: each sighting is moved once at most.
    if (this.#first > 64 && this.#first * 2 > this.#held.length) {
      this.#held = this.#held.slice(this.#first);
      this.#first = 0;
    }
  }

  #removeFirst(): void {
    this.#aggregate.remove(this.#held[this.#first].value);
    this.#first++;
  }
}

/**
 * A span that begins with a sighting and is decided when its time is over: for conditions with an upper bound, of which only the whole span can say
 * that it stayed within. The next sighting after it begins the next span.
 */
export class SpanGroup implements CorrelationGroup {
  readonly #timespan: number;
  readonly #aggregate: Aggregate;
  readonly #isOncePerEvent: boolean;
  #burst: BurstBuilder | null = null;
  #last = Number.NaN;
  readonly size = 1;
  readonly dropped = 0;

  constructor(correlation: SigmaCorrelation) {
    this.#timespan = correlation.timespan;
    this.#aggregate = createAggregate(correlation);
    this.#isOncePerEvent = correlation.type !== 'temporal';
  }

  get dueAt(): number {
    return (this.#burst?.at ?? 0) + this.#timespan;
  }

  feed(_member: number, value: string, sighting: Sighting): Fed {
    this.#burst ??= new BurstBuilder(sighting.at);
    if (!(this.#isOncePerEvent && this.#last === sighting.sequence)) {
      this.#aggregate.add(value);
      this.#burst.add(sighting);
    }
    this.#last = sighting.sequence;
    return { met: null, over: null };
  }

  close(): Burst | null {
    return this.#aggregate.isMet() ? (this.#burst?.burst() ?? null) : null;
  }
}
