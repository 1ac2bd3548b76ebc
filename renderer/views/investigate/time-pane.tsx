import { useEffect, useMemo, useState } from 'react';
import { BOUNDS } from '../../../shared/contract/bounds.ts';
import type { AlertRow } from '../../../shared/model/alert.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { useAnswer, useRested } from '../../data/use-answer.ts';
import { useAppearance } from '../../ui/appearance.ts';
import { Button } from '../../ui/button.tsx';
import { formatCounted } from '../../ui/number-format.ts';
import { formatDuration, formatTime, zoneLabel } from '../../ui/time-format.ts';
import type { StripModel } from '../../ui/timeline-canvas/strip-model.ts';
import { type Stretch, withRoom } from '../../ui/timeline-canvas/time-scale.ts';
import { TimelineCanvas } from '../../ui/timeline-canvas/timeline-canvas.tsx';
import { selectAlert } from './actions.ts';
import { useRequests } from './requests.ts';
import { streamFilterOf } from './state.ts';
import { brushTo, useInvestigate } from './store.ts';
import styles from './time-pane.module.css';

type Props = { readonly span: { readonly from: number; readonly to: number }; readonly alerts: readonly AlertRow[] };

/** About one bucket every three pixels of a wide window; fixed, so that resizing asks nothing. */
const BUCKETS = 420;

/** The time strip with its heading: histogram of the stream's question without its range. */
export function TimePane({ span, alerts }: Props) {
  const state = useInvestigate();
  const { zone } = useAppearance();
  const [chosenView, setView] = useState<Stretch | null>(null);
  const [isLog, setIsLog] = useState(true);
  const total = useMemo(() => withRoom({ from: span.from, to: Math.max(span.to, span.from + MINUTE) }, 0.02), [span.from, span.to]);
  const view = chosenView ?? total;
  useJump(view, setView);

  const rested = useRested(view, 60);
  const question = useRested(state, 60);
  const filter = useMemo(() => streamFilterOf(question, false), [question]);
  const histogram = useAnswer('events.histogram', {
    filter,
    from: Math.floor(rested.from),
    to: Math.ceil(rested.to),
    buckets: Math.min(BUCKETS, BOUNDS.histogramBuckets),
  });
  const overview = useAnswer('events.histogram', { filter: {}, from: Math.floor(total.from), to: Math.ceil(total.to), buckets: 300 });
  const model: StripModel = useMemo(
    () => ({
      view,
      total,
      brush: clip(state.brush, total),
      histogram: histogram.data ?? null,
      overview: overview.data ?? null,
      alerts: alerts.map((alert) => ({ id: alert.id, at: alert.firstAt, severity: alert.severity })),
      cursor: state.selection.kind === 'event' || state.selection.kind === 'alert' ? state.selection.at : null,
      isLog,
      zone,
    }),
    [view, total, state.brush, state.selection, histogram.data, overview.data, alerts, isLog, zone],
  );
  return (
    <section className={styles.pane} aria-label="Time">
      <div className={styles.side}>
        <span className={styles.zone}>{zoneLabel(zone, view.from)}</span>
        <span className={styles.count}>{histogram.data ? formatCounted(histogram.data.total, 'event') : ' '}</span>
        <Range brush={model.brush} view={view} zone={zone} />
        <span className={styles.buttons}>
          <Button
            look="quiet"
            size="small"
            aria-pressed={isLog}
            onClick={() => setIsLog(!isLog)}
            title="Logarithmic heights: one event is seen beside a million"
          >
            Log
          </Button>
          <Button
            look="quiet"
            size="small"
            disabled={!model.brush}
            onClick={() => model.brush && setView(withRoom(model.brush, 0.1))}
            title="Zoom to the range"
          >
            Zoom in
          </Button>
          <Button
            look="quiet"
            size="small"
            disabled={chosenView === null && !state.brush}
            onClick={() => (chosenView === null ? brushTo(null, true) : setView(null))}
            title={chosenView === null ? 'Clear the range' : 'Show all time'}
          >
            {chosenView === null ? 'Clear' : 'All time'}
          </Button>
        </span>
      </div>
      <div className={styles.strip}>
        <TimelineCanvas model={model} onBrush={brushTo} onView={setView} onMark={(id) => void selectAlert(id)} />
      </div>
    </section>
  );
}

function Range({ brush, view, zone }: { readonly brush: Stretch | null; readonly view: Stretch; readonly zone: string }) {
  const shown = brush ?? view;
  return (
    <span
      className={brush ? styles.range : styles.whole}
      title={brush ? 'Range that filters graph and stream' : 'Shown time; drag on the strip to choose a range'}
    >
      <span>{formatTime(shown.from, zone)}</span>
      <span>{formatTime(shown.to, zone)}</span>
      <span className={styles.length}>{brush ? formatDuration(shown.to - shown.from) : 'no range chosen'}</span>
    </span>
  );
}

/** Ranges that are open on one side end where the evidence ends. */
function clip(brush: Stretch | null, total: Stretch): Stretch | null {
  return brush ? { from: Math.max(brush.from, total.from), to: Math.min(brush.to, total.to) } : null;
}

/** Moves the strip when something outside of it is shown. */
function useJump(view: Stretch, setView: (view: Stretch) => void): void {
  const { jumpTo } = useRequests();
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new request moves the strip, not every zoom
  useEffect(() => {
    if (!jumpTo || (jumpTo.at >= view.from && jumpTo.at <= view.to)) return;
    const half = (view.to - view.from) / 2;
    setView({ from: Math.round(jumpTo.at - half), to: Math.round(jumpTo.at + half) });
  }, [jumpTo]);
}
