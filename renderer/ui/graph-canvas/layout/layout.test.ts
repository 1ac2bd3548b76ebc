import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignLayers } from './assign-layers.ts';
import { countCrossings, layoutInLayers } from './layered-layout.ts';
import type { LayoutEdge, LayoutRequest } from './layout.ts';
import { runLayout } from './run-layout.ts';

const edge = (from: string, to: string, at = 0, hasAlert = false): LayoutEdge => ({ from, to, weight: 1, at, hasAlert });
const request = (ids: readonly string[], edges: readonly LayoutEdge[], more: Partial<LayoutRequest> = {}): LayoutRequest => ({
  mode: 'force',
  nodes: ids.map((id) => ({ id, radius: 14, labelWidth: 60 })),
  edges,
  fixed: [],
  start: '',
  target: '',
  ...more,
});

const ring = Array.from({ length: 20 }, (_, index) => `n${index}`);
const ringEdges = ring.map((id, index) => edge(id, ring[(index + 1) % ring.length], index));

describe('every layout', () => {
  it.each(['force', 'layered', 'place-new'] as const)('%s gives the same picture for any order of its input', (mode) => {
    const sorted = new Map(runLayout(request(ring, ringEdges, { mode })).map(([id, x, y]) => [id, [x, y]]));
    fc.assert(
      fc.property(fc.shuffledSubarray(ring, { minLength: 20 }), fc.shuffledSubarray(ringEdges, { minLength: 20 }), (ids, edges) => {
        expect(new Map(runLayout(request(ids, edges, { mode })).map(([id, x, y]) => [id, [x, y]]))).toEqual(sorted);
      }),
      { numRuns: 5 },
    );
  });
  it.each(['force', 'layered'] as const)('%s keeps pinned nodes where they are', (mode) => {
    const answer = runLayout(request(ring, ringEdges, { mode, fixed: [['n3', 777, -55]] }));
    expect(answer.find(([id]) => id === 'n3')).toEqual(['n3', 777, -55]);
  });
});

describe('place-new', () => {
  it('answers only the new nodes, near their neighbors and apart from others', () => {
    const answer = runLayout(
      request(['a', 'b', 'c'], [edge('a', 'c')], {
        mode: 'place-new',
        fixed: [
          ['a', 0, 0],
          ['b', 300, 0],
        ],
      }),
    );
    expect(answer.map(([id]) => id)).toEqual(['c']);
    const [, x, y] = answer[0];
    expect(Math.hypot(x, y)).toBeLessThan(200);
    expect(Math.hypot(x - 300, y)).toBeGreaterThan(60);
  });
});

describe('layers', () => {
  it('are hop numbers from the start, with the target last', () => {
    const layers = assignLayers(['t', 'm', 's', 'x'], [edge('s', 'm'), edge('m', 't'), edge('m', 'x'), edge('s', 't')], 's', 't');
    expect(layers.get('s')).toBe(0);
    expect(layers.get('m')).toBe(1);
    expect(layers.get('x')).toBe(2);
    expect(layers.get('t')).toBeGreaterThan(2);
  });
  it('begin with the tail of the earliest alert when no start is given', () => {
    const layers = assignLayers(['a', 'b', 'c'], [edge('a', 'b', 1), edge('c', 'b', 5, true)], '', '');
    expect(layers.get('c')).toBeLessThan(layers.get('b')!);
  });
  it('follow time: who was acted upon first and acts later stands between', () => {
    const story = [edge('foothold', 'account', 1, true), edge('foothold', 'server', 2, true), edge('account', 'server', 3, true)];
    const layers = assignLayers(['server', 'account', 'foothold'], story, '', '');
    expect(['foothold', 'account', 'server'].map((id) => layers.get(id))).toEqual([0, 1, 2]);
  });
  it('put every node somewhere, islands too', () => {
    expect(assignLayers(['a', 'b'], [], '', '').size).toBe(2);
    expect(layoutInLayers(request(['a', 'b', 'c'], [edge('a', 'b')])).size).toBe(3);
  });
  it('uncross what can be uncrossed', () => {
    const edges = [edge('s', 'a'), edge('s', 'b'), edge('a', 'y'), edge('b', 'x')];
    const positions = layoutInLayers(request(['s', 'a', 'b', 'x', 'y'], edges, { start: 's' }));
    const row = (id: string) => positions.get(id)!.y;
    expect((row('a') - row('b')) * (row('y') - row('x'))).toBeGreaterThan(0);
    expect(
      countCrossings(
        [
          ['a', 'b'],
          ['x', 'y'],
        ],
        [edge('a', 'y'), edge('b', 'x')],
      ),
    ).toBe(1);
  });
});

describe('islands', () => {
  it('stand beside the main part and do not overlap it', () => {
    const answer = new Map(
      runLayout(request([...ring, 'x', 'y', 'z'], [...ringEdges, edge('x', 'y')])).map(([id, x, y]) => [id, { x, y }]),
    );
    const right = Math.max(...ring.map((id) => answer.get(id)!.x));
    for (const id of ['x', 'y', 'z']) expect(answer.get(id)!.x).toBeGreaterThan(right);
  });
});
