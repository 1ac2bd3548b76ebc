import { keyCaps } from '../../app/key-match.ts';
import { IS_MAC } from '../../app/platform.ts';
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
          <ul>
            {shortcuts
              .filter((shortcut) => shortcut.group === group)
              .map(({ id, keys, label }) => (
                <li key={id} className={styles.shortcut}>
                  <span>{label}</span>
                  <span className={styles.ways}>
                    {keys.split('|').map((way) => (
                      <KeyHint key={way} caps={keyCaps(way, IS_MAC)} />
                    ))}
                  </span>
                </li>
              ))}
          </ul>
        </Section>
      ))}
    </div>
  );
}
