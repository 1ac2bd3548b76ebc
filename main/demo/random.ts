/** A stream of numbers that is the same every time for the same name; each actor has its own, so that adding one changes no other. */
export class Random {
  #state: number;

  constructor(name: string) {
    // FNV-1a over the name.
    let hash = 0x811c9dc5;
    for (let index = 0; index < name.length; index += 1) hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
    this.#state = hash >>> 0;
  }

  /** 0 inclusive to 1 exclusive (mulberry32, public domain). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** Whole number, both ends included. */
  between(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.next() * items.length)];
  }

  guid(): string {
    const digits = (count: number): string => {
      let text = '';
      while (text.length < count) text += Math.floor(this.next() * 16).toString(16);
      return text.toUpperCase();
    };
    return `{${digits(8)}-${digits(4)}-4${digits(3)}-A${digits(3)}-${digits(12)}}`;
  }

  hex(count: number): string {
    let text = '';
    while (text.length < count) text += Math.floor(this.next() * 16).toString(16);
    return text.toUpperCase();
  }
}
