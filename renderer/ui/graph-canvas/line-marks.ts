import type { Core } from 'cytoscape';
import { LETTER_OF_FAMILY } from './canvas-style.ts';
import { compactCount, measure } from './measure.ts';
import type { OverlayState, Spot } from './overlay.ts';
import type { Box, Space } from './place-labels.ts';
import type { Point, SceneLine } from './scene.ts';
import { drawSeverityMark } from './severity-mark.ts';

const PILL_FONT = '600 10px "Segoe UI", system-ui, sans-serif';
const MARK = 13;
/** Where along a line a pill may stand, best first. */
const STANDS = [0.5, 0.42, 0.58, 0.34, 0.66];
/** Lines shorter than this on screen carry no pill: it would hide them. */
const LEAST_LENGTH = 84;

/** Chosen and hovered lines say every kind by name; they take their room before anything else. */
export function paintActiveLines(
  paint: CanvasRenderingContext2D,
  cy: Core,
  state: OverlayState,
  spots: ReadonlyMap<string, Spot>,
  space: Space,
): void {
  for (const line of state.scene.lines) {
    if (!isActive(state, line)) continue;
    if (line.edges.length > 1)
      for (const [index, edge] of line.edges.entries()) paintFanPill(paint, cy, state, line, edge.id, index, spots, space);
    else {
      const at = pointOn(line, spots, 0.5);
      if (at) paintPill(paint, state, line, `${line.edges[0].kind.replaceAll('-', ' ')} · ${compactCount(line.count)}`, at, space);
    }
  }
}

/** Counts and alert marks of the other lines, where there is room; alerts first, and an alert mark is never left out. */
export function paintLines(
  paint: CanvasRenderingContext2D,
  state: OverlayState,
  spots: ReadonlyMap<string, Spot>,
  space: Space,
  zoom: number,
  isOnScreen: (point: Point) => boolean,
): void {
  const lines = state.scene.lines.filter((line) => !isActive(state, line)).sort((a, b) => b.rarity - a.rarity || (a.id < b.id ? -1 : 1));
  for (const line of lines) {
    const opacity = state.lit === null || state.lit.has(line.id) ? 1 : state.hidesRest ? 0 : 0.08;
    const middle = pointOn(line, spots, 0.5);
    if (opacity === 0 || !middle || !isOnScreen(middle)) continue;
    paint.globalAlpha = opacity;
    const wantsPill = zoom > 0.4 && (line.edges.length > 1 || line.count > 1) && lengthOf(line, spots) > LEAST_LENGTH;
    const isPlaced =
      wantsPill && STANDS.some((share) => paintPill(paint, state, line, pillText(line), pointOn(line, spots, share)!, space, true));
    if (!isPlaced && line.severity !== '') paintMark(paint, state, line, spots, space);
    paint.globalAlpha = 1;
  }
}

function isActive(state: OverlayState, line: SceneLine): boolean {
  return (
    state.chosen.has(line.id) ||
    state.hovered === line.id ||
    line.edges.some((edge) => state.chosen.has(edge.id) || state.hovered === edge.id)
  );
}

function pointOn(line: SceneLine, spots: ReadonlyMap<string, Spot>, share: number): Point | null {
  const from = spots.get(line.from);
  const to = spots.get(line.to);
  return from && to ? { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share } : null;
}

/** What of a line is seen between the rims of its nodes. */
function lengthOf(line: SceneLine, spots: ReadonlyMap<string, Spot>): number {
  const from = spots.get(line.from)!;
  const to = spots.get(line.to)!;
  return Math.hypot(to.x - from.x, to.y - from.y) - from.radius - to.radius;
}

function pillText(line: SceneLine): string {
  const count = compactCount(line.count);
  return line.edges.length > 1 ? `${line.edges.length} kinds · ${count}` : `${LETTER_OF_FAMILY[line.family]} ${count}`;
}

/** Draws a pill, with the alert mark in it; answers false when `needsRoom` and there is none. */
function paintPill(
  paint: CanvasRenderingContext2D,
  state: OverlayState,
  line: SceneLine,
  text: string,
  at: Point,
  space: Space,
  needsRoom = false,
): boolean {
  const mark = line.severity === '' ? 0 : MARK + 2;
  const width = measure(paint, text, PILL_FONT) + 10 + mark;
  const box: Box = { x: at.x - width / 2, y: at.y - 8, width, height: 16 };
  if (needsRoom && !space.isFree(box)) return false;
  space.take(box);
  paintFrame(paint, state, box, state.palette.family[line.family]);
  paint.fillText(text, at.x + mark / 2, at.y + 0.5);
  if (line.severity !== '')
    drawSeverityMark(paint, line.severity, box.x + 10, at.y, 11, state.palette.severity[line.severity], state.palette.tone.pill);
  return true;
}

function paintFanPill(
  paint: CanvasRenderingContext2D,
  cy: Core,
  state: OverlayState,
  line: SceneLine,
  edgeId: string,
  index: number,
  spots: ReadonlyMap<string, Spot>,
  space: Space,
): void {
  const element = cy.getElementById(edgeId);
  const edge = line.edges[index];
  const middle = element.empty() ? undefined : (element as unknown as { renderedMidpoint(): Point | undefined }).renderedMidpoint();
  if (!middle) return;
  const text = `${edge.kind.replaceAll('-', ' ')} · ${compactCount(edge.count)}`;
  const width = measure(paint, text, PILL_FONT) + 10;
  // Along the line one after the other, so the pills of a narrow fan do not lie on top of one another.
  const along = line.edges.length > 1 ? (index / (line.edges.length - 1) - 0.5) * 0.62 : 0;
  const center = pointOn(line, spots, 0.5)!;
  const ahead = pointOn(line, spots, 0.5 + along)!;
  const at = { x: middle.x + ahead.x - center.x, y: middle.y + ahead.y - center.y };
  const box = { x: at.x - width / 2, y: at.y - 8, width, height: 16 };
  space.take(box);
  paintFrame(paint, state, box, String(element.data('color')));
  paint.fillText(text, at.x, at.y + 0.5);
}

function paintFrame(paint: CanvasRenderingContext2D, state: OverlayState, box: Box, color: string): void {
  paint.beginPath();
  paint.roundRect(box.x, box.y, box.width, box.height, 8);
  paint.fillStyle = state.palette.tone.pill;
  paint.fill();
  paint.lineWidth = 1;
  paint.strokeStyle = color;
  paint.stroke();
  paint.font = PILL_FONT;
  paint.fillStyle = state.palette.tone['pill-text'];
  paint.textAlign = 'center';
  paint.textBaseline = 'middle';
}

function paintMark(
  paint: CanvasRenderingContext2D,
  state: OverlayState,
  line: SceneLine,
  spots: ReadonlyMap<string, Spot>,
  space: Space,
): void {
  if (line.severity === '') return;
  const stands = STANDS.map((share) => pointOn(line, spots, share)!);
  const boxAt = (point: Point) => ({ x: point.x - MARK / 2, y: point.y - MARK / 2, width: MARK, height: MARK });
  const at = stands.find((point) => space.isFree(boxAt(point))) ?? stands[0];
  space.take(boxAt(at));
  drawSeverityMark(paint, line.severity, at.x, at.y, 10, state.palette.severity[line.severity], state.palette.tone.ground);
}
