import { expect, it } from 'vitest';
import { type Box, type LabelWish, placeLabels as place, Space } from './place-labels.ts';

const wish = (id: string, x: number, importance: number, isForced = false): LabelWish => ({
  id,
  x,
  y: 0,
  above: 0,
  width: 50,
  height: 12,
  importance,
  isForced,
});

function placeLabels(wishes: readonly LabelWish[], obstacles: readonly Box[], most: number): Map<string, number> {
  const space = new Space();
  for (const box of obstacles) space.take(box);
  return place(wishes, space, most);
}

it('keeps the more important of two labels that overlap', () => {
  expect([...placeLabels([wish('a', 0, 1), wish('b', 20, 5), wish('c', 200, 0)], [], 99).keys()].sort()).toEqual(['b', 'c']);
});
it('keeps labels off obstacles', () => {
  expect(placeLabels([wish('a', 0, 1)], [{ x: -5, y: 2, width: 10, height: 5 }], 99).size).toBe(0);
});
it('draws forced labels always, first', () => {
  expect([...placeLabels([wish('a', 0, 9), wish('b', 5, 1, true)], [], 99).keys()]).toEqual(['b']);
});
it('stops at the limit', () => {
  expect(placeLabels([wish('a', 0, 1), wish('b', 500, 2), wish('c', 900, 3)], [], 2).size).toBe(2);
});
it('goes above the node where there is no room below', () => {
  expect(placeLabels([{ ...wish('a', 0, 1), above: -40 }], [{ x: -5, y: 2, width: 10, height: 5 }], 99).get('a')).toBe(-40);
});
