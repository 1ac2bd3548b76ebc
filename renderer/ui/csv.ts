export type CsvColumn<Row> = { readonly title: string; readonly value: (row: Row) => string | number };

/**
 * RFC 4180 with a byte order mark, so that spreadsheets read it as UTF-8. Cells that a spreadsheet would run as a formula get a quote mark
 * in front: evidence comes from the attacker.
 */
export function formatCsv<Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[]): string {
  const lines = [
    columns.map((column) => formatCell(column.title)),
    ...rows.map((row) => columns.map((column) => formatCell(column.value(row)))),
  ];
  return `\uFEFF${lines.map((cells) => cells.join(',')).join('\r\n')}\r\n`;
}

function formatCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
