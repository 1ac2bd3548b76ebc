import type { IncidentDetail } from '../../shared/model/incident.ts';
import { formatMoment, type Micros } from '../../shared/model/time.ts';
import type { CaseEvent, CaseFileContent } from './case-file.ts';
import { drawGraph } from './draw-graph.ts';
import type { ExportFormat } from './export-format.ts';
import { REPORT_STYLE } from './report-style.ts';
import { escapeHtml } from './safe-text.ts';

/** A longer timeline is in the CSV and JSON Lines beside the report; the report says so. */
const MOST_EVENTS = 5_000;

/** The report for people: one file that needs no network, no script and no other file. */
export const reportHtml: ExportFormat = {
  id: 'report-html',
  fileName: 'report.html',
  title: 'Report, for people',
  *write(content) {
    yield head(content);
    yield overview(content);
    if (content.notes.length > 0) yield notes(content);
    if (content.incidents.length > 0) yield section('incidents', 'Incidents', content.incidents.map(incident).join(''));
    if (content.graphs.length > 0)
      yield section('graph', 'Graph', content.graphs.map((graph) => figure(graph.title, graph.takenAt, drawGraph(graph))).join(''));
    yield* alerts(content);
    yield* timeline(content);
    yield provenance(content);
    yield '</body></html>\n';
  },
};

const e = escapeHtml;
const short = (at: Micros): string => `${formatMoment(at).slice(0, 19).replace('T', ' ')} UTC`;
const exact = (at: Micros, tick: number): string => formatMoment(at, tick).replace('T', ' ').replace('Z', ' UTC');
const capital = (text: string): string => e(text.charAt(0).toUpperCase() + text.slice(1).replaceAll('-', ' '));

function section(id: string, title: string, body: string): string {
  return `<section id="${id}"><h2>${e(title)}</h2>${body}</section>\n`;
}

function list(items: readonly string[]): string {
  return items.length === 0 ? '' : `<ul>${items.map((item) => `<li>${e(item)}</li>`).join('')}</ul>`;
}

function head(content: CaseFileContent): string {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${e(policy)}"><meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<title>${e(content.title)}</title><style>${REPORT_STYLE}</style></head><body>\n`,
  ].join('');
}

function overview(content: CaseFileContent): string {
  const facts: [string, string][] = [
    ['Analyst', content.author || 'not stated'],
    ['Opened', short(content.createdAt)],
    ['Exported', short(content.exportedAt)],
    ['Times', 'Coordinated Universal Time (UTC)'],
    [
      'Content',
      `${content.incidents.length} incidents, ${content.alerts.length} alerts, ${content.eventCount} records from ${content.evidenceFiles.length} files`,
    ],
    ['Written by', `Keepwatch ${content.version}`],
  ];
  const links = [
    ['incidents', 'Incidents', content.incidents.length],
    ['graph', 'Graph', content.graphs.length],
    ['alerts', 'Alerts', content.alerts.length],
    ['timeline', 'Timeline', content.eventCount],
    ['provenance', 'Evidence files and verification', content.evidenceFiles.length],
  ] as const;
  return [
    `<header><p class="soft">Case file</p><h1>${e(content.title)}</h1>`,
    `<dl class="facts">${facts.map(([name, value]) => `<dt>${e(name)}</dt><dd>${e(value)}</dd>`).join('')}</dl>`,
    content.summary ? `<p class="lead">${e(content.summary)}</p>` : '',
    `<nav>${links.map(([id, title, count]) => (count > 0 ? `<p><a href="#${id}">${e(title)}</a> <span class="soft">${count}</span></p>` : '')).join('')}</nav></header>\n`,
  ].join('');
}

function notes(content: CaseFileContent): string {
  return section(
    'notes',
    'Notes',
    content.notes.map((note) => `<p class="soft">${short(note.at)}</p><p class="note">${e(note.text)}</p>`).join(''),
  );
}

function incident({ row, story }: IncidentDetail): string {
  const steps = story
    .map((step) => `<tr><td class="time">${short(step.at)}</td><td><a href="#alert-${e(step.alertId)}">${e(step.text)}</a></td></tr>`)
    .join('');
  return [
    `<article class="card ${row.severity}"><h3>${e(row.title)}</h3><p>${severity(row.severity)}<span class="tag plain">${capital(row.status)}</span>`,
    `<span class="soft">${short(row.firstAt)} to ${short(row.lastAt)} · ${e(row.tactics.join(', '))}</span></p>`,
    `<table><thead><tr><th>Time</th><th>What happened</th></tr></thead><tbody>${steps}</tbody></table></article>`,
  ].join('');
}

function severity(value: string): string {
  return `<span class="tag ${e(value)}">${capital(value)}</span>`;
}

function figure(title: string, takenAt: Micros, picture: string): string {
  return `<figure>${picture}<figcaption>${e(title)}, as of ${short(takenAt)}. Letters: U user, C computer, G group, S service, A address. A number in red counts alerts; a dashed ring is a tag.</figcaption></figure>`;
}

function* alerts(content: CaseFileContent): Generator<string> {
  if (content.alerts.length === 0) return;
  yield `<section id="alerts"><h2>Alerts</h2>`;
  for (const alert of content.alerts) yield alertCard(alert);
  yield '</section>\n';
}

function alertCard(alert: CaseFileContent['alerts'][number]): string {
  const { row } = alert;
  const conditions = alert.conditions.map(
    (condition) => `<tr><td>${e(condition.name)}</td><td>${e(condition.found)}</td><td>${e(condition.required)}</td></tr>`,
  );
  const evidence = alert.evidence.map((item) => {
    const fields = item.fields
      .map(([name, value, meaning]) => `<div><code>${e(name)} = ${e(value)}</code> <span class="soft">${e(meaning)}</span></div>`)
      .join('');
    return `<tr><td class="time">${exact(item.at, item.tick)}</td><td>${e(item.computer)}<br><span class="soft">event ${item.eventId}, record ${item.recordId}<br>${e(item.file)}</span></td><td>${fields}</td></tr>`;
  });
  const more =
    row.evidenceCount > alert.evidence.length
      ? `<p class="soft">${row.evidenceCount - alert.evidence.length} further records are counted but not listed.</p>`
      : '';
  return [
    `<article class="card ${row.severity}" id="alert-${e(row.id)}"><h3>${e(row.title)}</h3><p>${severity(row.severity)}<span class="tag plain">${capital(row.confidence)} confidence</span>`,
    `<span class="tag plain">${capital(row.status)}</span>${row.classification === 'not-set' ? '' : `<span class="tag plain">${capital(row.classification)}</span>`}`,
    `<span class="soft">${e([row.detection, row.externalId ?? '', ...row.techniques].filter(Boolean).join(' · '))}</span></p>`,
    `<p class="lead">${e(row.summary)}</p>${row.comment ? `<p class="note">${e(row.comment)}</p>` : ''}`,
    `<p class="soft">${short(row.firstAt)} to ${short(row.lastAt)}. Involved: ${e(row.entities.map((entity) => `${entity.name} (${entity.role})`).join(', '))}.</p>`,
    `<h4>Why this is an alert</h4><p>${e(alert.whatHappened)}</p><table><thead><tr><th>Condition</th><th>Found</th><th>Required</th></tr></thead><tbody>${conditions.join('')}</tbody></table>`,
    `<h4>Evidence</h4><table><thead><tr><th>Time</th><th>Record</th><th>Fields</th></tr></thead><tbody>${evidence.join('')}</tbody></table>${more}`,
    `<h4>Why it matters</h4><p>${e(alert.whyItMatters)}</p><h4>What else it can be</h4>${list(alert.benignCauses)}<h4>First response</h4>${list(alert.firstResponse)}</article>`,
  ].join('\n');
}

function* timeline(content: CaseFileContent): Generator<string> {
  if (content.eventCount === 0) return;
  yield '<section id="timeline"><h2>Timeline</h2>';
  if (content.eventCount > MOST_EVENTS)
    yield `<p>The first ${MOST_EVENTS} of ${content.eventCount} records; all of them are in timeline.csv and timeline.jsonl.</p>`;
  yield '<table><thead><tr><th>Time</th><th>What happened</th><th>Computer</th><th>Record</th></tr></thead><tbody>\n';
  let shown = 0;
  for (const event of content.events()) {
    if (++shown > MOST_EVENTS) break;
    yield eventLine(event);
  }
  yield '</tbody></table></section>\n';
}

function eventLine(event: CaseEvent): string {
  const mark = event.alerts.length > 0 ? ` <a href="#alert-${e(event.alerts[0])}">alert</a>` : '';
  const note = event.note ? `<div class="note">${e(event.note)}</div>` : '';
  return `<tr><td class="time">${exact(event.at, event.tick)}</td><td>${e(event.summary)}${mark}${note}</td><td>${e(event.computer)}</td><td class="soft">${e(event.channel)}, event ${event.eventId}, record ${event.recordId}<br>${e(event.file)} at byte ${event.offset}</td></tr>\n`;
}

function provenance(content: CaseFileContent): string {
  const rows = content.evidenceFiles.map(
    (file) =>
      `<tr><td>${e(file.path)}</td><td>${e(file.format)}</td><td>${file.bytes}</td><td>${file.read}</td><td>${file.rejected}</td><td class="mono">${e(file.sha256)}</td></tr>`,
  );
  return section(
    'provenance',
    'Evidence files and verification',
    [
      '<table><thead><tr><th>File</th><th>Format</th><th>Bytes</th><th>Records</th><th>Rejected</th><th>SHA-256</th></tr></thead>',
      `<tbody>${rows.join('')}</tbody></table>`,
      '<p>Every record above names its file and the byte where it begins. To check this case file, run <code>keepwatch verify</code> on it, or <code>sha256sum -c manifest.sha256</code> in its folder: ',
      'each file must have the SHA-256 that the manifest states. To check the evidence, compare the SHA-256 of the original files with this table.</p>',
    ].join(''),
  );
}
