import type { GraphSnapshot } from '../../shared/model/case-file.ts';
import type { EntityKind } from '../../shared/model/entity.ts';
import { type EdgeFamily, type EdgeKind, FAMILY_OF_EDGE, type GraphEdge, type GraphNode } from '../../shared/model/graph.ts';

/** More connections than this are too many to read on paper: then only those that an alert rests on are drawn. */
const READABLE_EDGES = 40;
/** From this many peers on, nodes that differ in their name alone become one. */
const FOLD_FROM = 4;

export type PictureNode = {
  readonly id: string;
  readonly name: string;
  readonly kind: EntityKind;
  readonly detail: string;
  readonly alertCount: number;
  readonly isTagged: boolean;
  readonly isFolded: boolean;
};
/** All connections from one node to another as one line. */
export type PictureEdge = {
  readonly from: string;
  readonly to: string;
  readonly kinds: readonly EdgeKind[];
  readonly family: EdgeFamily;
  readonly count: number;
  readonly hasAlert: boolean;
};
export type Picture = {
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
  /** What the picture leaves out, as a sentence; empty when nothing. */
  readonly leftOut: string;
};

/** Families that say most about an attack first: one line has one color. */
const TELLING: readonly EdgeFamily[] = ['remote-execution', 'change', 'ntlm', 'kerberos', 'logon', 'share'];

/** What of a graph is drawn: all of it as the analyst placed it; else what fits a page and can be read there. */
export function choosePicture({ view, positions }: GraphSnapshot): Picture {
  const isPlaced = positions.length > 0;
  const telling = view.edges.filter((edge) => edge.alertIds.length > 0);
  const isCut = !isPlaced && view.edges.length > READABLE_EDGES && telling.length > 0;
  const edges = isCut ? telling : view.edges;
  const ends = new Set(edges.flatMap((edge) => [edge.from, edge.to]));
  const nodes = view.nodes.filter((node) => !isCut || ends.has(node.id));
  const merged = mergeEdges(edges, new Set(nodes.map((node) => node.id)));
  const picture = isPlaced ? { nodes: nodes.map(pictureOf), edges: merged } : foldPeers(nodes, merged);
  return { ...picture, leftOut: isCut ? leftOut(view.edges.length, edges.length) : '' };
}

function leftOut(all: number, drawn: number): string {
  return `Drawn are the ${drawn} connections that an alert rests on; all ${all} are in graph.json.`;
}

function pictureOf(node: GraphNode): PictureNode {
  const { id, name, kind, domain, alertCount, tags, bundle } = node;
  const label = bundle === null ? name : `${bundle.members} more`;
  const detail = [kind, domain, ...tags].filter((part) => part !== '').join(', ');
  return { id, name: label, kind, detail, alertCount, isTagged: tags.length > 0, isFolded: bundle !== null };
}

function mergeEdges(edges: readonly GraphEdge[], known: ReadonlySet<string>): PictureEdge[] {
  const pairs = new Map<string, GraphEdge[]>();
  for (const edge of edges) {
    if (!known.has(edge.from) || !known.has(edge.to)) continue;
    const key = JSON.stringify([edge.from, edge.to]);
    const list = pairs.get(key);
    if (list === undefined) pairs.set(key, [edge]);
    else list.push(edge);
  }
  return [...pairs.values()].map((list) => {
    const ordered = [...list].sort((a, b) => rankOf(a) - rankOf(b) || (a.kind < b.kind ? -1 : 1));
    return {
      from: list[0].from,
      to: list[0].to,
      kinds: ordered.map((edge) => edge.kind),
      family: FAMILY_OF_EDGE[ordered[0].kind],
      count: list.reduce((sum, edge) => sum + edge.count, 0),
      hasAlert: list.some((edge) => edge.alertIds.length > 0),
    };
  });
}

function rankOf(edge: GraphEdge): number {
  return TELLING.indexOf(FAMILY_OF_EDGE[edge.kind]) + (edge.alertIds.length > 0 ? 0 : TELLING.length);
}

/** Nodes of one kind that have the one same neighbor and the same connection to it stand as one node with their number. */
function foldPeers(nodes: readonly GraphNode[], edges: readonly PictureEdge[]): { nodes: PictureNode[]; edges: PictureEdge[] } {
  const edgesOf = new Map<string, PictureEdge[]>();
  for (const edge of edges) for (const id of new Set([edge.from, edge.to])) edgesOf.set(id, [...(edgesOf.get(id) ?? []), edge]);
  const peers = new Map<string, GraphNode[]>();
  for (const node of nodes) {
    const [only, ...others] = edgesOf.get(node.id) ?? [];
    if (only === undefined || others.length > 0 || only.from === only.to || node.tags.length > 0 || node.bundle !== null) continue;
    const isSource = only.from === node.id;
    const key = JSON.stringify([node.kind, isSource, isSource ? only.to : only.from, only.kinds]);
    peers.set(key, [...(peers.get(key) ?? []), node]);
  }
  const foldOf = new Map<string, string>();
  const folds: PictureNode[] = [];
  for (const members of peers.values()) {
    if (members.length < FOLD_FROM) continue;
    const { id, kind } = members[0];
    for (const member of members) foldOf.set(member.id, id);
    const names = members.map((member) => member.name).sort();
    const alertCount = Math.max(...members.map((member) => member.alertCount));
    folds.push({
      id,
      name: `${members.length} ${PLURALS[kind]}`,
      kind,
      detail: names.join(', '),
      alertCount,
      isTagged: false,
      isFolded: true,
    });
  }
  const kept = nodes.filter((node) => !foldOf.has(node.id)).map(pictureOf);
  return { nodes: [...kept, ...folds], edges: foldEdges(edges, foldOf) };
}

const PLURALS: Readonly<Record<EntityKind, string>> = {
  user: 'accounts',
  computer: 'computers',
  group: 'groups',
  service: 'services',
  address: 'addresses',
  'well-known': 'well-known accounts',
};

function foldEdges(edges: readonly PictureEdge[], foldOf: ReadonlyMap<string, string>): PictureEdge[] {
  const folded = new Map<string, PictureEdge>();
  for (const edge of edges) {
    const from = foldOf.get(edge.from) ?? edge.from;
    const to = foldOf.get(edge.to) ?? edge.to;
    const key = JSON.stringify([from, to]);
    const known = folded.get(key);
    const count = edge.count + (known?.count ?? 0);
    folded.set(key, { ...edge, from, to, count, hasAlert: edge.hasAlert || known?.hasAlert === true });
  }
  return [...folded.values()];
}
