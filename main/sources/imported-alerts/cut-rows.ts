import { type CutReceiver, type Cutter, ValueBytes } from '../cut-values.ts';

const NEWLINE = 0x0a;
const QUOTE = 0x22;
const MOST_ROW_BYTES = 4 * 1024 * 1024;
const TOO_LONG = `Expected a row of at most ${MOST_ROW_BYTES / 1024 / 1024} MiB; a quote may be missing its end.`;

/** Rows of CSV: a line feed ends the row unless it stands inside quotes. Holds one row at most; the header is the first. */
export class RowCutter implements Cutter {
  readonly #receiver: CutReceiver;
  readonly #before = new ValueBytes();
  #held = 0;
  #isQuoted = false;
  /** What is too long is passed over up to the next end of line. */
  #isLost = false;
  #line = 1;
  #offset = 0;
  #startLine = 1;
  #startInText = 0;
  #start: number;

  constructor(receiver: CutReceiver) {
    this.#receiver = receiver;
    this.#start = receiver.locate(0);
  }

  push(bytes: Uint8Array): void {
    let from = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      const byte = bytes[at];
      if (byte === QUOTE) this.#isQuoted = !this.#isQuoted;
      else if (byte === NEWLINE) {
        this.#line += 1;
        if (this.#held + at - from > MOST_ROW_BYTES) this.#isLost = true;
        if (this.#isQuoted && !this.#isLost) continue;
        this.#emit(bytes.subarray(from, at), this.#offset + at + 1);
        from = at + 1;
      }
    }
    const rest = bytes.subarray(from);
    this.#held += rest.length;
    if (this.#held > MOST_ROW_BYTES) {
      this.#isLost = true;
      this.#before.clear();
    } else if (!this.#isLost) this.#before.add(rest);
    this.#offset += bytes.length;
  }

  end(): void {
    if (this.#held > 0 || this.#isLost) this.#emit(new Uint8Array(0), this.#offset);
  }

  #emit(last: Uint8Array, next: number): void {
    const place = { offset: this.#start, line: this.#startLine };
    const length = next - this.#startInText;
    const isOpen = this.#isQuoted;
    const isLost = this.#isLost;
    const bytes = this.#before.take(isLost ? new Uint8Array(0) : last);
    this.#held = 0;
    this.#isQuoted = false;
    this.#isLost = false;
    this.#startLine = this.#line;
    this.#startInText = next;
    this.#start = this.#receiver.locate(next);
    if (isLost) this.#receiver.onDamage({ ...place, length, reason: TOO_LONG });
    else if (isOpen)
      this.#receiver.onDamage({ ...place, length, reason: 'Expected the closing quote of a value; the file ends inside it.' });
    else if (bytes.some((byte) => byte > 0x20)) this.#receiver.onValue({ ...place, bytes });
  }
}
