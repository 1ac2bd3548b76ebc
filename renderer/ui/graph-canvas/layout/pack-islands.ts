import type { Point } from '../scene.ts';
import type { LayoutEdge } from './layout.ts';

const GAP = 110;

/**
 * Sets what hangs together with nothing of the largest part in columns right of it, largest first, so that islands neither drift away nor lie
 * on top of the rest. Islands with a held node stay where they are.
 */
export function packIslands(
  positions: ReadonlyMap<string, Point>,
  edges: readonly LayoutEdge[],
  held: ReadonlySet<string>,
): Map<string, Point> {
  const islands = findIslands([...positions.keys()], edges);
  const [main, ...others] = islands;
  const placed = new Map(positions);
  if (others.length === 0) return placed;
  const frame = boxOf(main, positions);
  let x = frame.right + GAP;
  let y = frame.top;
  let widest = 0;
  for (const island of others) {
    if (island.some((id) => held.has(id))) continue;
    const box = boxOf(island, positions);
    if (y > frame.top && y + box.bottom - box.top > Math.max(frame.bottom, frame.top + 3 * GAP)) {
      x += widest + GAP;
      y = frame.top;
      widest = 0;
    }
    for (const id of island) {
      const at = positions.get(id)!;
      placed.set(id, { x: at.x - box.left + x, y: at.y - box.top + y });
    }
    y += box.bottom - box.top + GAP * 0.8;
    widest = Math.max(widest, box.right - box.left);
  }
  return placed;
}

/** Parts that hang together, largest first, then by their first id. */
export function findIslands(ids: readonly string[], edges: readonly LayoutEdge[]): string[][] {
  const parent = new Map(ids.map((id) => [id, id]));
  const rootOf = (id: string): string => {
    let root = id;
    while (parent.get(root) !== root) root = parent.get(root)!;
    parent.set(id, root);
    return root;
  };
  for (const { from, to } of edges) if (parent.has(from) && parent.has(to)) parent.set(rootOf(from), rootOf(to));
  const islands = new Map<string, string[]>();
  for (const id of [...ids].sort()) {
    const root = rootOf(id);
    islands.set(root, [...(islands.get(root) ?? []), id]);
  }
  return [...islands.values()].sort((a, b) => b.length - a.length || (a[0] < b[0] ? -1 : 1));
}

function boxOf(ids: readonly string[], positions: ReadonlyMap<string, Point>) {
  const xs = ids.map((id) => positions.get(id)!.x);
  const ys = ids.map((id) => positions.get(id)!.y);
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}
