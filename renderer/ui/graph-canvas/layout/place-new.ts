import type { Point } from '../scene.ts';
import { hashText, type LayoutRequest, sortById } from './layout.ts';

const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));
const ROOM = 74;

/** Puts nodes without a position near their neighbors and moves nothing else: the picture an analyst knows stays. */
export function placeNew(request: LayoutRequest): Map<string, Point> {
  const known = new Map<string, Point>(request.fixed.map(([id, x, y]) => [id, { x, y }]));
  const placed = new Map<string, Point>();
  const neighborsOf = neighborLists(request);
  const center = middleOf([...known.values()]);
  let waiting = sortById(request.nodes).filter((node) => !known.has(node.id));
  while (waiting.length > 0) {
    const ready = waiting.filter((node) => neighborsOf.get(node.id)?.some((id) => known.has(id)));
    const turn = ready.length > 0 ? ready : waiting.slice(0, 1);
    for (const node of turn) {
      const around = (neighborsOf.get(node.id) ?? []).map((id) => known.get(id)).filter((point) => point !== undefined);
      const anchor = around.length > 0 ? middleOf(around) : { x: center.x, y: lowestOf(known) + 90 };
      const outward =
        around.length === 1 ? Math.atan2(anchor.y - center.y, anchor.x - center.x) : (hashText(node.id) / 4_294_967_296) * 2 * Math.PI;
      const point = freeSpot(anchor, outward, node.radius, known);
      known.set(node.id, point);
      placed.set(node.id, point);
    }
    const done = new Set(turn.map((node) => node.id));
    waiting = waiting.filter((node) => !done.has(node.id));
  }
  return placed;
}

function neighborLists(request: LayoutRequest): Map<string, string[]> {
  const lists = new Map<string, string[]>();
  for (const { from, to } of request.edges) {
    lists.set(from, [...(lists.get(from) ?? []), to]);
    lists.set(to, [...(lists.get(to) ?? []), from]);
  }
  return lists;
}

/** Walks a sunflower spiral outward until no other node is within reach. */
function freeSpot(anchor: Point, outward: number, radius: number, known: ReadonlyMap<string, Point>): Point {
  const reach = ROOM + radius;
  for (let step = 1; step < 600; step++) {
    const distance = 96 + 18 * Math.sqrt(step - 1);
    const angle = outward + (step - 1) * GOLDEN_ANGLE;
    const spot = {
      x: anchor.x + Math.cos(angle) * distance,
      y: anchor.y + Math.sin(angle) * distance,
    };
    if (![...known.values()].some((other) => Math.hypot(other.x - spot.x, other.y - spot.y) < reach)) return spot;
  }
  return { x: anchor.x + 80, y: anchor.y + 80 };
}

function middleOf(points: readonly Point[]): Point {
  if (points.length === 0) return { x: 0, y: 0 };
  const sum = points.reduce((total, point) => ({ x: total.x + point.x, y: total.y + point.y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}

function lowestOf(known: ReadonlyMap<string, Point>): number {
  return known.size === 0 ? 0 : Math.max(...[...known.values()].map((point) => point.y));
}
