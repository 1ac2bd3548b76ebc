import type { GraphNode, GraphView } from '../../../shared/model/graph.ts';
import { SEVERITIES } from '../../../shared/model/severity.ts';
import { fullNameOf, labelEntities } from '../../ui/graph-canvas/label.ts';
import { mergeEdges } from '../../ui/graph-canvas/merge-edges.ts';
import type { AlertMarks, Scene, SceneNode } from '../../ui/graph-canvas/scene.ts';
import { EDGE_WORDS } from './words.ts';

export type Ends = { readonly start: string; readonly target: string };

/** From an answer of the engine to what is drawn. */
export function buildScene(view: GraphView, alerts: AlertMarks, pinned: ReadonlySet<string>, ends: Ends): Scene {
  const labels = labelEntities(view.nodes.filter((node) => !node.bundle));
  const nodes = view.nodes.map((node): SceneNode => {
    const end = node.id === ends.start ? 'start' : node.id === ends.target ? 'target' : '';
    return {
      id: node.id,
      kind: node.kind,
      label: node.bundle ? node.name : labels.get(node.id)!,
      fullName: node.bundle ? node.name : fullNameOf(node),
      tags: node.tags,
      severity: node.highestSeverity,
      alertCount: node.alertCount,
      members: node.bundle?.members ?? 0,
      note: node.bundle ? EDGE_WORDS[node.bundle.edgeKind] : '',
      importance: importanceOf(node) + (end === '' ? 0 : 500),
      isPinned: pinned.has(node.id),
      end,
    };
  });
  return { nodes, lines: mergeEdges(view.edges, alerts) };
}

/** What deserves a label first: alerts, tags, domain controllers, then how much is known of it. */
export function importanceOf(node: GraphNode): number {
  const alerts = node.highestSeverity === '' ? 0 : 40 * (SEVERITIES.indexOf(node.highestSeverity) + 1) + Math.min(20, node.alertCount);
  const roles = node.roles.includes('domain controller') ? 50 : 0;
  return alerts + roles + 30 * node.tags.length + (node.bundle ? 90 : 0) + 4 * Math.log2(1 + node.degree) + Math.log2(1 + node.eventCount);
}

/** Why a node stands where it stands in the ranked list, in words. */
export function whyRanked(node: GraphNode): string {
  const reasons: string[] = [];
  if (node.highestSeverity !== '')
    reasons.push(`${node.alertCount} ${node.alertCount === 1 ? 'alert' : 'alerts'}, highest ${node.highestSeverity}`);
  for (const tag of node.tags) reasons.push(tag);
  for (const role of node.roles.slice(0, 2)) reasons.push(role);
  if (reasons.length === 0 || node.degree > 8) reasons.push(`${node.degree} ${node.degree === 1 ? 'neighbor' : 'neighbors'}`);
  return reasons.join(' · ');
}
