import { CircleHelp } from 'lucide-react';
import type { AppStatus } from '../../shared/contract/operations.ts';
import { classNames } from '../ui/class-names.ts';
import { formatShort } from '../ui/number-format.ts';
import { VIEWS } from '../views/registry.ts';
import styles from './navigation.module.css';
import { linkTo } from './router.ts';

type Props = { readonly current: string; readonly status: AppStatus; readonly onOverview: () => void };

export function Navigation({ current, status, onOverview }: Props) {
  return (
    <nav className={styles.navigation} aria-label="Views">
      <ul className={styles.list}>
        {VIEWS.map(({ id, title, icon: Icon, count }) => {
          const number = count?.(status) ?? 0;
          return (
            <li key={id} className={id === 'settings' ? styles.last : undefined}>
              <a
                className={classNames(styles.link, id === current && styles.current)}
                href={linkTo(id)}
                aria-current={id === current ? 'page' : undefined}
                title={title}
              >
                <Icon size={16} strokeWidth={1.8} aria-hidden="true" />
                <span className={styles.title}>{title}</span>
                {number > 0 && <span className={styles.count}>{formatShort(number)}</span>}
              </a>
            </li>
          );
        })}
      </ul>
      <button type="button" className={styles.link} onClick={onOverview} title="Keyboard shortcuts (?)">
        <CircleHelp size={16} strokeWidth={1.8} aria-hidden="true" />
        <span className={styles.title}>Shortcuts</span>
        <span className={styles.count}>?</span>
      </button>
    </nav>
  );
}
