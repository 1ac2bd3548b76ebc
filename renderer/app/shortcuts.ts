import { useEffect, useRef, useSyncExternalStore } from 'react';
import { type KeyPress, matchKeys } from './key-match.ts';

export type Shortcut = {
  readonly id: string;
  /** `mod+k`, `shift+f`, `g a` (one after the other), `?`. Several ways are separated by `|`. */
  readonly keys: string;
  readonly label: string;
  readonly group: string;
  readonly run: (event: KeyboardEvent) => void;
};

const SEQUENCE_MS = 900;
const VIEW_GROUP = 'This view';
let shortcuts: readonly Shortcut[] = [];
const listeners = new Set<() => void>();

function change(next: readonly Shortcut[]): void {
  shortcuts = next;
  for (const listener of listeners) listener();
}

/**
 * Registers a shortcut while the component is on screen; it is listed in the overview (`?`). Of two with the same keys that of the view
 * wins over that of the frame, else the one registered last. Plain keys never fire while somebody types or a dialog is open.
 */
export function useShortcut(id: string, keys: string, label: string, run: (event: KeyboardEvent) => void, group = VIEW_GROUP): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    const shortcut: Shortcut = {
      id,
      keys,
      label,
      group,
      run: (event) => latest.current(event),
    };
    change([...shortcuts.filter((other) => other.id !== id), shortcut]);
    return () => change(shortcuts.filter((other) => other !== shortcut));
  }, [id, keys, label, group]);
}

export function useShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shortcuts,
  );
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('input:not([type=checkbox]):not([type=radio]):not([type=range]), textarea, select');
}

function isInOverlay(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]') !== null;
}

/** Starts listening; called once by the frame. Returns what ends it. */
export function followKeys(target: Window): () => void {
  let presses: KeyPress[] = [];
  let lastAt = 0;
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || ['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) return;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (isPlain && (isTyping(event.target) || isInOverlay(event.target))) return;
    if (event.timeStamp - lastAt > SEQUENCE_MS) presses = [];
    lastAt = event.timeStamp;
    presses = [...presses, event];
    let found = findShortcut(presses);
    if (!found && presses.length > 1) {
      presses = [event];
      found = findShortcut(presses);
    }
    if (!found) presses = [];
    if (!found || found === 'begun') return;
    presses = [];
    event.preventDefault();
    found.run(event);
  };
  target.addEventListener('keydown', onKey);
  return () => target.removeEventListener('keydown', onKey);
}

/** A view's key goes before the frame's whatever was registered first: parts inside register before what is around them. */
function viewsFirst(a: Shortcut, b: Shortcut): number {
  return Number(b.group === VIEW_GROUP) - Number(a.group === VIEW_GROUP);
}

function findShortcut(presses: readonly KeyPress[]): Shortcut | 'begun' | null {
  let begun = false;
  for (const shortcut of [...shortcuts].reverse().sort(viewsFirst)) {
    for (const keys of shortcut.keys.split('|')) {
      const match = matchKeys(keys, presses);
      if (match === 'whole') return shortcut;
      if (match === 'begun') begun = true;
    }
  }
  return begun ? 'begun' : null;
}
