import type { Positions } from './scene.ts';

/** The node an arrow key goes to: near, and mostly in that direction. Without a current node the leftmost one; empty when there is none. */
export function nextInDirection(
  ids: readonly string[],
  positions: Positions,
  current: string,
  [dx, dy]: readonly [number, number],
): string {
  const from = positions.get(current);
  const placed = ids.filter((id) => positions.has(id) && id !== current);
  if (!from) return placed.reduce((left, id) => (left === '' || positions.get(id)!.x < positions.get(left)!.x ? id : left), '');
  let best = '';
  let least = Number.POSITIVE_INFINITY;
  for (const id of placed) {
    const to = positions.get(id)!;
    const along = (to.x - from.x) * dx + (to.y - from.y) * dy;
    const across = Math.abs((to.x - from.x) * dy) + Math.abs((to.y - from.y) * dx);
    if (along <= 0 || across > along * 1.6) continue;
    const cost = along + across * 1.5;
    if (cost < least) {
      least = cost;
      best = id;
    }
  }
  return best;
}
