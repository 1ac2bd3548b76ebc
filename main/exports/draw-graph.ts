import type { GraphSnapshot } from '../../shared/model/case-file.ts';
import type { EntityKind } from '../../shared/model/entity.ts';
import type { EdgeFamily } from '../../shared/model/graph.ts';
import { choosePicture, type Picture, type PictureEdge, type PictureNode } from './graph-picture.ts';
import { type Place, type Places, placeNodes } from './graph-places.ts';
import { type Curve, placeLabels } from './place-labels.ts';
import { escapeHtml } from './safe-text.ts';

const RADIUS = 17;
const FAMILY_NAMES: Readonly<Record<EdgeFamily, string>> = {
  logon: 'logon',
  kerberos: 'Kerberos',
  ntlm: 'NTLM',
  'remote-execution': 'remote execution',
  share: 'share',
  change: 'change',
};
/** Outlines, so that a print without color still tells the kinds apart; around the origin, `RADIUS` wide. */
const SHAPES: Readonly<Record<EntityKind, string>> = {
  user: `<circle r="${RADIUS}"/>`,
  computer: '<rect x="-20" y="-14" width="40" height="28" rx="3"/>',
  group: '<path d="M-18 0-9-16 9-16 18 0 9 16-9 16z"/>',
  service: '<rect x="-14" y="-14" width="28" height="28" transform="rotate(45)"/>',
  address: '<rect x="-20" y="-14" width="40" height="28" rx="14"/>',
  'well-known': `<circle r="${RADIUS}"/>`,
};
const LETTERS: Readonly<Record<EntityKind, string>> = {
  user: 'U',
  computer: 'C',
  group: 'G',
  service: 'S',
  address: 'IP',
  'well-known': 'W',
};

/** Style of the pictures, for the report and for files of their own: light, dark, and on paper. */
export const GRAPH_STYLE = `
svg.graph { --g-ink: #1b1f27; --g-soft: #5b6472; --g-paper: #fff; --g-fill: #f6f8fa; --g-alert: #b3261e; --g-tag: #a66a00;
  --g-logon: #2f6fb5; --g-kerberos: #7a4fb0; --g-ntlm: #a66a00; --g-remote-execution: #b3261e; --g-share: #2c7a57; --g-change: #8a3a78; }
@media (prefers-color-scheme: dark) { svg.graph { --g-ink: #e4e8ee; --g-soft: #a7b1bf; --g-paper: #14181e; --g-fill: #222a34; --g-alert: #ff8a80; --g-tag: #f5b25c;
  --g-logon: #7ab7f5; --g-kerberos: #c3a6ef; --g-ntlm: #f0bd6a; --g-remote-execution: #ff8a80; --g-share: #7fd1ab; --g-change: #e59ad2; } }
@media print { svg.graph { --g-ink: #000; --g-soft: #333; --g-paper: #fff; --g-fill: #fff; --g-alert: #a01010; } }
svg.graph text { font: 12px system-ui, "Segoe UI", Roboto, Arial, sans-serif; text-anchor: middle; fill: var(--g-ink); }
svg.graph .back { fill: var(--g-paper); }
svg.graph .node > circle, svg.graph .node > rect, svg.graph .node > path { fill: var(--g-fill); stroke: var(--g-soft); stroke-width: 1.5; }
svg.graph .marked > circle, svg.graph .marked > rect, svg.graph .marked > path { stroke: var(--g-alert); stroke-width: 2.5; }
svg.graph .folded > circle, svg.graph .folded > rect, svg.graph .folded > path { stroke-dasharray: 5 3; }
svg.graph .ring { fill: none; stroke: var(--g-tag); stroke-width: 1.5; stroke-dasharray: 3 2; }
svg.graph .letter { font-size: 11px; font-weight: 700; fill: var(--g-soft); }
svg.graph .name { font-weight: 600; } svg.graph .name, svg.graph .label { paint-order: stroke; stroke: var(--g-paper); stroke-width: 4px; stroke-linejoin: round; }
svg.graph .badge circle { fill: var(--g-alert); } svg.graph .badge text { fill: var(--g-paper); font-size: 10px; font-weight: 700; }
svg.graph .label { font-size: 10.5px; fill: var(--g-soft); } svg.graph .label.marked { fill: var(--g-alert); }
svg.graph .line { fill: none; stroke: currentcolor; } svg.graph .tip { fill: currentcolor; stroke: none; }
svg.graph .logon { color: var(--g-logon); } svg.graph .kerberos { color: var(--g-kerberos); } svg.graph .ntlm { color: var(--g-ntlm); }
svg.graph .remote-execution { color: var(--g-remote-execution); } svg.graph .share { color: var(--g-share); } svg.graph .change { color: var(--g-change); }
svg.graph .kerberos .line { stroke-dasharray: 7 3; } svg.graph .ntlm .line { stroke-dasharray: 2 3; } svg.graph .share .line { stroke-dasharray: 11 3; }
svg.graph .change .line { stroke-dasharray: 6 2 1 2; }
svg.graph .key { text-anchor: start; font-size: 11px; fill: var(--g-soft); }
`;

export type Drawing = { readonly svg: string; readonly leftOut: string };

/** A graph as a picture that prints: shape, letter, dash and words say what color says, too. */
export function drawGraph(snapshot: GraphSnapshot): Drawing {
  const picture = choosePicture(snapshot);
  const places = placeNodes(picture, snapshot.positions);
  const ways = new Set(picture.edges.map(wayOf));
  const curves = picture.edges.map((edge) => curveOf(edge, ways.has(wayOf({ from: edge.to, to: edge.from })), places));
  const labels = placeLabels(
    picture.edges.map((edge, index) => ({ curve: curves[index], text: labelOf(edge) })),
    places.of.values(),
  );
  const keyAt = Math.ceil(places.height);
  const height = keyAt + 30;
  const width = Math.ceil(places.width);
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" class="graph" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(snapshot.title)}">`,
    `<rect class="back" width="${width}" height="${height}"/>`,
    ...picture.edges.map((edge, index) => drawLine(edge, curves[index])),
    ...picture.edges.map((edge, index) => drawLabel(edge, labels[index])),
    ...picture.nodes.map((node) => drawNode(node, places.of.get(node.id)!)),
    drawKey(picture, keyAt),
    '</svg>',
  ];
  return { svg: svg.join('\n'), leftOut: picture.leftOut };
}

function wayOf({ from, to }: Pick<PictureEdge, 'from' | 'to'>): string {
  return JSON.stringify([from, to]);
}

/** Bent a little to the side, so that the way back is a line of its own; around the nodes of a column that lie between. */
function curveOf(edge: PictureEdge, hasReturn: boolean, places: Places): Curve {
  const from = places.of.get(edge.from)!;
  const to = places.of.get(edge.to)!;
  if (edge.from === edge.to)
    return { start: { x: from.x - 12, y: from.y - 14 }, bend: { x: from.x, y: from.y - 70 }, end: { x: from.x + 12, y: from.y - 16 } };
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy) || 1;
  const isInColumn = Math.abs(dx) < 1 && Math.abs(dy) > 90;
  const aside = isInColumn ? 70 : hasReturn ? 26 : 10;
  const bend = { x: (from.x + to.x) / 2 - (dy / length) * aside, y: (from.y + to.y) / 2 + (dx / length) * aside };
  return { start: toward(from, bend, RADIUS + 4), bend, end: toward(to, bend, RADIUS + 7) };
}

function toward(from: Place, to: Place, distance: number): Place {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return { x: from.x + ((to.x - from.x) / length) * distance, y: from.y + ((to.y - from.y) / length) * distance };
}

function drawLine(edge: PictureEdge, { start, bend, end }: Curve): string {
  const angle = round((Math.atan2(end.y - bend.y, end.x - bend.x) * 180) / Math.PI);
  const width = round(Math.min(3.5, (edge.hasAlert ? 1.6 : 0.9) + Math.log10(edge.count + 1) * 0.6));
  return [
    `<g class="${edge.family}"><title>${escapeHtml(`${edge.kinds.map(words).join(', ')}: ${edge.count}`)}</title>`,
    `<path class="line" stroke-width="${width}" d="M${point(start)}Q${point(bend)} ${point(end)}"/>`,
    `<path class="tip" d="M-8-4.5 1 0-8 4.5z" transform="translate(${point(end)}) rotate(${angle})"/></g>`,
  ].join('');
}

function labelOf(edge: PictureEdge): string {
  const more = edge.kinds.length > 1 ? ` +${edge.kinds.length - 1}` : '';
  return `${words(edge.kinds[0])}${more} ×${edge.count}`;
}

function drawLabel(edge: PictureEdge, { x, y }: Place): string {
  return `<text class="label${edge.hasAlert ? ' marked' : ''}" x="${round(x)}" y="${round(y + 3)}">${escapeHtml(labelOf(edge))}</text>`;
}

function drawNode(node: PictureNode, place: Place): string {
  const classes = ['node', node.alertCount > 0 ? 'marked' : '', node.isFolded ? 'folded' : ''].filter((name) => name !== '').join(' ');
  const badge =
    node.alertCount > 0
      ? `<g class="badge" transform="translate(17 -15)"><circle r="8.5"/><text y="3.5">${node.alertCount}</text></g>`
      : '';
  return [
    `<g transform="translate(${point(place)})" class="${classes}"><title>${escapeHtml(`${node.name} (${node.detail})`)}</title>`,
    node.isTagged ? `<circle class="ring" r="${RADIUS + 7}"/>` : '',
    SHAPES[node.kind],
    `<text class="letter" y="4">${LETTERS[node.kind]}</text>${badge}`,
    `<text class="name" y="${RADIUS + 17}">${escapeHtml(clip(node.name))}</text></g>`,
  ].join('');
}

/** Which line means what, of the families that are drawn. */
function drawKey(picture: Picture, y: number): string {
  const families = [...new Set(picture.edges.map((edge) => edge.family))].sort();
  let x = 14;
  return families
    .map((family) => {
      const name = FAMILY_NAMES[family];
      const item = `<g class="${family}"><path class="line" stroke-width="2" d="M${x} ${y + 12}h26"/></g><text class="key" x="${x + 32}" y="${y + 16}">${name}</text>`;
      x += 54 + name.length * 6.4;
      return item;
    })
    .join('');
}

function words(kind: string): string {
  return kind.replaceAll('-', ' ');
}

function clip(name: string): string {
  return name.length <= 26 ? name : `${name.slice(0, 13)}…${name.slice(-11)}`;
}

function point(place: Place): string {
  return `${round(place.x)} ${round(place.y)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
