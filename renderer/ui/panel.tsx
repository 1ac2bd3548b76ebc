import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './panel.module.css';

type Props = {
  readonly title?: ReactNode;
  readonly count?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** Without inner space: for tables and canvases. */
  readonly isFlush?: boolean;
  readonly className?: string | undefined;
  readonly label?: string;
  /** Its content brings a heading of its own; else the label is one, for screen readers. */
  readonly isHeaded?: boolean;
};

/** A framed part of a page with a heading and its actions. */
export function Panel({ title, count, actions, children, isFlush = false, className, label, isHeaded = false }: Props) {
  return (
    <section className={classNames(styles.panel, className)} aria-label={label ?? (typeof title === 'string' ? title : undefined)}>
      {!title && label && !isHeaded && <h2 className="only-read">{label}</h2>}
      {(title || actions) && (
        <header className={styles.header}>
          {title && <h2 className={styles.title}>{title}</h2>}
          {count !== undefined && <span className={styles.count}>{count}</span>}
          {actions && <div className={styles.actions}>{actions}</div>}
        </header>
      )}
      <div className={classNames(styles.body, isFlush && styles.flush)}>{children}</div>
    </section>
  );
}
