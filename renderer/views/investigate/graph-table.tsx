import { Braces, Download } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { GraphEdge, GraphNode, GraphView } from '../../../shared/model/graph.ts';
import { formatMoment } from '../../../shared/model/time.ts';
import { Button } from '../../ui/button.tsx';
import { saveText } from '../../ui/copy-text.ts';
import { type CsvColumn, formatCsv } from '../../ui/csv.ts';
import { ENTITY_WORDS, EntityIcon } from '../../ui/entity-icon.tsx';
import { formatCount, formatCounted } from '../../ui/number-format.ts';
import { type Column, Table } from '../../ui/table.tsx';
import { TimeLabel } from '../../ui/time-label.tsx';
import { openMenu } from './action-menu.tsx';
import { selectEdge } from './actions.ts';
import { importanceOf, whyRanked } from './build-scene.ts';
import styles from './graph-table.module.css';
import { edgeEntries, entityEntries } from './menus.ts';
import { copyAs } from './requests.ts';
import { select, useInvestigate } from './store.ts';
import { EDGE_WORDS } from './words.ts';

/** The same picture as rows, with the same selection (pattern 32). */
export function GraphTable({ view }: { readonly view: GraphView }) {
  const [shows, setShows] = useState<'nodes' | 'edges'>('nodes');
  const nodes = useMemo(() => [...view.nodes].sort((a, b) => importanceOf(b) - importanceOf(a)), [view]);
  const edges = useMemo(() => [...view.edges].sort((a, b) => b.alertIds.length - a.alertIds.length || a.count - b.count), [view]);
  const nameOf = useMemo(() => {
    const names = new Map(view.nodes.map((node) => [node.id, node.name]));
    return (id: string) => names.get(id) ?? id;
  }, [view]);
  const asCsv = () => (shows === 'nodes' ? formatCsv(NODE_CSV, nodes) : formatCsv(edgeCsv(nameOf), edges));
  return (
    <div className={styles.twin}>
      <div className={styles.bar}>
        <fieldset className={styles.choice} aria-label="Rows">
          <button type="button" aria-pressed={shows === 'nodes'} onClick={() => setShows('nodes')}>
            Entities {formatCount(nodes.length)}
          </button>
          <button type="button" aria-pressed={shows === 'edges'} onClick={() => setShows('edges')}>
            Connections {formatCount(edges.length)}
          </button>
        </fieldset>
        <Button look="quiet" size="small" onClick={() => saveText(`graph-${shows}.csv`, asCsv(), 'text/csv')}>
          <Download /> CSV
        </Button>
        <Button look="quiet" size="small" onClick={() => copyAs(JSON.stringify(shows === 'nodes' ? nodes : edges, null, 2), 'Rows')}>
          <Braces /> Copy JSON
        </Button>
      </div>
      {shows === 'nodes' ? <NodeRows nodes={nodes} /> : <EdgeRows edges={edges} nameOf={nameOf} />}
    </div>
  );
}

const NODE_COLUMNS: readonly Column<GraphNode>[] = [
  { id: 'why', title: 'Why here', width: 'minmax(150px, 1.3fr)', render: (node) => whyRanked(node) },
  { id: 'name', title: 'Name', width: 'minmax(120px, 1fr)', render: (node) => <NameCell node={node} /> },
  { id: 'domain', title: 'Domain', width: 'minmax(70px, 0.6fr)', render: (node) => node.domain },
  { id: 'degree', title: 'Peers', width: '54px', align: 'end', render: (node) => formatCount(node.degree) },
  { id: 'events', title: 'Events', width: '66px', align: 'end', render: (node) => formatCount(node.eventCount) },
  { id: 'last', title: 'Last seen', width: '136px', render: (node) => <TimeLabel at={node.lastAt} /> },
];

function NameCell({ node }: { readonly node: GraphNode }) {
  return (
    <span className={styles.name}>
      <EntityIcon kind={node.kind} /> {node.name}
    </span>
  );
}

function NodeRows({ nodes }: { readonly nodes: readonly GraphNode[] }) {
  const { selection } = useInvestigate();
  const active = selection.kind === 'nodes' ? (selection.ids[0] ?? null) : null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the rows inside take focus and keys; this only places the menu
    <div className={styles.rows} onContextMenu={(event) => openRowMenu(event, active, nodes)}>
      <Table
        label="Entities of the graph"
        rows={nodes}
        rowKey={(node) => node.id}
        columns={NODE_COLUMNS}
        activeKey={active}
        onActivate={(node) => select({ kind: 'nodes', ids: [node.id] })}
        onContextMenu={(node) => select({ kind: 'nodes', ids: [node.id] })}
        empty="No entities in this range with these filters."
      />
    </div>
  );
}

function openRowMenu(event: React.MouseEvent, active: string | null, nodes: readonly GraphNode[]): void {
  const node = nodes.find((other) => other.id === active);
  if (!node) return;
  event.preventDefault();
  openMenu({ x: event.clientX, y: event.clientY, label: 'Actions', entries: entityEntries(node) });
}

function EdgeRows({ edges, nameOf }: { readonly edges: readonly GraphEdge[]; nameOf(id: string): string }) {
  const { selection } = useInvestigate();
  const active = selection.kind === 'line' ? `${selection.from}|${selection.to}|${selection.edgeKind}` : null;
  const columns: readonly Column<GraphEdge>[] = [
    {
      id: 'why',
      title: 'Why here',
      width: 'minmax(90px, 0.8fr)',
      render: (edge) => (edge.alertIds.length > 0 ? formatCounted(edge.alertIds.length, 'alert') : edge.count < 4 ? 'rare' : 'ordinary'),
    },
    { id: 'from', title: 'From', width: 'minmax(100px, 1fr)', render: (edge) => nameOf(edge.from) },
    { id: 'kind', title: 'Kind', width: 'minmax(120px, 1fr)', render: (edge) => EDGE_WORDS[edge.kind] },
    { id: 'to', title: 'To', width: 'minmax(100px, 1fr)', render: (edge) => nameOf(edge.to) },
    { id: 'count', title: 'Records', width: '66px', align: 'end', render: (edge) => formatCount(edge.count) },
    { id: 'first', title: 'First', width: '136px', render: (edge) => <TimeLabel at={edge.firstAt} /> },
  ];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: as above
    <div
      className={styles.rows}
      onContextMenu={(event) => {
        const edge = edges.find((other) => other.id === active);
        if (!edge) return;
        event.preventDefault();
        openMenu({ x: event.clientX, y: event.clientY, label: 'Actions', entries: edgeEntries([edge], nameOf) });
      }}
    >
      <Table
        label="Connections of the graph"
        rows={edges}
        rowKey={(edge) => edge.id}
        columns={columns}
        activeKey={active}
        onActivate={(edge) => selectEdge(edge.from, edge.to, edge.kind)}
        onContextMenu={(edge) => selectEdge(edge.from, edge.to, edge.kind)}
        empty="No connections in this range with these filters."
      />
    </div>
  );
}

const NODE_CSV: readonly CsvColumn<GraphNode>[] = [
  { title: 'why', value: whyRanked },
  { title: 'name', value: (node) => node.name },
  { title: 'domain', value: (node) => node.domain },
  { title: 'kind', value: (node) => ENTITY_WORDS[node.kind] },
  { title: 'id', value: (node) => node.id },
  { title: 'tags', value: (node) => node.tags.join(' ') },
  { title: 'alerts', value: (node) => node.alertCount },
  { title: 'peers', value: (node) => node.degree },
  { title: 'events', value: (node) => node.eventCount },
  { title: 'first', value: (node) => formatMoment(node.firstAt) },
  { title: 'last', value: (node) => formatMoment(node.lastAt) },
];

function edgeCsv(nameOf: (id: string) => string): readonly CsvColumn<GraphEdge>[] {
  return [
    { title: 'from', value: (edge) => nameOf(edge.from) },
    { title: 'kind', value: (edge) => edge.kind },
    { title: 'to', value: (edge) => nameOf(edge.to) },
    { title: 'records', value: (edge) => edge.count },
    { title: 'alerts', value: (edge) => edge.alertIds.length },
    { title: 'first', value: (edge) => formatMoment(edge.firstAt) },
    { title: 'last', value: (edge) => formatMoment(edge.lastAt) },
    { title: 'from id', value: (edge) => edge.from },
    { title: 'to id', value: (edge) => edge.to },
  ];
}
