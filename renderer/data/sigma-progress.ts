import { useSyncExternalStore } from 'react';
import type { SigmaProgress } from '../../shared/model/sigma.ts';

let latest: SigmaProgress | null = null;
const listeners = new Set<() => void>();

/** Keeps the latest hint; it is a few numbers, so it needs no query. */
export function noteSigmaProgress(progress: SigmaProgress): void {
  latest = progress.stage === 'done' ? null : progress;
  for (const listener of listeners) listener();
}

/** How far the reading, compiling or matching of Sigma rules is; null while none runs. */
export function useSigmaProgress(): SigmaProgress | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => latest,
  );
}
