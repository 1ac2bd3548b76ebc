import { expect, it } from 'vitest';
import type { EdgeKind } from '../../../shared/model/graph.ts';
import { mergeEdges } from '../../ui/graph-canvas/merge-edges.ts';
import type { Scene, SceneNode } from '../../ui/graph-canvas/scene.ts';
import { litElements } from './lit.ts';

const kind: EdgeKind = 'logon-network';
const pairs = [
  ['a', 'b'],
  ['b', 'c'],
  ['c', 'd'],
  ['x', 'd'],
  ['b', 'y'],
] as const;
const edges = pairs.map(([from, to]) => ({ id: `${from}|${to}|${kind}`, from, to, kind, count: 1, firstAt: 0, lastAt: 0, alertIds: [] }));
const scene: Scene = { nodes: [...'abcdxy'].map((id) => ({ id }) as SceneNode), lines: mergeEdges(edges, new Map()) };
const nodesOf = (lit: Set<string> | null) =>
  [...(lit ?? [])]
    .filter((id) => id.length === 1)
    .sort()
    .join('');

it('lights what leads to the chosen node and what follows from it', () => {
  expect(nodesOf(litElements(scene, new Set(['c']), true))).toBe('abcd');
});
it('lights neighbors only outside of paths', () => {
  expect(nodesOf(litElements(scene, new Set(['c']), false))).toBe('bcd');
});
it('lights both ends of a chosen edge', () => {
  expect(nodesOf(litElements(scene, new Set(['x|d|logon-network']), true))).toBe('dx');
});
it('does nothing without a choice', () => {
  expect(litElements(scene, new Set(), true)).toBeNull();
});
