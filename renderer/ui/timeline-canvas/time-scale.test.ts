import { describe, expect, it } from 'vitest';
import { between, gripAt, momentAt, pixelOf, shiftWithin, withRoom, zoomAround } from './time-scale.ts';

const view = { from: 1_000_000, to: 2_000_000 };

describe('the scale', () => {
  it('goes to pixels and back', () => {
    expect(pixelOf(1_500_000, view, 800)).toBe(400);
    expect(momentAt(400, view, 800)).toBe(1_500_000);
  });
  it('zooms around the pointer', () => {
    const zoomed = zoomAround(view, 1_250_000, 0.5);
    expect(zoomed.to - zoomed.from).toBe(500_000);
    expect(pixelOf(1_250_000, zoomed, 800)).toBeCloseTo(pixelOf(1_250_000, view, 800), 3);
  });
  it('does not zoom below a millisecond', () => {
    expect(zoomAround({ from: 0, to: 1_500 }, 0, 0.1)).toEqual({ from: 0, to: 1_000 });
  });
  it('never shifts everything out of sight', () => {
    const shifted = shiftWithin(view, 1e12, { from: 0, to: 3_000_000 });
    expect(shifted.from).toBeLessThan(3_000_000);
    expect(shifted.to - shifted.from).toBe(1_000_000);
  });
  it('gives room on both sides', () => {
    expect(withRoom({ from: 0, to: 100_000 })).toEqual({ from: -4_000, to: 104_000 });
  });
});

describe('the brush', () => {
  it('has edges, an inside and an outside', () => {
    const brush = between(1_750_000, 1_250_000);
    expect([198, 604, 400, 10].map((pixel) => gripAt(pixel, brush, view, 800))).toEqual(['from', 'to', 'inside', 'outside']);
    expect(gripAt(400, null, view, 800)).toBe('outside');
  });
});
