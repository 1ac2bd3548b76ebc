import type { LayoutAnswer, LayoutEdge, LayoutRequest } from '../../ui/graph-canvas/layout/layout.ts';
import type { Point, Scene, SceneLine } from '../../ui/graph-canvas/scene.ts';
import type { Board } from './state.ts';

/** Where things stand on a board. Kept for as long as the window is open, and never changed by a filter. */
export type BoardMemory = {
  readonly positions: ReadonlyMap<string, Point>;
  readonly pinned: ReadonlySet<string>;
  /** Grows with every full layout; a new number asks the canvas to fit. */
  readonly layoutCount: number;
  /** The layout and the path ends the positions were made for. */
  readonly madeFor: string;
};

export const EMPTY_MEMORY: BoardMemory = { positions: new Map(), pinned: new Set(), layoutCount: 0, madeFor: '' };

/** A full layout is run only for an empty board or when asked for: another layout, other ends, another start set of an incident. */
export function layoutKeyOf(board: Board): string {
  return [board.layout, board.showsPath ? `${board.start}>${board.target}` : '', board.incidentId].join('|');
}

/** What to ask the layout worker for a scene; null when every node already has its place. */
export function layoutRequestFor(
  scene: Scene,
  board: Board,
  memory: BoardMemory,
  isForced: boolean,
  route: readonly string[] = [],
): LayoutRequest | null {
  const missing = scene.nodes.filter((node) => !memory.positions.has(node.id));
  const isFresh = memory.positions.size === 0 || memory.madeFor !== layoutKeyOf(board);
  const overlap = scene.nodes.length - missing.length;
  if (!isForced && !isFresh && missing.length === 0) return null;
  // When hardly anything of the known picture is left, there is no memory to respect.
  const isNewPicture = isForced || isFresh || overlap < 2;
  return {
    mode: isNewPicture ? board.layout : 'place-new',
    nodes: scene.nodes.map((node) => ({ id: node.id, radius: 18, labelWidth: node.label.length * 6 })),
    edges: route.length > 1 ? edgesOfRoute(route) : scene.lines.map(edgeOfLine),
    fixed: [...memory.positions]
      .filter(([id]) => (isNewPicture ? memory.pinned.has(id) && !isForced : true))
      .map(([id, { x, y }]) => [id, x, y] as const),
    start: board.start,
    target: board.target,
  };
}

function edgeOfLine(line: SceneLine): LayoutEdge {
  return { from: line.from, to: line.to, weight: line.count, at: line.at, hasAlert: line.alertIds.length > 0 };
}

/** Only the hops give a path its columns: hop number from left to right. */
function edgesOfRoute(route: readonly string[]): LayoutEdge[] {
  return route.slice(1).map((to, index) => ({ from: route[index], to, weight: 1, at: index, hasAlert: false }));
}

export function rememberLayout(memory: BoardMemory, board: Board, request: LayoutRequest, answer: LayoutAnswer): BoardMemory {
  const positions = new Map(memory.positions);
  for (const [id, x, y] of answer) positions.set(id, { x, y });
  const isFull = request.mode !== 'place-new';
  return { ...memory, positions, layoutCount: memory.layoutCount + (isFull ? 1 : 0), madeFor: layoutKeyOf(board) };
}

export function rememberMove(memory: BoardMemory, moved: ReadonlyMap<string, Point>): BoardMemory {
  return { ...memory, positions: new Map([...memory.positions, ...moved]), pinned: new Set([...memory.pinned, ...moved.keys()]) };
}
