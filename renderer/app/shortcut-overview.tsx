import { Dialog } from '../ui/dialog.tsx';
import { ShortcutList } from './shortcut-list.tsx';
import styles from './shortcut-overview.module.css';
import { useShortcuts } from './shortcuts.ts';

const GROUP_ORDER = ['This view', 'Everywhere', 'Go to'];

function orderOf(group: string): number {
  const found = GROUP_ORDER.indexOf(group);
  return found < 0 ? 0.5 : found;
}

export function ShortcutOverview({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const shortcuts = useShortcuts();
  const groups = [...new Set(shortcuts.map(({ group }) => group))].sort((a, b) => orderOf(a) - orderOf(b));
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title="Keyboard shortcuts"
      description="Those of the view on screen and those that work everywhere."
      width="wide"
    >
      <div className={styles.groups}>
        {groups.map((group) => (
          <section key={group} className={styles.group}>
            <h3 className={styles.title}>{group}</h3>
            <ShortcutList shortcuts={shortcuts} group={group} itemClass={styles.shortcut} waysClass={styles.ways} />
          </section>
        ))}
      </div>
    </Dialog>
  );
}
