import styles from './loading-state.module.css';

/** Shown while the first answer is awaited; appears only when that takes longer than a blink. */
export function LoadingState({ label = 'Loading' }: { readonly label?: string }) {
  return (
    <div className={styles.loading} role="status" aria-label={label}>
      <span className={styles.bar} />
      <span>{label}…</span>
    </div>
  );
}
