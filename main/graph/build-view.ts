import type { EntityKind, EntityTag } from '../../shared/model/entity.ts';
import type { EdgeKind, GraphEdge, GraphNode, GraphView } from '../../shared/model/graph.ts';
import type { Severity } from '../../shared/model/severity.ts';
import type { Micros } from '../../shared/model/time.ts';
import type { EntityEdge } from './entity-edges.ts';

/** What the picture shows of an entity. */
export type NodeFacts = {
  readonly id: string;
  readonly kind: EntityKind;
  readonly name: string;
  readonly domain: string;
  readonly roles: readonly string[];
  readonly tags: readonly EntityTag[];
  readonly alertCount: number;
  readonly highestSeverity: Severity | '';
  /** Alerts that are about this entity, not only name it among many. */
  readonly principalAlerts: number;
  readonly eventCount: number;
  readonly firstAt: Micros;
  readonly lastAt: Micros;
};

export type ViewRequest = {
  readonly edges: readonly EntityEdge[];
  /** Records per edge in the span asked for; null means the whole time, then each edge's own count holds. */
  readonly counts: Uint32Array | null;
  readonly firstAt: Float64Array | null;
  readonly lastAt: Float64Array | null;
  node(entity: number): NodeFacts;
  alertsOfEdge(edge: number): readonly string[];
  readonly focus: ReadonlySet<number>;
  /** The part of the focus that the analyst named; the rest came with an alert or incident and may be folded into bundles. */
  readonly named: ReadonlySet<number>;
  readonly depth: number;
  readonly edgeKinds: ReadonlySet<EdgeKind> | null;
  readonly entityKinds: ReadonlySet<EntityKind> | null;
  readonly minCount: number;
  readonly minDegree: number;
  readonly alertsOnly: boolean;
  readonly machineTraffic: boolean;
  readonly bundleFrom: number;
  readonly keep: ReadonlySet<number>;
  readonly hide: ReadonlySet<number>;
  readonly maxNodes: number;
};

type Link = { readonly edge: number; readonly peer: number; readonly outgoing: boolean };
type Bundle = {
  readonly id: string;
  readonly hub: number;
  readonly kind: EdgeKind;
  readonly outgoing: boolean;
  readonly members: number[];
};
type Reducer = { readonly id: string; readonly label: string; readonly hidden: number };

/**
 * The graph as it is drawn: filtered, cut to the neighborhood of the focus, large fan-outs folded into bundles (pattern 1), ranked and
 * capped; and the account of what was left out, which always adds up: drawn nodes + hidden by each reducer = nodes in the result.
 */
export function buildView(request: ViewRequest): GraphView {
  const countOf = (edge: number): number => request.counts?.[edge] ?? request.edges[edge].count;
  const { eligible, links, result, bundles, machineEdges, scopeNodes, scopeEdges } = reach(request, countOf);
  const reducers: Reducer[] = [];
  if (machineEdges > 0) reducers.push({ id: 'machine-traffic', label: `${machineEdges} connections of machine accounts`, hidden: 0 });
  const bundled = new Set(bundles.flatMap((bundle) => bundle.members));
  for (const bundle of bundles) {
    reducers.push({
      id: bundle.id,
      label: `${bundle.members.length} peers of ${request.node(bundle.hub).name} in one bundle`,
      hidden: bundle.members.length,
    });
  }
  const ranks = new Map([...result].map((node) => [node, rank(request, links, node)]));
  const drawn = [...result].filter((node) => !bundled.has(node)).sort((a, b) => ranks.get(b)! - ranks.get(a)! || compareIds(request, a, b));
  const room = Math.max(1, request.maxNodes - bundles.length);
  const kept = keepConnected(drawn, room, links, ranks);
  if (drawn.length > kept.size)
    reducers.push({ id: 'rank', label: `${drawn.length - kept.size} lower-ranked nodes`, hidden: drawn.length - kept.size });
  const edges: GraphEdge[] = [];
  let resultEdges = 0;
  for (const edge of eligible) {
    const { from, to } = request.edges[edge];
    if (!result.has(from) || !result.has(to)) continue;
    resultEdges++;
    if (kept.has(from) && kept.has(to)) edges.push(graphEdge(request, edge, countOf(edge)));
  }
  const drawnBundles = bundles.filter((bundle) => kept.has(bundle.hub));
  for (const bundle of drawnBundles) edges.push(bundleEdge(request, links, bundle, countOf));
  const nodes = [...kept].map((node) => graphNode(request, links, node));
  for (const bundle of drawnBundles) nodes.push(bundleNode(request, bundle));
  return {
    nodes,
    edges: edges.sort((a, b) => (a.id < b.id ? -1 : 1)),
    shown: { nodes: kept.size, edges: edges.length },
    inResult: { nodes: result.size, edges: resultEdges },
    inScope: { nodes: scopeNodes.size, edges: scopeEdges },
    reducers,
  };
}

/** What passes the filters and lies around the focus, and what of it folds into bundles. */
function reach(request: ViewRequest, countOf: (edge: number) => number) {
  const scopeNodes = new Set<number>();
  let scopeEdges = 0;
  const eligible: number[] = [];
  let machineEdges = 0;
  for (let edge = 0; edge < request.edges.length; edge++) {
    if (countOf(edge) === 0) continue;
    const { from, to, kind } = request.edges[edge];
    scopeEdges++;
    scopeNodes.add(from).add(to);
    if (countOf(edge) < request.minCount || (request.edgeKinds !== null && !request.edgeKinds.has(kind))) continue;
    if (request.hide.has(from) || request.hide.has(to)) continue;
    if (request.alertsOnly && request.alertsOfEdge(edge).length === 0) continue;
    if (!request.machineTraffic && isMachineTraffic(request, edge)) {
      machineEdges++;
      continue;
    }
    if (
      request.entityKinds !== null &&
      !(request.entityKinds.has(request.node(from).kind) && request.entityKinds.has(request.node(to).kind))
    )
      continue;
    eligible.push(edge);
  }
  const links = linksOf(request, eligible);
  if (request.minDegree > 1)
    for (const [node, own] of links) if (peersOf(own).size < request.minDegree && !isKept(request, node)) links.delete(node);
  const result = neighborhood(request, links);
  const bundles = request.bundleFrom > 0 ? foldBundles(request, links, result) : [];
  return { eligible, links, result, bundles, machineEdges, scopeNodes, scopeEdges };
}

/**
 * The first nodes by rank, each with its best neighbor where none is drawn yet: names without lines between them tell nothing.
 */
function keepConnected(
  drawn: readonly number[],
  room: number,
  links: ReadonlyMap<number, readonly Link[]>,
  ranks: ReadonlyMap<number, number>,
): Set<number> {
  if (drawn.length <= room) return new Set(drawn);
  const candidates = new Set(drawn);
  const kept = new Set<number>();
  for (const node of drawn) {
    if (kept.size >= room) break;
    kept.add(node);
    const peers = (links.get(node) ?? []).map((link) => link.peer).filter((peer) => candidates.has(peer));
    if (peers.length === 0 || kept.size >= room || peers.some((peer) => kept.has(peer))) continue;
    kept.add(peers.reduce((best, peer) => (ranks.get(peer)! > ranks.get(best)! ? peer : best)));
  }
  return kept;
}

/** The members of one bundle, as the side table lists them; where nothing is folded, all peers by that kind of edge. */
export function bundleMembers(
  request: ViewRequest,
  hub: number,
  kind: EdgeKind,
  outgoing: boolean,
): { entity: number; count: number; lastAt: Micros }[] {
  const countOf = (edge: number): number => request.counts?.[edge] ?? request.edges[edge].count;
  const own = reach(request, countOf).bundles.filter(
    (bundle) => bundle.hub === hub && bundle.kind === kind && bundle.outgoing === outgoing,
  );
  const folded = new Set(own.flatMap((bundle) => bundle.members));
  const members: { entity: number; count: number; lastAt: Micros }[] = [];
  request.edges.forEach((edge, position) => {
    if (edge.kind !== kind || (outgoing ? edge.from : edge.to) !== hub) return;
    if (folded.size > 0 && !folded.has(outgoing ? edge.to : edge.from)) return;
    const count = countOf(position);
    if (count > 0) members.push({ entity: outgoing ? edge.to : edge.from, count, lastAt: request.lastAt?.[position] ?? edge.lastAt });
  });
  return members.sort((a, b) => b.count - a.count);
}

function linksOf(request: ViewRequest, eligible: readonly number[]): Map<number, Link[]> {
  const links = new Map<number, Link[]>();
  const add = (node: number, link: Link) => {
    const own = links.get(node);
    if (own) own.push(link);
    else links.set(node, [link]);
  };
  for (const edge of eligible) {
    const { from, to } = request.edges[edge];
    add(from, { edge, peer: to, outgoing: true });
    add(to, { edge, peer: from, outgoing: false });
  }
  return links;
}

function peersOf(links: readonly Link[]): Set<number> {
  return new Set(links.map((link) => link.peer));
}

function neighborhood(request: ViewRequest, links: ReadonlyMap<number, readonly Link[]>): Set<number> {
  if (request.focus.size === 0) return new Set(links.keys());
  const reached = new Set([...request.focus].filter((node) => !request.hide.has(node)));
  let frontier = [...reached];
  for (let hop = 0; hop < request.depth; hop++) {
    const next: number[] = [];
    for (const node of frontier) {
      for (const { peer } of links.get(node) ?? []) {
        if (reached.has(peer) || !links.has(peer)) continue;
        reached.add(peer);
        next.push(peer);
      }
    }
    frontier = next;
  }
  for (const node of request.keep) reached.add(node);
  return reached;
}

/** Nodes that the analyst must see as themselves: never folded, ranked first. */
function isKept(request: ViewRequest, node: number): boolean {
  return isChosen(request, node) || request.node(node).alertCount > 0;
}

function isChosen(request: ViewRequest, node: number): boolean {
  if (request.named.has(node) || request.keep.has(node)) return true;
  const facts = request.node(node);
  return facts.tags.length > 0 || facts.roles.includes('domain controller');
}

/**
 * Alerts that rest on more edges of one kind than a bundle holds back, such as a spray over all accounts: they say something of whoever did it
 * and not of each of the many, so they keep nobody out of a bundle.
 */
function crowdAlerts(request: ViewRequest, links: ReadonlyMap<number, readonly Link[]>): Set<string> {
  const edgesOf = new Map<string, number>();
  const crowd = new Set<string>();
  const seen = new Set<number>();
  for (const own of links.values())
    for (const { edge } of own) {
      if (seen.has(edge)) continue;
      seen.add(edge);
      for (const id of request.alertsOfEdge(edge)) {
        const key = `${id}|${request.edges[edge].kind}`;
        const count = (edgesOf.get(key) ?? 0) + 1;
        edgesOf.set(key, count);
        if (count > request.bundleFrom) crowd.add(id);
      }
    }
  return crowd;
}

/** Whether a node has an alert that it does not share with a crowd. */
function hasOwnAlert(request: ViewRequest, own: readonly Link[], node: number, crowd: ReadonlySet<string>): boolean {
  const { alertCount } = request.node(node);
  if (alertCount === 0) return false;
  const alerts = new Set(own.flatMap((link) => request.alertsOfEdge(link.edge)));
  return alertCount > alerts.size || [...alerts].some((id) => !crowd.has(id));
}

function foldBundles(request: ViewRequest, links: ReadonlyMap<number, readonly Link[]>, result: ReadonlySet<number>): Bundle[] {
  const bundles: Bundle[] = [];
  const folded = new Set<number>();
  const degree = new Map([...result].map((node) => [node, peersOf(links.get(node) ?? []).size]));
  const crowd = crowdAlerts(request, links);
  const mayFold = (node: number) => !isChosen(request, node) && !hasOwnAlert(request, links.get(node) ?? [], node, crowd);
  const hubs = [...result]
    .filter((node) => degree.get(node)! > request.bundleFrom)
    .sort((a, b) => degree.get(b)! - degree.get(a)! || compareIds(request, a, b));
  for (const hub of hubs) {
    const groups = new Map<string, Link[]>();
    for (const link of links.get(hub) ?? []) {
      // A peer with a fan-out of its own is a hub, not part of the crowd.
      if (!result.has(link.peer) || folded.has(link.peer) || degree.get(link.peer)! > request.bundleFrom || !mayFold(link.peer)) continue;
      const key = `${request.edges[link.edge].kind}|${link.outgoing ? 'out' : 'in'}|${request.node(link.peer).kind}`;
      const group = groups.get(key);
      if (group) group.push(link);
      else groups.set(key, [link]);
    }
    const isAlerted = (group: readonly Link[]) => group.some((link) => request.alertsOfEdge(link.edge).length > 0);
    for (const [key, group] of [...groups].sort((a, b) => +isAlerted(b[1]) - +isAlerted(a[1]) || b[1].length - a[1].length)) {
      const members = group.map((link) => link.peer).filter((peer) => !folded.has(peer));
      if (members.length <= request.bundleFrom) continue;
      for (const member of members) folded.add(member);
      bundles.push({
        id: `bundle:${request.node(hub).id}|${key}`,
        hub,
        kind: request.edges[group[0].edge].kind,
        outgoing: group[0].outgoing,
        members,
      });
    }
  }
  return bundles;
}

const SEVERITY_WEIGHT: Readonly<Record<Severity | '', number>> = { high: 4, medium: 3, low: 2, informational: 1, '': 0 };

/** Alerts first, then tags, then how well connected; a rare connection weighs more than a busy one (pattern 23). */
function rank(request: ViewRequest, links: ReadonlyMap<number, readonly Link[]>, node: number): number {
  const facts = request.node(node);
  const rare = (links.get(node) ?? []).reduce((sum, link) => sum + 1 / (1 + Math.log2(1 + request.edges[link.edge].count)), 0);
  const always = request.focus.has(node) || request.keep.has(node) ? 1e9 : 0;
  return (
    always +
    (facts.principalAlerts > 0 ? SEVERITY_WEIGHT[facts.highestSeverity] * 1e6 : 0) +
    facts.principalAlerts * 1e4 +
    facts.tags.length * 1e4 +
    (facts.roles.includes('domain controller') ? 5e3 : 0) +
    rare
  );
}

const MACHINE_HUM: ReadonlySet<EdgeKind> = new Set([
  'kerberos-tgt',
  'kerberos-service-ticket',
  'logon-network',
  'ntlm-validation',
  'share-access',
]);

/** A computer account asking for tickets and logging on by itself, without an alert on it. */
function isMachineTraffic(request: ViewRequest, edge: number): boolean {
  const { from, kind } = request.edges[edge];
  return MACHINE_HUM.has(kind) && request.node(from).kind === 'computer' && request.alertsOfEdge(edge).length === 0;
}

function compareIds(request: ViewRequest, a: number, b: number): number {
  return request.node(a).id < request.node(b).id ? -1 : 1;
}

function graphNode(request: ViewRequest, links: ReadonlyMap<number, readonly Link[]>, node: number): GraphNode {
  const facts = request.node(node);
  return { ...facts, degree: peersOf(links.get(node) ?? []).size, bundle: null };
}

function graphEdge(request: ViewRequest, position: number, count: number): GraphEdge {
  const edge = request.edges[position];
  const from = request.node(edge.from).id;
  const to = request.node(edge.to).id;
  return {
    id: `${from}|${to}|${edge.kind}`,
    from,
    to,
    kind: edge.kind,
    count,
    firstAt: request.firstAt?.[position] ?? edge.firstAt,
    lastAt: request.lastAt?.[position] ?? edge.lastAt,
    alertIds: request.alertsOfEdge(position),
  };
}

function bundleNode(request: ViewRequest, bundle: Bundle): GraphNode {
  const members = bundle.members.map((member) => request.node(member));
  const kinds = new Set(members.map((member) => member.kind));
  return {
    id: bundle.id,
    kind: kinds.size === 1 ? members[0].kind : 'user',
    name: `${PLURAL[members[0].kind]} × ${members.length}`,
    domain: '',
    tags: [],
    roles: [],
    // What its members share; one with an alert of its own is never in a bundle.
    alertCount: Math.max(...members.map((member) => member.alertCount)),
    highestSeverity: members.map((member) => member.highestSeverity).reduce((a, b) => (SEVERITY_WEIGHT[b] > SEVERITY_WEIGHT[a] ? b : a)),
    degree: 1,
    eventCount: members.reduce((sum, member) => sum + member.eventCount, 0),
    firstAt: Math.min(...members.map((member) => member.firstAt)),
    lastAt: Math.max(...members.map((member) => member.lastAt)),
    bundle: { of: request.node(bundle.hub).id, edgeKind: bundle.kind, outgoing: bundle.outgoing, members: members.length },
  };
}

const PLURAL: Readonly<Record<EntityKind, string>> = {
  user: 'Users',
  computer: 'Computers',
  group: 'Groups',
  service: 'Services',
  address: 'Addresses',
  'well-known': 'Identities',
};

function bundleEdge(
  request: ViewRequest,
  links: ReadonlyMap<number, readonly Link[]>,
  bundle: Bundle,
  countOf: (edge: number) => number,
): GraphEdge {
  const members = new Set(bundle.members);
  const own = (links.get(bundle.hub) ?? []).filter(
    (link) => link.outgoing === bundle.outgoing && members.has(link.peer) && request.edges[link.edge].kind === bundle.kind,
  );
  const hub = request.node(bundle.hub).id;
  const [from, to] = bundle.outgoing ? [hub, bundle.id] : [bundle.id, hub];
  return {
    id: `${from}|${to}|${bundle.kind}`,
    from,
    to,
    kind: bundle.kind,
    count: own.reduce((sum, link) => sum + countOf(link.edge), 0),
    firstAt: Math.min(...own.map((link) => request.edges[link.edge].firstAt)),
    lastAt: Math.max(...own.map((link) => request.edges[link.edge].lastAt)),
    alertIds: [...new Set(own.flatMap((link) => request.alertsOfEdge(link.edge)))].sort(),
  };
}
