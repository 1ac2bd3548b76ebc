import { useSyncExternalStore } from 'react';
import type { Stretch } from '../../ui/timeline-canvas/time-scale.ts';
import { amend, back, beginHistory, forward, step } from './history.ts';
import { type Board, FIRST_STATE, type InvestigateState, NO_SELECTION, newBoard, type Selection, type StreamFilter } from './state.ts';

let history = beginHistory(FIRST_STATE);
const listeners = new Set<() => void>();
let boardCount = 0;

function set(next: typeof history): void {
  if (next === history) return;
  history = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The state of the view; it outlives the page, so that coming back finds everything as it was. */
export function useInvestigate(): InvestigateState {
  return useSyncExternalStore(subscribe, readState);
}

export function readState(): InvestigateState {
  return history.now;
}

export function goBack(): void {
  set(back(history));
}

export function goForward(): void {
  set(forward(history));
}

/** One step that undo takes back. */
export function change(update: (state: InvestigateState) => InvestigateState): void {
  set(step(history, update(history.now)));
}

/** A change that is no step: while a drag goes on, or bookkeeping. */
export function adjust(update: (state: InvestigateState) => InvestigateState): void {
  set(amend(history, update(history.now)));
}

/** Walking from event to event is one step, not one a row. */
export function select(selection: Selection): void {
  const before = history.now.selection.kind;
  if (selection.kind === 'none' && before === 'none') return;
  const update = (state: InvestigateState) => ({ ...state, selection });
  if (selection.kind === 'event' && before === 'event') adjust(update);
  else change(update);
}

let beforeDrag: InvestigateState | null = null;

/** The time range while it is dragged; only the end of a drag is a step. */
export function brushTo(brush: Stretch | null, isFinal: boolean): void {
  beforeDrag ??= history.now;
  const next = { ...history.now, brush };
  if (!isFinal) {
    set(amend(history, next));
    return;
  }
  const before = beforeDrag;
  beforeDrag = null;
  set(step({ ...history, now: before }, next));
}

export function changeBoard(part: Partial<Board>): void {
  change((state) => ({ ...state, boards: state.boards.map((board) => (board.id === state.activeBoard ? { ...board, ...part } : board)) }));
}

export function changeStream(part: Partial<StreamFilter>): void {
  change((state) => ({ ...state, stream: { ...state.stream, ...part }, activeContext: '' }));
}

/** Opens a board, or the one that already asks the same. */
export function openBoard(name: string, part: Partial<Board>): void {
  const known = history.now.boards.find(
    (board) => board.name === name && board.incidentId === (part.incidentId ?? '') && board.start === (part.start ?? board.start),
  );
  if (known) {
    change((state) => ({
      ...state,
      activeBoard: known.id,
      boards: state.boards.map((board) => (board.id === known.id ? { ...board, ...part } : board)),
    }));
    return;
  }
  boardCount++;
  const board = newBoard(`board-${boardCount}`, name, part);
  change((state) => ({ ...state, boards: [...state.boards, board], activeBoard: board.id }));
}

export function closeBoard(id: string): void {
  change((state) => {
    if (state.boards.length < 2) return state;
    const boards = state.boards.filter((board) => board.id !== id);
    return { ...state, boards, activeBoard: state.activeBoard === id ? boards[0].id : state.activeBoard, selection: NO_SELECTION };
  });
}
