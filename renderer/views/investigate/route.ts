import type { PathHop } from '../../../shared/model/graph.ts';
import type { Scene } from '../../ui/graph-canvas/scene.ts';

/** Nodes of a path in order. A hop may be walked against its edge: from a host on to an account that logged on there. */
export function routeOf(hops: readonly PathHop[], start: string): string[] {
  const route = [start];
  for (const { edge } of hops) route.push(edge.from === route.at(-1) ? edge.to : edge.from);
  return route;
}

/** Lines that are no hop of the path step back. */
export function markRoute(scene: Scene, hops: readonly PathHop[] | undefined): Scene {
  if (!hops || hops.length === 0) return scene;
  const ids = new Set(hops.map((hop) => hop.edge.id));
  const lines = scene.lines.map((line) => ({ ...line, rarity: line.edges.some((edge) => ids.has(edge.id)) ? 1 : 0 }));
  return { ...scene, lines };
}
