import type { LayoutEdge } from './layout.ts';

/**
 * Layer of every node. With a given start: 0 for the start, its hop number for what the start reaches going forward, the last for the target.
 * Without one: in the order of time, so that whoever acts stands left of what was acted upon. What no edge settles begins at 0.
 */
export function assignLayers(ids: readonly string[], edges: readonly LayoutEdge[], start: string, target: string): Map<string, number> {
  const known = new Set(ids);
  const usable = edges.filter((edge) => known.has(edge.from) && known.has(edge.to));
  const layerOf = new Map<string, number>();
  if (known.has(start)) spreadFrom(start, usable, layerOf);
  else followTime(usable, layerOf);
  settleRest(ids, usable, layerOf);
  const least = Math.min(0, ...layerOf.values());
  for (const [id, layer] of layerOf) layerOf.set(id, layer - least);
  if (known.has(target) && target !== start) {
    const last = Math.max(...layerOf.values());
    const shared = [...layerOf].filter(([id, layer]) => layer === last && id !== target).length;
    layerOf.set(target, shared > 0 ? last + 1 : last);
  }
  return layerOf;
}

/** Edges with alerts tell the story; they are followed by time. What has not acted yet moves right when somebody further right acts upon it. */
function followTime(edges: readonly LayoutEdge[], layerOf: Map<string, number>): void {
  const alerted = edges.filter((edge) => edge.hasAlert);
  const story = [...(alerted.length > 0 ? alerted : edges)].sort((a, b) => a.at - b.at);
  const acted = new Set<string>();
  for (const { from, to } of story) {
    const right = layerOf.get(to);
    const left = layerOf.get(from) ?? (right === undefined ? 0 : Math.max(0, right - 1));
    layerOf.set(from, left);
    acted.add(from);
    if (right === undefined || (right <= left && !acted.has(to))) layerOf.set(to, left + 1);
  }
}

function spreadFrom(start: string, edges: readonly LayoutEdge[], layerOf: Map<string, number>): void {
  const outgoing = new Map<string, string[]>();
  for (const { from, to } of edges) outgoing.set(from, [...(outgoing.get(from) ?? []), to]);
  let wave = [start];
  layerOf.set(start, 0);
  while (wave.length > 0) {
    const next: string[] = [];
    for (const id of wave)
      for (const other of outgoing.get(id) ?? [])
        if (!layerOf.has(other)) {
          layerOf.set(other, layerOf.get(id)! + 1);
          next.push(other);
        }
    wave = next;
  }
}

/** Settles what is left from what is settled: against an arrow one layer left, along it one layer right; islands begin at 0. */
function settleRest(ids: readonly string[], edges: readonly LayoutEdge[], layerOf: Map<string, number>): void {
  for (;;) {
    let moved = false;
    for (const { from, to } of edges) {
      const left = layerOf.get(from);
      const right = layerOf.get(to);
      if (left === undefined && right !== undefined) layerOf.set(from, right - 1);
      else if (left !== undefined && right === undefined) layerOf.set(to, left + 1);
      else continue;
      moved = true;
    }
    if (moved) continue;
    const island = ids.find((id) => !layerOf.has(id));
    if (island === undefined) return;
    layerOf.set(island, 0);
  }
}
