import { describe, expect, it } from 'vitest';
import { FIRST_STATE, graphQueryOf, newBoard, streamFilterOf } from './state.ts';

describe('graphQueryOf', () => {
  it('leaves out what says nothing', () => {
    expect(graphQueryOf(newBoard('x', 'X'), null)).toEqual({ bundleFrom: 12, maxNodes: 150 });
  });
  it('asks for the brushed span and the focus', () => {
    expect(graphQueryOf(newBoard('x', 'X', { focus: ['a'], depth: 2 }), { from: 1, to: 2 })).toMatchObject({
      focus: ['a'],
      depth: 2,
      span: { from: 1, to: 2 },
    });
  });
});

describe('streamFilterOf', () => {
  const selected = { ...FIRST_STATE, brush: { from: 1, to: 2 }, selection: { kind: 'nodes', ids: ['a'] } as const };
  it('follows brush and selection', () => {
    expect(streamFilterOf(selected, true)).toEqual({ span: { from: 1, to: 2 }, entities: ['a'] });
  });
  it('leaves the brush out for the histogram', () => {
    expect(streamFilterOf(selected, false)).toEqual({ entities: ['a'] });
  });
  it('does not follow the selection when told so', () => {
    expect(streamFilterOf({ ...selected, stream: { ...selected.stream, onlySelection: false } }, false)).toEqual({});
  });
  it('shows the records of an incident on its board until something is selected', () => {
    const incident = { ...FIRST_STATE, boards: [newBoard('i', 'Incident', { incidentId: 'x' })], activeBoard: 'i' };
    expect(streamFilterOf(incident, false)).toEqual({ incidentId: 'x' });
    expect(streamFilterOf({ ...incident, selection: selected.selection }, false)).toEqual({ entities: ['a'] });
    expect(streamFilterOf({ ...incident, stream: { ...incident.stream, onlySelection: false } }, false)).toEqual({});
  });
  it('asks for the records of one edge', () => {
    const line = { kind: 'line', from: 'a', to: 'b', edgeKind: 'share-access' } as const;
    expect(streamFilterOf({ ...FIRST_STATE, selection: line }, false)).toEqual({ edge: { from: 'a', to: 'b', kind: 'share-access' } });
  });
});
