import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EdgeKind } from '../../shared/model/graph.ts';
import { buildView, type NodeFacts, type ViewRequest } from './build-view.ts';
import type { EntityEdge } from './entity-edges.ts';

function edge(from: number, to: number, count = 1, kind: EdgeKind = 'logon-network'): EntityEdge {
  return { from, to, kind, count, firstAt: 10, lastAt: 20, observed: [] };
}

function request(
  edges: readonly EntityEdge[],
  change: Partial<ViewRequest> = {},
  facts: Record<number, Partial<NodeFacts>> = {},
): ViewRequest {
  return {
    edges,
    counts: null,
    firstAt: null,
    lastAt: null,
    node: (number) => ({
      id: `n${number}`,
      kind: 'user',
      name: `n${number}`,
      domain: '',
      roles: [],
      tags: [],
      alertCount: 0,
      highestSeverity: '',
      principalAlerts: 0,
      eventCount: 1,
      firstAt: 10,
      lastAt: 20,
      ...facts[number],
    }),
    alertsOfEdge: () => [],
    focus: new Set(),
    named: new Set(),
    depth: 1,
    edgeKinds: null,
    entityKinds: null,
    minCount: 0,
    minDegree: 0,
    alertsOnly: false,
    machineTraffic: true,
    bundleFrom: 12,
    keep: new Set(),
    hide: new Set(),
    maxNodes: 150,
    ...change,
  };
}

const star = (peers: number) => Array.from({ length: peers }, (_, i) => edge(100 + i, 1));

describe('the view of the graph', () => {
  it('folds a large fan-out into one bundle that says how many it holds', () => {
    const view = buildView(request([...star(4_000), edge(1, 2)]));
    expect(view.nodes.map((node) => node.name).sort()).toEqual(['Users × 4000', 'n1', 'n2']);
    expect(view.nodes.find((node) => node.bundle)?.bundle).toEqual({
      of: 'n1',
      edgeKind: 'logon-network',
      outgoing: false,
      members: 4_000,
    });
    expect(view.edges.find((found) => found.from.startsWith('bundle:'))?.count).toBe(4_000);
  });

  it('never folds a node with an alert, a tag or a place of its own', () => {
    const view = buildView(
      request(star(20), { keep: new Set([105]) }, { 101: { alertCount: 1, principalAlerts: 1 }, 102: { tags: ['honeytoken'] } }),
    );
    expect(view.nodes.map((node) => node.id)).toEqual(expect.arrayContaining(['n1', 'n101', 'n102', 'n105']));
    expect(view.nodes.find((node) => node.bundle)?.bundle?.members).toBe(17);
  });

  it('folds those who only share the alert of a crowd, and says so on the bundle', () => {
    const sprayed = Object.fromEntries(
      Array.from({ length: 20 }, (_, i) => [100 + i, { alertCount: 1, highestSeverity: 'high' as const }]),
    );
    const view = buildView(
      request(
        [...star(20), edge(119, 2)],
        { alertsOfEdge: (position) => (position === 20 ? ['own'] : ['spray']) },
        { ...sprayed, 118: { alertCount: 2 }, 119: { alertCount: 2 } },
      ),
    );
    expect(view.nodes.map((node) => node.id)).toEqual(expect.arrayContaining(['n1', 'n118', 'n119']));
    expect(view.nodes.find((node) => node.bundle)).toMatchObject({ bundle: { members: 18 }, alertCount: 1, highestSeverity: 'high' });
    expect(view.edges.find((found) => found.from.startsWith('bundle:'))?.alertIds).toEqual(['spray']);
  });

  it('draws lines also where every node is as important as any other', () => {
    const flat = Array.from({ length: 300 }, (_, i) => edge(1_000 + i, 2_000 + i));
    const view = buildView(request(flat, { maxNodes: 100 }));
    expect([view.nodes.length, view.edges.length]).toEqual([100, 50]);
  });

  it('leaves 12 peers alone', () => {
    expect(buildView(request(star(12))).nodes).toHaveLength(13);
  });

  it('draws the neighborhood of the focus only, by hops', () => {
    const chain = [edge(1, 2), edge(2, 3), edge(3, 4)];
    const drawn = (depth: number) => buildView(request(chain, { focus: new Set([1]), depth })).nodes.map((node) => node.id);
    expect(drawn(0)).toEqual(['n1']);
    expect(drawn(2).sort()).toEqual(['n1', 'n2', 'n3']);
  });

  it('leaves the hum of machine accounts out unless asked for, and says so', () => {
    const facts = { 1: { kind: 'computer' as const }, 2: { kind: 'computer' as const } };
    const edges = [edge(1, 2, 50, 'kerberos-tgt'), edge(3, 2)];
    const quiet = buildView(request(edges, { machineTraffic: false }, facts));
    expect(quiet.nodes.map((node) => node.id).sort()).toEqual(['n2', 'n3']);
    expect(quiet.reducers).toEqual([{ id: 'machine-traffic', label: '1 connections of machine accounts', hidden: 0 }]);
    expect(buildView(request(edges, {}, facts)).nodes).toHaveLength(3);
  });

  it('accounts for every node that it does not draw', () => {
    const edges = fc.array(
      fc
        .tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 9 }))
        .filter(([from, to]) => from !== to),
      { maxLength: 150 },
    );
    fc.assert(
      fc.property(edges, fc.integer({ min: 1, max: 40 }), fc.integer({ min: 2, max: 6 }), (list, maxNodes, bundleFrom) => {
        const merged = new Map(list.map(([from, to, count]) => [`${from}|${to}`, edge(from, to, count)]));
        const view = buildView(request([...merged.values()], { maxNodes, bundleFrom }));
        const hidden = view.reducers.reduce((sum, reducer) => sum + reducer.hidden, 0);
        expect(view.shown.nodes + hidden).toBe(view.inResult.nodes);
        const ids = new Set(view.nodes.map((node) => node.id));
        for (const drawn of view.edges) expect(ids.has(drawn.from) && ids.has(drawn.to)).toBe(true);
      }),
    );
  });
});
