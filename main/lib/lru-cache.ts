/** Least recently used goes first once the sizes add up to more than `capacity`. */
export class LruCache<Key, Value> {
  readonly #capacity: number;
  readonly #sizeOf: (value: Value) => number;
  readonly #entries = new Map<Key, Value>();
  #size = 0;

  constructor(capacity: number, sizeOf: (value: Value) => number) {
    this.#capacity = capacity;
    this.#sizeOf = sizeOf;
  }

  get(key: Key): Value | undefined {
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    // A Map keeps insertion order: putting it back makes it the youngest.
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  set(key: Key, value: Value): void {
    const old = this.#entries.get(key);
    if (old !== undefined) this.#size -= this.#sizeOf(old);
    this.#entries.delete(key);
    this.#entries.set(key, value);
    this.#size += this.#sizeOf(value);
    for (const [oldest, entry] of this.#entries) {
      if (this.#size <= this.#capacity || this.#entries.size === 1) break;
      this.#entries.delete(oldest);
      this.#size -= this.#sizeOf(entry);
    }
  }

  clear(): void {
    this.#entries.clear();
    this.#size = 0;
  }
}
