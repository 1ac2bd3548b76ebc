import type { Severity } from '../../shared/model/severity.ts';
import { classNames } from './class-names.ts';
import styles from './severity-mark.module.css';

export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  informational: 'Informational',
};

/** Outline of the shape in a box of 12 by 12: the shape tells the severity without its color. */
export const SEVERITY_SHAPES: Readonly<Record<Severity, string>> = {
  high: 'M6 0.5 L11.5 6 L6 11.5 L0.5 6 Z',
  medium: 'M6 1 L11.4 10.6 L0.6 10.6 Z',
  low: 'M1.5 1.5 H10.5 V10.5 H1.5 Z',
  informational: 'M6 1.2 A4.8 4.8 0 1 1 5.99 1.2 Z',
};

/** Shape and color of a severity, with its word beside it or for screen readers only. */
export function SeverityMark({ severity, withWord = false }: { readonly severity: Severity; readonly withWord?: boolean }) {
  const word = SEVERITY_WORDS[severity];
  return (
    <span className={classNames(styles.mark, styles[severity])} title={withWord ? undefined : `Severity: ${word}`}>
      <svg viewBox="0 0 12 12" aria-hidden="true" className={severity === 'informational' ? styles.outline : undefined}>
        <path d={SEVERITY_SHAPES[severity]} />
      </svg>
      <span className={withWord ? undefined : 'only-read'}>{word}</span>
    </span>
  );
}
