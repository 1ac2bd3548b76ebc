import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { FilePlus, FolderPlus, SlidersHorizontal } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import { SIGMA_STATES, type SigmaOverview, type SigmaRuleRow, type SigmaState } from '../../../shared/model/sigma.ts';
import { linkTo, navigate, useRoute } from '../../app/router.ts';
import { ask, askPages, rowsOf } from '../../data/queries.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { SearchField } from '../../ui/field.tsx';
import { LoadingState } from '../../ui/loading-state.tsx';
import { formatCount } from '../../ui/number-format.ts';
import { Segments } from '../../ui/segments.tsx';
import { Split } from '../../ui/split.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import styles from './sigma.module.css';
import { SigmaBusy } from './sigma-busy.tsx';
import { SigmaEmpty } from './sigma-empty.tsx';
import { SigmaRulePanel } from './sigma-rule-panel.tsx';
import { SigmaSwitches } from './sigma-switches.tsx';
import { SigmaLevelBadge, SigmaStateBadge, sigmaStateWord } from './sigma-words.tsx';
import { type AddSigma, useAddSigma } from './use-add-sigma.tsx';

const COLUMNS: readonly Column<SigmaRuleRow>[] = [
  {
    id: 'state',
    title: 'Status',
    width: '122px',
    render: ({ state, reason }) => <SigmaStateBadge state={state} title={reason || undefined} />,
  },
  { id: 'level', title: 'Level', width: '110px', render: ({ level }) => <SigmaLevelBadge level={level} /> },
  { id: 'title', title: 'Rule', width: 'minmax(170px, 2fr)', render: ({ title, path }) => <span title={path}>{title}</span> },
  {
    id: 'tags',
    title: 'Tags or reason',
    width: 'minmax(130px, 1.5fr)',
    render: ({ tags, reason }) => (
      <span title={reason || tags.join(', ')}>{reason || tags.map((tag) => tag.replace(/^attack\./, '')).join(', ')}</span>
    ),
  },
  {
    id: 'alerts',
    title: 'Alerts',
    width: '60px',
    align: 'end',
    render: ({ alerts, key }) =>
      alerts > 0 ? <a href={linkTo('alerts', { detection: `sigma:${key}`, status: 'all' })}>{formatCount(alerts)}</a> : '',
  },
];

type Choice = 'all' | SigmaState;

/** Sigma rules that an analyst brought: what became of each, and what is switched off. */
export function SigmaPart() {
  const add = useAddSigma();
  const overview = useQuery(ask('sigma.overview', {}));
  if (overview.isError) return <ErrorState error={overview.error} onRetry={() => void overview.refetch()} />;
  if (!overview.data) return <LoadingState label="Compiling the rules" />;
  return (
    <div className={styles.page}>
      <SigmaBusy add={add} />
      {overview.data.sets.length === 0 ? <SigmaEmpty add={add} /> : <SigmaRules overview={overview.data} add={add} />}
      {add.browser}
    </div>
  );
}

function SigmaRules({ overview, add }: { readonly overview: SigmaOverview; readonly add: AddSigma }) {
  const { params } = useRoute();
  const state: Choice = SIGMA_STATES.find((one) => one === params.state) ?? 'all';
  const text = params.text ?? '';
  const active = params.rule ? Number(params.rule) : null;
  const go = useCallback(
    (change: { state?: string; text?: string; rule?: number | null }) =>
      navigate('settings', { part: 'sigma', state: params.state, text: params.text, rule: params.rule, ...change }, 'replace'),
    [params.state, params.text, params.rule],
  );
  const search = useCallback((next: string) => go({ text: next }), [go]);
  const total = Object.values(overview.counts).reduce((sum, count) => sum + count, 0);
  const options: { value: Choice; label: string }[] = [
    { value: 'all', label: `All ${formatCount(total)}` },
    ...SIGMA_STATES.map((value) => ({ value, label: `${sigmaStateWord(value)} ${formatCount(overview.counts[value])}` })),
  ];
  return (
    <>
      <div className={styles.bar}>
        <Segments label="Shown rules" options={options} value={state} onChange={(next) => go({ state: next === 'all' ? '' : next })} />
        <SearchField className={styles.search} label="Search rules" value={text} onChange={search} />
        <span className={styles.tools}>
          {active !== null && (
            <Button onClick={() => go({ rule: null })}>
              <SlidersHorizontal aria-hidden="true" /> Sets and switches
            </Button>
          )}
          <Button disabled={add.isAdding} onClick={add.pickFolder}>
            <FolderPlus aria-hidden="true" /> Add a folder
          </Button>
          <Button look="primary" disabled={add.isAdding} onClick={add.pickFiles}>
            <FilePlus aria-hidden="true" /> Add rules
          </Button>
        </span>
      </div>
      <Split
        list={
          <RuleTable
            state={state}
            text={text}
            active={active}
            onActivate={(rule) => go({ rule })}
            onClear={() => go({ state: '', text: '' })}
          />
        }
        detail={
          active === null ? (
            <SigmaSwitches overview={overview} />
          ) : (
            <SigmaRulePanel key={active} fileId={active} onClose={() => go({ rule: null })} />
          )
        }
      />
    </>
  );
}

type TableProps = {
  readonly state: Choice;
  readonly text: string;
  readonly active: number | null;
  readonly onActivate: (fileId: number) => void;
  readonly onClear: () => void;
};

function RuleTable({ state, text, active, onActivate, onClear }: TableProps) {
  const pages = useInfiniteQuery({
    ...askPages('sigma.rules', {
      ...(state === 'all' ? {} : { states: [state] }),
      ...(text.trim() ? { text: text.trim() } : {}),
      limit: 200,
    }),
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => rowsOf(pages.data), [pages.data]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  if (pages.isError) return <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />;
  if (pages.isPending) return <LoadingState />;
  return (
    <Table
      label="Sigma rules"
      rows={rows}
      rowKey={(row) => String(row.fileId)}
      columns={COLUMNS}
      total={pages.data.pages[0]?.total ?? null}
      activeKey={active === null ? null : String(active)}
      onActivate={(row) => onActivate(row.fileId)}
      onEnd={onEnd}
      empty={
        <EmptyState title="No rule matches" actions={<Button onClick={onClear}>Show all rules</Button>}>
          Nothing of this status and with these words is among the rules.
        </EmptyState>
      }
    />
  );
}
