import { useQuery } from '@tanstack/react-query';
import { Braces, Briefcase, ChevronDown, Copy, EyeOff, Link2, Text, Waypoints, X } from 'lucide-react';
import { useState } from 'react';
import type { AlertDetail, AlertRow } from '../../../shared/model/alert.ts';
import { SECOND } from '../../../shared/model/time.ts';
import { useAddToCase } from '../../app/add-to-case.ts';
import { AlertLines } from '../../app/alert-line.tsx';
import { EntityLinks } from '../../app/entity-link.tsx';
import { evidenceOfAlert } from '../../app/evidence-of-alert.ts';
import { ExclusionDialog } from '../../app/exclusions/exclusion-dialog.tsx';
import { formOfAlert } from '../../app/exclusions/exclusion-form.ts';
import { linkTo, navigate } from '../../app/router.ts';
import { ask } from '../../data/queries.ts';
import { CONFIDENCE_WORDS } from '../../ui/alert-words.ts';
import { Button } from '../../ui/button.tsx';
import { copyText } from '../../ui/copy-text.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { TextArea } from '../../ui/field.tsx';
import { ImportedBadge } from '../../ui/imported-badge.tsx';
import { JudgementSelects } from '../../ui/judgement-selects.tsx';
import { LoadingState } from '../../ui/loading-state.tsx';
import { Menu } from '../../ui/menu.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ScrollPart } from '../../ui/scroll-part.tsx';
import { Section } from '../../ui/section.tsx';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import { SigmaBadge } from '../../ui/sigma-badge.tsx';
import { TechniqueList } from '../../ui/technique-list.tsx';
import { formatDuration } from '../../ui/time-format.ts';
import { TimeLabel } from '../../ui/time-label.tsx';
import { showProblem, showToast } from '../../ui/toast.tsx';
import styles from './alert-detail.module.css';
import { AlertEvidenceList } from './alert-evidence-list.tsx';
import { AlertImported } from './alert-imported.tsx';
import { AlertSigma } from './alert-sigma.tsx';
import { AlertStanding } from './alert-standing.tsx';
import { alertAsJson, alertAsText } from './alert-text.ts';
import type { Triage } from './use-triage.ts';

type Apply = (rows: readonly AlertRow[], triage: Triage) => Promise<void>;

export function AlertDetailPanel({ id, onClose, triage }: { readonly id: string; readonly onClose: () => void; readonly triage: Apply }) {
  const answer = useQuery(ask('alerts.get', { id }));
  return (
    <Panel isFlush isHeaded label="Alert detail">
      {answer.data ? (
        <Detail detail={answer.data} onClose={onClose} triage={triage} />
      ) : answer.isError ? (
        <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />
      ) : (
        <LoadingState />
      )}
    </Panel>
  );
}

function Detail({ detail, onClose, triage }: { readonly detail: AlertDetail; readonly onClose: () => void; readonly triage: Apply }) {
  const { row } = detail;
  return (
    <>
      <header className={styles.header}>
        <div className={styles.headline}>
          <SeverityMark severity={row.severity} withWord />
          {!row.imported && <span className={styles.faint}>Confidence {CONFIDENCE_WORDS[row.confidence].toLowerCase()}</span>}
          <SigmaBadge alert={row} />
          {row.externalId !== null && (
            <span className={styles.faint} title="Number in the catalogue of identity alerts">
              External id {row.externalId}
            </span>
          )}
          <Button className={styles.close} look="quiet" size="small" isIcon aria-label="Close the detail" onClick={onClose}>
            <X />
          </Button>
        </div>
        <h2 className={styles.title}>{row.title}</h2>
        <p className={styles.when}>
          <TimeLabel at={row.firstAt} />
          {row.lastAt - row.firstAt >= SECOND && (
            <>
              {' – '}
              <TimeLabel at={row.lastAt} /> ({formatDuration(row.lastAt - row.firstAt)})
            </>
          )}
        </p>
        {row.imported && (
          <p>
            <ImportedBadge alert={row} withProduct />
          </p>
        )}
        <AlertStanding row={row} />
        <Actions detail={detail} />
        <Judgement row={row} triage={triage} />
      </header>
      <ScrollPart label="Explanation" className={styles.body}>
        <Section title="What happened">
          <p className={styles.lead}>{row.summary}</p>
          {detail.whatHappened !== row.summary && <p>{detail.whatHappened}</p>}
        </Section>
        <Section title="Entities">
          <EntityLinks entities={row.entities} most={24} />
        </Section>
        <Section title="Why it matters">
          <p>{detail.whyItMatters}</p>
        </Section>
        {detail.conditions.length > 0 && (
          <Section title="Why it fired">
            <table className={styles.conditions}>
              <thead>
                <tr>
                  <th scope="col">Condition</th>
                  <th scope="col">Found</th>
                  <th scope="col">Required</th>
                </tr>
              </thead>
              <tbody>
                {detail.conditions.map(({ name, found, required }) => (
                  <tr key={name}>
                    <td>{name}</td>
                    <td className={styles.found}>{found}</td>
                    <td>{required}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Section>
        )}
        <AlertImported detail={detail} />
        <AlertEvidenceList detail={detail} />
        <AlertSigma detail={detail} />
        <Section title="First response">
          <ol className={styles.steps}>
            {detail.firstResponse.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </Section>
        {detail.benignCauses.length > 0 && (
          <Section title="What else it could be">
            <ul className={styles.causes}>
              {detail.benignCauses.map((cause) => (
                <li key={cause}>{cause}</li>
              ))}
            </ul>
          </Section>
        )}
        <Section title="Techniques">
          <div className={styles.techniques}>
            <span>{row.tactics.join(', ')}</span>
            <TechniqueList techniques={row.techniques} />
          </div>
        </Section>
        <CommentBox key={row.comment} row={row} triage={triage} />
        {detail.similar.length > 0 && (
          <Section title="Similar alerts" count={detail.similar.length}>
            <AlertLines alerts={detail.similar} />
          </Section>
        )}
      </ScrollPart>
    </>
  );
}

function Judgement({ row, triage }: { readonly row: AlertRow; readonly triage: Apply }) {
  const [isExcluding, setIsExcluding] = useState(false);
  return (
    <div className={styles.judgement}>
      <JudgementSelects
        status={row.status}
        classification={row.classification}
        unclassified="Not classified"
        onChange={(change) => void triage([row], change)}
      />
      <Button onClick={() => setIsExcluding(true)}>
        <EyeOff aria-hidden="true" /> Exclude…
      </Button>
      {isExcluding && <ExclusionDialog start={formOfAlert(row)} entities={row.entities} onClose={() => setIsExcluding(false)} />}
    </div>
  );
}

function Actions({ detail }: { readonly detail: AlertDetail }) {
  const { row } = detail;
  const addToCase = useAddToCase();
  const copy = (text: string, what: string) => copyText(text).then(() => showToast({ title: `Copied as ${what}` }), showProblem);
  return (
    <div className={styles.actions}>
      <Button look="primary" onClick={() => navigate('investigate', { alert: row.id })}>
        <Waypoints aria-hidden="true" /> Show in graph
      </Button>
      <Button onClick={() => void addToCase([evidenceOfAlert(row)])}>
        <Briefcase aria-hidden="true" /> Add to case
      </Button>
      {row.incidentId && (
        <a className={styles.incident} href={linkTo('incidents', { incident: row.incidentId })}>
          <Link2 size={14} aria-hidden="true" /> Incident
        </a>
      )}
      <Menu
        align="end"
        trigger={
          <Button look="quiet">
            <Copy aria-hidden="true" /> Copy <ChevronDown aria-hidden="true" />
          </Button>
        }
        items={[
          { label: 'As text', icon: Text, run: () => void copy(alertAsText(detail), 'text') },
          { label: 'As JSON', icon: Braces, run: () => void copy(alertAsJson(detail), 'JSON') },
        ]}
      />
    </div>
  );
}

function CommentBox({ row, triage }: { readonly row: AlertRow; readonly triage: Apply }) {
  const [text, setText] = useState(row.comment);
  const isChanged = text !== row.comment;
  return (
    <Section title="Comment">
      <TextArea
        aria-label="Comment"
        value={text}
        maxLength={30_000}
        placeholder="What was checked, and what came of it"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && isChanged) void triage([row], { comment: text });
        }}
      />
      {isChanged && (
        <div className={styles.saveComment}>
          <Button size="small" look="primary" onClick={() => void triage([row], { comment: text })}>
            Save comment
          </Button>
          <Button size="small" onClick={() => setText(row.comment)}>
            Discard
          </Button>
        </div>
      )}
    </Section>
  );
}
