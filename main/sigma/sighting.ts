/** That a rule matched an event, or a correlation was met, as the correlations above see it. */
export type Sighting = {
  /** Equal for all sightings of one event. */
  readonly sequence: number;
  /** Microseconds since 1970. */
  readonly at: number;
  /** The events behind it, as their rows were numbered; at most `INDEXES_HELD`. */
  readonly indexes: readonly number[];
  /** How many events are behind it. */
  readonly events: number;
  /** The value of a field, null where it has none. */
  value(field: string): string | null;
};

/** Events that a hit names; it counts all. */
export const INDEXES_HELD = 1_000;

/** A correlation that was met: when it first was, until which event it stayed so, and of which group. */
export type Burst = {
  readonly at: number;
  readonly until: number;
  readonly indexes: readonly number[];
  readonly events: number;
};

/** Gathers the events of a burst, each once. */
export class BurstBuilder {
  readonly at: number;
  #until: number;
  readonly #indexes: number[] = [];
  #events = 0;
  #last = Number.NaN;

  constructor(at: number) {
    this.at = at;
    this.#until = at;
  }

  add({ sequence, at, indexes, events }: Sighting): void {
    if (sequence === this.#last) return;
    this.#last = sequence;
    this.#until = Math.max(this.#until, at);
    this.#events += events;
    for (const index of indexes) if (this.#indexes.length < INDEXES_HELD) this.#indexes.push(index);
  }

  burst(): Burst {
    return { at: this.at, until: this.#until, indexes: [...this.#indexes], events: this.#events };
  }
}
