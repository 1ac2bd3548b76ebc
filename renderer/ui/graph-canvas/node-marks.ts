import type { OverlayState, Spot } from './overlay.ts';
import type { SceneNode } from './scene.ts';
import { drawSeverityMark } from './severity-mark.ts';

export const LABEL_FONT = '500 11px "Segoe UI", system-ui, sans-serif';
export const NOTE_FONT = '10px "Segoe UI", system-ui, sans-serif';

/** The name under a node; all of it while the pointer is on the node. */
export function paintLabel(paint: CanvasRenderingContext2D, state: OverlayState, node: SceneNode, x: number, y: number): void {
  const { tone } = state.palette;
  const isHovered = state.hovered === node.id;
  paint.textAlign = 'center';
  paint.textBaseline = 'top';
  paint.lineJoin = 'round';
  paint.lineWidth = 3.5;
  paint.strokeStyle = tone.ground;
  paint.font = LABEL_FONT;
  const text = isHovered ? node.fullName : node.label;
  paint.strokeText(text, x, y);
  paint.fillStyle = state.chosen.has(node.id) ? tone.accent : tone.label;
  paint.fillText(text, x, y);
  if (node.note === '') return;
  paint.font = NOTE_FONT;
  paint.strokeText(node.note, x, y + 12.5);
  paint.fillStyle = tone['label-quiet'];
  paint.fillText(node.note, x, y + 12.5);
}

/** Alerts top right, tags top left, pin and path ends bottom: fixed places, so an eye learns them. */
export function paintBadges(paint: CanvasRenderingContext2D, state: OverlayState, node: SceneNode, spot: Spot): void {
  const { tone, severity } = state.palette;
  const corner = spot.radius * 0.78;
  if (node.severity !== '') {
    const size = spot.radius < 8 ? 8 : node.alertCount > 1 && spot.radius >= 11 ? 15 : 12;
    drawSeverityMark(paint, node.severity, spot.x + corner, spot.y - corner, size, severity[node.severity], tone.ground);
    if (spot.radius >= 11 && node.alertCount > 1)
      paintCount(paint, state, node.alertCount, spot.x + corner, spot.y - corner, node.severity);
  }
  if (spot.radius < 9) return;
  if (node.tags.includes('sensitive')) paintCrown(paint, spot.x - corner, spot.y - corner, tone.sensitive, tone.ground);
  if (node.tags.includes('honeytoken'))
    paintLetter(paint, 'H', spot.x - corner, spot.y - (node.tags.length > 1 ? -corner * 0.2 : corner), tone.honeytoken, tone.ground);
  if (node.end !== '') paintLetter(paint, node.end === 'start' ? 'S' : 'T', spot.x - corner, spot.y + corner, tone.accent, tone.ground);
  else if (node.isPinned) paintPin(paint, spot.x + corner, spot.y + corner, tone['label-quiet'], tone.ground);
}

function paintCount(
  paint: CanvasRenderingContext2D,
  state: OverlayState,
  count: number,
  x: number,
  y: number,
  level: 'high' | 'medium' | 'low' | 'informational',
): void {
  paint.font = '700 8px "Segoe UI", system-ui, sans-serif';
  paint.textAlign = 'center';
  paint.textBaseline = 'middle';
  paint.fillStyle = state.palette.tone.ground;
  paint.fillText(count > 9 ? '9+' : String(count), x, y + (level === 'medium' ? 1.5 : 0.5));
}

function paintCrown(paint: CanvasRenderingContext2D, x: number, y: number, color: string, edge: string): void {
  paint.beginPath();
  paint.moveTo(x - 6, y + 4);
  paint.lineTo(x - 6, y - 3.5);
  paint.lineTo(x - 2.5, y - 0.5);
  paint.lineTo(x, y - 5);
  paint.lineTo(x + 2.5, y - 0.5);
  paint.lineTo(x + 6, y - 3.5);
  paint.lineTo(x + 6, y + 4);
  paint.closePath();
  paint.fillStyle = color;
  paint.strokeStyle = edge;
  paint.lineWidth = 1.5;
  paint.stroke();
  paint.fill();
}

function paintLetter(paint: CanvasRenderingContext2D, letter: string, x: number, y: number, color: string, ink: string): void {
  paint.beginPath();
  paint.arc(x, y, 6.5, 0, Math.PI * 2);
  paint.fillStyle = color;
  paint.fill();
  paint.font = '700 9px "Segoe UI", system-ui, sans-serif';
  paint.textAlign = 'center';
  paint.textBaseline = 'middle';
  paint.fillStyle = ink;
  paint.fillText(letter, x, y + 0.5);
}

function paintPin(paint: CanvasRenderingContext2D, x: number, y: number, color: string, edge: string): void {
  paint.beginPath();
  paint.arc(x, y, 2.6, 0, Math.PI * 2);
  paint.fillStyle = color;
  paint.strokeStyle = edge;
  paint.lineWidth = 1.5;
  paint.fill();
  paint.stroke();
}
