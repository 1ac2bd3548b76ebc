import { ShortcutList } from '../../app/shortcut-list.tsx';
import { useShortcuts } from '../../app/shortcuts.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { Section } from '../../ui/section.tsx';
import styles from './settings.module.css';

export function KeyboardPart() {
  const shortcuts = useShortcuts();
  const groups = [...new Set(shortcuts.map(({ group }) => group))];
  return (
    <div className={styles.part}>
      <p>
        Each view adds its own: press <KeyHint caps={[['?']]} /> there to see them.
      </p>
      {groups.map((group) => (
        <Section key={group} title={group}>
          <ShortcutList shortcuts={shortcuts} group={group} itemClass={styles.shortcut} waysClass={styles.ways} />
        </Section>
      ))}
    </div>
  );
}
