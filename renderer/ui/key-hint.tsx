import styles from './key-hint.module.css';

/** Key caps, step by step: `[["Ctrl", "K"]]`. */
export function KeyHint({ caps }: { readonly caps: readonly (readonly string[])[] }) {
  return (
    <span className={styles.keys}>
      {caps.map((step, position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the steps of one shortcut never change places.
        <span key={position} className={styles.step}>
          {step.map((cap) => (
            <kbd key={cap} className={styles.cap}>
              {cap}
            </kbd>
          ))}
        </span>
      ))}
    </span>
  );
}
