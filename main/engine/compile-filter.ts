import type { EventFilter } from '../../shared/contract/inputs.ts';
import { eventKindCode } from '../../shared/model/event.ts';
import type { EventMatch, Marks } from '../events/event-match.ts';
import type { Workspace } from './workspace.ts';

/** Turns a filter of the contract into look-up tables for this store as it is now. */
export function compileFilter(workspace: Workspace, filter: EventFilter): EventMatch {
  const { order } = workspace;
  const from = filter.span?.from ?? null;
  const to = filter.span?.to ?? null;
  const words = (filter.text ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const session = filter.session;
  return {
    from: from === null ? 0 : order.positionOf(from),
    to: to === null ? order.rows().length : order.positionOf(to),
    anyOf: filter.entities?.length ? participants(workspace, filter.entities) : null,
    noneOf: filter.withoutEntities?.length ? participants(workspace, filter.withoutEntities) : null,
    kinds: filter.kinds?.length ? marks(filter.kinds.map(eventKindCode), 256) : null,
    eventIds: filter.eventIds?.length ? marks(filter.eventIds, 65_536) : null,
    withoutEventIds: filter.withoutEventIds?.length ? marks(filter.withoutEventIds, 65_536) : null,
    channels: filter.channels?.length ? textMarks(workspace, new Set(filter.channels)) : null,
    computers: computersOf(workspace, filter),
    blocks: filter.importId === undefined ? null : blocksOf(workspace, filter.importId),
    edges: filter.edge ? edgeMarks(workspace, filter.edge) : null,
    rows: rowsOf(workspace, filter),
    slow: combine(session ? sessionTest(workspace, session.logonId) : null, words.length > 0 ? textTest(workspace, words) : null),
  };
}

function marks(ids: Iterable<number>, size: number): Marks {
  const set = new Uint8Array(size);
  for (const id of ids) if (id < size) set[id] = 1;
  return set;
}

function textMarks(workspace: Workspace, wanted: ReadonlySet<string>): Marks {
  const { texts } = workspace.events.dictionary;
  return marks(
    [...wanted].map((text) => workspace.events.dictionary.findText(text)).filter((id) => id > 0),
    texts.length,
  );
}

function participants(workspace: Workspace, ids: readonly string[]): NonNullable<EventMatch['anyOf']> {
  const resolution = workspace.resolution();
  const wanted = new Set(ids.map((id) => resolution.byId.get(id)).filter((number) => number !== undefined));
  const accounts = new Uint8Array(resolution.accountEntity.length);
  resolution.accountEntity.forEach((entity, account) => {
    if (entity !== 0 && wanted.has(entity)) accounts[account] = 1;
  });
  const texts = new Uint8Array(workspace.events.dictionary.texts.length);
  for (const [text, entity] of resolution.hostEntity) if (wanted.has(entity)) texts[text] = 1;
  return { accounts, texts, addressAt: (text, at) => wanted.has(resolution.entityOfAddress(text, at)) };
}

function computersOf(workspace: Workspace, filter: EventFilter): Marks | null {
  const ids = [...(filter.computers ?? []), ...(filter.session ? [filter.session.computer] : [])];
  return ids.length > 0 ? participants(workspace, ids).texts : null;
}

function blocksOf(workspace: Workspace, importId: number): Marks {
  const rows = workspace.database.all<{ id: number }>(
    'SELECT block.id AS id FROM block JOIN file ON file.id = block.file_id WHERE file.import_id = ?',
    [importId],
  );
  const most = rows.reduce((max, row) => Math.max(max, row.id), 0);
  return marks(
    rows.map((row) => row.id),
    most + 1,
  );
}

function edgeMarks(workspace: Workspace, edge: NonNullable<EventFilter['edge']>): Marks {
  const { byId } = workspace.resolution();
  const graph = workspace.graph();
  const from = byId.get(edge.from);
  const to = byId.get(edge.to);
  const found = graph.edges.find((candidate) => candidate.from === from && candidate.to === to && candidate.kind === edge.kind);
  const set = new Uint8Array(workspace.observed.edges.length);
  for (const position of found?.observed ?? []) set[position] = 1;
  return set;
}

function rowsOf(workspace: Workspace, filter: EventFilter): ReadonlySet<number> | null {
  const ids = [...(filter.alertIds ?? []), ...(filter.incidentId ? (workspace.incident(filter.incidentId)?.alertIds ?? []) : [])];
  return ids.length > 0 || filter.incidentId ? alertRows(workspace, ids) : null;
}

function alertRows(workspace: Workspace, ids: readonly string[]): ReadonlySet<number> {
  return new Set(ids.flatMap((id) => workspace.alerts.detail(id)?.evidence.map((evidence) => evidence.eventIndex) ?? []));
}

/** Fields in which records carry a logon id; several, because the acting and the new session differ (4624, 4648). */
const LOGON_ID_FIELDS = ['TargetLogonId', 'SubjectLogonId', 'LogonId', 'TargetLogonID', 'LogonID'];

function sessionTest(workspace: Workspace, logonId: string): (index: number) => boolean {
  const wanted = logonId.toLowerCase();
  return (index) => {
    const { fields } = workspace.events.blockOf(index);
    const row = workspace.events.rowOf(index);
    return LOGON_ID_FIELDS.some((name) => fields.field(row, name).toLowerCase() === wanted);
  };
}

/** One pass over a block's bytes answers for all its rows; the answer is kept for the length of the query. */
function textTest(workspace: Workspace, words: readonly string[]): (index: number) => boolean {
  const found = new Map<number, ReadonlySet<number>>();
  return (index) => {
    const block = workspace.events.table.segmentOf(index).block[index & 0xffff];
    const rows = found.get(block) ?? new Set(workspace.events.openBlock(block).fields.rowsMatching(words));
    found.set(block, rows);
    return rows.has(workspace.events.rowOf(index));
  };
}

function combine(a: ((index: number) => boolean) | null, b: ((index: number) => boolean) | null): ((index: number) => boolean) | null {
  if (a === null || b === null) return a ?? b;
  return (index) => a(index) && b(index);
}
