/** The text of one JSON object of the file, as bytes that are valid until the next call, and where it begins. */
export type CutValue = { readonly offset: number; readonly line: number; readonly bytes: Uint8Array };
export type CutDamage = { readonly offset: number; readonly line: number; readonly length: number; readonly reason: string };

/** Takes bytes of UTF-8 in order; `end` after the last. */
export type Cutter = { push(bytes: Uint8Array): void; end(): void };

export type CutReceiver = {
  onValue(value: CutValue): void;
  onDamage(damage: CutDamage): void;
  /** Turns an offset of the text into one of the file; asked in ascending order, as soon as a value begins. */
  locate(offset: number): number;
};

export const MOST_VALUE_BYTES = 16 * 1024 * 1024;

/** Collects the bytes of one value across pieces; forgets them when they come to more than a record may have. */
export class ValueBytes {
  #parts: Uint8Array[] = [];
  #size = 0;

  get isTooLong(): boolean {
    return this.#size > MOST_VALUE_BYTES;
  }

  /** The piece may be overwritten after the call. */
  add(bytes: Uint8Array): void {
    this.#size += bytes.length;
    if (this.isTooLong) this.#parts = [];
    else if (bytes.length > 0) this.#parts.push(bytes.slice());
  }

  /** All bytes with the last ones, which are not copied where they are all there is; then empty again. */
  take(last: Uint8Array): Uint8Array {
    const all = this.#parts.length === 0 ? last : Buffer.concat([...this.#parts, last]);
    this.clear();
    return all;
  }

  clear(): void {
    this.#parts = [];
    this.#size = 0;
  }
}

export const TOO_LONG = `Expected a record of at most ${MOST_VALUE_BYTES / 1024 / 1024} MiB.`;
