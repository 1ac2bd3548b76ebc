import type { GraphSnapshot } from '../../shared/model/case-file.ts';
import type { EntityKind } from '../../shared/model/entity.ts';
import { type EdgeFamily, FAMILY_OF_EDGE, type GraphEdge, type GraphNode } from '../../shared/model/graph.ts';
import { escapeHtml } from './safe-text.ts';

const MARGIN = 70;
const RADIUS = 15;

const FAMILY_COLORS: Readonly<Record<EdgeFamily, string>> = {
  logon: '#2f6fb5',
  kerberos: '#7a4fb0',
  ntlm: '#a66a00',
  'remote-execution': '#b3261e',
  share: '#2c7a57',
  change: '#8a3a78',
};
const FAMILY_DASHES: Readonly<Record<EdgeFamily, string>> = {
  logon: '',
  kerberos: '7 3',
  ntlm: '2 3',
  'remote-execution': '',
  share: '10 3',
  change: '4 2 1 2',
};
const KIND_LETTERS: Readonly<Record<EntityKind, string>> = {
  user: 'U',
  computer: 'C',
  group: 'G',
  service: 'S',
  address: 'A',
  'well-known': 'W',
};

/** A graph snapshot as a picture that prints: shapes and letters say what color says, too. */
export function drawGraph(snapshot: GraphSnapshot): string {
  const places = placesOf(snapshot);
  const { width, height } = sizeOf(places);
  const pairs = new Map<string, GraphEdge[]>();
  for (const edge of snapshot.view.edges) {
    const key = [edge.from, edge.to].sort().join('\n');
    pairs.set(key, [...(pairs.get(key) ?? []), edge]);
  }
  const edges = [...pairs.values()].flatMap((list) => list.map((edge, i) => drawEdge(edge, places, i - (list.length - 1) / 2)));
  const nodes = snapshot.view.nodes.map((node) => drawNode(node, places.get(node.id)));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(snapshot.title)}">`,
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="#667"/></marker></defs>',
    ...edges,
    ...nodes,
    '</svg>',
  ].join('\n');
}

type Place = { readonly x: number; readonly y: number };

/** Positions as the analyst left them, scaled so that labels fit; without any, columns by kind. */
function placesOf(snapshot: GraphSnapshot): Map<string, Place> {
  const known = new Map(snapshot.positions.map(({ id, x, y }) => [id, { x, y }]));
  const nodes = snapshot.view.nodes;
  const missing = nodes.filter((node) => !known.has(node.id));
  const places = missing.length === 0 ? known : layInColumns(nodes);
  const xs = nodes.map((node) => places.get(node.id)?.x ?? 0);
  const ys = nodes.map((node) => places.get(node.id)?.y ?? 0);
  const [left, top] = [Math.min(0, ...xs), Math.min(0, ...ys)];
  const spread = Math.max(1, Math.max(...xs, 1) - Math.min(...xs, 0));
  const scale = Math.max(0.4, Math.min(2, (Math.sqrt(nodes.length) * 150) / spread));
  return new Map(nodes.map((node, i) => [node.id, { x: MARGIN + (xs[i] - left) * scale, y: MARGIN + (ys[i] - top) * scale }]));
}

const COLUMN_OF_KIND: Readonly<Record<EntityKind, number>> = { address: 0, user: 1, service: 1, 'well-known': 1, computer: 2, group: 3 };

function layInColumns(nodes: readonly GraphNode[]): Map<string, Place> {
  const filled = [0, 0, 0, 0];
  return new Map(
    [...nodes]
      .sort((a, b) => a.firstAt - b.firstAt || (a.id < b.id ? -1 : 1))
      .map((node) => {
        const column = COLUMN_OF_KIND[node.kind];
        return [node.id, { x: column * 240, y: filled[column]++ * 80 }];
      }),
  );
}

function sizeOf(places: ReadonlyMap<string, Place>): { width: number; height: number } {
  const all = [...places.values()];
  return {
    width: Math.ceil(Math.max(...all.map((place) => place.x), 0) + MARGIN * 2),
    height: Math.ceil(Math.max(...all.map((place) => place.y), 0) + MARGIN * 1.4),
  };
}

function drawEdge(edge: GraphEdge, places: ReadonlyMap<string, Place>, lane: number): string {
  const from = places.get(edge.from);
  const to = places.get(edge.to);
  if (!from || !to) return '';
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy) || 1;
  const [ux, uy] = [dx / length, dy / length];
  // Parallel edges bend apart; the bend has the same side for both directions.
  const side = edge.from < edge.to ? 1 : -1;
  const bend = { x: (from.x + to.x) / 2 - uy * lane * 34 * side, y: (from.y + to.y) / 2 + ux * lane * 34 * side };
  const family = FAMILY_OF_EDGE[edge.kind];
  const width = Math.min(4, 1 + Math.log10(edge.count + 1));
  const dash = FAMILY_DASHES[family] === '' ? '' : ` stroke-dasharray="${FAMILY_DASHES[family]}"`;
  const start = `${round(from.x + ux * RADIUS)} ${round(from.y + uy * RADIUS)}`;
  const end = `${round(to.x - ux * (RADIUS + 3))} ${round(to.y - uy * (RADIUS + 3))}`;
  const label = `${edge.kind.replaceAll('-', ' ')} ×${edge.count}${edge.alertIds.length > 0 ? ' !' : ''}`;
  return [
    `<path d="M${start} Q${round(bend.x)} ${round(bend.y)} ${end}" fill="none" stroke="${FAMILY_COLORS[family]}" stroke-width="${round(width)}"${dash} marker-end="url(#arrow)"/>`,
    `<text x="${round((from.x + to.x) / 4 + bend.x / 2)}" y="${round((from.y + to.y) / 4 + bend.y / 2 - 4)}" class="edge">${escapeHtml(label)}</text>`,
  ].join('');
}

function drawNode(node: GraphNode, place: Place | undefined): string {
  if (!place) return '';
  const marked = node.alertCount > 0 ? ' marked' : '';
  const tag = node.tags.length > 0 ? `<circle r="${RADIUS + 4}" class="tag"/>` : '';
  const alerts = node.alertCount > 0 ? `<text x="${RADIUS - 2}" y="${-RADIUS + 4}" class="badge">${node.alertCount}</text>` : '';
  return [
    `<g transform="translate(${round(place.x)} ${round(place.y)})" class="node${marked}">`,
    `<title>${escapeHtml(`${node.name} (${node.kind}${node.domain ? `, ${node.domain}` : ''})`)}</title>`,
    `${tag}<circle r="${RADIUS}"/><text y="5" class="letter">${KIND_LETTERS[node.kind]}</text>`,
    `<text y="${RADIUS + 15}" class="name">${escapeHtml(clip(node.name))}</text>${alerts}</g>`,
  ].join('');
}

function clip(name: string): string {
  return name.length <= 24 ? name : `${name.slice(0, 12)}…${name.slice(-10)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
