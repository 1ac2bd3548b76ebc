import type { ReactNode } from 'react';
import styles from './page.module.css';

type Props = { readonly title: ReactNode; readonly summary?: ReactNode; readonly actions?: ReactNode; readonly children: ReactNode };

/** A view's page: one heading, its actions, its content below. */
export function Page({ title, summary, actions, children }: Props) {
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <h1 className={styles.title}>{title}</h1>
        {summary && <div className={styles.summary}>{summary}</div>}
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** Filters above a list. */
export function FilterBar({ children, label }: { readonly children: ReactNode; readonly label: string }) {
  return (
    <div className={styles.filters} role="toolbar" aria-label={label}>
      {children}
    </div>
  );
}
