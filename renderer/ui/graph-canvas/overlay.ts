import type { Core } from 'cytoscape';
import { LETTER_OF_FAMILY } from './canvas-style.ts';
import { nodeSize } from './elements.ts';
import type { Palette } from './palette.ts';
import { type Box, type LabelWish, placeLabels } from './place-labels.ts';
import type { Scene, SceneLine, SceneNode } from './scene.ts';
import { drawSeverityMark } from './severity-mark.ts';

export const LABEL_MODES = ['important', 'all', 'none'] as const;
export type LabelMode = (typeof LABEL_MODES)[number];

export type OverlayState = {
  readonly scene: Scene;
  readonly palette: Palette;
  readonly labelMode: LabelMode;
  readonly hovered: string;
  readonly chosen: ReadonlySet<string>;
  /** Elements that stay when the rest fades; null shows all. */
  readonly lit: ReadonlySet<string> | null;
  readonly hidesRest: boolean;
};

const LABEL_FONT = '500 11px "Segoe UI", system-ui, sans-serif';
const NOTE_FONT = '10px "Segoe UI", system-ui, sans-serif';
const PILL_FONT = '600 10px "Segoe UI", system-ui, sans-serif';
const widths = new Map<string, number>();

/** Names, counts and marks in screen pixels over the drawn graph: they keep their size at any zoom and never cover one another. */
export function paintOverlay(paint: CanvasRenderingContext2D, cy: Core, state: OverlayState, width: number, height: number): void {
  paint.clearRect(0, 0, width, height);
  const zoom = cy.zoom();
  const pan = cy.pan();
  const spots = new Map<string, { readonly x: number; readonly y: number; readonly radius: number }>();
  for (const node of state.scene.nodes) {
    const element = cy.getElementById(node.id);
    if (element.empty()) continue;
    const { x, y } = element.position();
    spots.set(node.id, {
      x: x * zoom + pan.x,
      y: y * zoom + pan.y,
      radius: (nodeSize(node) / 2) * zoom,
    });
  }
  const isOnScreen = (x: number, y: number) => x > -60 && y > -30 && x < width + 60 && y < height + 40;
  const pills = paintLineMarks(paint, cy, state, spots, isOnScreen, zoom);
  paintNodes(paint, state, spots, pills, isOnScreen, zoom);
}

type Spots = ReadonlyMap<string, { readonly x: number; readonly y: number; readonly radius: number }>;

function opacityOf(state: OverlayState, id: string): number {
  if (state.lit === null || state.lit.has(id)) return 1;
  return state.hidesRest ? 0 : 0.08;
}

function paintLineMarks(
  paint: CanvasRenderingContext2D,
  cy: Core,
  state: OverlayState,
  spots: Spots,
  isOnScreen: (x: number, y: number) => boolean,
  zoom: number,
): Box[] {
  const boxes: Box[] = [];
  for (const line of state.scene.lines) {
    const from = spots.get(line.from);
    const to = spots.get(line.to);
    if (!from || !to) continue;
    const opacity = opacityOf(state, line.id);
    if (opacity === 0) continue;
    const isActive =
      state.chosen.has(line.id) ||
      state.hovered === line.id ||
      line.edges.some((edge) => state.chosen.has(edge.id) || state.hovered === edge.id);
    const x = (from.x + to.x) / 2;
    const y = (from.y + to.y) / 2;
    if (!isOnScreen(x, y)) continue;
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    paint.globalAlpha = opacity;
    const isFanned = isActive && line.edges.length > 1;
    if (isFanned) boxes.push(...paintFanMarks(paint, cy, state, line));
    else if (isActive || (length > 92 && zoom > 0.62 && (line.edges.length > 1 || line.count > 1)))
      boxes.push(paintPill(paint, state, line, x, y));
    if (line.severity !== '' && !isFanned) {
      const at = isActive || length > 92 ? 0.28 : 0.5;
      drawSeverityMark(
        paint,
        line.severity,
        from.x + (to.x - from.x) * at,
        from.y + (to.y - from.y) * at,
        12,
        state.palette.severity[line.severity],
        state.palette.tone.ground,
      );
    }
    paint.globalAlpha = 1;
  }
  return boxes;
}

function pillText(line: SceneLine): string {
  const count = compactCount(line.count);
  return line.edges.length > 1 ? `${line.edges.length} kinds · ${count}` : `${LETTER_OF_FAMILY[line.family]} ${count}`;
}

function paintPill(paint: CanvasRenderingContext2D, state: OverlayState, line: SceneLine, x: number, y: number): Box {
  return paintPillAt(paint, state, pillText(line), state.palette.family[line.family], x, y);
}

function paintPillAt(paint: CanvasRenderingContext2D, state: OverlayState, text: string, color: string, x: number, y: number): Box {
  paint.font = PILL_FONT;
  const width = measure(paint, text, PILL_FONT) + 9;
  const box = { x: x - width / 2, y: y - 7.5, width, height: 15 };
  paint.beginPath();
  paint.roundRect(box.x, box.y, box.width, box.height, 7);
  paint.fillStyle = state.palette.tone.pill;
  paint.fill();
  paint.lineWidth = 1;
  paint.strokeStyle = color;
  paint.stroke();
  paint.fillStyle = state.palette.tone['pill-text'];
  paint.textAlign = 'center';
  paint.textBaseline = 'middle';
  paint.fillText(text, x, y + 0.5);
  return box;
}

function paintFanMarks(paint: CanvasRenderingContext2D, cy: Core, state: OverlayState, line: SceneLine): Box[] {
  const boxes: Box[] = [];
  line.edges.forEach((edge, index) => {
    const element = cy.getElementById(edge.id);
    if (element.empty()) return;
    // Pills of neighbors in the fan are set along the line, so they do not pile up in the middle.
    const middle = (
      element as unknown as {
        renderedMidpoint(): { x: number; y: number } | undefined;
      }
    ).renderedMidpoint();
    if (!middle) return;
    const color = String(element.data('color'));
    const shift = (index - (line.edges.length - 1) / 2) * 4;
    boxes.push(
      paintPillAt(paint, state, `${edge.kind.replaceAll('-', ' ')} · ${compactCount(edge.count)}`, color, middle.x + shift, middle.y),
    );
  });
  return boxes;
}

function paintNodes(
  paint: CanvasRenderingContext2D,
  state: OverlayState,
  spots: Spots,
  pills: readonly Box[],
  isOnScreen: (x: number, y: number) => boolean,
  zoom: number,
): void {
  const wishes: LabelWish[] = [];
  const shown: SceneNode[] = [];
  const obstacles: Box[] = [...pills];
  for (const node of state.scene.nodes) {
    const spot = spots.get(node.id);
    if (!spot || !isOnScreen(spot.x, spot.y) || opacityOf(state, node.id) === 0) continue;
    shown.push(node);
    const inset = spot.radius * 0.8;
    obstacles.push({
      x: spot.x - inset,
      y: spot.y - inset,
      width: inset * 2,
      height: inset * 2,
    });
    const isForced = state.hovered === node.id || state.chosen.has(node.id) || node.end !== '';
    if (state.labelMode === 'none' && !isForced) continue;
    const text = isForced && state.hovered === node.id ? node.fullName : node.label;
    wishes.push({
      id: node.id,
      x: spot.x,
      y: spot.y + spot.radius + 3,
      width: Math.max(measure(paint, text, LABEL_FONT), node.note === '' ? 0 : measure(paint, node.note, NOTE_FONT)) + 4,
      height: node.note === '' ? 13 : 25,
      importance: node.importance,
      isForced: isForced || state.labelMode === 'all',
    });
  }
  const most = zoom < 0.35 ? 24 : 400;
  const placed = placeLabels(wishes, obstacles, most);
  for (const node of shown) {
    const spot = spots.get(node.id)!;
    paint.globalAlpha = opacityOf(state, node.id);
    if (placed.has(node.id)) paintLabel(paint, state, node, spot.x, spot.y + spot.radius + 3);
    paintBadges(paint, state, node, spot);
  }
  paint.globalAlpha = 1;
}

function paintLabel(paint: CanvasRenderingContext2D, state: OverlayState, node: SceneNode, x: number, y: number): void {
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
function paintBadges(
  paint: CanvasRenderingContext2D,
  state: OverlayState,
  node: SceneNode,
  spot: { x: number; y: number; radius: number },
): void {
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

function measure(paint: CanvasRenderingContext2D, text: string, font: string): number {
  const key = font + text;
  const known = widths.get(key);
  if (known !== undefined) return known;
  if (widths.size > 20_000) widths.clear();
  paint.font = font;
  const width = paint.measureText(text).width;
  widths.set(key, width);
  return width;
}

export function compactCount(count: number): string {
  if (count < 10_000) return count.toLocaleString('en-US').replaceAll(',', '\u2009');
  return count < 1_000_000 ? `${Math.round(count / 100) / 10}k` : `${Math.round(count / 100_000) / 10}M`;
}
