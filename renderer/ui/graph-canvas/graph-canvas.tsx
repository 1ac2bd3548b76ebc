import { type KeyboardEvent, type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import styles from './graph-canvas.module.css';
import { GraphSurface, type Hit, type SurfaceEvents } from './graph-surface.ts';
import { nextInDirection } from './next-in-direction.ts';
import type { LabelMode } from './overlay.ts';
import type { Positions, Scene } from './scene.ts';

export type GraphCanvasControl = {
  fit(ids?: readonly string[]): void;
  reveal(id: string): void;
  zoomBy(factor: number): void;
};

type Props = SurfaceEvents & {
  readonly scene: Scene;
  readonly positions: Positions;
  /** Changes when the view should be fitted anew: another board, another layout. */
  readonly fitKey: string;
  readonly theme: string;
  readonly labelMode: LabelMode;
  readonly chosen: ReadonlySet<string>;
  readonly lit: ReadonlySet<string> | null;
  readonly hidesRest: boolean;
  readonly rightInset: number;
  /** What a screen reader says of the picture; the table twin holds the same rows. */
  readonly summary: string;
  readonly control: Ref<GraphCanvasControl>;
};

const DIRECTIONS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export function GraphCanvas(props: Props) {
  const { scene, positions, fitKey, theme, labelMode, chosen, lit, hidesRest, rightInset, summary, control } = props;
  const frame = useRef<HTMLDivElement>(null);
  const drawing = useRef<HTMLDivElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const surface = useRef<GraphSurface | null>(null);
  const latest = useRef<SurfaceEvents>(props);
  useLayoutEffect(() => {
    latest.current = props;
  });

  useLayoutEffect(() => {
    const made = new GraphSurface(frame.current!, drawing.current!, overlay.current!, {
      onPick: (hit, adds) => latest.current.onPick(hit, adds),
      onPickMany: (ids) => latest.current.onPickMany(ids),
      onOpen: (hit) => latest.current.onOpen(hit),
      onMenu: (hit, x, y) => latest.current.onMenu(hit, x, y),
      onMoved: (moved) => latest.current.onMoved(moved),
      onHover: (hit) => latest.current.onHover(hit),
    });
    surface.current = made;
    return () => {
      made.destroy();
      surface.current = null;
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme changes what the tokens say
  useEffect(() => surface.current?.refreshTheme(), [theme]);
  const fitted = useRef('');
  useLayoutEffect(() => {
    if (surface.current) surface.current.rightInset = rightInset;
    const isNewPicture = fitted.current !== fitKey;
    surface.current?.setScene(scene, positions, !isNewPicture);
    if (isNewPicture && scene.nodes.length > 0) {
      fitted.current = fitKey;
      surface.current?.fit();
    }
  }, [scene, positions, fitKey, rightInset]);
  useLayoutEffect(() => surface.current?.setLook({ labelMode, chosen, lit, hidesRest }), [labelMode, chosen, lit, hidesRest]);
  useImperativeHandle(control, () => ({
    fit: (ids) => surface.current?.fit(ids),
    reveal: (id) => surface.current?.reveal(id),
    zoomBy: (factor) => surface.current?.zoomBy(factor),
  }));

  const onKeyDown = (event: KeyboardEvent) => {
    const direction = DIRECTIONS[event.key];
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (direction && event.shiftKey) surface.current?.panBy(-direction[0] * 60, -direction[1] * 60);
    else if (direction) pickNext(direction);
    else if (event.key === '+' || event.key === '=') surface.current?.zoomBy(1.25);
    else if (event.key === '-') surface.current?.zoomBy(0.8);
    else if (event.key === '0') surface.current?.fit();
    else if (event.key === 'Enter' && chosen.size > 0) latest.current.onOpen(hitOf(scene, [...chosen][0]));
    else return;
    event.preventDefault();
  };
  const pickNext = (direction: readonly [number, number]) => {
    const next = nextInDirection(
      scene.nodes.map((node) => node.id),
      positions,
      [...chosen][0] ?? '',
      direction,
    );
    if (next === '') return;
    latest.current.onPick({ kind: 'node', id: next }, false);
    surface.current?.reveal(next);
  };

  return (
    <div
      ref={frame}
      className={styles.frame}
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes the focus, its arrow keys walk the graph
      tabIndex={0}
      aria-label={summary}
      onKeyDown={onKeyDown}
      onContextMenu={(event) => event.preventDefault()}
    >
      <div ref={drawing} className={styles.drawing} />
      <canvas ref={overlay} className={styles.overlay} />
    </div>
  );
}

function hitOf(scene: Scene, id: string): Hit {
  if (scene.nodes.some((node) => node.id === id)) return { kind: 'node', id };
  return {
    kind: scene.lines.some((line) => line.id === id) ? 'line' : 'edge',
    id,
  };
}
