import { DAY, HOUR, type Micros, SECOND } from '../../shared/model/time.ts';

/** A stretch without records; infinite where it is open. */
export type Hole = {
  readonly from: Micros;
  readonly to: Micros;
  /** Records before and after it, -1 where there is none. */
  readonly before: number;
  readonly after: number;
};

/** Eight classes for each doubling of a gap, from a second up to more than a century. */
const CLASSES_PER_DOUBLING = 8;
const CLASSES = 34 * CLASSES_PER_DOUBLING;
const HOLES_HELD = 64;
const UNUSUAL = 10;
/** Below so many records a log has no rhythm; then only a week of silence is a hole. */
const RECORDS_FOR_RHYTHM = 20;
const SILENCE_OF_SPARSE_LOG = 7 * DAY;
export const SHORTEST_HOLE: Micros = HOUR;

/** Learns how often a log is written, and keeps its longest pauses. Records come oldest first. */
export class Rhythm {
  readonly #gaps = new Uint32Array(CLASSES);
  #count = 0;
  #longest: Hole[] = [];
  lastAt: Micros = Number.NEGATIVE_INFINITY;
  #lastIndex = -1;

  see(at: Micros, index: number): void {
    if (this.#lastIndex >= 0) {
      const gap = at - this.lastAt;
      this.#gaps[classOf(gap)]++;
      if (gap > SHORTEST_HOLE) this.#hold({ from: this.lastAt, to: at, before: this.#lastIndex, after: index });
    }
    this.#count++;
    this.lastAt = at;
    this.#lastIndex = index;
  }

  /** The gap that 95 of 100 gaps do not exceed, to an eighth of a doubling. */
  usualGap(): Micros {
    const wanted = Math.ceil((this.#count - 1) * 0.95);
    let seen = 0;
    for (let position = 0; position < CLASSES; position++) {
      seen += this.#gaps[position];
      if (seen >= wanted) return gapOf(position);
    }
    return gapOf(CLASSES);
  }

  /** From which length on a pause is unusual. */
  longestUsual(): Micros {
    if (this.#count < RECORDS_FOR_RHYTHM) return SILENCE_OF_SPARSE_LOG;
    return Math.max(SHORTEST_HOLE, UNUSUAL * this.usualGap());
  }

  /** Unusual pauses between records, the oldest first; of very many the longest. */
  holes(): readonly Hole[] {
    const least = this.longestUsual();
    return this.#longest.filter(({ from, to }) => to - from > least).sort((a, b) => a.from - b.from);
  }

  #hold(hole: Hole): void {
    this.#longest.push(hole);
    if (this.#longest.length < HOLES_HELD * 2) return;
    this.#longest.sort((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from);
    this.#longest.length = HOLES_HELD;
  }
}

function classOf(gap: Micros): number {
  if (gap <= SECOND) return 0;
  return Math.min(CLASSES - 1, Math.ceil(Math.log2(gap / SECOND) * CLASSES_PER_DOUBLING));
}

function gapOf(position: number): Micros {
  return SECOND * 2 ** (position / CLASSES_PER_DOUBLING);
}
