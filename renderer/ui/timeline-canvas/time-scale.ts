import { DAY, type Micros } from '../../../shared/model/time.ts';

/** A visible stretch of time; `to` is after `from`. */
export type Stretch = { readonly from: Micros; readonly to: Micros };

const LEAST_MICROS = 1_000;
const MOST_MICROS = 36_500 * DAY;

export function pixelOf(at: Micros, view: Stretch, widthPx: number): number {
  return ((at - view.from) / (view.to - view.from)) * widthPx;
}

export function momentAt(pixel: number, view: Stretch, widthPx: number): Micros {
  return Math.round(view.from + (pixel / widthPx) * (view.to - view.from));
}

/** Wheel zoom: what lies under the pointer stays under it. */
export function zoomAround(view: Stretch, at: Micros, factor: number): Stretch {
  const length = Math.min(MOST_MICROS, Math.max(LEAST_MICROS, (view.to - view.from) * factor));
  const share = (at - view.from) / (view.to - view.from);
  const from = Math.round(at - share * length);
  return { from, to: Math.round(from + length) };
}

/** Shifts by a number of microseconds, but never so far that nothing of `total` can be seen. */
export function shiftWithin(view: Stretch, by: Micros, total: Stretch): Stretch {
  const length = view.to - view.from;
  const from = Math.min(Math.max(view.from + by, total.from - length * 0.9), total.to - length * 0.1);
  return { from: Math.round(from), to: Math.round(from + length) };
}

/** The stretch between two moments in any order. */
export function between(one: Micros, other: Micros): Stretch {
  return one <= other ? { from: one, to: other } : { from: other, to: one };
}

export type Grip = 'from' | 'to' | 'inside' | 'outside';

/** What of a brush the pointer would take hold of. */
export function gripAt(pixel: number, brush: Stretch | null, view: Stretch, widthPx: number, reachPx = 6): Grip {
  if (!brush) return 'outside';
  const from = pixelOf(brush.from, view, widthPx);
  const to = pixelOf(brush.to, view, widthPx);
  if (Math.abs(pixel - from) <= reachPx) return 'from';
  if (Math.abs(pixel - to) <= reachPx) return 'to';
  return pixel > from && pixel < to ? 'inside' : 'outside';
}

/** A view that shows a stretch with room on both sides. */
export function withRoom(stretch: Stretch, share = 0.04): Stretch {
  const room = Math.max(LEAST_MICROS, (stretch.to - stretch.from) * share);
  return { from: Math.round(stretch.from - room), to: Math.round(stretch.to + room) };
}
