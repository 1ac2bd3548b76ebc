import { DatabaseZap } from 'lucide-react';
import type { ProblemCode } from '../../shared/result.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { problemCode, problemWords } from '../ui/error-state.tsx';
import styles from './store-problem.module.css';

const TITLES: Partial<Record<ProblemCode, string>> = {
  'store-locked': 'The store is in use',
  'store-read-only': 'The store cannot be written',
  'store-damaged': 'The store is damaged',
  'store-newer': 'The store is from a newer Keepwatch',
  'disk-full': 'The disk is full',
};

/** The store or the engine cannot be used: one page that says what happened and what to do. */
export function StoreProblem({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const { what } = problemWords(error);
  const code = problemCode(error);
  return (
    <main className={styles.page}>
      <div className={styles.card} role="alert">
        <DatabaseZap size={32} strokeWidth={1.4} aria-hidden="true" className={styles.icon} />
        <h1 className={styles.title}>{TITLES[code] ?? 'The engine has stopped'}</h1>
        <p>{what}</p>
        <p className={styles.next}>When that is done, start Keepwatch again.</p>
        <div className={styles.actions}>
          <Button look="primary" onClick={onRetry}>
            Try again
          </Button>
          <CopyButton label="Copy the message" text={`${code}: ${what}`}>
            Copy message
          </CopyButton>
        </div>
      </div>
    </main>
  );
}
