import type { EventRow } from '../../../shared/model/event.ts';
import type { EdgeKind, GraphEdge } from '../../../shared/model/graph.ts';
import { formatMoment } from '../../../shared/model/time.ts';
import { navigate } from '../../app/router.ts';
import { call } from '../../data/client.ts';
import type { MenuEntry } from './action-menu.tsx';
import { expand, filterStream, focusOn, hide, openContext, selectEdge, selectEvent, setEnd, showWhatFollowed } from './actions.ts';
import { copyAs, request } from './requests.ts';
import { activeBoardOf, isBundleId } from './state.ts';
import { change, changeBoard, changeStream, readState } from './store.ts';
import { snapshotItem } from './take-snapshot.ts';
import { EDGE_WORDS, eventKindWords } from './words.ts';

type Named = { readonly id: string; readonly name: string };

/** What can be done with an entity, wherever it is shown. */
export function entityEntries({ id, name }: Named): readonly MenuEntry[] {
  if (isBundleId(id)) {
    return [
      { heading: name },
      { label: 'List members', keys: 'Enter', run: () => request({ bundle: id }) },
      { label: 'Hide on this board', run: () => hide([id]) },
    ];
  }
  const { selection } = readState();
  const at = selection.kind === 'event' || selection.kind === 'alert' ? selection.at : null;
  return [
    { heading: name },
    { label: 'Filter stream to this', run: () => filterStream(id, true) },
    { label: 'Leave out of stream', run: () => filterStream(id, false) },
    'line',
    { label: 'Focus graph here', run: () => focusOn([id]) },
    { label: 'Expand neighbors', keys: 'E', run: () => void expand(id) },
    { label: 'Hide on this board', run: () => hide([id]) },
    'line',
    { label: 'Set as start', keys: 'S', run: () => setEnd('start', id, name) },
    { label: 'Set as target', keys: 'T', run: () => setEnd('target', id, name) },
    {
      label: at === null ? 'What did it do after (select an event first)' : 'What did it do after this',
      isDisabled: at === null,
      run: () => showWhatFollowed(id, at!),
    },
    'line',
    { label: 'Open entity page', run: () => navigate('entities', { entity: id }) },
    { label: 'Add graph to case…', keys: 'A', run: () => request({ caseItems: [snapshotItem()] }) },
    'line',
    { label: 'Copy name', run: () => copyAs(name, 'Name') },
    {
      label: 'Copy as JSON',
      run: () => void call('entities.get', { id }).then((detail) => copyAs(JSON.stringify(detail, null, 2), 'Entity')),
    },
  ];
}

export function edgeEntries(edges: readonly GraphEdge[], nameOf: (id: string) => string): readonly MenuEntry[] {
  const [first] = edges;
  const title = `${nameOf(first.from)} to ${nameOf(first.to)}`;
  const kinds = [...new Set(edges.map((edge) => edge.kind))];
  return [
    { heading: title },
    ...edges.slice(0, 8).map((edge) => ({
      label: `Records: ${EDGE_WORDS[edge.kind]} (${edge.count})`,
      run: () => selectEdge(edge.from, edge.to, edge.kind),
    })),
    'line',
    { label: 'Draw only these kinds', run: () => changeBoard({ edgeKinds: kinds }) },
    { label: 'Leave these kinds out', run: () => leaveKindsOut(kinds) },
    'line',
    { label: 'Focus graph on both ends', run: () => focusOn([first.from, first.to]) },
    { label: 'Path between both ends', run: () => setBothEnds(first, nameOf) },
    'line',
    { label: 'Add graph to case…', keys: 'A', run: () => request({ caseItems: [snapshotItem()] }) },
    { label: 'Copy as text', run: () => copyAs(edges.map((edge) => edgeText(edge, nameOf)).join('\n'), 'Edges') },
    { label: 'Copy as JSON', run: () => copyAs(JSON.stringify(edges, null, 2), 'Edges') },
  ];
}

function setBothEnds(edge: GraphEdge, nameOf: (id: string) => string): void {
  changeBoard({ start: edge.from, target: '' });
  setEnd('target', edge.to, nameOf(edge.to));
}

export function leaveKindsOut(kinds: readonly EdgeKind[]): void {
  const board = activeBoardOf(readState());
  const drawn = board.edgeKinds ?? (Object.keys(EDGE_WORDS) as EdgeKind[]);
  changeBoard({ edgeKinds: drawn.filter((kind) => !kinds.includes(kind)) });
}

export function edgeText(edge: GraphEdge, nameOf: (id: string) => string): string {
  return `${nameOf(edge.from)} -> ${nameOf(edge.to)}: ${EDGE_WORDS[edge.kind]}, ${edge.count} records, ${formatMoment(edge.firstAt)} to ${formatMoment(edge.lastAt)}`;
}

/** `column` is the cell that was clicked, so its value can be filtered. */
export function eventEntries(row: EventRow, column: string): readonly MenuEntry[] {
  return [
    { heading: `${formatMoment(row.at, row.tick)} · event ${row.eventId}` },
    ...cellEntries(row, column),
    'line',
    { label: 'Context around this', keys: 'C', run: () => void openContext(row) },
    { label: 'Range begins here', keys: '[', run: () => setRangeEdge('from', row.at) },
    { label: 'Range ends here', keys: ']', run: () => setRangeEdge('to', row.at) },
    { label: 'Focus graph on its entities', run: () => focusEvent(row) },
    'line',
    { label: 'Add to case…', keys: 'A', run: () => request({ caseItems: [eventCaseItem(row)] }) },
    { label: 'Copy as text', run: () => copyAs(eventText(row), 'Event') },
    {
      label: 'Copy as JSON',
      run: () => void call('events.detail', { index: row.index }).then((detail) => copyAs(JSON.stringify(detail, null, 2), 'Event')),
    },
  ];
}

function focusEvent(row: EventRow): void {
  selectEvent(row);
  const { selection } = readState();
  if (selection.kind === 'event' && selection.entities.length > 0) focusOn(selection.entities);
}

function cellEntries(row: EventRow, column: string): MenuEntry[] {
  const { stream } = readState();
  const labels = { actor: row.actor, target: row.target, host: row.host, source: row.source, counterpart: row.counterpart } as const;
  const label = column in labels ? labels[column as keyof typeof labels] : null;
  if (label) {
    return [
      { label: `Only with ${label.name}`, run: () => filterStream(label.id, true) },
      { label: `Without ${label.name}`, run: () => filterStream(label.id, false) },
      { label: `Open ${label.name}`, run: () => navigate('entities', { entity: label.id }) },
      { label: `Copy "${label.name}"`, run: () => copyAs(label.name, 'Value') },
    ];
  }
  const only: MenuEntry = {
    label: `Only event ${row.eventId}`,
    run: () => changeStream({ eventIds: [...new Set([...stream.eventIds, row.eventId])] }),
  };
  const without: MenuEntry = {
    label: `Without event ${row.eventId}`,
    run: () => changeStream({ withoutEventIds: [...new Set([...stream.withoutEventIds, row.eventId])] }),
  };
  if (column !== 'kind') return [only, without];
  return [
    { label: `Only ${eventKindWords(row.kind)}`, run: () => changeStream({ kinds: [...new Set([...stream.kinds, row.kind])] }) },
    only,
    without,
  ];
}

export function setRangeEdge(edge: 'from' | 'to', at: number): void {
  change((state) => {
    const { brush } = state;
    const next =
      edge === 'from' ? { from: at, to: Math.max(brush?.to ?? 0, at + 1) } : { from: Math.min(brush?.from ?? at, at), to: at + 1 };
    if (edge === 'from' && brush === null) next.to = Number.MAX_SAFE_INTEGER;
    if (edge === 'to' && brush === null) next.from = Number.MIN_SAFE_INTEGER;
    return { ...state, brush: next };
  });
}

export function eventCaseItem(row: EventRow) {
  return { kind: 'event' as const, key: row.id, label: row.summary.slice(0, 1000) };
}

export function eventText(row: EventRow): string {
  return [formatMoment(row.at, row.tick), row.computer, row.channel, row.eventId, `record ${row.recordId}`, row.summary].join('\t');
}
