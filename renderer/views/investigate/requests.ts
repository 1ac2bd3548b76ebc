import { useSyncExternalStore } from 'react';
import type { Input } from '../../../shared/contract/operations.ts';
import { copyText } from '../../ui/copy-text.ts';
import { showProblem, showToast } from '../../ui/toast.tsx';

export type CaseItem = Input<'cases.addEvidence'>['items'][number];

/** What one part of the view asks another to open; at most one of a kind at a time. */
export type Requests = {
  /** Neighbors of this entity are to be chosen from. */
  readonly chooser: string;
  /** The members of this bundle node are listed. */
  readonly bundle: string;
  /** These things go into a case. */
  readonly caseItems: readonly CaseItem[] | null;
  /** The stream is to show this moment. */
  readonly jumpTo: { readonly at: number; readonly turn: number } | null;
};

let requests: Requests = { chooser: '', bundle: '', caseItems: null, jumpTo: null };
const listeners = new Set<() => void>();
let turn = 0;

export function request(part: Partial<Requests>): void {
  requests = { ...requests, ...part };
  for (const listener of listeners) listener();
}

export function useRequests(): Requests {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => requests,
  );
}

export function jumpTo(at: number): void {
  request({ jumpTo: { at, turn: ++turn } });
}

export function notify(title: string): void {
  showToast({ title });
}

export function copyAs(text: string, what: string): void {
  copyText(text).then(() => showToast({ title: `${what} copied` }), showProblem);
}
