import { type AlertDetail, type AlertRow, type AlertShelf, shelfOf } from '../../../shared/model/alert.ts';
import { formatMoment } from '../../../shared/model/time.ts';
import { CLASSIFICATION_WORDS, ROLE_WORDS, STATUS_WORDS } from '../../ui/alert-words.ts';
import type { CsvColumn } from '../../ui/csv.ts';
import { SEVERITY_WORDS } from '../../ui/severity-mark.tsx';
import { techniqueName } from '../../ui/technique-list.tsx';

const STANDING: Readonly<Record<AlertShelf, string>> = {
  queue: '',
  test: 'Of a detection in test mode: it does not count',
  hidden: 'Hidden by an exclusion: it does not count',
};

/** An alert as plain text for a ticket or a mail; times in UTC with all digits. */
export function alertAsText({ row, whatHappened, whyItMatters, conditions, evidence, firstResponse }: AlertDetail): string {
  const lines = [
    `${row.title}${row.externalId === null ? '' : ` (external id ${row.externalId})`}`,
    `Severity ${SEVERITY_WORDS[row.severity]}, confidence ${row.confidence}, status ${STATUS_WORDS[row.status]}, classification ${CLASSIFICATION_WORDS[row.classification]}`,
    `From ${formatMoment(row.firstAt)} to ${formatMoment(row.lastAt)}`,
    `Techniques: ${row.techniques.map((id) => `${id} ${techniqueName(id)}`).join(', ')}`,
    `Alert id ${row.id}, detection ${row.detection}`,
    ...(row.imported ? [`Imported from ${row.imported.product}`] : []),
    ...(STANDING[shelfOf(row)] === '' ? [] : [STANDING[shelfOf(row)]]),
    '',
    whatHappened,
    whyItMatters,
    '',
    'Entities',
    ...row.entities.map(({ name, role, id }) => `- ${name} (${ROLE_WORDS[role]}, ${id})`),
    '',
    'Conditions',
    ...conditions.map(({ name, found, required }) => `- ${name}: ${found} (required ${required})`),
    '',
    `Evidence (${evidence.length} of ${row.evidenceCount} records)`,
    ...evidence.flatMap((one) => [
      `- ${formatMoment(one.at, one.tick)} event ${one.eventId} on ${one.computer}, record ${one.recordId} of ${one.file}`,
      ...one.fields.map(([name, value, meaning]) => `    ${name} = ${value}${meaning ? ` (${meaning})` : ''}`),
    ]),
    '',
    'First response',
    ...firstResponse.map((step, index) => `${index + 1}. ${step}`),
  ];
  if (row.comment) lines.push('', 'Comment', row.comment);
  return `${lines.join('\n')}\n`;
}

export function alertAsJson(detail: AlertDetail): string {
  return JSON.stringify(detail, null, 2);
}

export const ALERT_CSV: readonly CsvColumn<AlertRow>[] = [
  { title: 'id', value: (row) => row.id },
  { title: 'detection', value: (row) => row.detection },
  { title: 'imported from', value: (row) => row.imported?.product ?? '' },
  { title: 'external id', value: (row) => row.externalId ?? '' },
  { title: 'title', value: (row) => row.title },
  { title: 'summary', value: (row) => row.summary },
  { title: 'severity', value: (row) => row.severity },
  { title: 'confidence', value: (row) => row.confidence },
  { title: 'status', value: (row) => row.status },
  { title: 'list', value: shelfOf },
  { title: 'classification', value: (row) => row.classification },
  { title: 'first (UTC)', value: (row) => formatMoment(row.firstAt) },
  { title: 'last (UTC)', value: (row) => formatMoment(row.lastAt) },
  { title: 'tactics', value: (row) => row.tactics.join('; ') },
  { title: 'techniques', value: (row) => row.techniques.join('; ') },
  { title: 'entities', value: (row) => row.entities.map(({ name, role }) => `${name} (${role})`).join('; ') },
  { title: 'evidence', value: (row) => row.evidenceCount },
  { title: 'incident', value: (row) => row.incidentId },
  { title: 'comment', value: (row) => row.comment },
];
