import { TextDecoder } from 'node:util';

/** Turns the bytes of a file, piece by piece, into UTF-8 without a byte-order mark. */
export type TextDecoding = {
  /** A character that is cut at the end of a piece comes with the piece after. */
  decode(piece: Uint8Array): Uint8Array;
  /** Offset in the file of an offset in the text that `decode` has given; asked in ascending order. */
  locate(textOffset: number): number;
};

const UTF8_MARK = [0xef, 0xbb, 0xbf];

/** By the byte-order mark: UTF-16 in either order, else UTF-8, which needs no work. */
export function decodingOf(head: Uint8Array): TextDecoding {
  if (head[0] === 0xff && head[1] === 0xfe) return new Utf16Decoding('utf-16le');
  if (head[0] === 0xfe && head[1] === 0xff) return new Utf16Decoding('utf-16be');
  return new Utf8Decoding(UTF8_MARK.every((byte, at) => head[at] === byte) ? UTF8_MARK.length : 0);
}

class Utf8Decoding implements TextDecoding {
  readonly #mark: number;
  #markLeft: number;

  constructor(markBytes: number) {
    this.#mark = markBytes;
    this.#markLeft = markBytes;
  }

  decode(piece: Uint8Array): Uint8Array {
    if (this.#markLeft === 0) return piece;
    const skipped = Math.min(this.#markLeft, piece.length);
    this.#markLeft -= skipped;
    return piece.subarray(skipped);
  }

  locate(textOffset: number): number {
    return textOffset + this.#mark;
  }
}

class Utf16Decoding implements TextDecoding {
  readonly #decoder: TextDecoder;
  #text: Buffer = Buffer.alloc(0);
  /** Text offset of the first byte of `#text`. */
  #textStart = 0;
  /** A place up to which code units were counted, as text offset and as file offset; the mark itself takes two bytes. */
  #knownText = 0;
  #knownFile = 2;

  constructor(label: 'utf-16le' | 'utf-16be') {
    this.#decoder = new TextDecoder(label);
  }

  decode(piece: Uint8Array): Uint8Array {
    this.locate(this.#textStart + this.#text.length);
    this.#textStart += this.#text.length;
    this.#text = Buffer.from(this.#decoder.decode(piece, { stream: true }));
    return this.#text;
  }

  locate(textOffset: number): number {
    for (; this.#knownText < textOffset; this.#knownText += 1) {
      const at = this.#knownText - this.#textStart;
      if (at < 0 || at >= this.#text.length) break;
      const byte = this.#text[at];
      // One code unit for each character, two for those of four bytes; continuation bytes count with their first.
      if ((byte & 0xc0) !== 0x80) this.#knownFile += byte >= 0xf0 ? 4 : 2;
    }
    return this.#knownFile;
  }
}
