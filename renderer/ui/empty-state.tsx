import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

type Props = {
  readonly icon?: LucideIcon;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
};

/** Nothing to show: says why, and what to do next. */
export function EmptyState({ icon: Icon, title, children, actions }: Props) {
  return (
    <div className={styles.state} role="status">
      {Icon && <Icon size={28} strokeWidth={1.4} aria-hidden="true" className={styles.icon} />}
      <p className={styles.title}>{title}</p>
      {children && <div className={styles.words}>{children}</div>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
