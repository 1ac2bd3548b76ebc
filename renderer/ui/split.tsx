import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './split.module.css';

/** A list with the detail of what is chosen beside it. */
export function Split({
  list,
  detail,
  size = 'normal',
}: {
  readonly list: ReactNode;
  readonly detail: ReactNode | null;
  readonly size?: 'normal' | 'wide';
}) {
  return (
    <div className={classNames(styles.split, detail !== null && styles.both, styles[size])}>
      <div className={styles.list}>{list}</div>
      {detail !== null && <div className={styles.detail}>{detail}</div>}
    </div>
  );
}
