import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Anchor, textPattern } from './text-pattern.ts';

const piece = fc.constantFrom('a', 'b', 'ab', '*', '?', '-a', ' /b', '.', '(');
const source = fc.array(piece, { maxLength: 6 }).map((parts) => parts.join(''));
const value = fc.array(fc.constantFrom('a', 'b', '-', '/', ' ', '.', '(', 'ab'), { maxLength: 10 }).map((parts) => parts.join(''));
const ANCHORS: readonly Anchor[] = ['equals', 'contains', 'startswith', 'endswith'];

/** The same by a regular expression, which is what the words mean. */
function reference(text: string, anchor: Anchor, windash: boolean): RegExp {
  const body = text.replace(/\*|\?|(?<!\w)[-/](?=\w)|[.(/-]/g, (found, at: number) => {
    if (found === '*') return '[\\s\\S]*';
    if (found === '?') return '[\\s\\S]';
    const isFlag = /[-/]/.test(found) && !/\w/.test(text[at - 1] ?? ' ') && /\w/.test(text[at + 1] ?? ' ');
    return windash && isFlag ? '[-/–—―]' : `\\${found}`;
  });
  const before = anchor === 'contains' || anchor === 'endswith' ? '' : '^';
  return new RegExp(`${before}(?:${body})${anchor === 'contains' || anchor === 'startswith' ? '' : '$'}`);
}

it('matches what its wildcards say, at its anchor, and always holds what it must', () => {
  fc.assert(
    fc.property(source, value, fc.constantFrom(...ANCHORS), fc.boolean(), (text, given, anchor, windash) => {
      const pattern = textPattern(text, anchor, { cased: true, windash });
      const isFound = pattern.test(given);
      expect(isFound).toBe(reference(text, anchor, windash).test(given));
      if (isFound && pattern.must?.how === 'equals') expect(given).toBe(pattern.must.text);
      if (isFound && pattern.must !== null) expect(given).toContain(pattern.must.text);
    }),
    { numRuns: 1500 },
  );
});

it('takes a text with many stars through a long value in one go', () => {
  const pattern = textPattern('*a*a*a*a*a*a*a*b', 'equals', { cased: false });
  expect(pattern.test('a'.repeat(200_000))).toBe(false);
});
