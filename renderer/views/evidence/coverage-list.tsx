import { ShieldCheck } from 'lucide-react';
import type { CannotFire } from '../../../shared/model/import.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import styles from './evidence.module.css';

/** Detections that had no chance on this evidence, and what they lack. */
export function CoverageList({ blind }: { readonly blind: readonly CannotFire[] }) {
  if (blind.length === 0) {
    return (
      <EmptyState icon={ShieldCheck} title="Every detection has the records it needs">
        What did not fire did not occur in the time and on the hosts that the evidence covers.
      </EmptyState>
    );
  }
  return (
    <div className={styles.coverage}>
      <p className={styles.lead}>
        These detections could not have fired: the records they need are not in the evidence. Their silence means nothing.
      </p>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Detection</th>
            <th scope="col">What it lacks</th>
          </tr>
        </thead>
        <tbody>
          {blind.map((one) => (
            <tr key={one.detection}>
              <td>
                {one.title}
                <span className={styles.faint}>{one.detection}</span>
              </td>
              <td>{one.reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
