import type { Place } from './graph-places.ts';

export type Curve = { readonly start: Place; readonly bend: Place; readonly end: Place };
type Box = { readonly x: number; readonly y: number; readonly halfWidth: number; readonly halfHeight: number };

/** How far along a line its label may stand, the best first: before the middle, where lines to one node come together. */
const CHOICES = [0.42, 0.3, 0.54, 0.24, 0.64, 0.18, 0.74, 0.82];
const CHARACTER = 5.6;
/** Every label is compared with every other; of more than these, labels stand where they first would. */
const MOST_COMPARED = 600;

/** Places labels on their lines so that they lie neither on each other nor on the nodes, as far as their lines allow. */
export function placeLabels(labels: readonly { readonly curve: Curve; readonly text: string }[], nodes: Iterable<Place>): Place[] {
  const taken: Box[] = [];
  for (const { x, y } of nodes) taken.push({ x, y: y + 10, halfWidth: 40, halfHeight: 30 });
  return labels.map(({ curve, text }, index) => {
    const halfWidth = (text.length * CHARACTER) / 2;
    const boxes = CHOICES.map((t) => ({ ...alongCurve(curve, t), halfWidth, halfHeight: 7 }));
    if (index >= MOST_COMPARED) return boxes[0];
    const crowding = boxes.map((box) => taken.reduce((sum, other) => sum + overlap(box, other), 0));
    const chosen = boxes[crowding.indexOf(Math.min(...crowding))];
    taken.push(chosen);
    return chosen;
  });
}

function alongCurve({ start, bend, end }: Curve, t: number): Place {
  const at = (a: number, b: number, c: number): number => (1 - t) * (1 - t) * a + 2 * (1 - t) * t * b + t * t * c;
  return { x: at(start.x, bend.x, end.x), y: at(start.y, bend.y, end.y) };
}

function overlap(a: Box, b: Box): number {
  const width = a.halfWidth + b.halfWidth - Math.abs(a.x - b.x);
  const height = a.halfHeight + b.halfHeight - Math.abs(a.y - b.y);
  return width > 0 && height > 0 ? width * height : 0;
}
