/** Longer texts are sought by their end: fewer states, and what then passes by mistake is sorted out by the rule itself. */
const LETTERS = 16;
const CODES = 256;

/**
 * Which of many texts a value holds, in one pass over it (Aho and Corasick, "Efficient string matching", 1975). A filter: it may name a text that the
 * value does not hold (letters beyond ASCII share codes), but never leaves one out.
 */
export class TextScanner {
  /** Letter -> class; 0: in no text. */
  readonly #classes = new Uint8Array(CODES);
  readonly #width: number;
  /** By state and class: the next state. */
  readonly #next: Int32Array | Uint16Array;
  /** By state: the nearest state on its way of suffixes that ends texts, itself included; 0: none. */
  readonly #ends: Int32Array;
  /** By state: the next such state after it. */
  readonly #onward: Int32Array;
  /** By state: where its owners begin in the list of all; they end where those of the next state begin. */
  readonly #ownersAt: Int32Array;
  readonly #owners: Int32Array;

  /** `owners` are given back by `scan`. Texts are in lower case and not empty. */
  constructor(texts: readonly { readonly text: string; readonly owner: number }[]) {
    const cut = texts.map(({ text, owner }) => ({
      codes: [...Array(Math.min(text.length, LETTERS)).keys()].map((i) => codeAt(text, Math.max(0, text.length - LETTERS) + i)),
      owner,
    }));
    let classes = 0;
    for (const { codes } of cut) for (const code of codes) if (this.#classes[code] === 0) this.#classes[code] = ++classes;
    this.#width = classes + 1;
    const most = 1 + cut.reduce((sum, { codes }) => sum + codes.length, 0);
    const next = new Int32Array(most * this.#width);
    const owners: Set<number>[] = [];
    let states = 1;
    for (const { codes, owner } of cut) {
      let state = 0;
      for (const code of codes) {
        const at = state * this.#width + this.#classes[code];
        if (next[at] === 0) next[at] = states++;
        state = next[at];
      }
      owners[state] = (owners[state] ?? new Set()).add(owner);
    }
    this.#next = states > 0xffff ? next.slice(0, states * this.#width) : Uint16Array.from(next.subarray(0, states * this.#width));
    this.#ends = new Int32Array(states);
    this.#onward = new Int32Array(states);
    this.#ownersAt = new Int32Array(states + 1);
    for (let state = 0; state < states; state++) this.#ownersAt[state + 1] = this.#ownersAt[state] + (owners[state]?.size ?? 0);
    this.#owners = new Int32Array(this.#ownersAt[states]);
    for (const [state, set] of owners.entries()) if (set !== undefined) this.#owners.set([...set], this.#ownersAt[state]);
    this.#linkSuffixes(states);
  }

  /** Marks the owner of every text that the value (lower case) may hold, and adds those not yet marked to `found`. */
  scan(value: string, marks: Uint32Array, mark: number, found: number[]): void {
    const next = this.#next;
    const ends = this.#ends;
    const classes = this.#classes;
    const width = this.#width;
    let state = 0;
    for (let i = 0; i < value.length; i++) {
      const code = value.charCodeAt(i);
      state = next[state * width + classes[code < 128 ? code : 128 | (code & 127)]];
      for (let end = ends[state]; end !== 0; end = this.#onward[end]) this.#add(end, marks, mark, found);
    }
  }

  #add(state: number, marks: Uint32Array, mark: number, found: number[]): void {
    const last = this.#ownersAt[state + 1];
    for (let at = this.#ownersAt[state]; at < last; at++) {
      const owner = this.#owners[at];
      if (marks[owner] === mark) continue;
      marks[owner] = mark;
      found.push(owner);
    }
  }

  /** Breadth first, so that the suffix of a state is done before it. */
  #linkSuffixes(states: number): void {
    const width = this.#width;
    const suffix = new Int32Array(states);
    const queue: number[] = [0];
    for (let head = 0; head < queue.length; head++) {
      const state = queue[head];
      for (let letter = 0; letter < width; letter++) {
        const at = state * width + letter;
        const child = this.#next[at];
        const beside = state === 0 ? 0 : this.#next[suffix[state] * width + letter];
        if (child === 0) {
          this.#next[at] = beside;
          continue;
        }
        suffix[child] = beside;
        this.#onward[child] = this.#ends[beside];
        this.#ends[child] = this.#ownersAt[child + 1] > this.#ownersAt[child] ? child : this.#ends[beside];
        queue.push(child);
      }
    }
  }
}

function codeAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 128 ? code : 128 | (code & 127);
}
