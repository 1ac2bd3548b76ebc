import type { EdgeKind } from '../../shared/model/graph.ts';
import type { Micros } from '../../shared/model/time.ts';
import { END_ACCOUNT, END_ADDRESS, type ObservedEdge } from './observed-edges.ts';

/** What names stand for; positions of entities, 0 is none. */
export type EntityLookup = {
  entityOfAccount(account: number): number;
  entityOfHost(text: number): number;
  entityOfAddress(text: number, at: Micros): number;
};

/** Observed edges of the same kind between the same two entities, merged. */
export type EntityEdge = {
  readonly kind: EdgeKind;
  readonly from: number;
  readonly to: number;
  count: number;
  firstAt: Micros;
  lastAt: Micros;
  /** Positions in the table of observed edges. */
  readonly observed: number[];
};

/** The graph of entities, and for each observed edge the entity edge that it is part of (-1: none, both ends are one entity or unknown). */
export type EntityGraph = { readonly edges: readonly EntityEdge[]; readonly edgeOfObserved: Int32Array };

export function mergeByEntity(observed: readonly ObservedEdge[], lookup: EntityLookup): EntityGraph {
  const edges: EntityEdge[] = [];
  const positions = new Map<string, number>();
  const edgeOfObserved = new Int32Array(observed.length).fill(-1);
  for (let i = 1; i < observed.length; i++) {
    const edge = observed[i];
    if (edge.count === 0) continue;
    const from = entityOfEnd(edge.fromType, edge.from, edge.firstAt, lookup);
    const to = entityOfEnd(edge.toType, edge.to, edge.firstAt, lookup);
    if (from === 0 || to === 0 || from === to) continue;
    const key = `${from}|${to}|${edge.kind}`;
    let position = positions.get(key);
    if (position === undefined) {
      position =
        edges.push({
          kind: edge.kind,
          from,
          to,
          count: 0,
          firstAt: Number.POSITIVE_INFINITY,
          lastAt: Number.NEGATIVE_INFINITY,
          observed: [],
        }) - 1;
      positions.set(key, position);
    }
    const merged = edges[position];
    merged.count += edge.count;
    merged.firstAt = Math.min(merged.firstAt, edge.firstAt);
    merged.lastAt = Math.max(merged.lastAt, edge.lastAt);
    merged.observed.push(i);
    edgeOfObserved[i] = position;
  }
  return { edges, edgeOfObserved };
}

function entityOfEnd(type: number, id: number, at: Micros, lookup: EntityLookup): number {
  if (type === END_ACCOUNT) return lookup.entityOfAccount(id);
  return type === END_ADDRESS ? lookup.entityOfAddress(id, at) : lookup.entityOfHost(id);
}
