import { printable } from '../output.ts';
import type { LabelScore, Recall, Score } from './score-corpus.ts';

/** The score for a person to read: recall by label, what was missed, and the alerts on benign evidence. */
export function tabulateScore({ files, events, labels, total, benign }: Score): string {
  const width = Math.max(5, ...[...labels.keys()].map((label) => label.length));
  const row = (label: string, { content, name }: Pick<LabelScore, 'content' | 'name'>) =>
    `${label.padEnd(width)}  ${cells(content)}  ${cells(name)}`;
  const lines = [
    `${files} files, ${events} events`,
    '',
    `${''.padEnd(width)}  ${'content'.padEnd(24)}  name`,
    `${'label'.padEnd(width)}  expected  found  recall   expected  found  recall`,
  ];
  for (const [label, score] of labels) {
    lines.push(`${row(label, score)}${score.detections.length === 0 ? '  no detection' : ''}`);
    for (const kind of ['content', 'name'] as const) for (const path of score[kind].missed) lines.push(`    missed (${kind}): ${path}`);
  }
  lines.push(row('total', total), '', `benign: ${benign.files} files, ${benign.events} events; alerts beyond what the labels allow:`);
  for (const [severity, { alerts, per100000Events }] of benign.bySeverity)
    lines.push(`  ${severity.padEnd(14)} ${String(alerts).padStart(6)}  ${per100000Events.toFixed(2)} per 100,000 events`);
  for (const { severity, detection, path, summary } of benign.beyond) lines.push(`    ${severity} ${detection} ${path}: ${summary}`);
  return `${lines.map((line) => printable(line).trimEnd()).join('\n')}\n`;
}

function cells(recall: Recall): string {
  const percent = recallPercent(recall);
  return `${String(recall.expected).padStart(8)}  ${String(recall.found).padStart(5)}  ${(percent === null ? '-' : `${percent} %`).padStart(7)}`;
}

/** In percent with one decimal; null where nothing was expected. */
export function recallPercent({ expected, found }: Recall): number | null {
  return expected === 0 ? null : Math.round((1000 * found) / expected) / 10;
}
