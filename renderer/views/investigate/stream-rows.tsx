import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import type { EventRow } from '../../../shared/model/event.ts';
import { useAppearance } from '../../ui/appearance.ts';
import { classNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { LoadingState } from '../../ui/loading-state.tsx';
import { formatCount } from '../../ui/number-format.ts';
import { formatTime, zoneLabel } from '../../ui/time-format.ts';
import { openMenu } from './action-menu.tsx';
import { selectEvent } from './actions.ts';
import { eventEntries } from './menus.ts';
import { useInvestigate } from './store.ts';
import styles from './stream-rows.module.css';
import type { useEventFeed } from './use-event-feed.ts';
import { eventKindWords } from './words.ts';

const ROW_HEIGHT = { compact: 24, comfortable: 30 } as const;
const NEAR_END = 30;

type Props = {
  readonly feed: ReturnType<typeof useEventFeed>;
  /** Moment that context tabs are about; its row is marked. */
  readonly cursorAt: number | null;
  readonly total: number | null;
};

/** Rows of the stream; only those in sight exist, and both ends load more by themselves. */
export function StreamRows({ feed, cursorAt, total }: Props) {
  const { state } = feed;
  const { rows } = state;
  const { density, zone } = useAppearance();
  const { selection, stream } = useInvestigate();
  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = ROW_HEIGHT[density];
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 16,
    initialRect: { width: 800, height: 300 },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another density has other heights
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  useKeepPlace(scroller, state.frontShift, rowHeight, rows.length > 0 ? state.isOld : true);
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (state.isOld || state.isLoading) return;
    if (last >= rows.length - NEAR_END && state.canLoadAfter) feed.loadAfter();
    else if (first < NEAR_END && state.canLoadBefore) feed.loadBefore();
  });

  const selected = selection.kind === 'event' ? rows.findIndex((row) => row.index === selection.index) : -1;
  useEffect(() => {
    if (selected >= 0) virtual.scrollToIndex(selected, { align: 'auto' });
  }, [virtual, selected]);
  const chosenIds = new Set(
    selection.kind === 'nodes' && !stream.onlySelection ? selection.ids : selection.kind === 'alert' ? selection.entities : [],
  );

  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 200) / rowHeight) - 1);
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -rows.length, End: rows.length }[event.key];
    if (by === undefined || event.altKey || rows.length === 0) return;
    event.preventDefault();
    selectEvent(rows[Math.min(rows.length - 1, Math.max(0, selected + by))]);
  };
  const onContextMenu = (event: MouseEvent) => {
    const row = rowOf(event.target, rows);
    if (!row) return;
    event.preventDefault();
    selectEvent(row);
    const column = (event.target as Element).closest<HTMLElement>('[data-column]')?.dataset.column ?? '';
    openMenu({ x: event.clientX, y: event.clientY, label: 'Actions', entries: eventEntries(row, column) });
  };
  const missed = total !== null && !state.canLoadAfter && !state.canLoadBefore && !state.isLoading ? total - rows.length : 0;

  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are placed by the scroll position, which a table element does not allow
    <div
      className={styles.frame}
      role="grid"
      aria-label="Events"
      aria-rowcount={total ?? -1}
      aria-activedescendant={selected >= first && selected <= last && selected >= 0 ? `event-row-${rows[selected].index}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onContextMenu={onContextMenu}
    >
      <HeadRow zone={zoneLabel(zone, rows[0]?.at ?? 0)} />
      {missed > 0 && (
        <button type="button" className={styles.newRows} onClick={feed.reload}>
          {formatCount(missed)} new
        </button>
      )}
      {/* biome-ignore lint/a11y: as above; a scrolled part must be reachable by keyboard */}
      <div ref={scroller} className={classNames(styles.scroller, state.isOld && styles.old)} role="rowgroup" tabIndex={0}>
        <div className={styles.canvas} style={{ height: virtual.getTotalSize() }} role="presentation">
          {items.map(({ index, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <Row
                key={row.index}
                row={row}
                zone={zone}
                top={start}
                height={rowHeight}
                isSelected={index === selected}
                isRelated={row.at === cursorAt || isRelated(row, chosenIds)}
                isNewDay={index > 0 && formatTime(row.at, zone, 'day') !== formatTime(rows[index - 1].at, zone, 'day')}
              />
            );
          })}
        </div>
        <Below feed={feed} />
      </div>
    </div>
  );
}

function Below({ feed }: { readonly feed: Props['feed'] }) {
  const { state } = feed;
  if (state.error) return <ErrorState error={state.error} onRetry={feed.reload} />;
  if (state.rows.length > 0) return null;
  if (state.isLoading) return <LoadingState label="Reading events" />;
  return (
    <EmptyState title="No events here">
      Nothing matches range, selection and filters together. Remove a filter, clear the range on the strip below, or press Esc to clear the
      selection.
    </EmptyState>
  );
}

/** Keeps what is in sight in sight when rows are put before it, and begins at the top of a new question. */
function useKeepPlace(scroller: React.RefObject<HTMLDivElement | null>, frontShift: number, rowHeight: number, isOld: boolean): void {
  const before = useRef(frontShift);
  const wasOld = useRef(isOld);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    if (wasOld.current && !isOld) element.scrollTop = frontShift * rowHeight;
    else if (frontShift !== before.current && frontShift !== 0) element.scrollTop += (frontShift - before.current) * rowHeight;
    before.current = frontShift;
    wasOld.current = isOld;
  }, [scroller, frontShift, rowHeight, isOld]);
}

function isRelated(row: EventRow, ids: ReadonlySet<string>): boolean {
  if (ids.size === 0) return false;
  return [row.actor, row.target, row.counterpart, row.source, row.host].some((label) => label !== null && ids.has(label.id));
}

function rowOf(target: EventTarget, rows: readonly EventRow[]): EventRow | undefined {
  const id = (target as Element).closest<HTMLElement>('[data-index]')?.dataset.index;
  return id === undefined ? undefined : rows.find((row) => row.index === Number(id));
}

function HeadRow({ zone }: { readonly zone: string }) {
  return (
    // biome-ignore lint/a11y: a row of the grid above, which holds the focus
    <div className={classNames(styles.row, styles.head)} role="row">
      {['Time', 'Kind', 'Summary', 'Actor', 'Target', 'Host', 'Source', 'Event', 'Record'].map((title) => (
        // biome-ignore lint/a11y: as above
        <span key={title} role="columnheader" className={styles[title.toLowerCase()]}>
          {title}
          {title === 'Time' && <span className={styles.zone}> {zone}</span>}
        </span>
      ))}
    </div>
  );
}

type RowProps = {
  readonly row: EventRow;
  readonly zone: string;
  readonly top: number;
  readonly height: number;
  readonly isSelected: boolean;
  readonly isRelated: boolean;
  readonly isNewDay: boolean;
};

function Row({ row, zone, top, height, isSelected, isRelated, isNewDay }: RowProps) {
  const time = formatTime(row.at, zone, 'millisecond');
  return (
    // biome-ignore lint/a11y: the grid holds the focus and handles keys for its rows
    <div
      id={`event-row-${row.index}`}
      role="row"
      data-index={row.index}
      aria-selected={isSelected}
      className={classNames(
        styles.row,
        styles.entry,
        isSelected && styles.selected,
        isRelated && styles.related,
        isNewDay && styles.newDay,
      )}
      style={{ transform: `translateY(${top}px)`, height }}
      onClick={() => selectEvent(row)}
    >
      <Cell column="time">
        <span className={styles.day}>{time.slice(0, 10)}</span> {time.slice(11)}
      </Cell>
      <Cell column="kind">{eventKindWords(row.kind)}</Cell>
      <Cell column="summary" title={row.summary} look={row.outcome === 'failure' && styles.failed}>
        {row.outcome === 'failure' && <span className={styles.mark}>✕ </span>}
        {row.summary}
      </Cell>
      <TextCell column="actor" text={row.actor?.name} />
      <TextCell column="target" text={row.target?.name} />
      <TextCell column="host" text={row.host?.name ?? row.computer} />
      <TextCell column="source" text={row.source?.name} />
      <TextCell column="event" text={String(row.eventId)} />
      <TextCell column="record" text={String(row.recordId)} />
    </div>
  );
}

type CellProps = {
  readonly column: string;
  readonly title?: string;
  readonly look?: string | false | undefined;
  readonly children: ReactNode;
};

function Cell({ column, title, look, children }: CellProps) {
  return (
    // biome-ignore lint/a11y: as above
    <span role="gridcell" className={classNames(styles[column], look)} data-column={column} title={title}>
      {children}
    </span>
  );
}

function TextCell({ column, text = '' }: { readonly column: string; readonly text?: string | undefined }) {
  return (
    <Cell column={column} title={text}>
      {text}
    </Cell>
  );
}
