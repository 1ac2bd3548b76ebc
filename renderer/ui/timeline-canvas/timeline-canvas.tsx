import { type KeyboardEvent, type PointerEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useAppearance } from '../appearance.ts';
import { formatCounted } from '../number-format.ts';
import { formatTime, zoneLabel } from '../time-format.ts';
import { paintStrip } from './paint-strip.ts';
import { readStripColors } from './strip-colors.ts';
import type { StripModel } from './strip-model.ts';
import { bucketAt, pressStripKey, type StripEvents, StripPointer } from './strip-pointer.ts';
import styles from './timeline-canvas.module.css';

type Props = StripEvents & { readonly model: StripModel };

/** Time strip: histogram with a brush, alert marks and an overview. Painted at most once a frame. */
export function TimelineCanvas(props: Props) {
  const { model } = props;
  const { theme } = useAppearance();
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef(props);
  useLayoutEffect(() => {
    latest.current = props;
  });
  const [pointer] = useState(
    () =>
      new StripPointer(() => latest.current.model, {
        onBrush: (brush, isFinal) => latest.current.onBrush(brush, isFinal),
        onView: (view) => latest.current.onView(view),
        onMark: (id) => latest.current.onMark(id),
      }),
  );
  const [readout, setReadout] = useState<{ readonly x: number; readonly text: string } | null>(null);
  const repaint = useStripPainting(canvas, frame, latest);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new model or theme is a new picture
  useEffect(repaint, [repaint, model, theme]);

  useEffect(() => {
    const element = frame.current!;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      pointer.wheel(event.offsetX, element.clientWidth, event.deltaX, event.deltaY, event.shiftKey);
    };
    // React listens passively, and a passive listener may not keep the page from scrolling.
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [pointer]);

  const place = (event: PointerEvent) => {
    const box = frame.current!.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top, width: box.width, height: box.height };
  };
  const onPointerMove = (event: PointerEvent) => {
    const { x, y, width, height } = place(event);
    if (pointer.isDragging) pointer.move(x, width);
    else frame.current!.dataset.grip = pointer.hover(x, y, width, height);
    setReadout({ x: Math.min(Math.max(x, 0), width), text: readoutText(latest.current.model, x, width) });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (pressStripKey(event.key, event.shiftKey, latest.current.model, latest.current)) event.preventDefault();
  };

  return (
    <div
      ref={frame}
      className={styles.strip}
      role="slider"
      tabIndex={0}
      aria-label="Time strip. Arrow keys shift, plus and minus zoom, Shift with arrow keys moves the range, Delete clears it."
      aria-valuemin={model.total.from}
      aria-valuemax={model.total.to}
      aria-valuenow={model.brush?.from ?? model.view.from}
      aria-valuetext={spokenRange(model)}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.button === 2) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const { x, y, width, height } = place(event);
        pointer.press(x, y, width, height, event.button === 1 || event.shiftKey || event.altKey);
      }}
      onPointerMove={onPointerMove}
      onPointerUp={(event) => {
        const { x, width } = place(event);
        pointer.release(x, width);
      }}
      onPointerLeave={() => setReadout(null)}
      onDoubleClick={() => props.onBrush(null, true)}
    >
      <canvas ref={canvas} className={styles.canvas} />
      {readout && readout.text !== '' && <Readout {...readout} />}
    </div>
  );
}

function Readout({ x, text }: { readonly x: number; readonly text: string }) {
  const isRight = x > 320;
  return (
    <div className={styles.readout} style={isRight ? { left: x - 10, transform: 'translateX(-100%)' } : { left: x + 10 }}>
      {text}
    </div>
  );
}

function readoutText(model: StripModel, x: number, width: number): string {
  const bucket = bucketAt(model, x, width);
  if (!bucket) return '';
  const precision = bucket.to - bucket.from < 1_000_000 ? 'millisecond' : 'second';
  return `${formatTime(bucket.from, model.zone, precision)} to ${formatTime(bucket.to, model.zone, precision).slice(11)} ${zoneLabel(model.zone, bucket.from)}: ${formatCounted(bucket.count, 'event')}`;
}

function spokenRange({ brush, view, zone }: StripModel): string {
  const shown = brush ?? view;
  return `${brush ? 'Range' : 'Showing'} ${formatTime(shown.from, zone)} to ${formatTime(shown.to, zone)} ${zoneLabel(zone, shown.from)}`;
}

function useStripPainting(
  canvas: React.RefObject<HTMLCanvasElement | null>,
  frame: React.RefObject<HTMLDivElement | null>,
  latest: React.RefObject<Props>,
): () => void {
  const asked = useRef(0);
  const [repaint] = useState(() => () => {
    cancelAnimationFrame(asked.current);
    asked.current = requestAnimationFrame(() => {
      const element = canvas.current;
      const paint = element?.getContext('2d');
      if (!element || !paint || !frame.current) return;
      const ratio = devicePixelRatio;
      const { clientWidth, clientHeight } = frame.current;
      const width = Math.max(1, Math.round(clientWidth * ratio));
      const height = Math.max(1, Math.round(clientHeight * ratio));
      if (element.width !== width) element.width = width;
      if (element.height !== height) element.height = height;
      paint.setTransform(ratio, 0, 0, ratio, 0, 0);
      paintStrip(paint, latest.current.model, readStripColors(), clientWidth, clientHeight);
    });
  });
  useEffect(() => {
    const observer = new ResizeObserver(repaint);
    observer.observe(frame.current!);
    return () => {
      observer.disconnect();
      cancelAnimationFrame(asked.current);
    };
  }, [repaint, frame]);
  return repaint;
}
