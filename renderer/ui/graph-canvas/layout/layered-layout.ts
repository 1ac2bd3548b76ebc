import type { Point } from '../scene.ts';
import { assignLayers } from './assign-layers.ts';
import { type LayoutRequest, sortById, sortEdges } from './layout.ts';

const LEAST_COLUMN_GAP = 190;
const MOST_COLUMN_GAP = 420;
/** The canvas is about this much wider than high; columns spread to fill it. */
const ASPECT = 1.7;
const ROW_GAP = 84;
/** More rows than this in one layer are set in two or more sub-columns, so a fan-out stays on one screen. */
const MOST_ROWS = 7;
const SWEEPS = 12;

/** Left to right: the start on the left, the target on the right, a column for every hop, rows ordered so that few lines cross. */
export function layoutInLayers(request: LayoutRequest): Map<string, Point> {
  const nodes = sortById(request.nodes);
  const edges = sortEdges(request.edges).filter((edge) => edge.from !== edge.to);
  const layerOf = assignLayers(
    nodes.map((node) => node.id),
    edges,
    request.start,
    request.target,
  );
  const depth = Math.max(0, ...layerOf.values()) + 1;
  const layers: string[][] = Array.from({ length: depth }, () => []);
  for (const node of nodes) layers[layerOf.get(node.id)!].push(node.id);
  const ordered = reduceCrossings(
    layers.filter((layer) => layer.length > 0),
    edges,
  );
  const gap = columnGap(ordered);
  // A chain on one line would hide every edge that leaps over a node.
  const isChain = ordered.length > 2 && ordered.every((layer) => layer.length === 1);
  const positions = new Map<string, Point>();
  let x = 0;
  for (const [hop, layer] of ordered.entries()) {
    const lift = isChain ? (hop % 2 === 0 ? -0.45 : 0.45) * ROW_GAP : 0;
    const columns = Math.ceil(layer.length / MOST_ROWS);
    const rows = Math.ceil(layer.length / columns);
    layer.forEach((id, index) => {
      const column = index % columns;
      const row = Math.floor(index / columns);
      positions.set(id, {
        x: x + column * LEAST_COLUMN_GAP * 0.62,
        y: (row - (rows - 1) / 2) * ROW_GAP + (column % 2) * ROW_GAP * 0.5 + lift,
      });
    });
    x += gap + (columns - 1) * LEAST_COLUMN_GAP * 0.62;
  }
  for (const [id, fixedX, fixedY] of request.fixed) if (positions.has(id)) positions.set(id, { x: fixedX, y: fixedY });
  return positions;
}

function columnGap(layers: readonly (readonly string[])[]): number {
  const columns = layers.map((layer) => Math.ceil(layer.length / MOST_ROWS));
  const rows = Math.max(1, ...layers.map((layer, index) => Math.ceil(layer.length / columns[index])));
  const inside = columns.reduce((sum, count) => sum + (count - 1) * LEAST_COLUMN_GAP * 0.62, 0);
  const wanted = (rows * ROW_GAP * ASPECT - inside) / Math.max(1, layers.length - 1);
  return Math.min(MOST_COLUMN_GAP, Math.max(LEAST_COLUMN_GAP, wanted));
}

/** Barycenter sweeps, keeping the best order seen. Edges count between any two layers, so long ones pull as well. */
function reduceCrossings(layers: readonly (readonly string[])[], edges: readonly { from: string; to: string }[]): string[][] {
  const neighborsOf = new Map<string, string[]>();
  for (const { from, to } of edges) {
    neighborsOf.set(from, [...(neighborsOf.get(from) ?? []), to]);
    neighborsOf.set(to, [...(neighborsOf.get(to) ?? []), from]);
  }
  let order = layers.map((layer) => [...layer]);
  let best = order;
  let fewest = countCrossings(order, edges);
  for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
    order = sweepOnce(order, neighborsOf, sweep % 2 === 0);
    const crossings = countCrossings(order, edges);
    if (crossings < fewest) {
      fewest = crossings;
      best = order;
    }
  }
  return best.map((layer) => [...layer]);
}

function sweepOnce(
  order: readonly (readonly string[])[],
  neighborsOf: ReadonlyMap<string, readonly string[]>,
  forward: boolean,
): string[][] {
  const next = order.map((layer) => [...layer]);
  const layerOf = new Map<string, number>();
  const placeOf = new Map<string, number>();
  const remember = (index: number) =>
    next[index].forEach((id, row) => {
      layerOf.set(id, index);
      placeOf.set(id, row - (next[index].length - 1) / 2);
    });
  next.forEach((_, index) => {
    remember(index);
  });
  const indexes = next.map((_, index) => (forward ? index : next.length - 1 - index));
  for (const index of indexes) {
    const barycenter = new Map(
      next[index].map((id) => {
        const pulls = (neighborsOf.get(id) ?? []).filter((other) => (forward ? layerOf.get(other)! < index : layerOf.get(other)! > index));
        const places = pulls.map((other) => placeOf.get(other)!);
        return [id, places.length === 0 ? placeOf.get(id)! : places.reduce((sum, place) => sum + place, 0) / places.length];
      }),
    );
    next[index].sort((a, b) => barycenter.get(a)! - barycenter.get(b)! || (a < b ? -1 : 1));
    remember(index);
  }
  return next;
}

/** Crossings of lines between the same pair of layers; bounded to what a readable picture can hold. */
export function countCrossings(order: readonly (readonly string[])[], edges: readonly { from: string; to: string }[]): number {
  const spot = new Map<string, readonly [layer: number, row: number]>();
  order.forEach((layer, index) => {
    layer.forEach((id, row) => {
      spot.set(id, [index, row]);
    });
  });
  const lines = edges
    .map(({ from, to }) => [spot.get(from), spot.get(to)] as const)
    .filter((line): line is [readonly [number, number], readonly [number, number]] => line[0] !== undefined && line[1] !== undefined)
    .map(([a, b]) => (a[0] <= b[0] ? [a, b] : [b, a]))
    .slice(0, 600);
  let crossings = 0;
  for (let one = 0; one < lines.length; one++)
    for (let other = one + 1; other < lines.length; other++) {
      const [a, b] = lines[one];
      const [c, d] = lines[other];
      if (a[0] === c[0] && b[0] === d[0] && (a[1] - c[1]) * (b[1] - d[1]) < 0) crossings++;
    }
  return crossings;
}
