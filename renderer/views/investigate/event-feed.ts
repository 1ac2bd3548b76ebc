import type { EventFilter } from '../../../shared/contract/inputs.ts';
import type { Input, Page } from '../../../shared/contract/operations.ts';
import type { EventRow } from '../../../shared/model/event.ts';
import type { Micros } from '../../../shared/model/time.ts';

export type FeedQuestion = {
  readonly filter: EventFilter;
  readonly order: 'oldest-first' | 'newest-first';
  /** Where the list begins; rows before it can be scrolled to. Null begins at the first row. */
  readonly startAt: Micros | null;
};

export type FeedState = {
  readonly rows: readonly EventRow[];
  readonly isLoading: boolean;
  /** The rows are still those of the question before. */
  readonly isOld: boolean;
  readonly canLoadBefore: boolean;
  readonly canLoadAfter: boolean;
  readonly error: unknown;
  /** How far a text search has looked, 0 to 1. */
  readonly searched: number;
  /** Rows put before or dropped from the front since the feed began; the list keeps its scroll position with it. */
  readonly frontShift: number;
};

export type AskPage = (input: Input<'events.page'>) => Promise<Page<EventRow>>;

const PAGE_ROWS = 120;
const MOST_ROWS = 3_000;
/** Calls of one load while a filter finds nothing; then the rest is left to the next scroll or press. */
const MOST_CALLS = 40;

export const NO_ROWS: FeedState = {
  rows: [],
  isLoading: true,
  isOld: false,
  canLoadBefore: false,
  canLoadAfter: true,
  error: null,
  searched: 0,
  frontShift: 0,
};

/** Rows of one question in a window that grows at both ends and never holds more than it may. */
export class EventFeed {
  state: FeedState;
  readonly #question: FeedQuestion;
  readonly #ask: AskPage;
  readonly #listener: () => void;
  #after: string | null = null;
  #before: string | null = null;
  #isEnded = false;
  #busy = { before: false, after: false };

  /** `old` are the rows to show until the first page of this question is there. */
  constructor(question: FeedQuestion, ask: AskPage, listener: () => void, old: readonly EventRow[] = []) {
    this.#question = question;
    this.#ask = ask;
    this.#listener = listener;
    this.state = { ...NO_ROWS, rows: old, isOld: old.length > 0 };
  }

  end(): void {
    this.#isEnded = true;
  }

  loadAfter(): Promise<void> {
    return this.#load('after');
  }

  loadBefore(): Promise<void> {
    return this.#load('before');
  }

  async #load(side: 'before' | 'after'): Promise<void> {
    const { state } = this;
    if (this.#busy[side] || (side === 'after' ? !state.canLoadAfter : !state.canLoadBefore)) return;
    this.#busy[side] = true;
    this.#set({ isLoading: true });
    try {
      for (let calls = 0; calls < MOST_CALLS && !this.#isEnded; calls++) {
        const page = await this.#ask(this.#input(side));
        if (this.#isEnded) return;
        const added = this.#take(side, page);
        if (page.next === null || added >= PAGE_ROWS / 3) break;
      }
      this.#set({ isLoading: false, isOld: false });
    } catch (error) {
      this.#set({
        isLoading: false,
        isOld: false,
        error,
        canLoadAfter: false,
        canLoadBefore: false,
        ...(this.state.isOld ? { rows: [] } : {}),
      });
    } finally {
      this.#busy[side] = false;
    }
  }

  #input(side: 'before' | 'after'): Input<'events.page'> {
    const { filter, order, startAt } = this.#question;
    const isAfter = side === 'after';
    const cursor = isAfter ? this.#after : this.#before;
    const edge = this.state.isOld ? undefined : isAfter ? this.state.rows.at(-1) : this.state.rows[0];
    const anchor = edge?.at ?? startAt;
    return {
      filter,
      order: isAfter ? order : order === 'oldest-first' ? 'newest-first' : 'oldest-first',
      cursor,
      limit: PAGE_ROWS,
      ...(cursor === null && anchor !== null ? { startAt: anchor } : {}),
    };
  }

  #take(side: 'before' | 'after', page: Page<EventRow>): number {
    const { state } = this;
    const kept = state.isOld ? [] : state.rows;
    const known = new Set(kept.map((row) => row.index));
    const added = page.rows.filter((row) => !known.has(row.index));
    const isAfter = side === 'after';
    if (isAfter) this.#after = page.next;
    else this.#before = page.next;
    let rows = isAfter ? [...kept, ...added] : [...[...added].reverse(), ...kept];
    let canLoadBefore = isAfter
      ? state.isOld || kept.length === 0
        ? this.#question.startAt !== null
        : state.canLoadBefore
      : page.next !== null;
    let canLoadAfter = isAfter ? page.next !== null : state.canLoadAfter;
    let frontShift = state.frontShift + (isAfter ? 0 : added.length);
    const excess = rows.length - MOST_ROWS;
    if (excess > 0 && isAfter) {
      rows = rows.slice(excess);
      frontShift -= excess;
      canLoadBefore = true;
      this.#before = null;
    } else if (excess > 0) {
      rows = rows.slice(0, MOST_ROWS);
      canLoadAfter = true;
      this.#after = null;
    }
    this.#set({ rows, isOld: false, canLoadBefore, canLoadAfter, searched: page.searched, frontShift });
    return added.length;
  }

  #set(part: Partial<FeedState>): void {
    if (this.#isEnded) return;
    this.state = { ...this.state, ...part };
    this.#listener();
  }
}
