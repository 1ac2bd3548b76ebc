/** Where a key leads in a list of `count` rows; null when the key does not move. */
export function nextIndex(key: string, current: number, count: number, page: number): number | null {
  if (count === 0) return null;
  const clamp = (index: number) => Math.max(0, Math.min(count - 1, index));
  switch (key) {
    case 'ArrowDown':
      return clamp(current + 1);
    case 'ArrowUp':
      return current < 0 ? 0 : clamp(current - 1);
    case 'PageDown':
      return clamp(current + page);
    case 'PageUp':
      return clamp(current - page);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

/** Toggles the row at `index`, or checks all from `anchor` to it when there is one (Shift). */
export function toggleRange(checked: ReadonlySet<string>, keys: readonly string[], index: number, anchor: number): ReadonlySet<string> {
  const next = new Set(checked);
  if (anchor >= 0 && anchor < keys.length) {
    for (let at = Math.min(anchor, index); at <= Math.max(anchor, index); at += 1) next.add(keys[at]!);
    return next;
  }
  const key = keys[index];
  if (key === undefined) return next;
  if (!next.delete(key)) next.add(key);
  return next;
}

/** The row `steps` away from the one with `key`; the first row when there is none. */
export function rowAtStep<Row>(rows: readonly Row[], rowKey: (row: Row) => string, key: string | null, steps: number): Row | undefined {
  const current = key === null ? -1 : rows.findIndex((row) => rowKey(row) === key);
  if (current < 0) return rows[0];
  return rows[Math.max(0, Math.min(rows.length - 1, current + steps))];
}
