import { type KeyboardEvent, useRef, useState } from 'react';
import type { BlindHost } from '../../../shared/model/blind-spot.ts';
import { formatMoment, type Micros } from '../../../shared/model/time.ts';
import { Badge } from '../../ui/badge.tsx';
import { classNames } from '../../ui/class-names.ts';
import styles from './blind-spots.module.css';
import { DEGREE, degreeAt } from './blind-words.ts';

export type Cell = { readonly host: string; readonly day: Micros };

type Props = {
  readonly days: readonly Micros[];
  readonly rows: readonly BlindHost[];
  readonly chosen: Cell | null;
  readonly onChoose: (cell: Cell) => void;
};

const STEPS: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  Home: [0, -1_000],
  End: [0, 1_000],
  PageUp: [-10, 0],
  PageDown: [10, 0],
};

/** Hosts by UTC days, a button each. One stop of the Tab key; arrow keys move from cell to cell, Enter tells the reasons. */
export function BlindGrid({ days, rows, chosen, onChoose }: Props) {
  const table = useRef<HTMLTableElement>(null);
  const [cursor, setCursor] = useState<readonly [row: number, column: number]>([0, 0]);
  const at = [Math.min(cursor[0], rows.length - 1), Math.min(cursor[1], days.length - 1)] as const;
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const row = Math.max(0, Math.min(rows.length - 1, at[0] + step[0]));
    const column = Math.max(0, Math.min(days.length - 1, at[1] + step[1]));
    setCursor([row, column]);
    table.current?.querySelector<HTMLElement>(`[data-place="${row}-${column}"]`)?.focus();
  };
  return (
    <table className={styles.grid} aria-label="Hosts by days" ref={table} onKeyDown={onKeyDown}>
      <Days days={days} />
      <tbody>
        {rows.map((row, rowIndex) => (
          <tr key={row.host}>
            <th scope="row" className={styles.host} title={row.host}>
              <span className={styles.hostName}>{row.hostName}</span>
              {row.isController && <Badge>DC</Badge>}
            </th>
            {row.degrees.map((index, column) => {
              const degree = degreeAt(index);
              const day = days[column]!;
              const words = `${row.hostName}, ${dayWords(day)}: ${DEGREE[degree].word}`;
              const isChosen = chosen?.host === row.host && chosen.day === day;
              return (
                <td key={day}>
                  <button
                    type="button"
                    className={classNames(styles.cell, styles[degree], isChosen && styles.chosen)}
                    data-place={`${rowIndex}-${column}`}
                    tabIndex={rowIndex === at[0] && column === at[1] ? 0 : -1}
                    aria-label={words}
                    aria-pressed={isChosen}
                    title={words}
                    onFocus={() => setCursor([rowIndex, column])}
                    onClick={() => onChoose({ host: row.host, day })}
                  >
                    {DEGREE[degree].sign}
                  </button>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Days({ days }: { readonly days: readonly Micros[] }) {
  const months = new Map<string, number>();
  for (const day of days) months.set(dayWords(day).slice(0, 7), (months.get(dayWords(day).slice(0, 7)) ?? 0) + 1);
  return (
    <thead>
      <tr>
        <th className={styles.corner} rowSpan={2} scope="col">
          Host
        </th>
        {[...months].map(([month, count]) => (
          <th key={month} colSpan={count} className={styles.month} scope="colgroup">
            {count > 1 ? month : month.slice(2)}
          </th>
        ))}
      </tr>
      <tr>
        {days.map((day) => (
          <th key={day} className={styles.day} scope="col" title={`${dayWords(day)} UTC`}>
            {dayWords(day).slice(8)}
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** `2026-11-04`: the day as UTC counts it, whatever zone is on screen. */
export function dayWords(day: Micros): string {
  return formatMoment(day).slice(0, 10);
}
