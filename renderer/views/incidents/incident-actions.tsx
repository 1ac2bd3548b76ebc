import { Briefcase, FilePlus2, Waypoints } from 'lucide-react';
import type { IncidentDetail } from '../../../shared/model/incident.ts';
import { useAddToCase } from '../../app/add-to-case.ts';
import { evidenceOfAlert } from '../../app/evidence-of-alert.ts';
import { navigate } from '../../app/router.ts';
import { useShortcut } from '../../app/shortcuts.ts';
import { useSettings } from '../../app/use-appearance-of-settings.ts';
import { chooseCase } from '../../data/current-case.ts';
import { useChange } from '../../data/use-change.ts';
import { STATUS_WORDS } from '../../ui/alert-words.ts';
import { Button } from '../../ui/button.tsx';
import { JudgementSelects } from '../../ui/judgement-selects.tsx';
import { showProblem, showToast } from '../../ui/toast.tsx';
import styles from './incidents.module.css';

/** What can be done with an incident as a whole. */
export function IncidentActions({ detail }: { readonly detail: IncidentDetail }) {
  const { row } = detail;
  const change = useChange();
  const addToCase = useAddToCase();
  const { analyst } = useSettings();
  const update = (part: { status?: typeof row.status; classification?: typeof row.classification }) =>
    change('incidents.update', { ids: [row.id], ...part }).then(
      () =>
        showToast({
          title: part.status ? `Incident ${STATUS_WORDS[part.status].toLowerCase()}` : 'Incident classified',
          action: {
            label: 'Undo',
            run: () =>
              void change('incidents.update', {
                ids: [row.id],
                ...(part.status ? { status: row.status } : {}),
                ...(part.classification ? { classification: row.classification } : {}),
              }).catch(showProblem),
          },
        }),
      showProblem,
    );
  const item = { kind: 'incident' as const, key: row.id, label: row.title };
  const createCase = async () => {
    try {
      const created = await change('cases.create', { title: row.title, author: analyst });
      const alerts = detail.alerts.map(evidenceOfAlert);
      await change('cases.addEvidence', { caseId: created.id, items: [item, ...alerts] });
      chooseCase(created.id);
      navigate('cases', { case: created.id });
    } catch (error) {
      showProblem(error);
    }
  };
  useShortcut('incident-case', 'a', 'Add to case', () => void addToCase([item]), 'Incidents');
  useShortcut('incident-graph', 'v', 'Open graph', () => navigate('investigate', { incident: row.id }), 'Incidents');
  useShortcut('incident-resolve', 'e', 'Resolve', () => void update({ status: 'resolved' }), 'Incidents');
  return (
    <div className={styles.actions}>
      <Button look="primary" onClick={() => navigate('investigate', { incident: row.id })}>
        <Waypoints aria-hidden="true" /> Open graph
      </Button>
      <Button onClick={() => void createCase()}>
        <FilePlus2 aria-hidden="true" /> Create case
      </Button>
      <Button onClick={() => void addToCase([item])}>
        <Briefcase aria-hidden="true" /> Add to case
      </Button>
      <JudgementSelects
        status={row.status}
        classification={row.classification}
        unclassified="Classification: not set"
        onChange={(part) => void update(part)}
      />
    </div>
  );
}
