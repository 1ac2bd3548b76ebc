import { ArrowDownWideNarrow, ArrowUpNarrowWide, X } from 'lucide-react';
import { useMemo } from 'react';
import { useAnswer, useRested } from '../../data/use-answer.ts';
import { Button } from '../../ui/button.tsx';
import { SearchField } from '../../ui/field.tsx';
import { formatCount } from '../../ui/number-format.ts';
import type { FeedQuestion } from './event-feed.ts';
import { useRequests } from './requests.ts';
import { selectionFilterOf, streamFilterOf } from './state.ts';
import { adjust, change, changeStream, useInvestigate } from './store.ts';
import { StreamChips } from './stream-chips.tsx';
import styles from './stream-pane.module.css';
import { StreamRows } from './stream-rows.tsx';
import { useEventFeed } from './use-event-feed.ts';

/** The event stream: what range, selection and filters leave, or the surroundings of one event. */
export function StreamPane() {
  const state = useRested(useInvestigate(), 60);
  const { jumpTo } = useRequests();
  const context = state.contexts.find((tab) => tab.id === state.activeContext);
  const filter = useMemo(() => (context ? context.filter : streamFilterOf(state, true)), [context, state]);
  const filterKey = JSON.stringify(filter);
  const startAt = useStart(filterKey, context ? { at: context.at, turn: -1 } : jumpTo);
  const question: FeedQuestion = { filter, order: state.stream.order, startAt: context ? null : startAt };
  const feed = useEventFeed(question);
  const count = useAnswer('events.count', { filter });
  return (
    <section className={styles.pane} aria-label="Event stream">
      <StreamHeader state={feed.state} count={count.data} />
      <StreamRows feed={feed} cursorAt={context?.at ?? null} total={count.data?.exact ? count.data.count : null} />
    </section>
  );
}

/** A jump holds for as long as the question stays the same. */
function useStart(filterKey: string, jump: { readonly at: number; readonly turn: number } | null): number | null {
  // biome-ignore lint/correctness/useExhaustiveDependencies: remembers the question that held when the jump was asked for
  const asked = useMemo(() => ({ filterKey }), [jump]);
  return jump !== null && asked.filterKey === filterKey ? jump.at : null;
}

type HeaderProps = {
  readonly state: ReturnType<typeof useEventFeed>['state'];
  readonly count: { readonly count: number; readonly exact: boolean } | undefined;
};

function StreamHeader({ state: feed, count }: HeaderProps) {
  const state = useInvestigate();
  const { stream, contexts, activeContext } = state;
  const canFollow = selectionFilterOf(state.selection) !== null;
  const shown = (
    <span className={styles.count}>
      {count && (count.exact || count.count > 0) ? `${count.exact ? '' : '≥ '}${formatCount(count.count)}` : ''}
    </span>
  );
  const isSearching = stream.text !== '' && feed.searched < 1 && feed.isLoading;
  return (
    <header className={styles.header}>
      <SearchField
        value={stream.text}
        onChange={(text) => changeStream({ text })}
        label="Search in all fields"
        className={styles.search ?? ''}
        id="stream-search"
      />
      <div className={styles.tabs} role="toolbar" aria-label="Streams">
        <button type="button" aria-pressed={activeContext === ''} className={styles.tab} onClick={() => showContext('')}>
          Events {activeContext === '' && shown}
        </button>
        {contexts.map((tab) => (
          <span key={tab.id} className={styles.contextTab}>
            <button type="button" aria-pressed={activeContext === tab.id} className={styles.tab} onClick={() => showContext(tab.id)}>
              {tab.label} {activeContext === tab.id && shown}
            </button>
            <button type="button" className={styles.close} aria-label={`Close ${tab.label}`} onClick={() => closeContext(tab.id)}>
              <X size={11} />
            </button>
          </span>
        ))}
      </div>
      {isSearching && <span className={styles.searched}>searched {Math.floor(feed.searched * 100)} %</span>}
      <StreamChips />
      <Button
        look="quiet"
        size="small"
        aria-pressed={stream.onlySelection}
        title="The stream shows only events of what is selected in the graph, and on the board of an incident the records it rests on"
        onClick={() => changeStream({ onlySelection: !stream.onlySelection })}
        className={canFollow && stream.onlySelection ? styles.following : undefined}
      >
        Follow the graph
      </Button>
      <Button
        look="quiet"
        size="small"
        isIcon
        aria-label={stream.order === 'oldest-first' ? 'Oldest first; press for newest first' : 'Newest first; press for oldest first'}
        onClick={() => changeStream({ order: stream.order === 'oldest-first' ? 'newest-first' : 'oldest-first' })}
      >
        {stream.order === 'oldest-first' ? <ArrowUpNarrowWide /> : <ArrowDownWideNarrow />}
      </Button>
    </header>
  );
}

function showContext(id: string): void {
  change((state) => (state.activeContext === id ? state : { ...state, activeContext: id }));
}

function closeContext(id: string): void {
  adjust((state) => ({
    ...state,
    contexts: state.contexts.filter((tab) => tab.id !== id),
    activeContext: state.activeContext === id ? '' : state.activeContext,
  }));
}
