import { describe, expect, it } from 'vitest';
import type { Input, Page } from '../../../shared/contract/operations.ts';
import type { EventRow } from '../../../shared/model/event.ts';
import { EventFeed } from './event-feed.ts';

/** A store of `count` events, one a microsecond, answered the way the engine answers. */
function storeOf(count: number) {
  return async ({ order, cursor, startAt, limit }: Input<'events.page'>): Promise<Page<EventRow>> => {
    const forward = order === 'oldest-first';
    let position = cursor === null ? (startAt ?? (forward ? 0 : count - 1)) : Number(cursor);
    const rows: EventRow[] = [];
    for (; position >= 0 && position < count && rows.length < limit; position += forward ? 1 : -1)
      rows.push({ index: position, at: position } as EventRow);
    const isDone = position < 0 || position >= count;
    return { rows, next: isDone ? null : String(position), total: count, searched: 1 };
  };
}

const indexes = (feed: EventFeed) => feed.state.rows.map((row) => row.index);

describe('EventFeed', () => {
  it('grows at both ends without gaps or repeats', async () => {
    const feed = new EventFeed({ filter: {}, order: 'oldest-first', startAt: 500 }, storeOf(1_000), () => {});
    await feed.loadAfter();
    await feed.loadBefore();
    await feed.loadAfter();
    const seen = indexes(feed);
    expect(seen[0]).toBeLessThan(500);
    expect(seen).toEqual(Array.from({ length: seen.length }, (_, step) => seen[0] + step));
  });
  it('ends where the evidence ends', async () => {
    const feed = new EventFeed({ filter: {}, order: 'newest-first', startAt: null }, storeOf(30), () => {});
    await feed.loadAfter();
    expect(indexes(feed)[0]).toBe(29);
    expect(feed.state).toMatchObject({ canLoadAfter: false, canLoadBefore: false, isLoading: false });
  });
  it('holds a bounded window and comes back to what it dropped', async () => {
    const feed = new EventFeed({ filter: {}, order: 'oldest-first', startAt: null }, storeOf(10_000), () => {});
    for (let turn = 0; turn < 40; turn++) await feed.loadAfter();
    expect(feed.state.rows.length).toBe(3_000);
    const first = indexes(feed)[0];
    await feed.loadBefore();
    const seen = indexes(feed);
    expect(seen[0]).toBeLessThan(first);
    expect(seen.every((index, step) => index === seen[0] + step)).toBe(true);
  });
  it('shows the old rows until the new question is answered', async () => {
    const old = [{ index: 7, at: 7 } as EventRow];
    const feed = new EventFeed({ filter: {}, order: 'oldest-first', startAt: null }, storeOf(3), () => {}, old);
    expect(feed.state).toMatchObject({ rows: old, isOld: true });
    await feed.loadAfter();
    expect(indexes(feed)).toEqual([0, 1, 2]);
  });
  it('says what went wrong', async () => {
    const feed = new EventFeed(
      { filter: {}, order: 'oldest-first', startAt: null },
      () => Promise.reject(new Error('no')),
      () => {},
    );
    await feed.loadAfter();
    expect(feed.state.error).toBeInstanceOf(Error);
  });
});
