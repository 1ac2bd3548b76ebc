import type { NormalizePlan, Shape } from './row-writer.ts';

export type PlanFor = (shape: Shape, channel: string, provider: string, eventId: number) => NormalizePlan;

type Entry = { readonly channel: string; readonly provider: string; readonly eventId: number; readonly plan: NormalizePlan };

/** Evidence made to have ever new kinds of records starts the cache anew; counted in field names. */
const MOST_NAMES = 500_000;
/** Channels and providers that share a shape and an event id; more are looked up anew each time. */
const MOST_ORIGINS = 64;

/** Plans by shape, channel, provider and event id; runs of equal records cost four comparisons. */
export class PlanCache {
  readonly #planFor: PlanFor;
  readonly #entries = new Map<Shape, Map<number, Entry[]>>();
  #names = 0;
  #lastShape: Shape | null = null;
  #last: Entry | null = null;

  constructor(planFor: PlanFor) {
    this.#planFor = planFor;
  }

  find(shape: Shape, channel: string, provider: string, eventId: number): NormalizePlan {
    const last = this.#last;
    if (last === null || shape !== this.#lastShape || !isFor(last, channel, provider, eventId)) {
      this.#lastShape = shape;
      this.#last = this.#load(shape, channel, provider, eventId);
    }
    return this.#last!.plan;
  }

  #load(shape: Shape, channel: string, provider: string, eventId: number): Entry {
    if (this.#names >= MOST_NAMES) {
      this.#entries.clear();
      this.#names = 0;
    }
    const byId = this.#entries.get(shape) ?? new Map<number, Entry[]>();
    this.#entries.set(shape, byId);
    const entries = byId.get(eventId) ?? [];
    byId.set(eventId, entries);
    const known = entries.find((entry) => isFor(entry, channel, provider, eventId));
    if (known !== undefined) return known;
    const entry = { channel, provider, eventId, plan: this.#planFor(shape, channel, provider, eventId) };
    if (entries.length >= MOST_ORIGINS) entries.pop();
    entries.unshift(entry);
    this.#names += shape.names.length + 1;
    return entry;
  }
}

function isFor(entry: Entry, channel: string, provider: string, eventId: number): boolean {
  return entry.eventId === eventId && entry.channel === channel && entry.provider === provider;
}
