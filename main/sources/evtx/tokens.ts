import { MORE, TOKEN, TYPE, TYPE_BYTES } from './binxml.table.ts';
import { Damage } from './damage.ts';
import { u16, u32 } from './little-endian.ts';

/** Integers that a token takes in `Tokens.items`: its code, then two operands. */
export const TOKEN_WIDTH = 3;
/** Size of a fragment header: token, major, minor, flags. */
export const FRAGMENT_BYTES = 4;
const NAME_HEADER_BYTES = 8;

/**
 * One BinXML fragment as a flat list of tokens whose bounds are all checked. Operands: names are chunk offsets; text is its start and its
 * length in bytes; a value is its type and its start; a substitution is its number and whether it is optional; an instance is its start.
 * One object is reused for all fragments.
 */
export class Tokens {
  items = new Int32Array(TOKEN_WIDTH * 1024);
  length = 0;
  /** Where reading stopped. */
  end = 0;
  #bytes: Uint8Array = new Uint8Array(0);
  #limit = 0;
  #at = 0;
  #findEnd: (at: number, limit: number) => number;

  /** `findEnd` tells where a template instance that is written inline ends. */
  constructor(findEnd: (at: number, limit: number) => number) {
    this.#findEnd = findEnd;
  }

  /** Reads `[start, limit)`; `names` is the size of the chunk, in which names may be anywhere. */
  read(bytes: Uint8Array, start: number, limit: number): void {
    this.#bytes = bytes;
    this.#limit = limit;
    this.#at = start;
    this.length = 0;
    let depth = 0;
    while (this.#at < limit) {
      const code = bytes[this.#at]! & ~MORE;
      if (code === TOKEN.end) break;
      depth = this.#readToken(code, depth);
      // A second element after the first is complete is legal: EventData and UserData fragments may come in a row.
      if (depth < 0) throw new Damage(this.#at, 'expected an element to be open before its end tag');
    }
    if (depth !== 0) throw new Damage(this.#at, `expected end tags for ${depth} open elements`);
    this.end = Math.min(limit, this.#at + 1);
  }

  #readToken(code: number, depth: number): number {
    const at = this.#at;
    switch (code) {
      case TOKEN.openElement:
        this.#readOpen(at);
        return depth + 1;
      case TOKEN.closeStart:
        return this.#plain(code, depth);
      case TOKEN.closeEmpty:
      case TOKEN.endElement:
        return this.#plain(code, depth - 1);
      case TOKEN.text:
        this.#readValue(at);
        return depth;
      case TOKEN.attribute:
      case TOKEN.entity:
      case TOKEN.instructionTarget:
        this.#at = at + 1;
        this.#push(code, this.#readName(at + 1), 0);
        return depth;
      case TOKEN.cdata:
      case TOKEN.instructionText:
        this.#readCounted(code, at + 1);
        return depth;
      case TOKEN.character:
        this.#need(at, 3);
        this.#push(code, u16(this.#bytes, at + 1), 0);
        this.#at = at + 3;
        return depth;
      case TOKEN.substitution:
      case TOKEN.optionalSubstitution:
        this.#need(at, 4);
        this.#push(TOKEN.substitution, u16(this.#bytes, at + 1), code === TOKEN.optionalSubstitution ? 1 : 0);
        this.#at = at + 4;
        return depth;
      case TOKEN.instance:
        this.#push(code, at, 0);
        this.#at = this.#findEnd(at, this.#limit);
        return depth;
      case TOKEN.fragment:
        this.#need(at, FRAGMENT_BYTES);
        this.#at = at + FRAGMENT_BYTES;
        return depth;
      default:
        throw new Damage(at, `expected a BinXML token, found 0x${this.#bytes[at]!.toString(16)}`);
    }
  }

  #plain(code: number, depth: number): number {
    this.#push(code, 0, 0);
    this.#at += 1;
    return depth;
  }

  /**
   * The dependency id is there inside templates and in most fragments, but some writers leave it out: whichever reading gives an element
   * that fits into its fragment with a name that is there is taken, the one with the id first.
   */
  #readOpen(at: number): void {
    const withId = this.#fits(at + 3);
    if (!withId && !this.#fits(at + 1)) throw new Damage(at, 'expected an element that fits into its fragment');
    const sizeAt = withId ? at + 3 : at + 1;
    const name = this.#readName(sizeAt + 4);
    if (this.#bytes[at]! & MORE) {
      this.#need(this.#at, 4);
      this.#at += 4;
    }
    this.#push(TOKEN.openElement, name, 0);
  }

  #fits(sizeAt: number): boolean {
    if (sizeAt + 8 > this.#limit) return false;
    const size = u32(this.#bytes, sizeAt);
    return size >= 5 && sizeAt + 4 + size <= this.#limit && isName(this.#bytes, u32(this.#bytes, sizeAt + 4));
  }

  /** Reads the reference at `at`, and steps over the name itself when it is written right behind. */
  #readName(at: number): number {
    this.#need(at, 4);
    const offset = u32(this.#bytes, at);
    if (!isName(this.#bytes, offset)) throw new Damage(at, `expected a name at chunk offset ${offset}`);
    this.#at = at + 4;
    if (offset === this.#at) this.#at += NAME_HEADER_BYTES + u16(this.#bytes, offset + 6) * 2 + 2;
    if (this.#at > this.#limit) throw new Damage(at, 'expected a name inside its fragment');
    return offset;
  }

  #readValue(at: number): void {
    this.#need(at, 2);
    const type = this.#bytes[at + 1]!;
    if (type === TYPE.utf16) {
      this.#readCounted(TOKEN.text, at + 2);
      return;
    }
    const size = type < TYPE_BYTES.length ? TYPE_BYTES[type]! : 0;
    if (size === 0 && type !== TYPE.none) throw new Damage(at, `expected text or a value of fixed size, found type 0x${type.toString(16)}`);
    this.#need(at, 2 + size);
    this.#push(VALUE_TOKEN, type, at + 2);
    this.#at = at + 2 + size;
  }

  #readCounted(code: number, at: number): void {
    this.#need(at, 2);
    const length = u16(this.#bytes, at) * 2;
    this.#need(at, 2 + length);
    this.#push(code, at + 2, length);
    this.#at = at + 2 + length;
  }

  #need(at: number, size: number): void {
    if (at + size > this.#limit) throw new Damage(at, `expected ${size} more bytes of BinXML, found ${this.#limit - at}`);
  }

  #push(code: number, first: number, second: number): void {
    const length = this.length;
    if (length + TOKEN_WIDTH > this.items.length) {
      const grown = new Int32Array(this.items.length * 2);
      grown.set(this.items);
      this.items = grown;
    }
    this.items[length] = code;
    this.items[length + 1] = first;
    this.items[length + 2] = second;
    this.length = length + TOKEN_WIDTH;
  }
}

/** Our own code for a text token that holds something else than a string. */
export const VALUE_TOKEN = 0x30;

function isName(bytes: Uint8Array, offset: number): boolean {
  if (offset + NAME_HEADER_BYTES > bytes.length) return false;
  return offset + NAME_HEADER_BYTES + u16(bytes, offset + 6) * 2 <= bytes.length;
}

/** First byte of the UTF-16LE characters of a name; their number is two bytes before. */
export function nameStart(offset: number): number {
  return offset + NAME_HEADER_BYTES;
}

export function nameBytes(bytes: Uint8Array, offset: number): number {
  return u16(bytes, offset + 6) * 2;
}
