import { useEffect, useRef, useState } from 'react';
import { call } from '../../data/client.ts';
import { EventFeed, type FeedQuestion, type FeedState, NO_ROWS } from './event-feed.ts';

/** Rows of a question, kept on screen until the next question is answered. `reload` asks the same again. */
export function useEventFeed(question: FeedQuestion): { readonly state: FeedState; loadAfter(): void; loadBefore(): void; reload(): void } {
  const [state, setState] = useState<FeedState>(NO_ROWS);
  const [turn, setTurn] = useState(0);
  const feed = useRef<EventFeed | null>(null);
  const key = JSON.stringify(question);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says whether the question is another one; a turn asks it again
  useEffect(() => {
    const made: EventFeed = new EventFeed(
      question,
      (input) => call('events.page', input),
      () => setState(made.state),
      feed.current?.state.rows ?? [],
    );
    feed.current = made;
    setState(made.state);
    void made.loadAfter().then(() => {
      // A jump into the middle shows some rows before the moment as well, and one into the emptiness after the last event shows the last ones.
      if (question.startAt !== null) void made.loadBefore();
    });
    return () => made.end();
  }, [key, turn]);
  return {
    state,
    loadAfter: () => void feed.current?.loadAfter(),
    loadBefore: () => void feed.current?.loadBefore(),
    reload: () => setTurn((count) => count + 1),
  };
}
