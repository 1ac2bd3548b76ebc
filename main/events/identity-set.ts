/**
 * Set of 64-bit identities as two 32-bit words each: open addressing over one typed array, 8 bytes an entry at a load of at most one half.
 */
export class IdentitySet {
  #slots: Uint32Array;
  #mask: number;
  #count = 0;
  #hasZero = false;

  constructor(expected = 1024) {
    let capacity = 1024;
    while (capacity < expected * 2) capacity *= 2;
    this.#slots = new Uint32Array(capacity * 2);
    this.#mask = capacity - 1;
  }

  get size(): number {
    return this.#count + (this.#hasZero ? 1 : 0);
  }

  /** True when it was not there before. */
  add(high: number, low: number): boolean {
    if (high === 0 && low === 0) {
      const fresh = !this.#hasZero;
      this.#hasZero = true;
      return fresh;
    }
    if (this.#count * 2 > this.#mask) this.#grow();
    return this.#insert(high, low);
  }

  #insert(high: number, low: number): boolean {
    const slots = this.#slots;
    let slot = low & this.#mask;
    for (;;) {
      const at = slot * 2;
      if (slots[at] === 0 && slots[at + 1] === 0) {
        slots[at] = high;
        slots[at + 1] = low;
        this.#count++;
        return true;
      }
      if (slots[at] === high && slots[at + 1] === low) return false;
      slot = (slot + 1) & this.#mask;
    }
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(old.length * 2);
    this.#mask = this.#mask * 2 + 1;
    this.#count = 0;
    for (let at = 0; at < old.length; at += 2) if (old[at] !== 0 || old[at + 1] !== 0) this.#insert(old[at], old[at + 1]);
  }
}
