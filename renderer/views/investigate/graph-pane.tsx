import { Maximize, Minus, Plus } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { GraphEdge } from '../../../shared/model/graph.ts';
import { useShortcut } from '../../app/shortcuts.ts';
import { useAnswer, useRested } from '../../data/use-answer.ts';
import { useAppearance } from '../../ui/appearance.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { GraphCanvas, type GraphCanvasControl } from '../../ui/graph-canvas/graph-canvas.tsx';
import type { Hit } from '../../ui/graph-canvas/graph-surface.ts';
import { LABEL_MODES, type LabelMode } from '../../ui/graph-canvas/overlay.ts';
import type { AlertMarks } from '../../ui/graph-canvas/scene.ts';
import { LoadingState } from '../../ui/loading-state.tsx';
import { openMenu } from './action-menu.tsx';
import { expand } from './actions.ts';
import { chosenElements } from './chosen.ts';
import { GraphHeader } from './graph-header.tsx';
import { GraphLegend } from './graph-legend.tsx';
import styles from './graph-pane.module.css';
import { GraphTable } from './graph-table.tsx';
import { HiddenChips } from './hidden-chips.tsx';
import { litElements } from './lit.ts';
import { edgeEntries, entityEntries } from './menus.ts';
import { PathHops } from './path-hops.tsx';
import { request } from './requests.ts';
import { activeBoardOf, graphQueryOf, isBundleId, NO_SELECTION } from './state.ts';
import { changeBoard, select, useInvestigate } from './store.ts';
import { rememberDrawn, snapshotItem } from './take-snapshot.ts';
import { type Picture, usePicture } from './use-picture.ts';

type Props = { readonly alerts: AlertMarks; readonly isRailOpen: boolean; onRail(): void };
export type PathMode = 'off' | 'fade' | 'remove';

export function GraphPane({ alerts, isRailOpen, onRail }: Props) {
  const state = useInvestigate();
  const board = activeBoardOf(state);
  const brush = useRested(state.brush, 60);
  const query = useMemo(() => graphQueryOf(board, brush), [board, brush]);
  const isPath = board.showsPath && board.start !== '' && board.target !== '';
  const view = useAnswer('graph.view', query, !isPath);
  const path = useAnswer('graph.path', { from: board.start, to: board.target, query: brush ? { span: brush } : {} }, isPath);
  const answer = isPath ? path : view;
  // An answer that only stands in for the next one must not be laid out: its places would be taken for those of the next.
  const drawable = answer.isPlaceholderData ? undefined : isPath ? path.data?.view : view.data;
  const { picture, move, relayout } = usePicture(board, drawable, alerts, isPath && !path.isPlaceholderData ? path.data?.hops : undefined);
  const [labelMode, setLabelMode] = useState<LabelMode>('important');
  const [pathMode, setPathMode] = useState<PathMode>('off');
  const [isTable, setIsTable] = useState(false);
  const control = useRef<GraphCanvasControl>(null);
  useEffect(() => rememberDrawn(picture), [picture]);

  const nextLabels = () => setLabelMode(LABEL_MODES[(LABEL_MODES.indexOf(labelMode) + 1) % LABEL_MODES.length]);
  useShortcut('graph.labels', 'b', 'Next label mode', nextLabels, 'Investigate');
  useShortcut(
    'graph.path-only',
    'f',
    'Fade all but the path of the selection',
    () => setPathMode(pathMode === 'fade' ? 'off' : 'fade'),
    'Investigate',
  );
  useShortcut(
    'graph.path-remove',
    'shift+f',
    'Show only the path of the selection',
    () => setPathMode(pathMode === 'remove' ? 'off' : 'remove'),
    'Investigate',
  );
  useShortcut('graph.table', 'v', 'Graph as table', () => setIsTable(!isTable), 'Investigate');
  useShortcut('graph.fit', '0', 'Fit graph', () => control.current?.fit(), 'Investigate');
  useShortcut('graph.relayout', 'shift+r', 'Lay the graph out anew', relayout, 'Investigate');

  return (
    <section className={styles.pane} aria-label="Graph">
      <GraphHeader
        board={board}
        boards={state.boards}
        isRailOpen={isRailOpen}
        labelMode={labelMode}
        pathMode={pathMode}
        isTable={isTable}
        view={picture?.view ?? null}
        onRail={onRail}
        onLabels={nextLabels}
        onPathMode={setPathMode}
        onTable={() => setIsTable(!isTable)}
        onRelayout={relayout}
        onAddToCase={() => request({ caseItems: [snapshotItem()] })}
      />
      <div className={styles.body}>
        {picture && isTable && <GraphTable view={picture.view} />}
        {picture && !isTable && <Drawing picture={picture} labelMode={labelMode} pathMode={pathMode} control={control} onMoved={move} />}
        {picture && <HiddenChips board={board} view={picture.view} brush={state.brush} isBusy={answer.isFetching} />}
        {picture && !isTable && <GraphLegend board={board} view={picture.view} />}
        {picture && !isTable && <ZoomButtons control={control} />}
        {isPath && path.data && <PathHops hops={path.data.hops} board={board} view={path.data.view} />}
        {answer.error && <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />}
        {!picture && !answer.error && <LoadingState label="Drawing" />}
        {picture && picture.scene.nodes.length === 0 && !isPath && <Nothing />}
      </div>
    </section>
  );
}

function ZoomButtons({ control }: { readonly control: React.RefObject<GraphCanvasControl | null> }) {
  return (
    <div className={styles.zoom} role="toolbar" aria-label="Zoom" aria-orientation="vertical">
      <Button look="quiet" size="small" isIcon aria-label="Zoom in (+)" onClick={() => control.current?.zoomBy(1.25)}>
        <Plus />
      </Button>
      <Button look="quiet" size="small" isIcon aria-label="Zoom out (-)" onClick={() => control.current?.zoomBy(0.8)}>
        <Minus />
      </Button>
      <Button look="quiet" size="small" isIcon aria-label="Fit to window (0)" onClick={() => control.current?.fit()}>
        <Maximize />
      </Button>
    </div>
  );
}

function Nothing() {
  return (
    <div className={styles.nothing}>
      <EmptyState title="Nothing to draw in this range with these filters">
        Remove a filter above, widen the time range below, or step back with Alt+Left.
      </EmptyState>
    </div>
  );
}

type DrawingProps = {
  readonly picture: Picture;
  readonly labelMode: LabelMode;
  readonly pathMode: PathMode;
  readonly control: React.RefObject<GraphCanvasControl | null>;
  onMoved: ReturnType<typeof usePicture>['move'];
};

function Drawing({ picture, labelMode, pathMode, control, onMoved }: DrawingProps) {
  const { selection, activeBoard, boards } = useInvestigate();
  const { theme } = useAppearance();
  const { scene, positions } = picture;
  const chosen = useMemo(() => chosenElements(scene, selection), [scene, selection]);
  const board = boards.find((other) => other.id === activeBoard);
  const isLayered = board?.layout === 'layered';
  const lit = useMemo(() => (pathMode === 'off' ? null : litElements(scene, chosen, isLayered)), [scene, chosen, pathMode, isLayered]);
  // Selected elsewhere, it comes into view; what is in view already does not move.
  useEffect(() => {
    const first = selection.kind === 'nodes' ? selection.ids[0] : undefined;
    if (first !== undefined) control.current?.reveal(first);
  }, [selection, control]);
  const edgesOf = useCallback((hit: Hit): readonly GraphEdge[] => edgesOfHit(picture, hit), [picture]);
  const nameOf = (id: string) => scene.nodes.find((node) => node.id === id)?.label ?? id;

  const onPick = (hit: Hit | null, adds: boolean) => {
    if (!hit) return select(NO_SELECTION);
    if (hit.kind === 'node') {
      const before = selection.kind === 'nodes' && adds ? selection.ids : [];
      const ids = before.includes(hit.id) ? before.filter((id) => id !== hit.id) : [...before, hit.id];
      select(ids.length === 0 ? NO_SELECTION : { kind: 'nodes', ids });
      if (isBundleId(hit.id)) request({ bundle: hit.id });
      return;
    }
    const [first, second] = edgesOf(hit);
    if (first)
      select({ kind: 'line', from: first.from, to: first.to, edgeKind: hit.kind === 'edge' || second === undefined ? first.kind : null });
  };
  const onMenu = (hit: Hit | null, x: number, y: number) => {
    if (!hit) return openMenu({ x, y, label: 'Graph', entries: canvasEntries(control) });
    const entries = hit.kind === 'node' ? entityEntries({ id: hit.id, name: nameOf(hit.id) }) : edgeEntries(edgesOf(hit), nameOf);
    openMenu({ x, y, label: 'Actions', entries });
  };
  return (
    <GraphCanvas
      scene={scene}
      positions={positions}
      fitKey={picture.fitKey}
      theme={theme}
      labelMode={labelMode}
      chosen={chosen}
      lit={lit}
      hidesRest={pathMode === 'remove'}
      rightInset={board?.showsPath ? 244 : 0}
      summary={`Graph of ${scene.nodes.length} entities and ${scene.lines.length} connections. Arrow keys walk from node to node, Enter expands, 0 fits. V shows the same as a table.`}
      control={control}
      onPick={onPick}
      onPickMany={(ids) => select({ kind: 'nodes', ids })}
      onOpen={(hit) => (hit.kind === 'node' ? void expand(hit.id) : onPick(hit, false))}
      onMenu={onMenu}
      onMoved={onMoved}
      onHover={() => {}}
    />
  );
}

function canvasEntries(control: React.RefObject<GraphCanvasControl | null>) {
  return [
    { label: 'Fit to window', keys: '0', run: () => control.current?.fit() },
    {
      label: 'Show the whole scope',
      run: () =>
        changeBoard({
          focus: [],
          keep: [],
          hide: [],
          incidentId: '',
          alertIds: [],
          edgeKinds: null,
          entityKinds: null,
          minCount: 0,
          minDegree: 0,
          showsPath: false,
        }),
    },
    'line' as const,
    { label: 'Add graph to case…', keys: 'A', run: () => request({ caseItems: [snapshotItem()] }) },
  ];
}

function edgesOfHit({ scene }: Picture, hit: Hit): readonly GraphEdge[] {
  if (hit.kind === 'line') return scene.lines.find((line) => line.id === hit.id)?.edges ?? [];
  for (const line of scene.lines) {
    const edge = line.edges.find((other) => other.id === hit.id);
    if (edge) return [edge];
  }
  return [];
}
