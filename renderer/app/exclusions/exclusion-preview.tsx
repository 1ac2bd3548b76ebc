import { TriangleAlert } from 'lucide-react';
import type { ExclusionPreview } from '../../../shared/contract/operations.ts';
import { SEVERITIES } from '../../../shared/model/severity.ts';
import { classNames } from '../../ui/class-names.ts';
import { formatCount, formatCounted } from '../../ui/number-format.ts';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import { TimeLabel } from '../../ui/time-label.tsx';
import styles from './exclusions.module.css';

/** From this share of all alerts on an exclusion is called wide. */
const WIDE_SHARE = 0.5;

/** What an exclusion would do to the alerts that are stored: how many, how bad, which. */
export function ExclusionPreviewPart({ preview }: { readonly preview: ExclusionPreview }) {
  const { hides, of, bySeverity, open, inTest, shared, examples } = preview;
  const isWide = of > 3 && hides / of >= WIDE_SHARE;
  return (
    <section className={styles.preview} aria-label="Preview" aria-live="polite">
      <p className={styles.verdict}>
        Would hide {formatCount(hides)} of {formatCounted(of, 'alert')}
      </p>
      {hides > 0 && (
        <p className={styles.split}>
          {[...SEVERITIES].reverse().map((severity) => (
            <span key={severity} className={classNames(styles.part, bySeverity[severity] === 0 && styles.faint)}>
              <SeverityMark severity={severity} withWord /> {formatCount(bySeverity[severity])}
            </span>
          ))}
          <span className={styles.faint}>{formatCount(open)} not resolved yet</span>
        </p>
      )}
      {(bySeverity.high > 0 || isWide) && (
        <p className={styles.warning} role="alert">
          <TriangleAlert size={14} aria-hidden="true" />
          <span>
            {bySeverity.high > 0 && `${formatCounted(bySeverity.high, 'alert')} of high severity would no longer be seen. `}
            {isWide && 'This is wide: name an entity, a role or a range as well, or use test mode for the detection.'}
          </span>
        </p>
      )}
      {shared > 0 && (
        <p className={styles.faint}>
          {formatCounted(shared, 'further alert names', 'further alerts name')} it beside others in the same part and stay in the queue.
        </p>
      )}
      {inTest > 0 && <p className={styles.faint}>And {formatCounted(inTest, 'alert')} of detections in test mode.</p>}
      {examples.length > 0 && (
        <ul className={styles.examples} aria-label="Examples">
          {examples.map((row) => (
            <li key={row.id} className={styles.example} title={row.summary}>
              <SeverityMark severity={row.severity} />
              <span className={styles.summary}>{row.summary}</span>
              <TimeLabel at={row.lastAt} precision="minute" />
            </li>
          ))}
          {hides > examples.length && <li className={styles.faint}>and {formatCount(hides - examples.length)} more</li>}
        </ul>
      )}
    </section>
  );
}
