/** Bytes at the end of a value that its hash looks at: what differs in paths, SIDs and command lines mostly differs there. */
const HASHED_BYTES = 24;
/** Values made to collide are kept more than once rather than searched for without end. */
const MOST_PROBES = 16;

/** Distinct byte ranges of one buffer, numbered in the order in which they are first seen. */
export class ValueSet {
  count = 0;
  starts = new Int32Array(1024);
  ends = new Int32Array(1024);
  #bytes: Uint8Array = new Uint8Array(0);
  #table = new Int32Array(4096);
  /** Generation of each place of the table, so that a reset need not clear it. */
  #stamps = new Uint32Array(4096);
  #generation = 0;
  #last = 0;

  /** `expected`: how many values may come; the table grows when there are more. */
  reset(bytes: Uint8Array, expected: number): void {
    this.#bytes = bytes;
    this.count = 0;
    this.#last = -1;
    this.#generation += 1;
    if (expected > this.starts.length) this.#grow(expected);
  }

  /** The buffer was replaced by a larger one with the same content. */
  moveTo(bytes: Uint8Array): void {
    this.#bytes = bytes;
  }

  /** Number of the value `[start, end)`; equal to the former `count` when it is new. */
  add(start: number, end: number): number {
    if (this.#last >= 0 && this.#isEqual(this.#last, start, end)) return this.#last;
    const mask = this.#table.length - 1;
    let place = this.#hash(start, end) & mask;
    for (let probe = 0; probe < MOST_PROBES; probe += 1) {
      if (this.#stamps[place] !== this.#generation) break;
      const known = this.#table[place]!;
      if (this.#isEqual(known, start, end)) {
        this.#last = known;
        return known;
      }
      place = (place + 1) & mask;
    }
    return this.#insert(place, start, end);
  }

  #insert(place: number, start: number, end: number): number {
    const index = this.count;
    if (index >= this.starts.length) this.#grow(index * 2);
    else {
      this.#table[place] = index;
      this.#stamps[place] = this.#generation;
    }
    this.starts[index] = start;
    this.ends[index] = end;
    this.count = index + 1;
    this.#last = index;
    return index;
  }

  #hash(start: number, end: number): number {
    const bytes = this.#bytes;
    let hash = end - start;
    for (let at = end - start > HASHED_BYTES ? end - HASHED_BYTES : start; at < end; at += 1) hash = (Math.imul(hash, 31) + bytes[at]!) | 0;
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    return hash ^ (hash >>> 13);
  }

  #isEqual(index: number, start: number, end: number): boolean {
    let known = this.starts[index]!;
    if (this.ends[index]! - known !== end - start) return false;
    const bytes = this.#bytes;
    for (let at = start; at < end; at += 1, known += 1) if (bytes[at] !== bytes[known]) return false;
    return true;
  }

  /** Values before it may be met anew once: harmless, for numbers stay valid. */
  #grow(size: number): void {
    const starts = new Int32Array(size);
    const ends = new Int32Array(size);
    starts.set(this.starts);
    ends.set(this.ends);
    this.starts = starts;
    this.ends = ends;
    let places = this.#table.length;
    while (places < size * 4) places *= 2;
    this.#table = new Int32Array(places);
    this.#stamps = new Uint32Array(places);
  }
}
