import { useEffect, useSyncExternalStore } from 'react';

/** What becomes of files that are dropped on the window. */
export type DropTarget = {
  readonly title: string;
  /** Which files it takes. */
  readonly takes: string;
  readonly onFiles: (files: readonly File[]) => void;
};

let current: DropTarget | null = null;
const listeners = new Set<() => void>();

function setTarget(target: DropTarget | null): void {
  current = target;
  for (const listener of listeners) listener();
}

/** While the calling part is on screen, dropped files are its own and not evidence. Hand over a target that keeps its identity. */
export function useOwnDropTarget(target: DropTarget): void {
  useEffect(() => {
    setTarget(target);
    return () => {
      if (current === target) setTarget(null);
    };
  }, [target]);
}

/** The target of the part on screen, null where dropped files are evidence. */
export function useDropTarget(): DropTarget | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
