import { BOUNDS } from '../../shared/contract/bounds.ts';
import type { EventFilter } from '../../shared/contract/inputs.ts';
import type { Histogram } from '../../shared/contract/operations.ts';
import { SEVERITIES } from '../../shared/model/severity.ts';
import { ok, problem } from '../../shared/result.ts';
import { compileFilter } from '../engine/compile-filter.ts';
import type { Workspace } from '../engine/workspace.ts';
import { type EventMatch, matchesAll, matchesEvent } from '../events/event-match.ts';
import { eventRow } from './label.ts';
import type { Operations } from './operation.ts';

/** Scanning looks at the clock once in so many events. */
const CLOCK_EVERY = 4096;

export const eventOperations: Operations<'events.page' | 'events.count' | 'events.histogram' | 'events.detail' | 'events.locate'> = {
  'events.page': ({ filter, order, cursor, startAt, limit }, { workspace }) => {
    const match = compileFilter(workspace, filter);
    const rows = workspace.order.rows();
    const forward = order === 'oldest-first';
    let position = cursor === null ? firstPosition(workspace, match, forward, startAt) : Number(cursor);
    if (!Number.isSafeInteger(position)) return problem('invalid-input', 'The cursor is not from an answer of this question.');
    const deadline = performance.now() + BOUNDS.searchBudgetMs;
    const found: number[] = [];
    const end = forward ? match.to : match.from - 1;
    position = forward ? Math.max(position, match.from) : Math.min(position, match.to - 1);
    let looked = 0;
    while (position !== end && (forward ? position < end : position > end) && found.length < limit) {
      if (matchesEvent(workspace.events.table, match, rows[position])) found.push(rows[position]);
      position += forward ? 1 : -1;
      if ((match.slow !== null || ++looked % CLOCK_EVERY === 0) && performance.now() > deadline) break;
    }
    const done = forward ? position >= end : position <= end;
    const all = Math.max(1, match.to - match.from);
    return ok({
      rows: found.map((index) => eventRow(workspace, index)),
      next: done ? null : String(position),
      total: matchesAll(match) ? match.to - match.from : null,
      searched: done ? 1 : Math.min(1, (forward ? position - match.from : match.to - 1 - position) / all),
    });
  },

  'events.count': ({ filter }, { workspace }) => {
    const match = compileFilter(workspace, filter);
    if (matchesAll(match)) return ok({ count: Math.max(0, match.to - match.from), exact: true });
    const rows = workspace.order.rows();
    const deadline = performance.now() + BOUNDS.searchBudgetMs;
    let count = 0;
    for (let position = match.from; position < match.to; position++) {
      if (matchesEvent(workspace.events.table, match, rows[position])) count++;
      if ((match.slow !== null || position % CLOCK_EVERY === 0) && performance.now() > deadline) return ok({ count, exact: false });
    }
    return ok({ count, exact: true });
  },

  'events.histogram': ({ filter, from, to, buckets }, { workspace }) => {
    if (to <= from) return problem('invalid-input', 'The span of a histogram ends before it begins.');
    return ok(histogram(workspace, filter, from, to, buckets));
  },

  'events.detail': ({ index }, { workspace }) => {
    if (index >= workspace.events.table.count)
      return problem('not-found', 'This event is no longer in the store; the list is being read again.');
    const block = workspace.events.blockOf(index);
    const row = workspace.events.rowOf(index);
    const file = workspace.imports.file(block.fileId);
    const own = eventRow(workspace, index);
    return ok({
      row: own,
      fields: block.fields.fields(row),
      provenance: {
        fileId: block.fileId,
        path: file?.path ?? '',
        sha256: file?.sha256 ?? '',
        offset: block.columns.offset[row],
        recordId: own.recordId,
      },
      alertIds: workspace.alerts
        .all()
        .filter((alert) => workspace.alerts.detail(alert.id)!.evidence.some((evidence) => evidence.eventIndex === index))
        .map((alert) => alert.id),
    });
  },

  'events.locate': ({ keys }, { workspace }) => {
    const wanted = new Map(keys.map((key, position) => [key, position]));
    const indexes = keys.map(() => -1);
    const high = new Set(keys.map((key) => Number.parseInt(key.slice(0, 8), 16)));
    const { table } = workspace.events;
    for (let index = 0; index < table.count; index++) {
      if (!high.has(table.segmentOf(index).identity[(index & 0xffff) * 2])) continue;
      const position = wanted.get(table.key(index));
      if (position !== undefined) indexes[position] = index;
    }
    return ok({ indexes });
  },
};

function firstPosition(workspace: Workspace, match: EventMatch, forward: boolean, startAt: number | undefined): number {
  if (startAt === undefined) return forward ? match.from : match.to - 1;
  return forward ? workspace.order.positionOf(startAt) : workspace.order.positionOf(startAt + 1) - 1;
}

/** A stretch without records at least this many buckets long, between records, is a gap worth showing. */
const GAP_BUCKETS = 3;

function histogram(workspace: Workspace, filter: EventFilter, from: number, to: number, buckets: number): Histogram {
  const width = (to - from) / buckets;
  const counts = new Array<number>(buckets).fill(0);
  const span = { from: Math.max(from, filter.span?.from ?? from), to: Math.min(to, filter.span?.to ?? to) };
  const match = compileFilter(workspace, { ...filter, span });
  const rows = workspace.order.rows();
  const { table } = workspace.events;
  const all = matchesAll(match);
  const deadline = performance.now() + BOUNDS.searchBudgetMs;
  let total = 0;
  if (all) {
    // Counting whole buckets needs only their borders: a search in the sorted order instead of a pass over all events.
    let before = match.from;
    for (let bucket = 0; bucket < buckets; bucket++) {
      const after =
        bucket === buckets - 1 ? match.to : Math.min(match.to, Math.max(before, workspace.order.positionOf(from + width * (bucket + 1))));
      counts[bucket] = after - before;
      before = after;
    }
    total = match.to - match.from;
  } else {
    for (let position = match.from; position < match.to; position++) {
      if (matchesEvent(table, match, rows[position])) {
        counts[Math.min(buckets - 1, Math.floor((table.at(rows[position]) - from) / width))]++;
        total++;
      }
      if (match.slow !== null && performance.now() > deadline) break;
    }
  }
  const alerts = Object.fromEntries(SEVERITIES.map((severity) => [severity, new Array<number>(buckets).fill(0)])) as Record<
    (typeof SEVERITIES)[number],
    number[]
  >;
  for (const alert of workspace.alerts.all()) {
    if (alert.firstAt < from || alert.firstAt >= to) continue;
    alerts[alert.severity][Math.min(buckets - 1, Math.floor((alert.firstAt - from) / width))]++;
  }
  return { from, to, bucketMicros: width, counts, alerts, gaps: all ? gapsOf(workspace, counts, from, width) : [], total };
}

function gapsOf(workspace: Workspace, counts: readonly number[], from: number, width: number): { from: number; to: number }[] {
  const { firstAt, lastAt } = workspace.events.table;
  const gaps: { from: number; to: number }[] = [];
  for (let start = 0; start < counts.length; start++) {
    if (counts[start] !== 0) continue;
    let end = start;
    while (end < counts.length && counts[end] === 0) end++;
    const gap = { from: Math.round(from + start * width), to: Math.round(from + end * width) };
    if (end - start >= GAP_BUCKETS && gap.from > firstAt && gap.to < lastAt) gaps.push(gap);
    start = end;
  }
  return gaps;
}
