import type { Micros } from '../../../shared/model/time.ts';
import { groupMarks, MARKS_HEIGHT, OVERVIEW_HEIGHT } from './paint-strip.ts';
import type { StripModel } from './strip-model.ts';
import { between, type Grip, gripAt, momentAt, type Stretch, shiftWithin, zoomAround } from './time-scale.ts';

export type StripEvents = {
  /** `isFinal` is false while the pointer still moves. */
  onBrush(brush: Stretch | null, isFinal: boolean): void;
  onView(view: Stretch): void;
  onMark(alertId: string): void;
};

type Drag =
  | { readonly kind: 'brush'; readonly anchor: Micros; readonly startX: number }
  | { readonly kind: 'move'; readonly anchor: Micros; readonly brush: Stretch }
  | { readonly kind: 'pan'; readonly startX: number; readonly view: Stretch }
  | { readonly kind: 'overview' };

const CLICK_PX = 4;

/** What the pointer does on the strip: pure of the page, fed with pixels. */
export class StripPointer {
  #drag: Drag | null = null;
  readonly #model: () => StripModel;
  readonly #events: StripEvents;

  constructor(model: () => StripModel, events: StripEvents) {
    this.#model = model;
    this.#events = events;
  }

  get isDragging(): boolean {
    return this.#drag !== null;
  }

  hover(x: number, y: number, width: number, height: number): Grip | 'overview' | 'mark' {
    const model = this.#model();
    if (y > height - OVERVIEW_HEIGHT) return 'overview';
    if (y < MARKS_HEIGHT && this.#markAt(x, width) !== null) return 'mark';
    return gripAt(x, model.brush, model.view, width);
  }

  press(x: number, y: number, width: number, height: number, pans: boolean): void {
    const { brush, view } = this.#model();
    const grip = this.hover(x, y, width, height);
    const at = momentAt(x, view, width);
    if (grip === 'overview') {
      this.#drag = { kind: 'overview' };
      this.move(x, width);
    } else if (grip === 'mark') this.#events.onMark(this.#markAt(x, width)!);
    else if (pans) this.#drag = { kind: 'pan', startX: x, view };
    else if (grip === 'from') this.#drag = { kind: 'brush', anchor: brush!.to, startX: -99 };
    else if (grip === 'to') this.#drag = { kind: 'brush', anchor: brush!.from, startX: -99 };
    else if (grip === 'inside') this.#drag = { kind: 'move', anchor: at, brush: brush! };
    else this.#drag = { kind: 'brush', anchor: at, startX: x };
  }

  move(x: number, width: number): void {
    const drag = this.#drag;
    if (!drag) return;
    const { view, total } = this.#model();
    if (drag.kind === 'pan')
      this.#events.onView(shiftWithin(drag.view, ((drag.startX - x) / width) * (drag.view.to - drag.view.from), total));
    else if (drag.kind === 'overview') {
      const at = momentAt(x, total, width);
      this.#events.onView(shiftWithin(view, at - (view.from + view.to) / 2, total));
    } else if (drag.kind === 'move') {
      const by = momentAt(x, view, width) - drag.anchor;
      this.#events.onBrush({ from: drag.brush.from + by, to: drag.brush.to + by }, false);
    } else if (Math.abs(x - drag.startX) >= CLICK_PX) this.#events.onBrush(between(drag.anchor, momentAt(x, view, width)), false);
  }

  release(x: number, width: number): void {
    const drag = this.#drag;
    this.#drag = null;
    if (!drag || drag.kind === 'pan' || drag.kind === 'overview') return;
    const { view, brush } = this.#model();
    if (drag.kind === 'brush' && Math.abs(x - drag.startX) < CLICK_PX) return;
    this.#events.onBrush(drag.kind === 'brush' ? between(drag.anchor, momentAt(x, view, width)) : brush, true);
  }

  wheel(x: number, width: number, deltaX: number, deltaY: number, pans: boolean): void {
    const { view, total } = this.#model();
    const sideways = pans ? deltaX + deltaY : Math.abs(deltaX) > Math.abs(deltaY) ? deltaX : 0;
    if (sideways !== 0) this.#events.onView(shiftWithin(view, (sideways / width) * (view.to - view.from), total));
    else
      this.#events.onView(
        shiftWithin(
          zoomAround(view, momentAt(x, view, width), Math.exp(Math.sign(deltaY) * Math.min(Math.abs(deltaY), 120) * 0.0022)),
          0,
          total,
        ),
      );
  }

  #markAt(x: number, width: number): string | null {
    return groupMarks(this.#model(), width).find((mark) => Math.abs(mark.x - x) <= 7)?.id ?? null;
  }
}

/** The bucket under the pointer: its span and count, for the read-out. */
export function bucketAt(
  model: StripModel,
  x: number,
  width: number,
): { readonly from: Micros; readonly to: Micros; readonly count: number } | null {
  const { histogram, view } = model;
  if (!histogram) return null;
  const index = Math.floor((momentAt(x, view, width) - histogram.from) / histogram.bucketMicros);
  if (index < 0 || index >= histogram.counts.length) return null;
  const from = histogram.from + index * histogram.bucketMicros;
  return { from, to: from + histogram.bucketMicros, count: histogram.counts[index] };
}

/** Keyboard: the same moves without a pointer. Returns whether the key was one of ours. */
export function pressStripKey(key: string, isShift: boolean, model: StripModel, events: StripEvents): boolean {
  const { view, total, brush } = model;
  const length = view.to - view.from;
  const middle = (view.from + view.to) / 2;
  const direction = key === 'ArrowLeft' ? -1 : key === 'ArrowRight' ? 1 : 0;
  if (direction !== 0 && isShift) {
    const held = brush ?? { from: middle - length / 20, to: middle + length / 20 };
    events.onBrush({ from: Math.round(held.from + (direction * length) / 50), to: Math.round(held.to + (direction * length) / 50) }, true);
  } else if (direction !== 0) events.onView(shiftWithin(view, (direction * length) / 10, total));
  else if (key === '+' || key === '=') events.onView(zoomAround(view, middle, 0.7));
  else if (key === '-') events.onView(shiftWithin(zoomAround(view, middle, 1.4), 0, total));
  else if (key === 'Home') events.onView(shiftWithin(view, total.from - view.from, total));
  else if (key === 'End') events.onView(shiftWithin(view, total.to - view.to, total));
  else if (key === 'Delete' || key === 'Backspace') events.onBrush(null, true);
  else if (key === 'Enter' && brush) events.onView(brush);
  else return false;
  return true;
}
