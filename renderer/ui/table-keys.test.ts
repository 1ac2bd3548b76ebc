import { expect, test } from 'vitest';
import { nextIndex, rowAtStep, toggleRange } from './table-keys.ts';

test('keys stay within the rows', () => {
  expect(nextIndex('ArrowDown', -1, 5, 3)).toBe(0);
  expect(nextIndex('ArrowDown', 4, 5, 3)).toBe(4);
  expect(nextIndex('ArrowUp', 0, 5, 3)).toBe(0);
  expect(nextIndex('PageDown', 1, 5, 3)).toBe(4);
  expect(nextIndex('End', 0, 5, 3)).toBe(4);
  expect(nextIndex('x', 0, 5, 3)).toBeNull();
  expect(nextIndex('ArrowDown', 0, 0, 3)).toBeNull();
});

test('checks toggle one by one or extend from the anchor', () => {
  const keys = ['a', 'b', 'c', 'd'];
  expect([...toggleRange(new Set(['a']), keys, 0, -1)]).toEqual([]);
  expect([...toggleRange(new Set(['b']), keys, 3, 1)].sort()).toEqual(['b', 'c', 'd']);
  expect([...toggleRange(new Set(['d']), keys, 1, 3)].sort()).toEqual(['b', 'c', 'd']);
});

test('steps begin at the first row', () => {
  const rows = [{ id: 'a' }, { id: 'b' }];
  const keyOf = (row: { id: string }) => row.id;
  expect(rowAtStep(rows, keyOf, null, 1)?.id).toBe('a');
  expect(rowAtStep(rows, keyOf, 'a', 1)?.id).toBe('b');
  expect(rowAtStep(rows, keyOf, 'b', 1)?.id).toBe('b');
  expect(rowAtStep([], keyOf, null, 1)).toBeUndefined();
});
