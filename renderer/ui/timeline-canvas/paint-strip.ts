import { SEVERITIES, type Severity } from '../../../shared/model/severity.ts';
import { drawSeverityMark } from '../graph-canvas/severity-mark.ts';
import { barShare, type StripModel } from './strip-model.ts';
import { type Tick, ticksOf } from './time-axis.ts';
import { pixelOf, type Stretch } from './time-scale.ts';

export type StripColors = {
  readonly ground: string;
  readonly bar: string;
  readonly barQuiet: string;
  readonly axis: string;
  readonly line: string;
  readonly accent: string;
  readonly hatch: string;
  readonly severity: Readonly<Record<Severity, string>>;
};

export const MARKS_HEIGHT = 16;
export const AXIS_HEIGHT = 16;
export const OVERVIEW_HEIGHT = 14;

/** Paints the strip top down: alert marks, bars, axis, overview of the whole span. Sizes in pixels. */
export function paintStrip(paint: CanvasRenderingContext2D, model: StripModel, colors: StripColors, width: number, height: number): void {
  paint.clearRect(0, 0, width, height);
  const bars = { top: MARKS_HEIGHT, bottom: height - AXIS_HEIGHT - OVERVIEW_HEIGHT };
  const ticks = ticksOf(model.view.from, model.view.to, width, model.zone);
  paintGrid(paint, model.view, colors, ticks, width, bars);
  paintGaps(paint, model, colors, width, bars);
  paintBars(paint, model, colors, width, bars);
  paintBrush(paint, model, colors, width, bars);
  paintMarks(paint, model, colors, width);
  paintAxis(paint, model.view, colors, ticks, width, bars.bottom);
  paintCursor(paint, model, colors, width, bars);
  paintOverview(paint, model, colors, width, height);
}

type Rows = { readonly top: number; readonly bottom: number };

function paintGrid(
  paint: CanvasRenderingContext2D,
  view: Stretch,
  colors: StripColors,
  ticks: readonly Tick[],
  width: number,
  { top, bottom }: Rows,
): void {
  paint.strokeStyle = colors.line;
  paint.lineWidth = 1;
  paint.beginPath();
  for (const tick of ticks) {
    const x = Math.round(pixelOf(tick.at, view, width)) + 0.5;
    paint.moveTo(x, tick.isMajor ? 0 : top);
    paint.lineTo(x, bottom);
  }
  paint.moveTo(0, bottom + 0.5);
  paint.lineTo(width, bottom + 0.5);
  paint.stroke();
}

function paintGaps(
  paint: CanvasRenderingContext2D,
  { histogram, view }: StripModel,
  colors: StripColors,
  width: number,
  { top, bottom }: Rows,
): void {
  if (!histogram) return;
  for (const gap of histogram.gaps) {
    const left = Math.max(0, pixelOf(gap.from, view, width));
    const right = Math.min(width, pixelOf(gap.to, view, width));
    if (right - left < 5) continue;
    paint.save();
    paint.beginPath();
    paint.rect(left, top, right - left, bottom - top);
    paint.clip();
    paint.strokeStyle = colors.hatch;
    paint.lineWidth = 1;
    paint.beginPath();
    for (let x = left - (bottom - top) - ((left - (bottom - top)) % 7); x < right; x += 7) {
      paint.moveTo(x, bottom);
      paint.lineTo(x + bottom - top, top);
    }
    paint.stroke();
    paint.restore();
  }
}

function paintBars(paint: CanvasRenderingContext2D, model: StripModel, colors: StripColors, width: number, { top, bottom }: Rows): void {
  const { histogram, view, brush, isLog } = model;
  if (!histogram) return;
  const most = Math.max(1, ...histogram.counts);
  const height = bottom - top - 2;
  histogram.counts.forEach((count, index) => {
    if (count === 0) return;
    const from = histogram.from + index * histogram.bucketMicros;
    const left = pixelOf(from, view, width);
    const right = pixelOf(from + histogram.bucketMicros, view, width);
    if (right < 0 || left > width) return;
    const tall = Math.max(1.5, barShare(count, most, isLog) * height);
    const isInside = !brush || (from + histogram.bucketMicros > brush.from && from < brush.to);
    paint.fillStyle = isInside ? colors.bar : colors.barQuiet;
    paint.fillRect(left, bottom - tall, Math.max(1, right - left - (right - left > 2.5 ? 1 : 0)), tall);
    const worst = [...SEVERITIES].reverse().find((severity) => (histogram.alerts[severity][index] ?? 0) > 0);
    if (worst === undefined) return;
    paint.fillStyle = colors.severity[worst];
    paint.fillRect(left, bottom - tall, Math.max(1.5, right - left - (right - left > 2.5 ? 1 : 0)), Math.max(3, tall * 0.28));
  });
}

function paintBrush(
  paint: CanvasRenderingContext2D,
  { brush, view }: StripModel,
  colors: StripColors,
  width: number,
  { top, bottom }: Rows,
): void {
  if (!brush) return;
  const left = pixelOf(brush.from, view, width);
  const right = pixelOf(brush.to, view, width);
  paint.fillStyle = colors.accent;
  paint.globalAlpha = 0.13;
  paint.fillRect(left, 0, Math.max(1, right - left), bottom);
  paint.globalAlpha = 1;
  for (const x of [left, right]) {
    paint.fillRect(Math.round(x) - 0.5, 0, 1.5, bottom);
    paint.beginPath();
    paint.roundRect(x - 3, top + (bottom - top) / 2 - 9, 6, 18, 2);
    paint.fill();
  }
}

/** Marks that would touch become one with a count; the worst severity gives its shape. */
export function groupMarks(
  model: StripModel,
  width: number,
  reach = 11,
): { readonly x: number; readonly severity: Severity; readonly count: number; readonly id: string }[] {
  const groups: { x: number; severity: Severity; count: number; id: string }[] = [];
  const sorted = [...model.alerts].sort((a, b) => a.at - b.at);
  for (const alert of sorted) {
    const x = pixelOf(alert.at, model.view, width);
    if (x < -8 || x > width + 8) continue;
    const last = groups.at(-1);
    if (last && x - last.x < reach) {
      last.count++;
      if (SEVERITIES.indexOf(alert.severity) > SEVERITIES.indexOf(last.severity)) {
        last.severity = alert.severity;
        last.id = alert.id;
      }
    } else groups.push({ x, severity: alert.severity, count: 1, id: alert.id });
  }
  return groups;
}

function paintMarks(paint: CanvasRenderingContext2D, model: StripModel, colors: StripColors, width: number): void {
  for (const { x, severity, count } of groupMarks(model, width)) {
    drawSeverityMark(paint, severity, x, MARKS_HEIGHT / 2, count > 1 ? 13 : 10, colors.severity[severity], colors.ground);
    if (count < 2) continue;
    paint.font = '700 8px "Segoe UI", system-ui, sans-serif';
    paint.textAlign = 'center';
    paint.textBaseline = 'middle';
    paint.fillStyle = colors.ground;
    paint.fillText(count > 9 ? '9+' : String(count), x, MARKS_HEIGHT / 2 + (severity === 'medium' ? 2 : 0.5));
  }
}

function paintAxis(
  paint: CanvasRenderingContext2D,
  view: Stretch,
  colors: StripColors,
  ticks: readonly Tick[],
  width: number,
  top: number,
): void {
  paint.font = '11px "Segoe UI", system-ui, sans-serif';
  paint.textAlign = 'left';
  paint.textBaseline = 'middle';
  paint.fillStyle = colors.axis;
  for (const tick of ticks) {
    const x = pixelOf(tick.at, view, width);
    if (x > width - 40) continue;
    paint.fillText(tick.label, x + 3, top + AXIS_HEIGHT / 2 + 1);
  }
}

function paintCursor(
  paint: CanvasRenderingContext2D,
  { cursor, view }: StripModel,
  colors: StripColors,
  width: number,
  { bottom }: Rows,
): void {
  if (cursor === null) return;
  const x = Math.round(pixelOf(cursor, view, width)) + 0.5;
  paint.strokeStyle = colors.accent;
  paint.lineWidth = 1;
  paint.setLineDash([3, 2]);
  paint.beginPath();
  paint.moveTo(x, 0);
  paint.lineTo(x, bottom);
  paint.stroke();
  paint.setLineDash([]);
}

function paintOverview(paint: CanvasRenderingContext2D, model: StripModel, colors: StripColors, width: number, height: number): void {
  const top = height - OVERVIEW_HEIGHT;
  const { overview, total, view, brush } = model;
  paint.fillStyle = colors.line;
  paint.fillRect(0, top, width, 1);
  if (overview) {
    const most = Math.max(1, ...overview.counts);
    paint.fillStyle = colors.barQuiet;
    overview.counts.forEach((count, index) => {
      if (count === 0) return;
      const left = pixelOf(overview.from + index * overview.bucketMicros, total, width);
      const right = pixelOf(overview.from + (index + 1) * overview.bucketMicros, total, width);
      const tall = Math.max(1, barShare(count, most, true) * (OVERVIEW_HEIGHT - 3));
      paint.fillRect(left, height - tall, Math.max(1, right - left), tall);
    });
  }
  if (brush) {
    paint.fillStyle = colors.accent;
    paint.globalAlpha = 0.45;
    paint.fillRect(
      pixelOf(brush.from, total, width),
      top + 1,
      Math.max(2, pixelOf(brush.to, total, width) - pixelOf(brush.from, total, width)),
      OVERVIEW_HEIGHT - 1,
    );
    paint.globalAlpha = 1;
  }
  const left = Math.max(0, pixelOf(view.from, total, width));
  const right = Math.min(width, pixelOf(view.to, total, width));
  paint.strokeStyle = colors.axis;
  paint.strokeRect(left + 0.5, top + 1.5, Math.max(3, right - left - 1), OVERVIEW_HEIGHT - 2);
}
