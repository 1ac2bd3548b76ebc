import type { EventFilter, GraphQuery } from '../../../shared/contract/inputs.ts';
import type { EntityKind } from '../../../shared/model/entity.ts';
import type { EventKind } from '../../../shared/model/event.ts';
import type { EdgeKind } from '../../../shared/model/graph.ts';
import type { Stretch } from '../../ui/timeline-canvas/time-scale.ts';

/** One named graph with its own filters; its positions are kept beside it (`board-memory.ts`). */
export type Board = {
  readonly id: string;
  readonly name: string;
  readonly layout: 'force' | 'layered';
  /** Start set; empty means the whole scope, ranked. */
  readonly focus: readonly string[];
  readonly depth: number;
  readonly incidentId: string;
  readonly alertIds: readonly string[];
  /** Null draws all kinds. */
  readonly edgeKinds: readonly EdgeKind[] | null;
  readonly entityKinds: readonly EntityKind[] | null;
  readonly minCount: number;
  readonly minDegree: number;
  readonly alertsOnly: boolean;
  /** Draw what machine accounts do as well. */
  readonly machineTraffic: boolean;
  readonly bundleFrom: number;
  readonly maxNodes: number;
  readonly keep: readonly string[];
  readonly hide: readonly string[];
  readonly start: string;
  readonly target: string;
  /** The board shows the path from start to target instead of a view. */
  readonly showsPath: boolean;
};

export type Selection =
  | { readonly kind: 'none' }
  | { readonly kind: 'nodes'; readonly ids: readonly string[] }
  | { readonly kind: 'line'; readonly from: string; readonly to: string; readonly edgeKind: EdgeKind | null }
  | { readonly kind: 'event'; readonly index: number; readonly entities: readonly string[]; readonly at: number }
  | { readonly kind: 'alert'; readonly id: string; readonly entities: readonly string[]; readonly at: number };

export type StreamFilter = {
  readonly text: string;
  readonly kinds: readonly EventKind[];
  readonly eventIds: readonly number[];
  readonly withoutEventIds: readonly number[];
  readonly computers: readonly string[];
  readonly entities: readonly string[];
  readonly withoutEntities: readonly string[];
  readonly order: 'oldest-first' | 'newest-first';
  readonly onlySelection: boolean;
};

/** A question about the surroundings of one event, shown as a tab of the stream (pattern 27). */
export type ContextTab = {
  readonly id: string;
  readonly label: string;
  readonly filter: EventFilter;
  readonly origin: number;
  readonly at: number;
};

/** What undo and redo step through. */
export type InvestigateState = {
  readonly boards: readonly Board[];
  readonly activeBoard: string;
  readonly brush: Stretch | null;
  readonly selection: Selection;
  readonly stream: StreamFilter;
  readonly contexts: readonly ContextTab[];
  /** Empty for the main stream. */
  readonly activeContext: string;
};

export const NO_SELECTION: Selection = { kind: 'none' };

export function newBoard(id: string, name: string, change: Partial<Board> = {}): Board {
  return {
    id,
    name,
    layout: 'force',
    focus: [],
    depth: 1,
    incidentId: '',
    alertIds: [],
    edgeKinds: null,
    entityKinds: null,
    minCount: 0,
    minDegree: 0,
    alertsOnly: false,
    machineTraffic: false,
    bundleFrom: 12,
    maxNodes: 150,
    keep: [],
    hide: [],
    start: '',
    target: '',
    showsPath: false,
    ...change,
  };
}

export const EMPTY_STREAM: StreamFilter = {
  text: '',
  kinds: [],
  eventIds: [],
  withoutEventIds: [],
  computers: [],
  entities: [],
  withoutEntities: [],
  order: 'oldest-first',
  onlySelection: true,
};

export const FIRST_STATE: InvestigateState = {
  boards: [newBoard('overview', 'Overview')],
  activeBoard: 'overview',
  brush: null,
  selection: NO_SELECTION,
  stream: EMPTY_STREAM,
  contexts: [],
  activeContext: '',
};

export function activeBoardOf(state: InvestigateState): Board {
  return state.boards.find((board) => board.id === state.activeBoard) ?? state.boards[0];
}

/** The question a board asks the engine. Conditions that say nothing are left out, so equal questions have equal keys. */
export function graphQueryOf(board: Board, brush: Stretch | null): GraphQuery {
  return {
    bundleFrom: board.bundleFrom,
    maxNodes: board.maxNodes,
    ...(brush ? { span: brush } : {}),
    ...(board.focus.length > 0 ? { focus: [...board.focus], depth: board.depth } : {}),
    ...(board.incidentId === '' ? {} : { incidentId: board.incidentId }),
    ...(board.alertIds.length > 0 ? { alertIds: [...board.alertIds] } : {}),
    ...(board.edgeKinds ? { edgeKinds: [...board.edgeKinds] } : {}),
    ...(board.entityKinds ? { entityKinds: [...board.entityKinds] } : {}),
    ...(board.minCount > 1 ? { minCount: board.minCount } : {}),
    ...(board.minDegree > 1 ? { minDegree: board.minDegree } : {}),
    ...(board.alertsOnly ? { alertsOnly: true } : {}),
    ...(board.machineTraffic ? { machineTraffic: true } : {}),
    ...(board.keep.length > 0 ? { keep: [...board.keep] } : {}),
    ...(board.hide.length > 0 ? { hide: [...board.hide] } : {}),
  };
}

/** What the selection limits the stream to; null where it does not. */
export function selectionFilterOf(selection: Selection): EventFilter | null {
  if (selection.kind === 'nodes')
    return selection.ids.length > 0 && !selection.ids.some(isBundleId) ? { entities: [...selection.ids] } : null;
  if (selection.kind === 'line' && selection.edgeKind)
    return { edge: { from: selection.from, to: selection.to, kind: selection.edgeKind } };
  if (selection.kind === 'line') return { entities: [selection.from] };
  return selection.kind === 'alert' ? { alertIds: [selection.id] } : null;
}

export function isBundleId(id: string): boolean {
  return id.startsWith('bundle:');
}

/** The question of the main stream and of the histogram (which leaves the brush out). */
export function streamFilterOf(state: InvestigateState, withBrush: boolean): EventFilter {
  const { stream, brush, selection } = state;
  const chosen = stream.onlySelection ? (selectionFilterOf(selection) ?? recordsOfBoard(activeBoardOf(state))) : null;
  const entities = [...stream.entities];
  return {
    ...(withBrush && brush ? { span: brush } : {}),
    ...(entities.length > 0 ? { entities } : {}),
    ...(stream.withoutEntities.length > 0 ? { withoutEntities: [...stream.withoutEntities] } : {}),
    ...(stream.kinds.length > 0 ? { kinds: [...stream.kinds] } : {}),
    ...(stream.eventIds.length > 0 ? { eventIds: [...stream.eventIds] } : {}),
    ...(stream.withoutEventIds.length > 0 ? { withoutEventIds: [...stream.withoutEventIds] } : {}),
    ...(stream.computers.length > 0 ? { computers: [...stream.computers] } : {}),
    ...(stream.text.trim() === '' ? {} : { text: stream.text.trim() }),
    ...(chosen ?? {}),
  };
}

/** With nothing selected, the board of an incident or of alerts shows the records that they rest on: the story in order. */
function recordsOfBoard(board: Board): EventFilter | null {
  if (board.incidentId !== '') return { incidentId: board.incidentId };
  return board.alertIds.length > 0 ? { alertIds: [...board.alertIds] } : null;
}
