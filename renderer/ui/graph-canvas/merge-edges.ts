import { type EdgeFamily, FAMILY_OF_EDGE, type GraphEdge } from '../../../shared/model/graph.ts';
import { SEVERITIES, type Severity } from '../../../shared/model/severity.ts';
import type { AlertMarks, SceneLine } from './scene.ts';

/** Which family colors a merged line when all else is equal: the rarer the act is in ordinary work, the earlier. */
const FAMILY_WEIGHT: Readonly<Record<EdgeFamily, number>> = {
  change: 6,
  'remote-execution': 5,
  ntlm: 3,
  share: 2,
  kerberos: 1,
  logon: 4,
};

const SEPARATOR = '\u0001';

/** The id of the merged line between two nodes; the same in both directions. */
export function lineIdOf(from: string, to: string): string {
  return from < to ? from + SEPARATOR + to : to + SEPARATOR + from;
}

/**
 * One line a pair of nodes, edges in it by what matters: alerts first, then the less ordinary family, then the rarer.
 * A line runs the way of its first edge.
 */
export function mergeEdges(edges: readonly GraphEdge[], alerts: AlertMarks): SceneLine[] {
  const byPair = new Map<string, GraphEdge[]>();
  for (const edge of edges) {
    const id = lineIdOf(edge.from, edge.to);
    const group = byPair.get(id);
    if (group) group.push(edge);
    else byPair.set(id, [edge]);
  }
  const most = Math.max(1, ...[...byPair.values()].map(countOf));
  return [...byPair].map(([id, group]) => mergePair(id, group, alerts, most));
}

function mergePair(id: string, group: readonly GraphEdge[], alerts: AlertMarks, most: number): SceneLine {
  const edges = [...group].sort(compareEdges);
  const first = edges[0];
  const alertIds = [...new Set(edges.flatMap((edge) => edge.alertIds))];
  const count = countOf(edges);
  return {
    id,
    from: first.from,
    to: first.to,
    edges,
    family: FAMILY_OF_EDGE[first.kind],
    count,
    runsBack: edges.some((edge) => edge.from !== first.from),
    alertIds,
    severity: highestSeverity(alertIds.map((alertId) => alerts.get(alertId)?.severity ?? 'medium')),
    at:
      alertIds.length > 0
        ? Math.min(...alertIds.map((alertId) => alerts.get(alertId)?.firstAt ?? first.lastAt))
        : Math.min(...edges.map((edge) => edge.firstAt)),
    rarity: alertIds.length > 0 ? 1 : 1 - Math.log(count + 1) / Math.log(most + 2),
  };
}

function compareEdges(one: GraphEdge, other: GraphEdge): number {
  return (
    Math.sign(other.alertIds.length) - Math.sign(one.alertIds.length) ||
    FAMILY_WEIGHT[FAMILY_OF_EDGE[other.kind]] - FAMILY_WEIGHT[FAMILY_OF_EDGE[one.kind]] ||
    one.count - other.count ||
    (one.id < other.id ? -1 : 1)
  );
}

function countOf(edges: readonly GraphEdge[]): number {
  return edges.reduce((sum, edge) => sum + edge.count, 0);
}

export function highestSeverity(severities: readonly Severity[]): Severity | '' {
  return severities.reduce<Severity | ''>(
    (highest, severity) => (highest === '' || SEVERITIES.indexOf(severity) > SEVERITIES.indexOf(highest) ? severity : highest),
    '',
  );
}

/** Width in pixels: the logarithm of the count, so that ten thousand logons do not cover one. */
export function lineWidth(count: number): number {
  return Math.min(5, 1.1 + Math.log10(Math.max(1, count)) * 0.9);
}
