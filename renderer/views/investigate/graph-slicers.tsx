import { useEffect, useState } from 'react';
import { ENTITY_KINDS, type EntityKind } from '../../../shared/model/entity.ts';
import type { GraphView } from '../../../shared/model/graph.ts';
import { ENTITY_WORDS } from '../../ui/entity-icon.tsx';
import { formatCount } from '../../ui/number-format.ts';
import styles from './graph-slicers.module.css';
import type { Board } from './state.ts';
import { changeBoard } from './store.ts';

/** Sliders and switches of a board, with what they leave (pattern 5). */
export function GraphSlicers({ board, view }: { readonly board: Board; readonly view: GraphView | null }) {
  return (
    <div className={styles.slicers}>
      <Slider
        label="At least so many records an edge"
        value={Math.max(1, board.minCount)}
        steps={COUNTS}
        onChange={(minCount) => changeBoard({ minCount })}
      />
      <Slider
        label="At least so many neighbors"
        value={Math.max(1, board.minDegree)}
        steps={DEGREES}
        onChange={(minDegree) => changeBoard({ minDegree })}
      />
      <Slider
        label="Bundle fan-outs of more than"
        value={board.bundleFrom}
        steps={BUNDLES}
        onChange={(bundleFrom) => changeBoard({ bundleFrom })}
        offAt={0}
      />
      <Slider label="Nodes at most" value={board.maxNodes} steps={NODES} onChange={(maxNodes) => changeBoard({ maxNodes })} />
      {board.focus.length > 0 && (
        <Slider label="Hops around the focus" value={board.depth} steps={[0, 1, 2, 3, 4]} onChange={(depth) => changeBoard({ depth })} />
      )}
      <KindSwitches board={board} />
      <label className={styles.check}>
        <input type="checkbox" checked={board.alertsOnly} onChange={(event) => changeBoard({ alertsOnly: event.target.checked })} />
        Only edges with alerts
      </label>
      <label className={styles.check}>
        <input type="checkbox" checked={board.machineTraffic} onChange={(event) => changeBoard({ machineTraffic: event.target.checked })} />
        Traffic of machine accounts
      </label>
      {view && (
        <p className={styles.left} role="status">
          Leaves {formatCount(view.shown.nodes)} nodes and {formatCount(view.shown.edges)} edges of {formatCount(view.inScope.nodes)} and{' '}
          {formatCount(view.inScope.edges)}
        </p>
      )}
    </div>
  );
}

const COUNTS = [1, 2, 3, 5, 10, 20, 50, 100, 500, 1_000, 10_000];
const DEGREES = [1, 2, 3, 4, 5, 8, 12, 20, 50];
const BUNDLES = [0, 4, 8, 12, 20, 50, 100, 200];
const NODES = [25, 50, 100, 150, 250, 500, 1_000, 2_000];

type SliderProps = {
  readonly label: string;
  readonly value: number;
  readonly steps: readonly number[];
  onChange(value: number): void;
  readonly offAt?: number;
};

function Slider({ label, value, steps, onChange, offAt }: SliderProps) {
  const [position, setPosition] = useState(() => nearest(steps, value));
  useEffect(() => setPosition(nearest(steps, value)), [steps, value]);
  useEffect(() => {
    if (steps[position] === value || nearest(steps, value) === position) return;
    const timer = setTimeout(() => onChange(steps[position]), 120);
    return () => clearTimeout(timer);
  }, [position, steps, value, onChange]);
  const shown = steps[position];
  return (
    <label className={styles.slider}>
      <span>{label}</span>
      <output>{shown === offAt ? 'off' : formatCount(shown)}</output>
      <input
        type="range"
        min={0}
        max={steps.length - 1}
        step={1}
        value={position}
        aria-valuetext={String(shown)}
        onChange={(event) => setPosition(Number(event.target.value))}
      />
    </label>
  );
}

function nearest(steps: readonly number[], value: number): number {
  return steps.reduce((best, step, index) => (Math.abs(step - value) < Math.abs(steps[best] - value) ? index : best), 0);
}

function KindSwitches({ board }: { readonly board: Board }) {
  const drawn = board.entityKinds ?? ENTITY_KINDS;
  const toggle = (kind: EntityKind) => {
    const next = drawn.includes(kind) ? drawn.filter((other) => other !== kind) : [...drawn, kind];
    changeBoard({ entityKinds: next.length === ENTITY_KINDS.length || next.length === 0 ? null : next });
  };
  return (
    <div className={styles.kinds}>
      {ENTITY_KINDS.map((kind) => (
        <label key={kind} className={styles.check}>
          <input type="checkbox" checked={drawn.includes(kind)} onChange={() => toggle(kind)} />
          {ENTITY_WORDS[kind]}
        </label>
      ))}
    </div>
  );
}
