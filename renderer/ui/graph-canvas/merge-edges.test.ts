import { describe, expect, it } from 'vitest';
import type { EdgeKind, GraphEdge } from '../../../shared/model/graph.ts';
import { lineWidth, mergeEdges } from './merge-edges.ts';

const edge = (from: string, to: string, kind: EdgeKind, count: number, alertIds: string[] = []): GraphEdge => ({
  id: `${from}|${to}|${kind}`,
  from,
  to,
  kind,
  count,
  firstAt: 0,
  lastAt: 0,
  alertIds,
});

describe('mergeEdges', () => {
  it('draws one line a pair, whatever the direction, and adds the counts up', () => {
    const lines = mergeEdges(
      [edge('a', 'b', 'logon-network', 5), edge('b', 'a', 'share-access', 2), edge('a', 'c', 'kerberos-tgt', 1)],
      new Map(),
    );
    expect(lines.map((line) => [line.edges.length, line.count, line.runsBack])).toEqual([
      [2, 7, true],
      [1, 1, false],
    ]);
  });
  it('lets the edge with an alert decide color and direction', () => {
    const [line] = mergeEdges(
      [edge('a', 'b', 'logon-network', 5), edge('b', 'a', 'kerberos-service-ticket', 90, ['x'])],
      new Map([['x', { severity: 'high', firstAt: 7 }]]),
    );
    expect(line).toMatchObject({
      from: 'b',
      family: 'kerberos',
      severity: 'high',
      at: 7,
      rarity: 1,
    });
  });
  it('does not depend on the order of its input', () => {
    const edges = [edge('a', 'b', 'logon-network', 5), edge('a', 'b', 'remote-service', 1), edge('a', 'b', 'share-access', 7)];
    expect(mergeEdges(edges, new Map())[0]).toEqual(mergeEdges([...edges].reverse(), new Map())[0]);
  });
});

describe('lineWidth', () => {
  it('grows slowly and stops', () => {
    expect(lineWidth(1)).toBeLessThan(lineWidth(10));
    expect(lineWidth(1e9)).toBe(5);
  });
});
