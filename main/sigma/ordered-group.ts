import type { SigmaCorrelation } from './parse-correlation.ts';
import { type Burst, BurstBuilder, type Sighting } from './sighting.ts';
import type { CorrelationGroup, Fed } from './window-group.ts';

/** The rules from the first to one of them, each at or after the one before. */
type Chain = { readonly startAt: number; readonly sightings: readonly Sighting[] };

/**
 * The rules in the order in which the correlation names them, all within the timespan of the first. For each rule the chain that began last is kept,
 * for it lives longest. Sightings of one moment count in any order: logs do not tell it. After a hit the search begins anew.
 */
export class OrderedGroup implements CorrelationGroup {
  readonly #timespan: number;
  readonly #isMet: (rules: number) => boolean;
  #chains: (Chain | undefined)[] = [];
  /** The sightings of the present moment by rule. */
  #tied = new Map<number, Sighting>();
  #at = 0;
  readonly dropped = 0;

  constructor({ timespan, isMet }: SigmaCorrelation) {
    this.#timespan = timespan;
    this.#isMet = isMet;
  }

  get dueAt(): number {
    return this.#at + this.#timespan;
  }

  get size(): number {
    return this.#chains.length + this.#tied.size;
  }

  feed(member: number, _value: string, sighting: Sighting): Fed {
    if (sighting.at !== this.#at) this.#tied.clear();
    this.#at = sighting.at;
    if (!this.#tied.has(member)) this.#tied.set(member, sighting);
    const steps = [...this.#tied.keys()].sort((a, b) => a - b);
    for (const step of steps) {
      const chain = this.#extended(step, this.#tied.get(step) as Sighting);
      const held = this.#chains[step];
      if (chain === null || (held !== undefined && held.startAt >= chain.startAt)) continue;
      this.#chains[step] = chain;
      if (!this.#isMet(step + 1)) continue;
      this.#chains = [];
      this.#tied.clear();
      const burst = burstOf(chain, sighting.at);
      return { met: burst, over: burst };
    }
    return { met: null, over: null };
  }

  close(): Burst | null {
    return null;
  }

  #extended(step: number, sighting: Sighting): Chain | null {
    if (step === 0) return { startAt: sighting.at, sightings: [sighting] };
    const before = this.#chains[step - 1];
    if (before === undefined || sighting.at - before.startAt > this.#timespan) return null;
    return { startAt: before.startAt, sightings: [...before.sightings, sighting] };
  }
}

function burstOf({ sightings }: Chain, at: number): Burst {
  const builder = new BurstBuilder(at);
  for (const sighting of sightings) builder.add(sighting);
  return builder.burst();
}
