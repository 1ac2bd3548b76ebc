/**
 * Forward reader over pieces of bytes (a file, a member of an archive), with a 53-bit offset. Keeps one piece at a time.
 */
export class ByteStream {
  readonly #pieces: AsyncIterator<Uint8Array>;
  #piece: Uint8Array = new Uint8Array(0);
  #position = 0;
  #offset = 0;
  #ended = false;

  constructor(pieces: AsyncIterable<Uint8Array>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** Offset of the next byte that `read` gives. */
  get offset(): number {
    return this.#offset;
  }

  /** The next `length` bytes, fewer only at the end; valid until the next call. */
  async read(length: number): Promise<Uint8Array> {
    if (this.#piece.length - this.#position >= length) return this.#take(length);
    // The bytes lie across pieces. A piece may be overwritten once the next is asked for, so what is taken is copied at once; the copy grows with
    // the bytes that really come, not with what was asked for.
    const parts: Uint8Array[] = [];
    let got = 0;
    while (got < length) {
      if (this.#position === this.#piece.length && !(await this.#advance())) break;
      const part = this.#take(Math.min(length - got, this.#piece.length - this.#position)).slice();
      parts.push(part);
      got += part.length;
    }
    return parts.length === 1 ? parts[0] : join(parts, got);
  }

  /** The next `length` bytes, fewer only at the end, without taking them: the next call gives them again. Only for the start of a stream. */
  async peek(length: number): Promise<Uint8Array> {
    const head = (await this.read(length)).slice();
    const rest = this.#piece.slice(this.#position);
    this.#piece = join([head, rest], head.length + rest.length);
    this.#position = 0;
    this.#offset -= head.length;
    return head;
  }

  /** Whatever is at hand, at least one byte; empty at the end. */
  async readSome(): Promise<Uint8Array> {
    if (this.#position === this.#piece.length && !(await this.#advance())) return this.#piece.subarray(0, 0);
    return this.#take(this.#piece.length - this.#position);
  }

  #take(length: number): Uint8Array {
    const taken = this.#piece.subarray(this.#position, this.#position + length);
    this.#position += length;
    this.#offset += length;
    return taken;
  }

  async #advance(): Promise<boolean> {
    while (!this.#ended) {
      const next = await this.#pieces.next();
      if (next.done) {
        this.#ended = true;
      } else if (next.value.length > 0) {
        this.#piece = next.value;
        this.#position = 0;
        return true;
      }
    }
    return false;
  }
}

function join(parts: readonly Uint8Array[], length: number): Uint8Array {
  const joined = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
