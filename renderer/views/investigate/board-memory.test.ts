import { describe, expect, it } from 'vitest';
import type { Scene, SceneNode } from '../../ui/graph-canvas/scene.ts';
import { type BoardMemory, EMPTY_MEMORY, layoutKeyOf, layoutRequestFor, rememberLayout, rememberMove } from './board-memory.ts';
import { newBoard } from './state.ts';

const node = (id: string): SceneNode => ({
  id,
  kind: 'user',
  label: id,
  fullName: id,
  tags: [],
  severity: '',
  alertCount: 0,
  members: 0,
  note: '',
  importance: 0,
  isPinned: false,
  end: '',
});
const scene = (...ids: string[]): Scene => ({ nodes: ids.map(node), lines: [] });
const board = newBoard('b', 'B');
const known: BoardMemory = {
  ...EMPTY_MEMORY,
  positions: new Map(['a', 'b', 'c'].map((id, index) => [id, { x: index * 100, y: 0 }])),
  madeFor: layoutKeyOf(board),
};

describe('layoutRequestFor', () => {
  it('lays out an empty board as a whole', () => {
    expect(layoutRequestFor(scene('a', 'b'), board, EMPTY_MEMORY, false)?.mode).toBe('force');
  });
  it('asks nothing when a filter only took nodes away', () => {
    expect(layoutRequestFor(scene('a', 'b'), board, known, false)).toBeNull();
  });
  it('places only what is new, and holds the rest', () => {
    const request = layoutRequestFor(scene('a', 'b', 'n'), board, known, false)!;
    expect(request.mode).toBe('place-new');
    expect(request.fixed.map(([id]) => id)).toEqual(['a', 'b', 'c']);
  });
  it('lays out anew when another layout is chosen', () => {
    expect(layoutRequestFor(scene('a', 'b'), { ...board, layout: 'layered' }, known, false)?.mode).toBe('layered');
  });
});

it('a drag moves and pins', () => {
  const moved = rememberMove(known, new Map([['b', { x: 5, y: 6 }]]));
  expect(moved.positions.get('b')).toEqual({ x: 5, y: 6 });
  expect([...moved.pinned]).toEqual(['b']);
});

it('a full layout asks the canvas to fit, a placed node does not', () => {
  const request = layoutRequestFor(scene('a', 'b', 'n'), board, known, false)!;
  expect(rememberLayout(known, board, request, [['n', 1, 2]]).layoutCount).toBe(0);
  expect(rememberLayout(known, board, { ...request, mode: 'force' }, [['n', 1, 2]]).layoutCount).toBe(1);
});
