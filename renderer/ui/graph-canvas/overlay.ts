import type { Core } from 'cytoscape';
import { nodeSize } from './elements.ts';
import { paintActiveLines, paintLines } from './line-marks.ts';
import { measure } from './measure.ts';
import { LABEL_FONT, NOTE_FONT, paintBadges, paintLabel } from './node-marks.ts';
import type { Palette } from './palette.ts';
import { type LabelWish, placeLabels, Space } from './place-labels.ts';
import type { Point, Scene, SceneNode } from './scene.ts';

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

/** A drawn node on the screen. */
export type Spot = { readonly x: number; readonly y: number; readonly radius: number };

/** Names, counts and marks in screen pixels over the drawn graph: they keep their size at any zoom and never cover one another. */
export function paintOverlay(paint: CanvasRenderingContext2D, cy: Core, state: OverlayState, width: number, height: number): void {
  paint.clearRect(0, 0, width, height);
  const zoom = cy.zoom();
  const spots = findSpots(cy, state.scene, zoom);
  const isOnScreen = ({ x, y }: Point) => x > -60 && y > -30 && x < width + 60 && y < height + 40;
  const shown = state.scene.nodes.filter((node) => {
    const spot = spots.get(node.id);
    return spot !== undefined && isOnScreen(spot) && opacityOf(state, node.id) > 0;
  });
  const space = new Space();
  for (const node of shown) {
    const { x, y, radius } = spots.get(node.id)!;
    space.take({ x: x - radius * 0.8, y: y - radius * 0.8, width: radius * 1.6, height: radius * 1.6 });
  }
  paintActiveLines(paint, cy, state, spots, space);
  const wishes = shown.flatMap((node) => wishOf(paint, state, node, spots.get(node.id)!));
  const placed = placeLabels(wishes, space, zoom < 0.35 ? 24 : 400);
  paintLines(paint, state, spots, space, zoom, isOnScreen);
  for (const node of shown) {
    const spot = spots.get(node.id)!;
    paint.globalAlpha = opacityOf(state, node.id);
    const top = placed.get(node.id);
    if (top !== undefined) paintLabel(paint, state, node, spot.x, top);
    paintBadges(paint, state, node, spot);
  }
  paint.globalAlpha = 1;
}

function findSpots(cy: Core, scene: Scene, zoom: number): Map<string, Spot> {
  const pan = cy.pan();
  const spots = new Map<string, Spot>();
  for (const node of scene.nodes) {
    const element = cy.getElementById(node.id);
    if (element.empty()) continue;
    const { x, y } = element.position();
    spots.set(node.id, { x: x * zoom + pan.x, y: y * zoom + pan.y, radius: (nodeSize(node) / 2) * zoom });
  }
  return spots;
}

function opacityOf(state: OverlayState, id: string): number {
  if (state.lit === null || state.lit.has(id)) return 1;
  return state.hidesRest ? 0 : 0.08;
}

function wishOf(paint: CanvasRenderingContext2D, state: OverlayState, node: SceneNode, spot: Spot): LabelWish[] {
  const isForced = state.hovered === node.id || state.chosen.has(node.id) || node.end !== '';
  if (state.labelMode === 'none' && !isForced) return [];
  const text = state.hovered === node.id ? node.fullName : node.label;
  const noteWidth = node.note === '' ? 0 : measure(paint, node.note, NOTE_FONT);
  return [
    {
      id: node.id,
      x: spot.x,
      y: spot.y + spot.radius + 3,
      above: spot.y - spot.radius - (node.note === '' ? 16 : 28),
      width: Math.max(measure(paint, text, LABEL_FONT), noteWidth) + 4,
      height: node.note === '' ? 13 : 25,
      importance: node.importance,
      isForced: isForced || state.labelMode === 'all',
    },
  ];
}
