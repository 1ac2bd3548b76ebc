import { PencilLine, Undo2 } from 'lucide-react';
import type { IncidentEdit } from '../../../shared/model/incident.ts';
import { Button } from '../../ui/button.tsx';
import { formatCounted } from '../../ui/number-format.ts';
import { Section } from '../../ui/section.tsx';
import { TimeLabel } from '../../ui/time-label.tsx';
import styles from './incidents.module.css';
import { useIncidentEdits } from './use-incident-edits.ts';

function wordsOf({ kind, alertIds, author }: IncidentEdit): string {
  const what =
    kind === 'merge' ? `${formatCounted(alertIds.length, 'alert')} merged` : `${formatCounted(alertIds.length, 'alert')} split off`;
  return `${what} by ${author || 'an analyst who set no name'}`;
}

/** One line that says that people had a part in this incident, and who last. */
export function HandNote({ edits }: { readonly edits: readonly IncidentEdit[] }) {
  const last = edits.at(-1);
  if (!last) return null;
  return (
    <p className={styles.hand}>
      <PencilLine size={13} aria-hidden="true" />
      <span>
        Edited by hand: {wordsOf(last)}, <TimeLabel at={last.at} precision="minute" />
        {edits.length > 1 && `, and ${formatCounted(edits.length - 1, 'earlier edit')}`}
      </span>
    </p>
  );
}

/** All edits by hand, each to be taken back. */
export function HandEdits({ edits }: { readonly edits: readonly IncidentEdit[] }) {
  const { takeBack } = useIncidentEdits();
  if (edits.length === 0) return null;
  return (
    <Section title="By hand" count={edits.length}>
      <ul className={styles.edits}>
        {edits.map((edit) => (
          <li key={edit.id} className={styles.edit}>
            <span>
              {wordsOf(edit)}, <TimeLabel at={edit.at} />
            </span>
            <Button size="small" onClick={() => void takeBack(edit)}>
              <Undo2 aria-hidden="true" /> Take back
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
