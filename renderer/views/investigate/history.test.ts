import { expect, it } from 'vitest';
import { amend, back, beginHistory, forward, step } from './history.ts';

it('goes back and forward', () => {
  const walked = step(step(beginHistory('a'), 'b'), 'c');
  expect(back(walked).now).toBe('b');
  expect(forward(back(back(walked))).now).toBe('b');
  expect(back(back(back(walked))).now).toBe('a');
});
it('forgets what was undone when a new step is taken', () => {
  expect(step(back(step(beginHistory('a'), 'b')), 'x')).toEqual({ past: ['a'], now: 'x', future: [] });
});
it('amends without a step', () => {
  expect(amend(step(beginHistory('a'), 'b'), 'b2')).toEqual({ past: ['a'], now: 'b2', future: [] });
});
