import type { EventRow } from '../../../shared/model/event.ts';
import type { EdgeKind } from '../../../shared/model/graph.ts';
import { HOUR, MINUTE } from '../../../shared/model/time.ts';
import { call } from '../../data/client.ts';
import { shortenMiddle } from '../../ui/graph-canvas/label.ts';
import { jumpTo, notify, request } from './requests.ts';
import { activeBoardOf, type ContextTab, EMPTY_STREAM, graphQueryOf, isBundleId, NO_SELECTION } from './state.ts';
import { change, changeBoard, changeStream, openBoard, readState, select } from './store.ts';
import { memoryOf } from './use-picture.ts';

/** Expanding more neighbors than this opens the chooser (pattern 2). */
const MANY_NEIGHBORS = 200;

export function focusOn(ids: readonly string[]): void {
  changeBoard({ focus: ids, depth: 1, incidentId: '', alertIds: [], showsPath: false });
}

export async function expand(id: string): Promise<void> {
  if (isBundleId(id)) return request({ bundle: id });
  const state = readState();
  const board = activeBoardOf(state);
  const summary = await call('graph.neighbors', { entity: id, query: graphQueryOf(board, state.brush) });
  if (summary.total > MANY_NEIGHBORS) request({ chooser: id });
  else addFocus(id, []);
}

/** Draws the neighbors of an entity beside everything that is drawn already; positions of the drawn stay. */
export function addFocus(id: string, keep: readonly string[]): void {
  const board = activeBoardOf(readState());
  const isFocusAlone = board.focus.length > 0 && board.incidentId === '' && board.alertIds.length === 0 && !board.showsPath;
  const drawn = isFocusAlone ? [] : [...memoryOf(board.id).positions.keys()].filter((other) => !isBundleId(other));
  changeBoard({
    // Neighbors rarely take part in the alerts that a board began with: its limits would hide what was asked for.
    incidentId: '',
    alertIds: [],
    alertsOnly: false,
    focus: [...new Set([...board.focus, id])],
    keep: [...new Set([...board.keep, ...drawn, ...keep])],
    showsPath: false,
    maxNodes: Math.min(500, Math.max(board.maxNodes, board.keep.length + drawn.length + keep.length + 150)),
  });
}

export function popOut(ids: readonly string[]): void {
  const board = activeBoardOf(readState());
  changeBoard({ keep: [...new Set([...board.keep, ...ids])] });
}

export function hide(ids: readonly string[]): void {
  const board = activeBoardOf(readState());
  change((state) => ({
    ...state,
    selection: NO_SELECTION,
    boards: state.boards.map((other) => (other.id === board.id ? { ...board, hide: [...new Set([...board.hide, ...ids])] } : other)),
  }));
}

/** Marks one end of a path; with both ends set, the path opens on a board of its own. */
export function setEnd(end: 'start' | 'target', id: string, name: string): void {
  if (isBundleId(id)) return;
  namesOfEnds.set(id, name);
  const board = activeBoardOf(readState());
  const ends = { start: board.start, target: board.target, [end]: id };
  changeBoard({ [end]: id });
  if (ends.start === '' || ends.target === '' || ends.start === ends.target) {
    notify(end === 'start' ? `Path starts at ${name}. Set a target with T.` : `Path ends at ${name}. Set a start with S.`);
    return;
  }
  openPath(ends.start, ends.target);
}

const namesOfEnds = new Map<string, string>();

/** Names of ends are remembered when they are set, because the other end need not be drawn. */
export function openPath(start: string, target: string): void {
  openBoard(`${endName(start)} to ${endName(target)}`, { start, target, showsPath: true, layout: 'layered' });
}

export function nameEnds(...ends: readonly { readonly id: string; readonly name: string }[]): void {
  for (const { id, name } of ends) namesOfEnds.set(id, name);
}

function endName(id: string): string {
  return shortenMiddle(namesOfEnds.get(id) ?? id.slice(id.indexOf(':') + 1), 16);
}

export function openIncident(id: string, title: string): void {
  openBoard(title, { incidentId: id, layout: 'layered', alertsOnly: true });
}

/** What happened after a moment, by one entity: range, stream and selection in one step. */
export function showWhatFollowed(entity: string, at: number): void {
  change((state) => ({
    ...state,
    brush: { from: at, to: at + 24 * HOUR },
    selection: { kind: 'nodes', ids: [entity] },
    stream: { ...EMPTY_STREAM, onlySelection: true, order: 'oldest-first' },
    activeContext: '',
  }));
}

export function filterStream(id: string, isIn: boolean): void {
  const { stream } = readState();
  if (isIn) changeStream({ entities: [...new Set([...stream.entities, id])] });
  else changeStream({ withoutEntities: [...new Set([...stream.withoutEntities, id])] });
}

export function selectEvent(row: EventRow): void {
  const entities = [row.actor, row.target, row.counterpart, row.source, row.host]
    .filter((label) => label !== null)
    .map((label) => label.id);
  select({ kind: 'event', index: row.index, entities: [...new Set(entities)], at: row.at });
}

export async function selectEventIndex(index: number): Promise<void> {
  selectEvent((await call('events.detail', { index })).row);
}

export async function selectAlert(id: string): Promise<void> {
  const { row } = await call('alerts.get', { id });
  select({ kind: 'alert', id, entities: row.entities.map((entity) => entity.id), at: row.firstAt });
  jumpTo(row.firstAt);
}

export function selectEdge(from: string, to: string, edgeKind: EdgeKind | null): void {
  select({ kind: 'line', from, to, edgeKind });
}

/** The surroundings of an event as tabs of the stream (pattern 27). */
export async function openContext(row: EventRow): Promise<void> {
  const { fields } = await call('events.detail', { index: row.index });
  const tabs: ContextTab[] = [];
  const add = (label: string, filter: ContextTab['filter']) =>
    tabs.push({ id: `${row.index}/${tabs.length}`, label, filter, origin: row.index, at: row.at });
  if (row.host) add(`${row.host.name} ± 5 min`, { entities: [row.host.id], span: { from: row.at - 5 * MINUTE, to: row.at + 5 * MINUTE } });
  const account = row.target ?? row.actor;
  if (account) add(`${account.name} ± 1 h`, { entities: [account.id], span: { from: row.at - HOUR, to: row.at + HOUR } });
  const logonId = fields.find(([name, value]) => /^(Target|Subject)?LogonId$/i.test(name) && !/^(0x0|0x3e[4-7]|-|)$/i.test(value))?.[1];
  if (logonId) add(`Session ${logonId}`, { session: { computer: row.computer, logonId } });
  if (tabs.length === 0) return notify('This record names no host, account or session.');
  change((state) => ({
    ...state,
    contexts: [...state.contexts.filter((tab) => tab.origin !== row.index).slice(-3), ...tabs],
    activeContext: tabs[0].id,
  }));
}
