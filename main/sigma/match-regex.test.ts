import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { regexTest } from './match-regex.ts';
import { regexShape } from './regex-shape.ts';

describe('a regular expression', () => {
  // Each of these keeps a backtracking engine busy for longer than anyone waits; the test ends because the engine is another.
  it.each([
    ['(a+)+$', `${'a'.repeat(8000)}!`],
    ['^(a|a)*$', `${'a'.repeat(8000)}!`],
    ['(a|aa)+$', `${'a'.repeat(8000)}!`],
    ['^(.*a){12}$', `${'a'.repeat(8000)}!`],
    ['.*.*.*=x', 'a'.repeat(8000)],
    ['a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaX', 'a'.repeat(8000)],
    ['(?i)(x+x+)+y', 'x'.repeat(8000)],
  ])('%s cannot hold a run up', (pattern, value) => {
    expect(regexShape(pattern).isCheap).toBe(false);
    expect(regexTest(pattern, '').test(value)).toBe(false);
  });

  it.each([
    ['(?=(a+)+$)b', /looks around/],
    ['(a+)+\\1', /looks around/],
    ['(', /not valid/],
    ['a'.repeat(5000), /longer than/],
  ])('%s is refused', (pattern, reason) => {
    expect(() => regexTest(pattern, '')).toThrow(reason);
  });

  it.each([
    ['(?<!x)abc', '', 'zabc', true],
    ['(?<!x)abc', '', 'xabc', false],
    ['(?i)A.*B.*C', '', 'xaxbxc', true],
    ['^a.*b.*c$', 'ims', 'x\nA\nB\nC', true],
    ['^a.*b.*c$', 'm', 'x\na b c\ny', true],
    ['^a.*b.*c$', '', 'x\na b c\ny', false],
    ['[^"]+"[^"]+"', '', 'a"b"', true],
    ['\\d{3,}-\\w+\\s*\\/', '', 'x123-ab /', true],
  ])('%s with "%s" of %s', (pattern, flags, value, expected) => {
    expect(regexTest(pattern, flags).test(value)).toBe(expected);
  });

  it('means the same in both engines', () => {
    const piece = fc.constantFrom('a', 'b', '.', 'a*', 'b+', '(a|b)*', '(ab)+', '[^a]', 'a?', 'b{1,3}', '\\w', '\\.', '^', '$', '|');
    const pattern = fc.array(piece, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''));
    const value = fc.string({ unit: fc.constantFrom('a', 'b', '.', ' '), maxLength: 8 });
    fc.assert(
      fc.property(pattern, value, (source, text) => {
        expect(regexTest(source, '').test(text)).toBe(new RegExp(source).test(text));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['(?:x|y).*net\\s+user', 'user'],
    ['a|bcd', ''],
    ['(abc)?d', 'd'],
    ['abc?d', 'ab'],
    ['abc+d', 'abc'],
    ['ab{2}cde', 'cde'],
    ['[abc]\\.EXE$', '.exe'],
    ['\\x41bc\\d\\u0041', 'bc'],
    ['a[^]]b\\]c', 'b]c'],
    ['', ''],
  ])('%s needs "%s"', (pattern, text) => {
    expect(regexTest(pattern, '').must).toBe(text);
  });

  it('passes no value without what it needs', () => {
    const piece = fc.constantFrom(
      'a',
      'b',
      'B',
      '.',
      'a*',
      'b+',
      '(a|b)',
      '(ab)?',
      '[^a]',
      'a?',
      'b{1,3}',
      '\\w',
      '\\.',
      '\\x61',
      '[a\\]]',
      'é',
    );
    const value = fc.string({ unit: fc.constantFrom('a', 'b', 'B', '.', 'é', ']'), maxLength: 12 });
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 6 }), fc.constantFrom('', 'i'), value, (parts, flags, text) => {
        const { must } = regexTest(parts.join(''), flags);
        if (new RegExp(parts.join(''), flags).test(text)) expect(text.toLowerCase()).toContain(must);
      }),
      { numRuns: 2000 },
    );
  });
});
