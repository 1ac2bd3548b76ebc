import type { GraphSnapshot } from '../../../shared/model/case-file.ts';
import type { CaseItem } from './requests.ts';
import { activeBoardOf } from './state.ts';
import { readState } from './store.ts';
import type { Picture } from './use-picture.ts';

let drawn: Picture | null = null;

/** Told by the graph whenever another picture is on screen. */
export function rememberDrawn(picture: Picture | null): void {
  drawn = picture;
}

export function drawnPicture(): Picture | null {
  return drawn;
}

/** The drawn graph with its positions, as evidence of a case. */
export function snapshotItem(): CaseItem {
  const board = activeBoardOf(readState());
  const view = drawn?.view ?? {
    nodes: [],
    edges: [],
    shown: { nodes: 0, edges: 0 },
    inResult: { nodes: 0, edges: 0 },
    inScope: { nodes: 0, edges: 0 },
    reducers: [],
  };
  const snapshot: GraphSnapshot = {
    title: board.name,
    takenAt: Date.now() * 1000,
    view,
    positions: view.nodes.flatMap((node) => {
      const at = drawn?.positions.get(node.id);
      return at ? [{ id: node.id, x: Math.round(at.x), y: Math.round(at.y) }] : [];
    }),
  };
  return { kind: 'graph', key: '', label: `Graph: ${board.name} (${view.nodes.length} nodes)`, snapshot: JSON.stringify(snapshot) };
}
