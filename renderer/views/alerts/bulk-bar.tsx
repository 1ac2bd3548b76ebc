import { Briefcase, ChevronDown, X } from 'lucide-react';
import { ALERT_STATUSES, type AlertRow, CLASSIFICATIONS } from '../../../shared/model/alert.ts';
import { useAddToCase } from '../../app/add-to-case.ts';
import { evidenceOfAlert } from '../../app/evidence-of-alert.ts';
import { CLASSIFICATION_WORDS, STATUS_WORDS } from '../../ui/alert-words.ts';
import { Button } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { formatCounted } from '../../ui/number-format.ts';
import styles from './alerts.module.css';
import type { Triage } from './use-triage.ts';

type Props = {
  readonly rows: readonly AlertRow[];
  readonly triage: (rows: readonly AlertRow[], triage: Triage) => Promise<void>;
  readonly onClear: () => void;
};

/** What can be done with all checked alerts at once. */
export function BulkBar({ rows, triage, onClear }: Props) {
  const addToCase = useAddToCase();
  return (
    <div className={styles.bulk} role="toolbar" aria-label="Checked alerts">
      <strong>{formatCounted(rows.length, 'alert')} checked</strong>
      <Menu
        trigger={
          <Button size="small">
            Status <ChevronDown aria-hidden="true" />
          </Button>
        }
        items={ALERT_STATUSES.map((status) => ({ label: STATUS_WORDS[status], run: () => void triage(rows, { status }) }))}
      />
      <Menu
        trigger={
          <Button size="small">
            Classify <ChevronDown aria-hidden="true" />
          </Button>
        }
        items={CLASSIFICATIONS.map((classification) => ({
          label: CLASSIFICATION_WORDS[classification],
          run: () => void triage(rows, { classification }),
        }))}
      />
      <Button size="small" onClick={() => void addToCase(rows.map(evidenceOfAlert))}>
        <Briefcase aria-hidden="true" /> Add to case
      </Button>
      <Button size="small" look="quiet" onClick={onClear}>
        <X aria-hidden="true" /> Uncheck all
      </Button>
    </div>
  );
}
