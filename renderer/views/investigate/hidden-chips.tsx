import { X } from 'lucide-react';
import type { GraphView } from '../../../shared/model/graph.ts';
import { useAppearance } from '../../ui/appearance.ts';
import { classNames } from '../../ui/class-names.ts';
import { formatCount } from '../../ui/number-format.ts';
import { formatTime } from '../../ui/time-format.ts';
import type { Stretch } from '../../ui/timeline-canvas/time-scale.ts';
import styles from './hidden-chips.module.css';
import type { Board } from './state.ts';
import { brushTo, changeBoard } from './store.ts';
import { drawnPicture } from './take-snapshot.ts';

type Chip = { readonly id: string; readonly label: string; readonly title: string; remove(): void };
type Props = { readonly board: Board; readonly view: GraphView; readonly brush: Stretch | null; readonly isBusy: boolean };

/** Always on screen: how much is drawn, how much there is, and every reason for the difference, each removable (pattern 3). */
export function HiddenChips({ board, view, brush, isBusy }: Props) {
  const { zone } = useAppearance();
  const { shown, inResult, inScope } = view;
  const folded = view.reducers.filter((reducer) => reducer.id.startsWith('bundle')).reduce((sum, reducer) => sum + reducer.hidden, 0);
  const title = [
    `Nodes: ${formatCount(shown.nodes)} drawn, ${formatCount(inResult.nodes)} in result, ${formatCount(inScope.nodes)} in scope`,
    `Edges: ${formatCount(shown.edges)} drawn, ${formatCount(inResult.edges)} in result, ${formatCount(inScope.edges)} in scope`,
    ...view.reducers.map((reducer) => `${reducer.label}: ${formatCount(reducer.hidden)}`),
  ].join('\n');
  const chips = [...filterChips(board, brush, zone), ...reducerChips(board, view, folded)];
  return (
    <section className={styles.chips} aria-label="What is hidden">
      <span className={classNames(styles.total, isBusy && styles.busy)} title={title} role="status">
        <b>{formatCount(shown.nodes)}</b> shown / <b>{formatCount(inResult.nodes)}</b> in result / <b>{formatCount(inScope.nodes)}</b> in
        scope
      </span>
      {chips.map((chip) => (
        <span key={chip.id} className={styles.chip} title={chip.title}>
          <span className={styles.label}>{chip.label}</span>
          <button type="button" aria-label={`Remove: ${chip.label}`} onClick={chip.remove}>
            <X size={11} />
          </button>
        </span>
      ))}
    </section>
  );
}

function filterChips(board: Board, brush: Stretch | null, zone: string): Chip[] {
  const chips: Chip[] = [];
  const add = (id: string, label: string, remove: () => void, title = label) => chips.push({ id, label, title, remove });
  if (brush && !board.showsPath) add('range', 'time range', () => brushTo(null, true), rangeTitle(brush, zone));
  if (board.showsPath) add('path', 'path only', () => changeBoard({ showsPath: false }));
  if (board.incidentId !== '') add('incident', 'one incident', () => changeBoard({ incidentId: '' }));
  if (board.alertIds.length > 0)
    add('alerts', `${board.alertIds.length} chosen ${board.alertIds.length === 1 ? 'alert' : 'alerts'}`, () =>
      changeBoard({ alertIds: [] }),
    );
  if (board.focus.length > 0)
    add('focus', `${focusName(board)}, ${board.depth} ${board.depth === 1 ? 'hop' : 'hops'}`, () => changeBoard({ focus: [], keep: [] }));
  if (board.edgeKinds) add('edges', `${board.edgeKinds.length} edge kinds`, () => changeBoard({ edgeKinds: null }));
  if (board.entityKinds) add('kinds', `${board.entityKinds.length} entity kinds`, () => changeBoard({ entityKinds: null }));
  if (board.minCount > 1) add('count', `≥ ${formatCount(board.minCount)} records`, () => changeBoard({ minCount: 0 }));
  if (board.minDegree > 1) add('degree', `≥ ${board.minDegree} neighbors`, () => changeBoard({ minDegree: 0 }));
  if (board.alertsOnly) add('alertsOnly', 'with alerts', () => changeBoard({ alertsOnly: false }));
  if (board.hide.length > 0) add('hide', `${board.hide.length} hidden by hand`, () => changeBoard({ hide: [] }));
  return chips;
}

function reducerChips(board: Board, view: GraphView, folded: number): Chip[] {
  const chips: Chip[] = [];
  const bundles = view.nodes.filter((node) => node.bundle).length;
  if (folded > 0 && bundles > 0) {
    chips.push({
      id: 'bundles',
      label: `${formatCount(folded)} in ${bundles} ${bundles === 1 ? 'bundle' : 'bundles'}`,
      title: 'Remove: draw every member by itself',
      remove: () => changeBoard({ bundleFrom: 0 }),
    });
  }
  const machines = view.reducers.find((reducer) => reducer.id === 'machine-traffic');
  if (machines) {
    chips.push({
      id: machines.id,
      label: `without ${machines.label}`,
      title: 'Remove: draw them',
      remove: () => changeBoard({ machineTraffic: true }),
    });
  }
  const rest = view.reducers.filter((reducer) => !reducer.id.startsWith('bundle') && reducer !== machines);
  for (const reducer of rest) {
    chips.push({
      id: reducer.id,
      label: reducer.label,
      title: 'Remove: draw more',
      remove: () => changeBoard({ maxNodes: Math.min(2_000, Math.max(view.inResult.nodes, board.maxNodes * 2)) }),
    });
  }
  return chips;
}

function focusName(board: Board): string {
  if (board.focus.length > 1) return `${board.focus.length} entities`;
  return drawnPicture()?.scene.nodes.find((node) => node.id === board.focus[0])?.label ?? 'focus';
}

function rangeTitle(brush: Stretch, zone: string): string {
  return `${formatTime(brush.from, zone)} to ${formatTime(brush.to, zone)}`;
}
