import type { LayoutEdge } from './layout.ts';

/**
 * Layer of every node: 0 for the start, its hop number for what the start reaches going forward, the last for the target. Nodes that are only
 * reached against the arrow stand beside what they touch, so that a source of a step is left of it.
 */
export function assignLayers(ids: readonly string[], edges: readonly LayoutEdge[], start: string, target: string): Map<string, number> {
  const known = new Set(ids);
  const usable = edges.filter((edge) => known.has(edge.from) && known.has(edge.to));
  const first = known.has(start) ? start : findStart(ids, usable);
  const layerOf = new Map<string, number>();
  if (first !== '') spreadFrom([first], usable, layerOf);
  settleRest(ids, usable, layerOf);
  const least = Math.min(0, ...layerOf.values());
  for (const [id, layer] of layerOf) layerOf.set(id, layer - least);
  if (known.has(target) && target !== first) {
    const last = Math.max(...layerOf.values());
    const shared = [...layerOf].filter(([id, layer]) => layer === last && id !== target).length;
    layerOf.set(target, shared > 0 ? last + 1 : last);
  }
  return layerOf;
}

/** Where the story begins: the tail of the earliest edge with an alert, else the earliest edge at all. */
function findStart(ids: readonly string[], edges: readonly LayoutEdge[]): string {
  const alerted = edges.filter((edge) => edge.hasAlert);
  const candidates = alerted.length > 0 ? alerted : edges;
  return (
    candidates.reduce<LayoutEdge | null>((earliest, edge) => (earliest === null || edge.at < earliest.at ? edge : earliest), null)?.from ??
    ids[0] ??
    ''
  );
}

function spreadFrom(front: readonly string[], edges: readonly LayoutEdge[], layerOf: Map<string, number>): void {
  const outgoing = new Map<string, string[]>();
  for (const { from, to } of edges) outgoing.set(from, [...(outgoing.get(from) ?? []), to]);
  let wave = front.filter((id) => !layerOf.has(id));
  for (const id of wave) layerOf.set(id, 0);
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
