import { BOUNDS } from '../../shared/contract/bounds.ts';
import type { GraphQuery } from '../../shared/contract/inputs.ts';
import type { GraphView, PathHop } from '../../shared/model/graph.ts';
import type { Severity } from '../../shared/model/severity.ts';
import { ok, problem } from '../../shared/result.ts';
import type { Workspace } from '../engine/workspace.ts';
import { buildView, bundleMembers, type NodeFacts, type ViewRequest } from '../graph/build-view.ts';
import { findEarliestPath } from '../graph/find-path.ts';
import { alertTallies, entityRow, labelOf } from './label.ts';
import type { Operations } from './operation.ts';

/** What people can read at once; the rest is ranked lower and counted. */
const DEFAULT_MAX_NODES = 120;

export const graphOperations: Operations<'graph.view' | 'graph.bundle' | 'graph.neighbors' | 'graph.path'> = {
  'graph.view': (query, { workspace }) => ok(buildView(viewRequest(workspace, query))),

  'graph.bundle': ({ query, of, edgeKind, outgoing }, { workspace }) => {
    const hub = workspace.resolution().byId.get(of);
    if (hub === undefined) return problem('not-found', 'The node of this bundle is no longer in the store.');
    const tallies = alertTallies(workspace);
    const members = bundleMembers(viewRequest(workspace, query), hub, edgeKind, outgoing);
    return ok({
      members: members.map(({ entity, count, lastAt }) => ({
        ...entityRow(workspace, workspace.resolution().entities[entity], tallies),
        count,
        lastSeenAt: lastAt,
      })),
    });
  },

  'graph.neighbors': ({ entity, query }, { workspace }) => {
    const center = workspace.resolution().byId.get(entity);
    if (center === undefined) return problem('not-found', 'This entity is no longer in the store.');
    const request = viewRequest(workspace, query);
    const groups = new Map<string, Set<number>>();
    const peers = new Set<number>();
    request.edges.forEach((edge, position) => {
      if ((edge.from !== center && edge.to !== center) || (request.counts?.[position] ?? edge.count) === 0) return;
      const peer = edge.from === center ? edge.to : edge.from;
      peers.add(peer);
      const key = JSON.stringify([edge.kind, edge.from === center, request.node(peer).kind]);
      groups.set(key, (groups.get(key) ?? new Set()).add(peer));
    });
    const summary = [...groups].map(([key, members]) => {
      const [edgeKind, outgoing, entityKind] = JSON.parse(key);
      return { edgeKind, outgoing, entityKind, count: members.size };
    });
    return ok({ entity, total: peers.size, groups: summary.sort((a, b) => b.count - a.count) });
  },

  'graph.path': ({ from, to, query }, { workspace }) => {
    const { byId } = workspace.resolution();
    const start = byId.get(from);
    const end = byId.get(to);
    if (start === undefined || end === undefined) return problem('not-found', 'One end of the path is no longer in the store.');
    const rows = workspace.order.rows();
    const first = query.span?.from == null ? 0 : workspace.order.positionOf(query.span.from);
    const last = query.span?.to == null ? rows.length : workspace.order.positionOf(query.span.to);
    const graph = workspace.graph();
    const allowed = query.edgeKinds?.length ? new Set(query.edgeKinds) : null;
    const found = findEarliestPath(workspace.events.table, rows.subarray(first, last), graph, start, end, allowed);
    const onPath = new Set(found.flatMap(({ edge }) => [graph.edges[edge].from, graph.edges[edge].to]));
    const ids = [...onPath].map((number) => workspace.resolution().entities[number].id);
    const view = ids.length === 0 ? EMPTY : buildView({ ...viewRequest(workspace, { ...query, focus: ids, depth: 0 }), bundleFrom: 0 });
    const hops: PathHop[] = found.map(({ edge, event }) => {
      const { from: a, to: b, kind } = graph.edges[edge];
      const id = `${workspace.resolution().entities[a].id}|${workspace.resolution().entities[b].id}|${kind}`;
      const segment = workspace.events.table.segmentOf(event);
      const account = workspace.resolution().accountEntity[segment.target[event & 0xffff] || segment.actor[event & 0xffff]] ?? 0;
      return {
        edge: view.edges.find((candidate) => candidate.id === id)!,
        at: workspace.events.table.at(event),
        eventIndex: event,
        account: labelOf(workspace, account)?.name ?? '',
      };
    });
    return ok({ hops: hops.filter((hop) => hop.edge !== undefined), view });
  },
};

const EMPTY: GraphView = {
  nodes: [],
  edges: [],
  shown: { nodes: 0, edges: 0 },
  inResult: { nodes: 0, edges: 0 },
  inScope: { nodes: 0, edges: 0 },
  reducers: [],
};

/** Everything `buildView` needs to know, with the counts of the span worked out. */
export function viewRequest(workspace: Workspace, query: GraphQuery): ViewRequest {
  const graph = workspace.graph();
  const resolution = workspace.resolution();
  const numbers = (ids: readonly string[] | undefined) =>
    new Set((ids ?? []).map((id) => resolution.byId.get(id)).filter((number) => number !== undefined));
  const tallies = alertTallies(workspace);
  const facts = new Map<number, NodeFacts>();
  const alertEdges = edgesOfAlerts(workspace);
  const focus = numbers(query.focus);
  const alertIds = new Set(query.alertIds ?? []);
  if (query.incidentId) for (const id of workspace.incident(query.incidentId)?.alertIds ?? []) alertIds.add(id);
  const ofAlerts = alertIds.size > 0;
  if (ofAlerts) {
    for (const id of alertIds)
      for (const entity of numbers(workspace.alerts.row(id)?.entities.map((entity) => entity.id))) focus.add(entity);
    for (const [edge, ids] of alertEdges) {
      if (ids.some((id) => alertIds.has(id))) focus.add(graph.edges[edge].from).add(graph.edges[edge].to);
    }
  }
  return {
    edges: graph.edges,
    ...spanCounts(workspace, query.span?.from ?? null, query.span?.to ?? null),
    node: (number) => {
      let known = facts.get(number);
      if (known === undefined) {
        const row = entityRow(workspace, resolution.entities[number], tallies);
        known = { ...row, highestSeverity: row.highestSeverity as Severity | '', principalAlerts: tallies.get(row.id)?.principal ?? 0 };
        facts.set(number, known);
      }
      return known;
    },
    alertsOfEdge: (edge) => alertEdges.get(edge) ?? [],
    focus,
    named: numbers(query.focus),
    depth: query.depth ?? (ofAlerts ? 0 : 1),
    edgeKinds: query.edgeKinds?.length ? new Set(query.edgeKinds) : null,
    entityKinds: query.entityKinds?.length ? new Set(query.entityKinds) : null,
    minCount: query.minCount ?? 0,
    minDegree: query.minDegree ?? 0,
    alertsOnly: query.alertsOnly ?? false,
    // The tickets and logons of machine accounts are the hum of every domain: shown only around something that was asked for.
    machineTraffic: query.machineTraffic ?? (focus.size > 0 || (query.edgeKinds?.length ?? 0) > 0),
    bundleFrom: query.bundleFrom ?? BOUNDS.bundleFrom,
    keep: numbers(query.keep),
    hide: numbers(query.hide),
    maxNodes: query.maxNodes ?? DEFAULT_MAX_NODES,
  };
}

type SpanCounts = Pick<ViewRequest, 'counts' | 'firstAt' | 'lastAt'>;

/** Records per edge inside a span: one pass over the events of the span. The whole time needs no pass. */
function spanCounts(workspace: Workspace, from: number | null, to: number | null): SpanCounts {
  const { table } = workspace.events;
  const wholeStart = from === null || from <= table.firstAt;
  const wholeEnd = to === null || to > table.lastAt;
  if (wholeStart && wholeEnd) return { counts: null, firstAt: null, lastAt: null };
  const graph = workspace.graph();
  const rows = workspace.order.rows();
  const first = from === null ? 0 : workspace.order.positionOf(from);
  const last = to === null ? rows.length : workspace.order.positionOf(to);
  const counts = new Uint32Array(graph.edges.length);
  const firstAt = new Float64Array(graph.edges.length);
  const lastAt = new Float64Array(graph.edges.length);
  const add = (observed: number, at: number) => {
    const edge = observed === 0 || observed >= graph.edgeOfObserved.length ? -1 : graph.edgeOfObserved[observed];
    if (edge < 0) return;
    if (counts[edge]++ === 0) firstAt[edge] = at;
    lastAt[edge] = at;
  };
  for (let position = first; position < last; position++) {
    const index = rows[position];
    const segment = table.segmentOf(index);
    const row = index & 0xffff;
    const edge = segment.edge[row];
    if (edge === 0) continue;
    const at = segment.at[row];
    add(edge, at);
    if (segment.secondEdge[row] !== 0) add(segment.secondEdge[row], at);
  }
  return { counts, firstAt, lastAt };
}

/** Which alerts rest on records of which edge. */
function edgesOfAlerts(workspace: Workspace): Map<number, string[]> {
  const graph = workspace.graph();
  const { table } = workspace.events;
  const found = new Map<number, string[]>();
  for (const alert of workspace.alerts.all()) {
    const edges = new Set<number>();
    for (const { eventIndex } of workspace.alerts.detail(alert.id)!.evidence) {
      if (eventIndex >= table.count) continue;
      const segment = table.segmentOf(eventIndex);
      for (const observed of [segment.edge[eventIndex & 0xffff], segment.secondEdge[eventIndex & 0xffff]]) {
        const edge = observed === 0 ? -1 : (graph.edgeOfObserved[observed] ?? -1);
        if (edge >= 0) edges.add(edge);
      }
    }
    for (const edge of edges) found.set(edge, [...(found.get(edge) ?? []), alert.id]);
  }
  return found;
}
