import type { Severity } from '../../../shared/model/severity.ts';
import { SEVERITY_SHAPES } from '../severity-mark.tsx';

const shapes = new Map<Severity, Path2D>();

/** Draws a severity as the same shape as everywhere in the window, `size` pixels wide, centered. */
export function drawSeverityMark(
  paint: CanvasRenderingContext2D,
  severity: Severity,
  x: number,
  y: number,
  size: number,
  color: string,
  edge: string,
): void {
  const shape = shapes.get(severity) ?? new Path2D(SEVERITY_SHAPES[severity]);
  shapes.set(severity, shape);
  const scale = size / 12;
  paint.save();
  paint.translate(x - size / 2, y - size / 2);
  paint.scale(scale, scale);
  paint.lineJoin = 'round';
  paint.lineWidth = 3.2 / scale;
  paint.strokeStyle = edge;
  paint.stroke(shape);
  paint.fillStyle = color;
  paint.fill(shape);
  paint.restore();
}
