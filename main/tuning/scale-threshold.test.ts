import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MINUTE } from '../../shared/model/time.ts';
import { LEVELS } from '../../shared/model/tuning.ts';
import { hasLevels, scaleCount, scaleOver, scaleThreshold } from './scale-threshold.ts';

describe('a level', () => {
  test('asks for the declared number, for 60 % and for 35 % of it, rounded up', () => {
    expect(LEVELS.map((level) => scaleCount(20, level))).toEqual([20, 12, 7]);
    expect(LEVELS.map((level) => scaleCount(60, level))).toEqual([60, 36, 21]);
    expect(LEVELS.map((level) => scaleCount(5, level))).toEqual([5, 3, 3]);
  });

  test('never asks for more than declared, never turns counting into a single record, and falls with the level', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), (declared) => {
        const [high, medium, low] = LEVELS.map((level) => scaleCount(declared, level));
        expect(high).toBe(declared);
        expect(high >= medium && medium >= low).toBe(true);
        expect(low).toBeGreaterThanOrEqual(Math.min(declared, 3));
      }),
    );
  });

  test('lowers events and distinct values, and leaves the window', () => {
    expect(scaleThreshold({ within: MINUTE, atLeast: 10, distinct: 10 }, 'low')).toEqual({ within: MINUTE, atLeast: 4, distinct: 4 });
    expect(scaleThreshold({ within: MINUTE, atLeast: 2, distinct: 2 }, 'low')).toEqual({ within: MINUTE, atLeast: 2, distinct: 2 });
  });

  test('lowers the steps that a group must have, so that they do not keep the lowered threshold from firing', () => {
    const over = { thresholds: [{ atLeast: 8 }], requires: [{ read: 6 }, { ruling: 1, read: 1 }] };
    expect(scaleOver(over, 'low').requires).toEqual([{ read: 3 }, { ruling: 1, read: 1 }]);
    expect(scaleOver(over, 'high')).toBe(over);
  });
});

test('a detection that a single record sets off has no levels', () => {
  expect(hasLevels({ thresholds: [{ atLeast: 1 }] })).toBe(false);
  expect(hasLevels({ thresholds: [{ atLeast: 2, distinct: 2 }] })).toBe(false);
  expect(hasLevels({ thresholds: [{ atLeast: 3, distinct: 3 }] })).toBe(true);
  expect(hasLevels({ thresholds: [{ atLeast: 1 }], requires: [{ 'objects-read': 30 }] })).toBe(true);
});
