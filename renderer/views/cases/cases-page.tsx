import { useQuery } from '@tanstack/react-query';
import { Briefcase, FilePlus2, ShieldCheck } from 'lucide-react';
import { useCreateCase } from '../../app/case-chip.tsx';
import { navigate, useRoute } from '../../app/router.ts';
import { useShortcut } from '../../app/shortcuts.ts';
import { useCurrentCase } from '../../data/current-case.ts';
import { ask } from '../../data/queries.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { LoadingState } from '../../ui/loading-state.tsx';
import { formatCounted } from '../../ui/number-format.ts';
import { Page } from '../../ui/page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { TimeLabel } from '../../ui/time-label.tsx';
import { CasePanel } from './case-panel.tsx';
import styles from './cases.module.css';
import { VerifyCase } from './verify-case.tsx';

export function CasesPage() {
  const { params } = useRoute();
  const cases = useQuery(ask('cases.list', {}));
  const current = useCurrentCase();
  const createCase = useCreateCase();
  const active = params.case ? Number(params.case) : (current?.id ?? null);
  useShortcut('case-new', 'n', 'New case', () => void createCase(), 'Cases');
  return (
    <Page
      title="Cases"
      summary={cases.data && formatCounted(cases.data.length, 'case')}
      actions={
        <>
          <Button onClick={() => navigate('cases', { ...params, verify: 1 }, 'replace')}>
            <ShieldCheck aria-hidden="true" /> Verify a case file
          </Button>
          <Button look="primary" onClick={() => void createCase()}>
            <FilePlus2 aria-hidden="true" /> New case
          </Button>
        </>
      }
    >
      {cases.isError ? (
        <ErrorState error={cases.error} onRetry={() => void cases.refetch()} />
      ) : cases.isPending ? (
        <LoadingState />
      ) : cases.data.length === 0 ? (
        <Panel label="Cases" className={styles.grow}>
          <EmptyState icon={Briefcase} title="No cases yet" actions={<Button onClick={() => void createCase()}>New case</Button>}>
            A case gathers notes and evidence and becomes a case file for others. Press A on an event, alert or incident to add it: the
            first one makes a case by itself.
          </EmptyState>
        </Panel>
      ) : (
        <div className={styles.columns}>
          <Panel isFlush label="List of cases">
            <ul className={styles.list}>
              {cases.data.map((row) => (
                <li key={row.id}>
                  <a
                    className={classNames(styles.item, row.id === active && styles.active)}
                    href={`#/cases?case=${row.id}`}
                    aria-current={row.id === active ? 'true' : undefined}
                  >
                    <span className={styles.itemTitle}>{row.title}</span>
                    {row.id === current?.id && <Badge tone="accent">Current</Badge>}
                    <span className={styles.itemDetail}>
                      {formatCounted(row.evidenceCount, 'piece')} of evidence, {formatCounted(row.noteCount, 'note')}, changed{' '}
                      <TimeLabel at={row.changedAt} precision="minute" />
                    </span>
                  </a>
                </li>
              ))}
            </ul>
          </Panel>
          {active === null ? (
            <Panel label="Case">
              <EmptyState icon={Briefcase} title="Choose a case" />
            </Panel>
          ) : (
            <CasePanel key={active} caseId={active} isCurrent={active === current?.id} />
          )}
        </div>
      )}
      {params.verify && <VerifyCase onClose={() => navigate('cases', { ...params, verify: null }, 'replace')} />}
    </Page>
  );
}
