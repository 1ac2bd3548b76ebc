import { Progress as BaseProgress } from '@base-ui/react/progress';
import styles from './progress.module.css';

/** `value` from 0 to 1; null while the whole is not yet known. */
export function Progress({ value, label }: { readonly value: number | null; readonly label: string }) {
  return (
    <BaseProgress.Root
      value={value === null ? null : Math.round(Math.min(1, Math.max(0, value)) * 1000) / 10}
      aria-label={label}
      className={styles.root}
    >
      <BaseProgress.Track className={styles.track}>
        <BaseProgress.Indicator className={styles.indicator} />
      </BaseProgress.Track>
    </BaseProgress.Root>
  );
}
