import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TextScanner } from './text-scanner.ts';

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '\\', 'é', '😀'), minLength: 1, maxLength: 24 });
const value = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '\\', 'é', '😀', 'z'), maxLength: 60 });

function scan(texts: readonly string[], given: string): number[] {
  const found: number[] = [];
  new TextScanner(texts.map((text, owner) => ({ text, owner }))).scan(given, new Uint32Array(texts.length), 1, found);
  return found.sort((a, b) => a - b);
}

it('leaves out no text that the value holds', () => {
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 12 }), value, (texts, given) => {
      const found = new Set(scan(texts, given));
      for (const [owner, text] of texts.entries()) if (given.includes(text)) expect(found.has(owner)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

it('names no text of plain letters that the value does not hold, nor any twice', () => {
  expect(scan(['he', 'she', 'his', 'hers', 'he'], 'ushers')).toEqual([0, 1, 3, 4]);
  expect(scan(['abc', 'bd'], 'ababd')).toEqual([1]);
  expect(scan(['abc'], '')).toEqual([]);
});
