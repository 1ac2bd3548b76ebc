import { describe, expect, test } from 'vitest';
import { type KeyPress, keyCaps, matchesStep, matchKeys } from './key-match.ts';

function press(key: string, held: Partial<Omit<KeyPress, 'key'>> = {}): KeyPress {
  return { key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held };
}

describe('steps', () => {
  test('Ctrl and Command are both mod', () => {
    expect(matchesStep('mod+k', press('k', { ctrlKey: true }))).toBe(true);
    expect(matchesStep('mod+k', press('k', { metaKey: true }))).toBe(true);
    expect(matchesStep('mod+k', press('k'))).toBe(false);
    expect(matchesStep('k', press('k', { ctrlKey: true }))).toBe(false);
  });

  test('Shift matters for letters, not for signs', () => {
    expect(matchesStep('f', press('F', { shiftKey: true }))).toBe(false);
    expect(matchesStep('shift+f', press('F', { shiftKey: true }))).toBe(true);
    expect(matchesStep('?', press('?', { shiftKey: true }))).toBe(true);
    expect(matchesStep('?', press('?'))).toBe(true);
  });

  test('named keys and the plus sign', () => {
    expect(matchesStep('escape', press('Escape'))).toBe(true);
    expect(matchesStep('space', press(' '))).toBe(true);
    expect(matchesStep('+', press('+', { shiftKey: true }))).toBe(true);
    expect(matchesStep('mod++', press('+', { ctrlKey: true }))).toBe(true);
  });
});

test('sequences begin, complete and fail', () => {
  expect(matchKeys('g a', [press('g')])).toBe('begun');
  expect(matchKeys('g a', [press('g'), press('a')])).toBe('whole');
  expect(matchKeys('g a', [press('g'), press('b')])).toBe('none');
  expect(matchKeys('j', [press('j'), press('j')])).toBe('none');
});

test('caps are named as on the keyboard', () => {
  expect(keyCaps('mod+k', false)).toEqual([['Ctrl', 'K']]);
  expect(keyCaps('mod+k', true)).toEqual([['⌘', 'K']]);
  expect(keyCaps('g a', false)).toEqual([['G'], ['A']]);
  expect(keyCaps('shift+escape', false)).toEqual([['Shift', 'Esc']]);
});
