import { type CutReceiver, type Cutter, TOO_LONG, ValueBytes } from './cut-values.ts';

const NEWLINE = 0x0a;

/** JSON Lines: a line feed ends the record whatever is still open in it, so that damage costs one line. */
export class LineCutter implements Cutter {
  readonly #receiver: CutReceiver;
  readonly #before = new ValueBytes();
  #line = 1;
  /** Offset in the text of the first byte of the next piece. */
  #offset = 0;
  #start: number;
  #startInText = 0;

  constructor(receiver: CutReceiver) {
    this.#receiver = receiver;
    this.#start = receiver.locate(0);
  }

  push(bytes: Uint8Array): void {
    let from = 0;
    for (let newline = bytes.indexOf(NEWLINE); newline >= 0; newline = bytes.indexOf(NEWLINE, from)) {
      this.#emit(bytes.subarray(from, newline), this.#offset + newline + 1);
      from = newline + 1;
    }
    this.#before.add(bytes.subarray(from));
    this.#offset += bytes.length;
  }

  end(): void {
    this.#emit(new Uint8Array(0), this.#offset);
  }

  #emit(last: Uint8Array, next: number): void {
    const isTooLong = this.#before.isTooLong;
    const bytes = this.#before.take(last);
    const { offset, line } = { offset: this.#start, line: this.#line };
    const length = next - this.#startInText;
    this.#line += 1;
    this.#startInText = next;
    this.#start = this.#receiver.locate(next);
    if (isTooLong) this.#receiver.onDamage({ offset, line, length, reason: TOO_LONG });
    else if (!isBlank(bytes)) this.#receiver.onValue({ offset, line, bytes });
  }
}

function isBlank(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte !== 0x20 && byte !== 0x0d && byte !== 0x09 && byte !== 0) return false;
  return true;
}
