import { useEffect, useState } from 'react';
import type { GraphView, PathHop } from '../../../shared/model/graph.ts';
import { askLayout } from '../../ui/graph-canvas/layout/layout-client.ts';
import type { AlertMarks, Point, Positions, Scene } from '../../ui/graph-canvas/scene.ts';
import { type BoardMemory, EMPTY_MEMORY, layoutRequestFor, rememberLayout, rememberMove } from './board-memory.ts';
import { buildScene } from './build-scene.ts';
import { markRoute, routeOf } from './route.ts';
import type { Board } from './state.ts';

export type Picture = {
  readonly boardId: string;
  readonly scene: Scene;
  readonly view: GraphView;
  readonly positions: Positions;
  readonly fitKey: string;
};

const memories = new Map<string, BoardMemory>();

export function memoryOf(boardId: string): BoardMemory {
  return memories.get(boardId) ?? EMPTY_MEMORY;
}

/**
 * The drawn picture of a board: scene and positions always belong together, and the picture before stays until the next one has its places.
 * `relayout` is the only way to move what is already placed.
 */
export function usePicture(board: Board, view: GraphView | undefined, alerts: AlertMarks, hops?: readonly PathHop[]) {
  const [picture, setPicture] = useState<Picture | null>(null);
  const [order, setOrder] = useState({ count: 0, served: 0 });

  useEffect(() => {
    if (!view) return;
    let isCurrent = true;
    const memory = memoryOf(board.id);
    const scene = markRoute(buildScene(view, alerts, memory.pinned, board), hops);
    const isForced = order.count > order.served;
    const show = (kept: BoardMemory) => {
      memories.set(board.id, kept);
      setPicture({
        boardId: board.id,
        scene,
        view,
        positions: kept.positions,
        fitKey: `${board.id}#${kept.layoutCount}#${board.focus.join()}#${board.incidentId}#${board.alertIds.join()}`,
      });
    };
    const route = hops ? routeOf(hops, board.start) : [];
    const request = layoutRequestFor(scene, board, isForced ? { ...memory, pinned: new Set() } : memory, isForced, route);
    if (!request) show(memory);
    else
      void askLayout(request).then((answer) => {
        if (!isCurrent) return;
        if (isForced) setOrder((now) => ({ ...now, served: now.count }));
        show(rememberLayout(isForced ? { ...memory, pinned: new Set() } : memoryOf(board.id), board, request, answer));
      });
    return () => {
      isCurrent = false;
    };
  }, [board, view, alerts, hops, order]);

  const move = (moved: ReadonlyMap<string, Point>) => {
    const kept = rememberMove(memoryOf(board.id), moved);
    memories.set(board.id, kept);
    setPicture((now) =>
      now === null
        ? now
        : {
            ...now,
            positions: kept.positions,
            scene: { ...now.scene, nodes: now.scene.nodes.map((node) => ({ ...node, isPinned: kept.pinned.has(node.id) })) },
          },
    );
  };
  const relayout = () => setOrder((now) => ({ ...now, count: now.count + 1 }));
  return { picture: picture?.boardId === board.id ? picture : null, move, relayout };
}
