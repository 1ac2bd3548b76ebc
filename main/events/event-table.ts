import type { EventBatch } from '../../shared/model/event-batch.ts';
import type { Micros } from '../../shared/model/time.ts';

/** What the table takes from a batch. */
export type EventColumns = Omit<EventBatch, 'count' | 'texts' | 'accounts' | 'payload' | 'recordId' | 'offset' | 'provider'>;

/** Rows a segment: columns grow by whole segments, so nothing is ever copied to grow. */
const SEGMENT_BITS = 16;
const SEGMENT_ROWS = 1 << SEGMENT_BITS;
const SEGMENT_MASK = SEGMENT_ROWS - 1;

/** The columns of 65,536 events. Codes are ids of the dictionary (texts, accounts); 0 is "none". */
export type Segment = {
  readonly at: Float64Array;
  readonly tick: Uint8Array;
  readonly kind: Uint8Array;
  readonly eventId: Uint16Array;
  readonly outcome: Uint8Array;
  readonly logonType: Uint8Array;
  readonly identity: Uint32Array;
  readonly channel: Uint32Array;
  readonly computer: Uint32Array;
  readonly actor: Uint32Array;
  readonly target: Uint32Array;
  readonly counterpart: Uint32Array;
  readonly sourceHost: Uint32Array;
  readonly sourceAddress: Uint32Array;
  readonly object: Uint32Array;
  /** Block that holds the record's fields, and its row in it. */
  readonly block: Uint32Array;
  readonly row: Uint16Array;
  /** Observed edges that this event proves (positions in the edge table); 0 is none. */
  readonly edge: Uint32Array;
  readonly secondEdge: Uint32Array;
};

function createSegment(): Segment {
  const words = () => new Uint32Array(SEGMENT_ROWS);
  return {
    at: new Float64Array(SEGMENT_ROWS),
    tick: new Uint8Array(SEGMENT_ROWS),
    kind: new Uint8Array(SEGMENT_ROWS),
    eventId: new Uint16Array(SEGMENT_ROWS),
    outcome: new Uint8Array(SEGMENT_ROWS),
    logonType: new Uint8Array(SEGMENT_ROWS),
    identity: new Uint32Array(SEGMENT_ROWS * 2),
    channel: words(),
    computer: words(),
    actor: words(),
    target: words(),
    counterpart: words(),
    sourceHost: words(),
    sourceAddress: words(),
    object: words(),
    block: words(),
    row: new Uint16Array(SEGMENT_ROWS),
    edge: words(),
    secondEdge: words(),
  };
}

/**
 * All stored events in columns, in the order they were stored: what filters, histograms, the graph and detections scan. About 76 bytes an
 * event; the records' fields stay on disk in compressed blocks.
 */
export class EventTable {
  readonly segments: Segment[] = [];
  count = 0;
  firstAt: Micros = Number.POSITIVE_INFINITY;
  lastAt: Micros = Number.NEGATIVE_INFINITY;
  /** Changes with every change of the rows; caches are keyed by it. */
  version = 0;

  segmentOf(index: number): Segment {
    return this.segments[index >>> SEGMENT_BITS];
  }

  at(index: number): Micros {
    return this.segments[index >>> SEGMENT_BITS].at[index & SEGMENT_MASK];
  }

  /** Before 0, equal 0, after > 0: by time to 100 ns, then by what the event is, so that the order does not depend on the order of import. */
  compare(a: number, b: number): number {
    const left = this.segments[a >>> SEGMENT_BITS];
    const right = this.segments[b >>> SEGMENT_BITS];
    const i = a & SEGMENT_MASK;
    const j = b & SEGMENT_MASK;
    return (
      left.at[i] - right.at[j] ||
      left.tick[i] - right.tick[j] ||
      left.identity[i * 2] - right.identity[j * 2] ||
      left.identity[i * 2 + 1] - right.identity[j * 2 + 1]
    );
  }

  /** Appends row `row` of a batch whose codes are already the dictionary's (see `texts`, `accounts`); returns its index. */
  append(batch: EventColumns, row: number, block: number, texts: Uint32Array, accounts: Uint32Array): number {
    const index = this.count;
    if (index >>> SEGMENT_BITS === this.segments.length) this.segments.push(createSegment());
    const to = this.segments[index >>> SEGMENT_BITS];
    const i = index & SEGMENT_MASK;
    const at = batch.at[row];
    to.at[i] = at;
    to.tick[i] = batch.tick[row];
    to.kind[i] = batch.kind[row];
    to.eventId[i] = batch.eventId[row];
    to.outcome[i] = batch.outcome[row];
    to.logonType[i] = batch.logonType[row];
    to.identity[i * 2] = batch.identity[row * 2];
    to.identity[i * 2 + 1] = batch.identity[row * 2 + 1];
    to.channel[i] = texts[batch.channel[row]];
    to.computer[i] = texts[batch.computer[row]];
    to.actor[i] = accounts[batch.actor[row]];
    to.target[i] = accounts[batch.target[row]];
    to.counterpart[i] = accounts[batch.counterpart[row]];
    to.sourceHost[i] = texts[batch.sourceHost[row]];
    to.sourceAddress[i] = texts[batch.sourceAddress[row]];
    to.object[i] = texts[batch.object[row]];
    to.block[i] = block;
    to.row[i] = row;
    to.edge[i] = 0;
    to.secondEdge[i] = 0;
    if (at < this.firstAt) this.firstAt = at;
    if (at > this.lastAt) this.lastAt = at;
    this.count = index + 1;
    this.version++;
    return index;
  }

  /** Appends all rows of a batch, column by column: several times as fast as row by row. Returns the index of the first. */
  appendAll(batch: EventColumns, count: number, block: number, texts: Uint32Array, accounts: Uint32Array): number {
    const first = this.count;
    for (let from = 0; from < count; ) {
      const index = first + from;
      if (index >>> SEGMENT_BITS === this.segments.length) this.segments.push(createSegment());
      const to = this.segments[index >>> SEGMENT_BITS];
      const start = index & SEGMENT_MASK;
      const length = Math.min(count - from, SEGMENT_ROWS - start);
      for (const name of PLAIN_COLUMNS) to[name].set(batch[name].subarray(from, from + length), start);
      to.identity.set(batch.identity.subarray(from * 2, (from + length) * 2), start * 2);
      for (const name of TEXT_COLUMNS) mapCodes(batch[name], from, to[name], start, length, texts);
      for (const name of ACCOUNT_COLUMNS) mapCodes(batch[name], from, to[name], start, length, accounts);
      to.block.fill(block, start, start + length);
      to.edge.fill(0, start, start + length);
      to.secondEdge.fill(0, start, start + length);
      for (let i = 0; i < length; i++) {
        to.row[start + i] = from + i;
        const at = batch.at[from + i];
        if (at < this.firstAt) this.firstAt = at;
        if (at > this.lastAt) this.lastAt = at;
      }
      from += length;
    }
    this.count = first + count;
    this.version++;
    return first;
  }

  /** Stable event id: 16 hexadecimal digits. */
  key(index: number): string {
    const { identity } = this.segments[index >>> SEGMENT_BITS];
    const i = (index & SEGMENT_MASK) * 2;
    return identity[i].toString(16).padStart(8, '0') + identity[i + 1].toString(16).padStart(8, '0');
  }

  clear(): void {
    this.segments.length = 0;
    this.count = 0;
    this.firstAt = Number.POSITIVE_INFINITY;
    this.lastAt = Number.NEGATIVE_INFINITY;
    this.version++;
  }
}

const PLAIN_COLUMNS = ['at', 'tick', 'kind', 'eventId', 'outcome', 'logonType'] as const;
const TEXT_COLUMNS = ['channel', 'computer', 'sourceHost', 'sourceAddress', 'object'] as const;
const ACCOUNT_COLUMNS = ['actor', 'target', 'counterpart'] as const;

function mapCodes(from: Uint32Array, fromStart: number, to: Uint32Array, toStart: number, length: number, ids: Uint32Array): void {
  for (let i = 0; i < length; i++) to[toStart + i] = ids[from[fromStart + i]];
}
