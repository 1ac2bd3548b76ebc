import { KeyHint } from '../ui/key-hint.tsx';
import { keyCaps } from './key-match.ts';
import { IS_MAC } from './platform.ts';
import type { Shortcut } from './shortcuts.ts';

type ShortcutListProps = {
  readonly shortcuts: readonly Shortcut[];
  readonly group: string;
  readonly itemClass: string | undefined;
  readonly waysClass: string | undefined;
};

/** The shortcuts of one group, each with all its ways. */
export function ShortcutList({ shortcuts, group, itemClass, waysClass }: ShortcutListProps) {
  return (
    <ul>
      {shortcuts
        .filter((shortcut) => shortcut.group === group)
        .map(({ id, keys, label }) => (
          <li key={id} className={itemClass}>
            <span>{label}</span>
            <span className={waysClass}>
              {keys.split('|').map((way) => (
                <KeyHint key={way} caps={keyCaps(way, IS_MAC)} />
              ))}
            </span>
          </li>
        ))}
    </ul>
  );
}
