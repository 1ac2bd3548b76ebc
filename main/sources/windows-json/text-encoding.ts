/** Turns the bytes of a file into UTF-8, whatever it is written in. */
export type TextDecoding = {
  decodeAll(bytes: Uint8Array): string;
  /** The next piece; a character that is cut at its end comes with the piece after. */
  toUtf8(piece: Uint8Array): Uint8Array;
  /** Offset in the file of an offset in the UTF-8 text; in UTF-16 files exact for text without characters beyond ASCII, else near. */
  readonly sourceOffset: (offset: number) => number;
};

/** UTF-16 by its byte-order mark; everything else is UTF-8, which needs no work: JSON's own characters are ASCII. */
export function decoderFor(head: Uint8Array): TextDecoding {
  const label = head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : null;
  if (label === null)
    return { decodeAll: (bytes) => Buffer.from(bytes).toString('utf8'), toUtf8: (piece) => piece, sourceOffset: (offset) => offset };
  const stream = new TextDecoder(label);
  return {
    decodeAll: (bytes) => new TextDecoder(label).decode(bytes),
    toUtf8: (piece) => Buffer.from(stream.decode(piece, { stream: true })),
    sourceOffset: (offset) => 2 + offset * 2,
  };
}
