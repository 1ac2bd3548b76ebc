/** One JSON object of the file, as bytes, and where it begins. */
export type CutValue = { readonly offset: number; readonly line: number; readonly bytes: Uint8Array };
export type CutDamage = { readonly offset: number; readonly line: number; readonly length: number; readonly reason: string };

export const MOST_VALUE_BYTES = 16 * 1024 * 1024;
const MOST_DEPTH = 200;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const NEWLINE = 0x0a;

/**
 * Cuts a stream of UTF-8 bytes into the objects that hold one record each: every object whose parents are arrays or the wrappers that were
 * found in the head (`{"Events":[`). Aware of strings and escapes; one pass over the bytes; holds one value at most.
 */
export class ValueCutter {
  readonly #onValue: (value: CutValue) => void;
  readonly #onDamage: (damage: CutDamage) => void;
  /** Braces and brackets that stand around each record. */
  readonly #wrapperDepth: number;
  #depth = 0;
  #recordDepth = -1;
  #inString = false;
  #escaped = false;
  #offset = 0;
  #line = 1;
  #start = 0;
  #startLine = 1;
  #parts: Uint8Array[] = [];
  #size = 0;
  #tooLong = false;
  readonly #isLines: boolean;

  constructor(wrapperDepth: number, isLines: boolean, onValue: (value: CutValue) => void, onDamage: (damage: CutDamage) => void) {
    this.#wrapperDepth = wrapperDepth;
    this.#isLines = isLines;
    this.#onValue = onValue;
    this.#onDamage = onDamage;
  }

  push(bytes: Uint8Array): void {
    let from = this.#recordDepth >= 0 ? 0 : -1;
    const { length } = bytes;
    for (let i = 0; i < length; i++) {
      const byte = bytes[i];
      if (byte === NEWLINE) {
        this.#line++;
        // JSON Lines: a line feed ends the record whatever is still open; the rest of the file is not lost with it.
        if (this.#isLines && this.#depth > 0) {
          if (this.#recordDepth >= 0) this.#damage(this.#offset + i, 'The object on this line is not closed.');
          this.#reset();
          from = -1;
        }
        continue;
      }
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (byte === BACKSLASH) this.#escaped = true;
        else if (byte === QUOTE) this.#inString = false;
        continue;
      }
      if (byte === QUOTE) this.#inString = true;
      else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        if (this.#recordDepth < 0 && byte === OPEN_BRACE && this.#depth >= this.#wrapperDepth) {
          this.#recordDepth = this.#depth;
          this.#start = this.#offset + i;
          this.#startLine = this.#line;
          from = i;
        }
        if (++this.#depth > MOST_DEPTH && this.#recordDepth >= 0) this.#tooLong = true;
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        if (this.#depth > 0) this.#depth--;
        if (this.#recordDepth >= 0 && this.#depth === this.#recordDepth) {
          this.#keep(bytes, from, i + 1);
          this.#emit(this.#offset + i + 1);
          from = -1;
        }
      }
    }
    if (from >= 0) this.#keep(bytes, from, length);
    this.#offset += length;
  }

  end(): void {
    if (this.#recordDepth >= 0) this.#damage(this.#offset, 'The file ends inside this object: it is cut off.');
    this.#reset();
  }

  #keep(bytes: Uint8Array, from: number, to: number): void {
    this.#size += to - from;
    if (this.#size > MOST_VALUE_BYTES) {
      this.#tooLong = true;
      this.#parts = [];
    }
    if (!this.#tooLong) this.#parts.push(bytes.slice(from, to));
  }

  #emit(end: number): void {
    if (this.#tooLong) this.#damage(end, `The object is larger than ${MOST_VALUE_BYTES / 1024 / 1024} MiB or nested too deeply.`);
    else
      this.#onValue({
        offset: this.#start,
        line: this.#startLine,
        bytes: this.#parts.length === 1 ? this.#parts[0] : Buffer.concat(this.#parts),
      });
    this.#recordDepth = -1;
    this.#parts = [];
    this.#size = 0;
    this.#tooLong = false;
  }

  #damage(end: number, reason: string): void {
    this.#onDamage({ offset: this.#start, line: this.#startLine, length: end - this.#start, reason });
  }

  #reset(): void {
    this.#depth = 0;
    this.#recordDepth = -1;
    this.#inString = false;
    this.#escaped = false;
    this.#parts = [];
    this.#size = 0;
    this.#tooLong = false;
  }
}
