import { ContextMenu as BaseContextMenu } from '@base-ui/react/context-menu';
import { Menu as BaseMenu } from '@base-ui/react/menu';
import type { LucideIcon } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import styles from './menu.module.css';

export type MenuItem =
  | 'separator'
  | {
      readonly label: string;
      readonly run: () => void;
      readonly icon?: LucideIcon;
      /** Caps to show at the right, for example "A". */
      readonly hint?: string;
      readonly isDisabled?: boolean;
      readonly isChecked?: boolean;
      readonly isDanger?: boolean;
    };

/** A button that opens a list of actions. `trigger` is the button. */
export function Menu({
  trigger,
  items,
  align = 'start',
}: {
  readonly trigger: ReactElement;
  readonly items: readonly MenuItem[];
  readonly align?: 'start' | 'end';
}) {
  return (
    <BaseMenu.Root>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner className={styles.positioner} sideOffset={4} align={align}>
          <BaseMenu.Popup className={styles.popup}>
            <Items items={items} />
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

/** The same list on right click (or the menu key) anywhere in `children`; `items` is asked for when it opens. */
export function ContextMenu({
  items,
  onOpen,
  children,
  className,
}: {
  readonly items: readonly MenuItem[];
  readonly onOpen?: (target: EventTarget | null) => void;
  readonly children: ReactNode;
  readonly className?: string | undefined;
}) {
  return (
    <BaseContextMenu.Root>
      <BaseContextMenu.Trigger className={className} onContextMenu={(event) => onOpen?.(event.target)}>
        {children}
      </BaseContextMenu.Trigger>
      <BaseContextMenu.Portal>
        <BaseContextMenu.Positioner className={styles.positioner}>
          <BaseContextMenu.Popup className={styles.popup}>
            <Items items={items} />
          </BaseContextMenu.Popup>
        </BaseContextMenu.Positioner>
      </BaseContextMenu.Portal>
    </BaseContextMenu.Root>
  );
}

function Items({ items }: { readonly items: readonly MenuItem[] }) {
  return items.map((item, position) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: separators have nothing else to be told apart by.
    if (item === 'separator') return <BaseMenu.Separator key={position} className={styles.separator} />;
    const Icon = item.icon;
    return (
      <BaseMenu.Item
        key={item.label}
        className={styles.item}
        disabled={item.isDisabled ?? false}
        onClick={item.run}
        data-danger={item.isDanger || undefined}
      >
        <span className={styles.icon}>{item.isChecked ? '✓' : Icon && <Icon size={14} aria-hidden="true" />}</span>
        <span className={styles.label}>
          {item.label}
          {item.isChecked && <span className="only-read"> (chosen)</span>}
        </span>
        {item.hint && <span className={styles.hint}>{item.hint}</span>}
      </BaseMenu.Item>
    );
  });
}
