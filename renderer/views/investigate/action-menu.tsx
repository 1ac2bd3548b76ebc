import { Menu } from '@base-ui/react/menu';
import { useSyncExternalStore } from 'react';
import styles from './action-menu.module.css';

export type MenuEntry =
  | { readonly label: string; readonly keys?: string; readonly isDisabled?: boolean; run(): void }
  | { readonly heading: string }
  | 'line';

type OpenMenu = { readonly x: number; readonly y: number; readonly label: string; readonly entries: readonly MenuEntry[] } | null;

let open: OpenMenu = null;
const listeners = new Set<() => void>();

/** Opens the one menu of the view at a point of the window. */
export function openMenu(next: OpenMenu): void {
  open = next;
  for (const listener of listeners) listener();
}

/** The same menu everywhere, in the same order (pattern 30). */
export function ActionMenu() {
  const menu = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => open,
  );
  if (!menu) return null;
  const anchor = { getBoundingClientRect: () => new DOMRect(menu.x, menu.y, 0, 0) };
  return (
    <Menu.Root open onOpenChange={(isOpen) => !isOpen && openMenu(null)} modal={false}>
      <Menu.Portal>
        <Menu.Positioner anchor={anchor} side="bottom" align="start" sideOffset={2} className={styles.positioner}>
          <Menu.Popup className={styles.popup} aria-label={menu.label} onContextMenu={(event) => event.preventDefault()}>
            {menu.entries.map((entry, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the entries of an open menu never change place
              <Entry key={index} entry={entry} />
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function Entry({ entry }: { readonly entry: MenuEntry }) {
  if (entry === 'line') return <Menu.Separator className={styles.line} />;
  if ('heading' in entry) return <div className={styles.heading}>{entry.heading}</div>;
  return (
    <Menu.Item className={styles.item} disabled={entry.isDisabled ?? false} onClick={() => entry.run()}>
      <span className={styles.label}>{entry.label}</span>
      {entry.keys && <kbd className={styles.keys}>{entry.keys}</kbd>}
    </Menu.Item>
  );
}
