import type { Analysis } from './analysis.ts';
import { printable } from './output.ts';

/** The analysis for reading in a terminal. */
export function tabulateAnalysis(analysis: Analysis): string {
  const sections = [filesSection(analysis), alertsSection(analysis), incidentsSection(analysis), cannotFireSection(analysis)];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function filesSection({ imports }: Analysis): string {
  const rows = imports.map(({ path, format, read, stored, duplicate, rejected, state }) => [
    path,
    format || '-',
    read,
    stored,
    duplicate,
    rejected,
    state,
  ]);
  return `FILES\n${table(['path', 'format', 'read', 'stored', 'duplicate', 'rejected', 'state'], rows, [2, 3, 4, 5])}`;
}

function alertsSection({ alerts }: Analysis): string {
  if (alerts.length === 0) return 'ALERTS\nnone';
  const rows = alerts.map(({ firstAt, severity, confidence, detection, summary }) => [
    seconds(firstAt),
    severity,
    confidence,
    detection,
    summary,
  ]);
  return `ALERTS (times in UTC)\n${table(['first', 'severity', 'confidence', 'detection', 'what was seen'], rows)}`;
}

function incidentsSection({ incidents }: Analysis): string {
  if (incidents.length === 0) return '';
  const rows = incidents.map(({ firstAt, lastAt, severity, alertIds, title }) => [
    seconds(firstAt),
    seconds(lastAt),
    severity,
    alertIds.length,
    title,
  ]);
  return `INCIDENTS (times in UTC)\n${table(['first', 'last', 'severity', 'alerts', 'title'], rows, [3])}`;
}

function cannotFireSection({ cannotFire }: Analysis): string {
  if (cannotFire.length === 0) return '';
  return `COULD NOT HAVE FIRED ON THIS EVIDENCE\n${table(
    ['detection', 'reason'],
    cannotFire.map(({ detection, reason }) => [detection, reason]),
  )}`;
}

function seconds(moment: string): string {
  return moment.slice(0, 19).replace('T', ' ');
}

/** Columns as wide as their widest cell, numbers to the right; the last column may run on. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[], numeric: readonly number[] = []): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => printable(String(cell))));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  return cells
    .map((row) =>
      row.map((cell, column) => (numeric.includes(column) ? cell.padStart(widths[column]) : cell.padEnd(widths[column]))).join('  '),
    )
    .map((line) => `  ${line.trimEnd()}`)
    .join('\n');
}
