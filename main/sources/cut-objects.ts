import { type CutReceiver, type Cutter, TOO_LONG, ValueBytes } from './cut-values.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const SPACE = 0x20;
const TAB = 0x09;
const NEWLINE = 0x0a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

const UNKNOWN = -1;
const NONE = -2;

/**
 * Objects inside arrays and wrappers, on one line or many: each object at the depth of the wrappers is a record. Aware of strings and escapes; one pass over the
 * bytes; holds one value at most. After damage it finds the next record by its place: a brace that begins a line at the same column as the records before.
 */
export class ObjectCutter implements Cutter {
  readonly #receiver: CutReceiver;
  /** Braces and brackets that stand around each record. */
  readonly #wrapperDepth: number;
  readonly #before = new ValueBytes();
  #depth = 0;
  #recordDepth = UNKNOWN;
  #inString = false;
  #isEscaped = false;
  #offset = 0;
  #line = 1;
  #start = 0;
  #startInText = 0;
  #startLine = 1;
  #hasRecords = false;
  /** A record came to its end as it should: what the column of records means is known. */
  #hasEnded = false;
  /** Column in which records begin a line. */
  #column = UNKNOWN;
  /** Blanks since the line began; NONE once anything else was there. */
  #indent = 0;
  #strayAt = UNKNOWN;
  #strayInText = 0;
  #strayLine = 0;

  constructor(wrapperDepth: number, receiver: CutReceiver) {
    this.#wrapperDepth = wrapperDepth;
    this.#receiver = receiver;
  }

  push(bytes: Uint8Array): void {
    const { length } = bytes;
    let from = this.#recordDepth >= 0 ? 0 : UNKNOWN;
    for (let i = 0; i < length; i += 1) {
      const byte = bytes[i];
      if (byte === NEWLINE) {
        this.#line += 1;
        this.#indent = 0;
        this.#isEscaped = false;
        if (this.#recordDepth < 0) this.#inString = false;
        continue;
      }
      const indent = this.#indent;
      if (indent >= 0) {
        if (byte === SPACE || byte === TAB) {
          this.#indent = indent + 1;
          continue;
        }
        this.#indent = NONE;
        if (byte === OPEN_BRACE && this.#recordDepth >= 0 && indent === this.#column && this.#isLost(i)) from = UNKNOWN;
      }
      if (this.#inString) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (byte === BACKSLASH) this.#isEscaped = true;
        else if (byte === QUOTE) this.#inString = false;
        continue;
      }
      if (byte === QUOTE) {
        this.#inString = true;
        if (this.#recordDepth < 0) this.#stray(i);
      } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        if (this.#recordDepth < 0 && byte === OPEN_BRACE && (this.#hasRecords || this.#depth >= this.#wrapperDepth)) {
          this.#begin(i, indent);
          from = i;
        }
        this.#depth += 1;
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        if (this.#depth > 0) this.#depth -= 1;
        if (this.#recordDepth >= 0 && this.#depth === this.#recordDepth) {
          this.#emit(bytes.subarray(from, i + 1), this.#offset + i + 1);
          from = UNKNOWN;
        }
      } else if (this.#recordDepth < 0 && byte > SPACE && byte !== COMMA) this.#stray(i);
    }
    if (from >= 0) this.#before.add(bytes.subarray(from));
    this.#offset += length;
  }

  end(): void {
    // What follows the list inside its wrapper is no damage.
    if (this.#depth >= this.#wrapperDepth || this.#wrapperDepth === 0) this.#endStray(this.#offset);
    if (!this.#hasRecords && this.#offset > 0) this.#damage(this.#offset, 'Expected a list of JSON objects.');
    if (this.#recordDepth >= 0) this.#damage(this.#offset, 'Expected the end of this object; the file ends inside it.');
  }

  #begin(at: number, indent: number): void {
    this.#endStray(this.#offset + at);
    this.#recordDepth = this.#depth;
    this.#hasRecords = true;
    this.#startInText = this.#offset + at;
    this.#start = this.#receiver.locate(this.#startInText);
    this.#startLine = this.#line;
    if (this.#column === UNKNOWN) this.#column = indent >= 0 ? indent : NONE;
  }

  /** A brace in the column of records while one is open: that one lost its end, unless objects inside records are set in the same column. */
  #isLost(at: number): boolean {
    if (!this.#inString && !this.#hasEnded) {
      this.#column = NONE;
      return false;
    }
    this.#depth = this.#recordDepth;
    this.#damage(this.#offset + at, 'Expected the end of this object before the next one begins.');
    return true;
  }

  #emit(last: Uint8Array, end: number): void {
    this.#recordDepth = UNKNOWN;
    this.#hasEnded = true;
    const isTooLong = this.#before.isTooLong;
    const bytes = this.#before.take(last);
    const place = { offset: this.#start, line: this.#startLine };
    if (isTooLong) this.#receiver.onDamage({ ...place, length: end - this.#startInText, reason: TOO_LONG });
    else this.#receiver.onValue({ ...place, bytes });
  }

  #damage(end: number, reason: string): void {
    this.#receiver.onDamage({ offset: this.#start, line: this.#startLine, length: end - this.#startInText, reason });
    this.#recordDepth = UNKNOWN;
    this.#inString = false;
    this.#isEscaped = false;
    this.#before.clear();
  }

  /** Bytes among the records that belong to none. */
  #stray(at: number): void {
    if (this.#strayAt >= 0 || (this.#wrapperDepth > 0 && !this.#hasRecords)) return;
    this.#strayInText = this.#offset + at;
    this.#strayAt = this.#receiver.locate(this.#strayInText);
    this.#strayLine = this.#line;
  }

  #endStray(end: number): void {
    if (this.#strayAt < 0) return;
    this.#receiver.onDamage({
      offset: this.#strayAt,
      line: this.#strayLine,
      length: end - this.#strayInText,
      reason: 'Expected a JSON object.',
    });
    this.#strayAt = UNKNOWN;
  }
}
