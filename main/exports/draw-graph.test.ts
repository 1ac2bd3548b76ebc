import { describe, expect, it } from 'vitest';
import type { GraphSnapshot } from '../../shared/model/case-file.ts';
import type { GraphEdge, GraphNode } from '../../shared/model/graph.ts';
import { drawGraph } from './draw-graph.ts';
import { choosePicture } from './graph-picture.ts';

const node = (id: string, rest: Partial<GraphNode> = {}): GraphNode => ({
  id,
  kind: 'user',
  name: id,
  domain: '',
  tags: [],
  roles: [],
  alertCount: 0,
  highestSeverity: '',
  degree: 1,
  eventCount: 1,
  firstAt: 0,
  lastAt: 0,
  bundle: null,
  ...rest,
});
const edge = (from: string, to: string, rest: Partial<GraphEdge> = {}): GraphEdge => {
  const kind = rest.kind ?? 'logon-network';
  return { id: `${from}|${to}|${kind}`, from, to, kind, count: 1, firstAt: 0, lastAt: 0, alertIds: [], ...rest };
};
function snapshot(nodes: GraphNode[], edges: GraphEdge[], positions: GraphSnapshot['positions'] = []): GraphSnapshot {
  const size = { nodes: nodes.length, edges: edges.length };
  return { title: 'graph', takenAt: 0, positions, view: { nodes, edges, shown: size, inResult: size, inScope: size, reducers: [] } };
}
const peers = Array.from({ length: 60 }, (_, index) => `user${index}`);

describe('the picture of a graph', () => {
  it('merges the connections of one direction and folds peers that differ in their name alone', () => {
    const nodes = [node('host', { kind: 'computer' }), ...peers.map((id) => node(id))];
    const { nodes: drawn, edges } = choosePicture(
      snapshot(
        nodes,
        peers.map((id) => edge(id, 'host')),
      ),
    );
    expect(drawn.map(({ name }) => name)).toEqual(['host', '60 accounts']);
    expect(edges).toMatchObject([{ to: 'host', count: 60, kinds: ['logon-network'] }]);
  });

  it('keeps to what alerts rest on where all would be too much, and says so', () => {
    const nodes = [node('host', { kind: 'computer' }), ...peers.map((id) => node(id))];
    const edges = peers.map((id, index) => edge(id, 'host', index < 2 ? { alertIds: ['a'], kind: 'remote-service' } : {}));
    const picture = choosePicture(snapshot(nodes, edges));
    expect(picture.nodes.map(({ name }) => name)).toEqual(['host', 'user0', 'user1']);
    expect(picture.leftOut).toBe('Drawn are the 2 connections that an alert rests on; all 60 are in graph.json.');
  });

  it('leaves all of it where the analyst placed it', () => {
    const nodes = [node('host', { kind: 'computer' }), ...peers.map((id) => node(id))];
    const positions = nodes.map(({ id }, index) => ({ id, x: index * 40, y: (index % 5) * 90 }));
    expect(
      choosePicture(
        snapshot(
          nodes,
          peers.map((id) => edge(id, 'host')),
          positions,
        ),
      ).nodes,
    ).toHaveLength(61);
  });

  it('draws circles, loops, lost ends and broken places without a number that is none', () => {
    const nodes = [node('a'), node('b'), node('c')];
    const edges = [edge('a', 'b'), edge('b', 'c'), edge('c', 'a'), edge('a', 'a', { kind: 'account-change' }), edge('a', 'gone')];
    const positions = [{ id: 'a', x: Number.NaN, y: 0 }];
    for (const graph of [
      snapshot(nodes, edges),
      snapshot(nodes, edges, positions),
      snapshot([], []),
      snapshot([node('a')], [], [{ id: 'a', x: 5, y: 5 }]),
    ]) {
      const { svg } = drawGraph(graph);
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
      expect(svg).not.toContain('gone');
    }
  });
});
