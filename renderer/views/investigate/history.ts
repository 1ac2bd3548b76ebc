/** Steps back and forward over values; a new step cuts off what was undone. */
export type History<State> = { readonly past: readonly State[]; readonly now: State; readonly future: readonly State[] };

const MOST_STEPS = 200;

export function beginHistory<State>(now: State): History<State> {
  return { past: [], now, future: [] };
}

export function step<State>(history: History<State>, next: State): History<State> {
  if (next === history.now) return history;
  return { past: [...history.past, history.now].slice(-MOST_STEPS), now: next, future: [] };
}

/** Changes the present without a step: what a drag passes through. */
export function amend<State>(history: History<State>, next: State): History<State> {
  return next === history.now ? history : { ...history, now: next };
}

export function back<State>(history: History<State>): History<State> {
  if (history.past.length === 0) return history;
  return { past: history.past.slice(0, -1), now: history.past.at(-1)!, future: [history.now, ...history.future] };
}

export function forward<State>(history: History<State>): History<State> {
  if (history.future.length === 0) return history;
  return { past: [...history.past, history.now], now: history.future[0], future: history.future.slice(1) };
}
