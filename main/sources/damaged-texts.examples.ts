import fc from 'fast-check';

/** For tests: one of the texts with some bits flipped and its end cut off, and the size of the pieces to read it in. */
export function damagedTexts(texts: readonly string[]): fc.Arbitrary<{ text: string; content: Uint8Array; pieceBytes: number }> {
  const change = fc.record({ at: fc.nat(), bit: fc.nat(7) });
  return fc
    .tuple(fc.constantFrom(...texts), fc.nat(), fc.array(change, { maxLength: 8 }), fc.integer({ min: 1, max: 4000 }))
    .map(([text, cut, changes, pieceBytes]) => {
      const bytes = Buffer.from(text);
      for (const { at, bit } of changes) bytes[at % bytes.length] ^= 1 << bit;
      return { text, content: bytes.subarray(0, bytes.length - (cut % bytes.length)), pieceBytes };
    });
}
