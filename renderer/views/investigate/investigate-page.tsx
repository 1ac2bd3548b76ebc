import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useAddToCase } from '../../app/add-to-case.ts';
import { navigate, useRoute } from '../../app/router.ts';
import { ask } from '../../data/queries.ts';
import { useAnswer } from '../../data/use-answer.ts';
import { classNames } from '../../ui/class-names.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { LoadingState } from '../../ui/loading-state.tsx';
import { ActionMenu } from './action-menu.tsx';
import { BundleTable } from './bundle-table.tsx';
import { DetailPanel } from './detail-panel.tsx';
import { FirstSteps } from './first-steps.tsx';
import { followRoute } from './follow-route.ts';
import { GraphPane } from './graph-pane.tsx';
import styles from './investigate-page.module.css';
import { NeighborChooser } from './neighbor-chooser.tsx';
import { Rail } from './rail.tsx';
import { request, useRequests } from './requests.ts';
import { StreamPane } from './stream-pane.tsx';
import { TimePane } from './time-pane.tsx';
import { useInvestigateKeys } from './use-investigate-keys.ts';

/** Graph, timeline and detail in one screen with one selection. */
export function InvestigatePage() {
  const status = useQuery(ask('app.status', {}));
  if (status.error) return <ErrorState error={status.error} onRetry={() => void status.refetch()} />;
  if (!status.data) return <LoadingState label="Opening the store" />;
  if (status.data.events === 0 || !status.data.span) return <FirstSteps isImporting={status.data.runningImports > 0} />;
  return <Workplace span={status.data.span} />;
}

function Workplace({ span }: { readonly span: { readonly from: number; readonly to: number } }) {
  const alerts = useAnswer('alerts.page', { filter: {}, sort: 'severity', cursor: null, limit: 500 });
  const rows = alerts.data?.rows;
  const marks = useMemo(() => new Map((rows ?? []).map((row) => [row.id, row])), [rows]);
  const [isRailOpen, setIsRailOpen] = useState(true);
  const [streamHeight, setStreamHeight] = useState(innerHeight < 800 ? 188 : 236);
  const page = useRef<HTMLDivElement>(null);
  const { params } = useRoute();
  useInvestigateKeys();
  useCaseRequests();
  useEffect(() => {
    if (Object.keys(params).length === 0) return;
    followRoute(params);
    // The link has been followed; a later return to the view must not follow it again.
    navigate('investigate', {}, 'replace');
  }, [params]);
  useEffect(() => page.current?.style.setProperty('--stream-height', `${streamHeight}px`), [streamHeight]);

  return (
    <div ref={page} className={classNames(styles.page, !isRailOpen && styles.withoutRail)}>
      {isRailOpen && <Rail alerts={rows ?? []} />}
      <div className={styles.center}>
        <GraphPane alerts={marks} isRailOpen={isRailOpen} onRail={() => setIsRailOpen(!isRailOpen)} />
        <Splitter height={streamHeight} onHeight={setStreamHeight} />
        <StreamPane />
      </div>
      <DetailPanel />
      <TimePane span={span} alerts={rows ?? []} />
      <BundleTable />
      <NeighborChooser />
      <ActionMenu />
    </div>
  );
}

/** Things that other parts ask to be put into a case. */
function useCaseRequests(): void {
  const { caseItems } = useRequests();
  const addToCase = useAddToCase();
  useEffect(() => {
    if (caseItems === null) return;
    request({ caseItems: null });
    void addToCase(caseItems);
  }, [caseItems, addToCase]);
}

const LEAST_HEIGHT = 90;

function Splitter({ height, onHeight }: { readonly height: number; onHeight(height: number): void }) {
  const start = useRef<{ readonly y: number; readonly height: number } | null>(null);
  const clamp = (next: number) => Math.min(Math.max(next, LEAST_HEIGHT), innerHeight - 380);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be dragged
    <div
      className={styles.splitter}
      role="separator"
      tabIndex={0}
      aria-orientation="horizontal"
      aria-label="Height of the event stream"
      aria-valuenow={Math.round(height)}
      aria-valuemin={LEAST_HEIGHT}
      aria-valuemax={900}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { y: event.clientY, height };
      }}
      onPointerMove={(event) => start.current && onHeight(clamp(start.current.height + start.current.y - event.clientY))}
      onPointerUp={() => {
        start.current = null;
      }}
      onKeyDown={(event) => {
        const by = event.key === 'ArrowUp' ? 24 : event.key === 'ArrowDown' ? -24 : 0;
        if (by === 0) return;
        event.preventDefault();
        onHeight(clamp(height + by));
      }}
    />
  );
}
