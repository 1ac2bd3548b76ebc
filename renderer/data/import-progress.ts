import { useSyncExternalStore } from 'react';
import type { ImportProgress } from '../../shared/model/import.ts';

let running: ReadonlyMap<number, ImportProgress> = new Map();
const listeners = new Set<() => void>();

/** Keeps the latest hint of each running import; hints are numbers, so they need no query. */
export function noteProgress(progress: ImportProgress): void {
  const next = new Map(running);
  if (progress.stage === 'done') next.delete(progress.importId);
  else next.set(progress.importId, progress);
  running = next;
  for (const listener of listeners) listener();
}

export function forgetProgress(importId: number): void {
  if (!running.has(importId)) return;
  const next = new Map(running);
  next.delete(importId);
  running = next;
  for (const listener of listeners) listener();
}

export function useRunningImports(): ReadonlyMap<number, ImportProgress> {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => running,
  );
}

/** 0 to 1, or null while files are still being found. */
export function shareDone(progress: ImportProgress): number | null {
  if (progress.stage === 'finding' || progress.bytesTotal <= 0) return null;
  return Math.min(1, progress.bytesDone / progress.bytesTotal);
}
