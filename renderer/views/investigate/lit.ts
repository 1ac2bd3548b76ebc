import type { Scene } from '../../ui/graph-canvas/scene.ts';

/**
 * What stays bright in path-only mode (pattern 4). On a layered board: everything that leads to the chosen elements or follows from them; elsewhere
 * the chosen ones with what they touch. Null when nothing is chosen.
 */
export function litElements(scene: Scene, chosen: ReadonlySet<string>, followsPaths: boolean): Set<string> | null {
  const nodes = new Set(scene.nodes.map((node) => node.id).filter((id) => chosen.has(id)));
  const lines = scene.lines.filter((line) => chosen.has(line.id) || line.edges.some((edge) => chosen.has(edge.id)));
  if (nodes.size === 0 && lines.length === 0) return null;
  const lit = new Set<string>([...nodes, ...lines.flatMap((line) => [line.id, line.from, line.to])]);
  if (!followsPaths) {
    for (const line of scene.lines)
      if (nodes.has(line.from) || nodes.has(line.to)) for (const id of [line.id, line.from, line.to]) lit.add(id);
    return lit;
  }
  const seeds =
    lines.length > 0 && nodes.size === 0
      ? { back: lines.map((line) => line.from), on: lines.map((line) => line.to) }
      : { back: [...nodes], on: [...nodes] };
  walk(scene, seeds.on, true, lit);
  walk(scene, seeds.back, false, lit);
  return lit;
}

function walk(scene: Scene, from: readonly string[], forward: boolean, lit: Set<string>): void {
  const seen = new Set(from);
  let front = [...from];
  while (front.length > 0) {
    const next: string[] = [];
    for (const line of scene.lines)
      for (const edge of line.edges) {
        const [near, far] = forward ? [edge.from, edge.to] : [edge.to, edge.from];
        if (!front.includes(near)) continue;
        lit.add(line.id).add(far);
        if (!seen.has(far)) {
          seen.add(far);
          next.push(far);
        }
      }
    front = next;
  }
}
