import { parseCsv } from '../../lib/parse-csv.ts';
import type { Json, ReadAlert } from './imported-record.ts';
import { readerOf } from './read-object.ts';

const MOST_COLUMNS = 400;
const DELIMITERS = [',', ';', '\t'] as const;

/** Rows of one file of CSV; the first is its header. */
export class TableReader {
  #columns: readonly string[] | null = null;
  #delimiter = ',';

  /** Null for the header. */
  read(text: string): ReadAlert | null {
    if (this.#columns === null) {
      const header = headerOf(text);
      this.#columns = header.columns;
      this.#delimiter = header.delimiter;
      return null;
    }
    const cells = parseCsv(text, this.#delimiter)[0]?.cells ?? [];
    if (cells.length > this.#columns.length)
      return `Expected ${this.#columns.length} values, one for each column; this row has ${cells.length}.`;
    const row: Json = Object.fromEntries(this.#columns.map((column, at) => [column, cells[at] ?? '']));
    return readerOf(row)?.(row) ?? 'Expected a row of AlertInfo, AlertEvidence or SecurityAlert.';
  }
}

/** Whether this first line names the columns of a table of alerts. */
export function isAlertHeader(line: string): boolean {
  const { columns } = headerOf(line);
  return columns.length > 2 && readerOf(Object.fromEntries(columns.map((column) => [column.replace(/\s*\[UTC\]$/i, ''), '']))) !== null;
}

function headerOf(line: string): { columns: readonly string[]; delimiter: string } {
  const plain = line.replace(/^\uFEFF/, '');
  const [delimiter] = [...DELIMITERS].sort((a, b) => plain.split(b).length - plain.split(a).length);
  const cells = (parseCsv(plain, delimiter)[0]?.cells ?? []).slice(0, MOST_COLUMNS);
  return { columns: cells.map((cell, at) => cell.trim() || `Column ${at + 1}`), delimiter };
}
