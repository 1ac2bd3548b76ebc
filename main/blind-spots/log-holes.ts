import { type Micros, SECOND } from '../../shared/model/time.ts';
import type { HostLogs, LogHistory, LogSeries } from './log-history.ts';
import type { Hole } from './rhythm.ts';

/** What a stretch without records is: a pause between records, before the first, after the last, or before a clearing. */
export type KnownHole = Hole & {
  readonly kind: 'gap' | 'starts' | 'ends' | 'cleared';
  /** Records that the record numbers say are missing; -1 where they say nothing. */
  readonly missing: number;
};

/** Looks into this many records at most; what follows is told without record numbers. */
const NUMBERS_READ = 4_000;
/** A few numbers out of order, or records that were stored once for two files, are no loss. */
const LOST_AT_LEAST = 20;
const LOST_SHARE = 0.01;

/**
 * The unusual stretches without records of every log. Record numbers on both sides decide where they are known: numbers that follow each other
 * prove that the log was only quiet, so nothing is told. Also notes for each day how many records its numbers say are missing. Largest logs first.
 */
export function* findHoles(
  history: LogHistory,
  recordId: (index: number) => number,
): Generator<void, Map<LogSeries, readonly KnownHole[]>> {
  const numbers = new RecordNumbers(recordId);
  const found = new Map<LogSeries, readonly KnownHole[]>();
  for (const log of largestFirst(history.hosts)) {
    found.set(log, holesOf(log, numbers));
    yield;
  }
  for (const log of largestFirst(history.hosts)) {
    for (const day of log.days) {
      if (day.count < LOST_AT_LEAST) continue;
      const held = numbers.of(day.lastIndex) - numbers.of(day.firstIndex) + 1;
      const lost = numbers.isKnown(day.firstIndex, day.lastIndex) ? held - day.count : 0;
      if (lost >= LOST_AT_LEAST && lost >= held * LOST_SHARE) day.lost = lost;
    }
    yield;
  }
  return found;
}

function largestFirst(hosts: readonly HostLogs[]): LogSeries[] {
  const logs = hosts.flatMap((host) => [...host.logs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, log]) => log));
  return logs.sort((a, b) => b.count - a.count);
}

function holesOf(log: LogSeries, numbers: RecordNumbers): KnownHole[] {
  const cleared = log.cleared.map((hole): KnownHole => ({ ...hole, kind: 'cleared', missing: -1 }));
  const [first] = log.days;
  const last = log.days.at(-1);
  if (first === undefined || last === undefined) return cleared;
  const isTold = (from: Micros): boolean => cleared.some((hole) => hole.from === from);
  const holes: KnownHole[] = [...cleared];
  for (const hole of log.rhythm.holes()) {
    if (isTold(hole.from)) continue;
    const missing = numbers.between(hole.before, hole.after);
    if (missing !== 0) holes.push({ ...hole, kind: 'gap', missing });
  }
  const open = { before: -1, after: -1, missing: -1 };
  if (!isTold(Number.NEGATIVE_INFINITY)) holes.push({ ...open, kind: 'starts', from: Number.NEGATIVE_INFINITY, to: first.firstAt });
  holes.push({ ...open, kind: 'ends', from: last.lastAt + SECOND, to: Number.POSITIVE_INFINITY });
  return holes;
}

class RecordNumbers {
  readonly #recordId: (index: number) => number;
  #left = NUMBERS_READ;

  constructor(recordId: (index: number) => number) {
    this.#recordId = recordId;
  }

  readonly #known = new Map<number, number>();

  /** 0 where a record has none, or when too many were asked. */
  of(index: number): number {
    const known = this.#known.get(index);
    if (known !== undefined) return known;
    const number = index >= 0 && this.#left-- > 0 ? this.#recordId(index) : 0;
    this.#known.set(index, number);
    return number;
  }

  isKnown(a: number, b: number): boolean {
    return this.of(a) > 0 && this.of(b) > 0;
  }

  /** Records missing between two; -1 where that is not known, as after a log was made anew. */
  between(a: number, b: number): number {
    return this.isKnown(a, b) && this.of(b) > this.of(a) ? this.of(b) - this.of(a) - 1 : -1;
  }
}
