import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { useAppearance } from './appearance.ts';
import { classNames } from './class-names.ts';
import styles from './table.module.css';
import { nextIndex, toggleRange } from './table-keys.ts';

export type Column<Row> = {
  readonly id: string;
  readonly title: string;
  /** A track of a CSS grid: `minmax(120px, 2fr)`, `90px`. */
  readonly width: string;
  readonly render: (row: Row) => ReactNode;
  readonly isSortable?: boolean;
  readonly align?: 'end';
  /** Title for screen readers only. */
  readonly isTitleHidden?: boolean;
};

export type Sort = { readonly column: string; readonly descending: boolean };

type Props<Row> = {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly columns: readonly Column<Row>[];
  /** Rows in all, when known and more than those at hand. */
  readonly total?: number | null;
  readonly sort?: Sort;
  readonly onSort?: (column: string) => void;
  /** The row under the cursor. */
  readonly activeKey?: string | null;
  readonly onActivate?: (row: Row) => void;
  /** Enter or double click. */
  readonly onOpen?: (row: Row) => void;
  /** Rows with a check mark; leave out for a table without check marks. */
  readonly checked?: ReadonlySet<string>;
  readonly onCheck?: (checked: ReadonlySet<string>) => void;
  /** Called when the last rows come into sight. */
  readonly onEnd?: (() => void) | undefined;
  readonly onContextMenu?: (row: Row) => void;
  readonly rowClass?: (row: Row) => string | undefined;
  readonly empty?: ReactNode;
};

const HEIGHT = { compact: 30, comfortable: 38 } as const;
/** The header stays in sight at the top of the scrolled part. */
const HEADER_HEIGHT = 29;

/** Rows of any number: only those in sight exist. Arrow keys move, Enter opens, Space checks, Shift extends. */
export function Table<Row>(props: Props<Row>) {
  const { rows, rowKey, columns, activeKey = null, checked, onCheck, onEnd } = props;
  const tableId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const anchor = useRef(-1);
  const rowHeight = HEIGHT[useAppearance().density];
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    initialRect: { width: 800, height: 600 },
    scrollMargin: HEADER_HEIGHT,
    scrollPaddingStart: HEADER_HEIGHT,
  });
  const activeIndex = activeKey === null ? -1 : rows.findIndex((row) => rowKey(row) === activeKey);
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? -1;

  // biome-ignore lint/correctness/useExhaustiveDependencies: sizes are measured anew because the height changed.
  useEffect(() => {
    virtual.measure();
  }, [virtual, rowHeight]);
  useEffect(() => {
    if (activeIndex >= 0) virtual.scrollToIndex(activeIndex, { align: 'auto' });
  }, [virtual, activeIndex]);
  useEffect(() => {
    if (lastShown >= rows.length - 20) onEnd?.();
  }, [lastShown, rows.length, onEnd]);

  const check = (index: number, extend: boolean) => {
    if (!checked || !onCheck) return;
    onCheck(toggleRange(checked, rows.map(rowKey), index, extend ? anchor.current : -1));
    anchor.current = index;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    const next = nextIndex(
      event.key,
      activeIndex,
      rows.length,
      Math.max(1, Math.floor((scroller.current?.clientHeight ?? 300) / rowHeight) - 2),
    );
    if (next !== null) {
      event.preventDefault();
      if (event.shiftKey && activeIndex >= 0) check(next, true);
      props.onActivate?.(rows[next]!);
    } else if (event.key === 'Enter' && activeIndex >= 0) props.onOpen?.(rows[activeIndex]!);
    else if (event.key === ' ' && activeIndex >= 0 && checked) {
      event.preventDefault();
      check(activeIndex, false);
    }
  };
  const tracks = `${checked ? '32px ' : ''}${columns.map((column) => column.width).join(' ')}`;
  const isActiveShown = items.some(({ index }) => index === activeIndex);

  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are placed by the scroll position, which a table element does not allow.
    <div
      className={styles.scroller}
      ref={scroller}
      role="grid"
      aria-label={props.label}
      aria-rowcount={(props.total ?? rows.length) + 1}
      aria-multiselectable={checked ? true : undefined}
      aria-activedescendant={isActiveShown ? `${tableId}-${activeIndex}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <Header {...props} tracks={tracks} />
      {rows.length === 0 ? (
        // biome-ignore lint/a11y: the one row that says why there are none.
        <div className={styles.empty} role="row">
          {/* biome-ignore lint/a11y: as above. */}
          <div role="gridcell" className={styles.emptyCell}>
            {props.empty}
          </div>
        </div>
      ) : (
        // biome-ignore lint/a11y/useSemanticElements: as above.
        <div className={styles.canvas} style={{ height: virtual.getTotalSize() }} role="rowgroup">
          {items.map(({ index, start, size }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <TableRow
                key={rowKey(row)}
                {...props}
                row={row}
                id={`${tableId}-${index}`}
                index={index}
                place={{ height: size, transform: `translateY(${start - HEADER_HEIGHT}px)`, gridTemplateColumns: tracks }}
                isActive={index === activeIndex}
                onToggle={(extend) => check(index, extend)}
              />
            );
          })}
        </div>
      )}
    </div>
  );
}

function Header<Row>({ columns, sort, onSort, checked, onCheck, rows, rowKey, tracks }: Props<Row> & { readonly tracks: string }) {
  const isAll = checked !== undefined && rows.length > 0 && checked.size >= rows.length;
  return (
    // biome-ignore lint/a11y/useSemanticElements: as above.
    <div className={styles.head} role="rowgroup">
      {/* biome-ignore lint/a11y: as above; the cells hold the focus. */}
      <div role="row" aria-rowindex={1} className={styles.headRow} style={{ gridTemplateColumns: tracks }}>
        {checked && (
          // biome-ignore lint/a11y: as above.
          <span role="columnheader" className={styles.checkCell}>
            <input
              type="checkbox"
              aria-label="Select all rows"
              checked={isAll}
              onChange={() => onCheck?.(isAll ? new Set() : new Set(rows.map(rowKey)))}
            />
          </span>
        )}
        {columns.map((column) => {
          const direction = sort?.column === column.id ? (sort.descending ? 'descending' : 'ascending') : undefined;
          const title = column.isTitleHidden ? <span className="only-read">{column.title}</span> : column.title;
          return (
            // biome-ignore lint/a11y: as above.
            <span
              key={column.id}
              role="columnheader"
              aria-sort={direction}
              className={classNames(styles.headCell, column.align && styles.end)}
            >
              {column.isSortable && onSort ? (
                <button type="button" className={styles.sort} onClick={() => onSort(column.id)}>
                  {title}
                  {direction === 'descending' && <ArrowDown size={12} aria-hidden="true" />}
                  {direction === 'ascending' && <ArrowUp size={12} aria-hidden="true" />}
                </button>
              ) : (
                title
              )}
            </span>
          );
        })}
      </div>
    </div>
  );
}

type RowProps<Row> = Props<Row> & {
  readonly row: Row;
  readonly id: string;
  readonly index: number;
  readonly place: { readonly height: number; readonly transform: string; readonly gridTemplateColumns: string };
  readonly isActive: boolean;
  readonly onToggle: (extend: boolean) => void;
};

function TableRow<Row>({ row, id, index, place, isActive, onToggle, ...props }: RowProps<Row>) {
  const isChecked = props.checked?.has(props.rowKey(row)) ?? false;
  const onClick = (event: MouseEvent) => {
    if (props.checked && (event.ctrlKey || event.metaKey || event.shiftKey)) onToggle(event.shiftKey);
    else props.onActivate?.(row);
  };
  return (
    // biome-ignore lint/a11y: the grid holds the focus and handles keys for its rows.
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isActive || isChecked}
      className={classNames(styles.row, isActive && styles.active, isChecked && styles.checked, props.rowClass?.(row))}
      style={place}
      onClick={onClick}
      onDoubleClick={() => props.onOpen?.(row)}
      onContextMenu={() => props.onContextMenu?.(row)}
    >
      {props.checked && (
        // biome-ignore lint/a11y: as above.
        <span role="gridcell" className={styles.checkCell}>
          <input
            type="checkbox"
            tabIndex={-1}
            aria-label="Select row"
            checked={isChecked}
            onClick={(event) => event.stopPropagation()}
            onChange={(event) => onToggle((event.nativeEvent as unknown as MouseEvent).shiftKey ?? false)}
          />
        </span>
      )}
      {props.columns.map((column) => (
        // biome-ignore lint/a11y: as above.
        <span key={column.id} role="gridcell" className={classNames(styles.cell, column.align && styles.end)}>
          {column.render(row)}
        </span>
      ))}
    </div>
  );
}
