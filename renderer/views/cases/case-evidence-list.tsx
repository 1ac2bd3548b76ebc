import { FileText, ShieldAlert, Siren, Trash2, Waypoints } from 'lucide-react';
import { BOUNDS } from '../../../shared/contract/bounds.ts';
import type { CaseDetail, CaseEvidence } from '../../../shared/model/case-file.ts';
import { linkTo } from '../../app/router.ts';
import { useChange } from '../../data/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatCount } from '../../ui/number-format.ts';
import { Section } from '../../ui/section.tsx';
import { TimeLabel } from '../../ui/time-label.tsx';
import { showProblem, showToast } from '../../ui/toast.tsx';
import styles from './cases.module.css';

const KINDS = {
  event: { icon: FileText, word: 'Event' },
  alert: { icon: Siren, word: 'Alert' },
  incident: { icon: ShieldAlert, word: 'Incident' },
  graph: { icon: Waypoints, word: 'Graph' },
} as const;

function linkOf({ kind, key }: CaseEvidence): string | null {
  if (kind === 'event') return linkTo('investigate', { event: key });
  if (kind === 'alert') return linkTo('alerts', { alert: key, status: 'all' });
  return kind === 'incident' ? linkTo('incidents', { incident: key, status: 'all' }) : null;
}

export function CaseEvidenceList({ detail }: { readonly detail: CaseDetail }) {
  const change = useChange();
  const caseId = detail.row.id;
  const remove = async (one: CaseEvidence) => {
    try {
      await change('cases.removeEvidence', { caseId, evidenceIds: [one.id] });
      // A snapshot's picture stays with the engine and cannot be handed back from here.
      const undo = one.kind === 'graph' ? {} : { action: { label: 'Undo', run: () => void putBack(one) } };
      showToast({ title: `${KINDS[one.kind].word} removed from the case`, description: one.label, ...undo });
    } catch (error) {
      showProblem(error);
    }
  };
  const putBack = (one: CaseEvidence) =>
    change('cases.addEvidence', {
      caseId,
      items: [{ kind: one.kind, key: one.key, label: one.label, ...(one.note ? { note: one.note } : {}) }],
    }).catch(showProblem);
  const shown = detail.evidence.slice(0, BOUNDS.pageRows);
  return (
    <Section title="Evidence" count={formatCount(detail.evidence.length)}>
      {detail.evidence.length === 0 ? (
        <EmptyState title="No evidence in this case">
          Press A on an event, an alert or an incident, or keep a picture of the graph in Investigate.
        </EmptyState>
      ) : (
        <ul className={styles.evidence}>
          {shown.map((one) => {
            const { icon: Icon, word } = KINDS[one.kind];
            const href = linkOf(one);
            return (
              <li key={one.id} className={styles.piece}>
                <Icon size={14} aria-hidden="true" />
                <span className={styles.pieceKind}>{word}</span>
                <span className={styles.pieceWords}>
                  {href ? <a href={href}>{one.label}</a> : one.label}
                  {one.note && <span className={styles.soft}>{one.note}</span>}
                </span>
                <span className={styles.soft}>
                  <TimeLabel at={one.addedAt} precision="minute" />
                </span>
                <Button look="quiet" size="small" isIcon aria-label={`Remove from the case: ${one.label}`} onClick={() => void remove(one)}>
                  <Trash2 />
                </Button>
              </li>
            );
          })}
        </ul>
      )}
    </Section>
  );
}
