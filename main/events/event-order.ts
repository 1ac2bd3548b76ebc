import type { Micros } from '../../shared/model/time.ts';
import type { EventTable } from './event-table.ts';

/**
 * The rows of an event table from oldest to newest. New rows are sorted among themselves (logs come almost sorted, so runs are long) and
 * merged in when the order is next asked for: linear, not a new sort.
 */
export class EventOrder {
  readonly #table: EventTable;
  #sorted: Uint32Array = new Uint32Array(0);
  #count = 0;

  constructor(table: EventTable) {
    this.#table = table;
  }

  /** Row indexes oldest first; valid until the table changes. */
  rows(): Uint32Array {
    const total = this.#table.count;
    if (total < this.#count) this.#count = 0;
    if (total > this.#count) {
      const fresh = sortNaturally(this.#table, this.#count, total);
      this.#sorted = this.#count === 0 ? fresh : mergeRuns(this.#table, this.#sorted, fresh);
      this.#count = total;
    }
    return this.#sorted;
  }

  /** First position in `rows()` whose event is not before `at`. */
  positionOf(at: Micros): number {
    const rows = this.rows();
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#table.at(rows[middle]) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  clear(): void {
    this.#sorted = new Uint32Array(0);
    this.#count = 0;
  }
}

/** Natural merge sort of the rows `[from, to)`: finds the runs that are sorted already and merges them pairwise. */
function sortNaturally(table: EventTable, from: number, to: number): Uint32Array {
  // Times side by side: nearly every comparison ends with them, without a look into the segments.
  const times = new Float64Array(to - from);
  for (let i = 0; i < times.length; i++) times[i] = table.at(from + i);
  const comesAfter = (a: number, b: number): boolean => {
    const difference = times[a - from] - times[b - from];
    return difference > 0 || (difference === 0 && table.compare(a, b) > 0);
  };
  let source = new Uint32Array(to - from);
  for (let i = 0; i < source.length; i++) source[i] = from + i;
  let runs: number[] = [0];
  for (let i = 1; i < source.length; i++) if (comesAfter(source[i - 1], source[i])) runs.push(i);
  let target = new Uint32Array(source.length);
  while (runs.length > 1) {
    const merged: number[] = [];
    for (let r = 0; r < runs.length; r += 2) {
      const start = runs[r];
      const middle = runs[r + 1] ?? source.length;
      const end = runs[r + 2] ?? source.length;
      mergeInto(comesAfter, source, start, middle, end, target);
      merged.push(start);
    }
    runs = merged;
    [source, target] = [target, source];
  }
  return source;
}

type ComesAfter = (a: number, b: number) => boolean;

function mergeInto(comesAfter: ComesAfter, from: Uint32Array, start: number, middle: number, end: number, to: Uint32Array): void {
  // Two runs that follow each other already are only copied: files of different days.
  if (middle >= end || !comesAfter(from[middle - 1], from[middle])) {
    to.set(from.subarray(start, end), start);
    return;
  }
  let left = start;
  let right = middle;
  for (let i = start; i < end; i++) {
    const takeLeft = right >= end || (left < middle && !comesAfter(from[left], from[right]));
    to[i] = takeLeft ? from[left++] : from[right++];
  }
}

function mergeRuns(table: EventTable, a: Uint32Array, b: Uint32Array): Uint32Array {
  const merged = new Uint32Array(a.length + b.length);
  // Live input is newer than what is stored: then this is a copy.
  if (table.compare(a[a.length - 1], b[0]) <= 0) {
    merged.set(a);
    merged.set(b, a.length);
    return merged;
  }
  let left = 0;
  let right = 0;
  for (let i = 0; i < merged.length; i++) {
    const takeLeft = right >= b.length || (left < a.length && table.compare(a[left], b[right]) <= 0);
    merged[i] = takeLeft ? a[left++] : b[right++];
  }
  return merged;
}
