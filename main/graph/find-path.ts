import type { EdgeKind } from '../../shared/model/graph.ts';
import type { EventTable } from '../events/event-table.ts';
import type { EntityGraph } from './entity-edges.ts';

export type FoundHop = { readonly edge: number; readonly event: number };

/** Logons that leave credentials on the host: from then on whoever holds the host can act as the account, so these lead both ways. */
const LEAVES_CREDENTIALS: ReadonlySet<EdgeKind> = new Set([
  'logon-interactive',
  'logon-remote-interactive',
  'logon-batch-or-service',
  'logon-new-credentials',
]);
/** A failure proves no movement. */
const PROVES_NOTHING: ReadonlySet<EdgeKind> = new Set(['logon-failed']);

/**
 * The observed path that arrives first: every hop is a record, and no hop is earlier than the one before. One pass over the events of the
 * span in time order. Empty when there is none.
 */
export function findEarliestPath(
  table: EventTable,
  order: Uint32Array,
  graph: EntityGraph,
  from: number,
  to: number,
  allowed: ReadonlySet<EdgeKind> | null,
): FoundHop[] {
  const arrivedBy = new Map<number, { readonly event: number; readonly edge: number; readonly before: number }>([
    [from, { event: -1, edge: -1, before: 0 }],
  ]);
  for (const event of order) {
    const segment = table.segmentOf(event);
    const row = event & 0xffff;
    for (const observed of [segment.edge[row], segment.secondEdge[row]]) {
      const position = observed === 0 ? -1 : graph.edgeOfObserved[observed];
      if (position < 0) continue;
      const edge = graph.edges[position];
      if (PROVES_NOTHING.has(edge.kind) || (allowed !== null && !allowed.has(edge.kind))) continue;
      if (arrivedBy.has(edge.from) && !arrivedBy.has(edge.to)) arrivedBy.set(edge.to, { event, edge: position, before: edge.from });
      else if (LEAVES_CREDENTIALS.has(edge.kind) && arrivedBy.has(edge.to) && !arrivedBy.has(edge.from))
        arrivedBy.set(edge.from, { event, edge: position, before: edge.to });
    }
    if (arrivedBy.has(to)) break;
  }
  const hops: FoundHop[] = [];
  for (let node = to; node !== from; ) {
    const arrival = arrivedBy.get(node);
    if (arrival === undefined) return [];
    hops.unshift({ edge: arrival.edge, event: arrival.event });
    node = arrival.before;
  }
  return hops;
}
