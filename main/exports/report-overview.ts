import type { IncidentEdit } from '../../shared/model/incident.ts';
import { SEVERITIES, type Severity } from '../../shared/model/severity.ts';
import { DAY, formatMoment, HOUR, type Micros } from '../../shared/model/time.ts';
import type { CaseFileContent } from './case-file.ts';
import { drawGraph } from './draw-graph.ts';
import { anchor, capital, e, list, plural, section, severityTag, short, table } from './report-parts.ts';

/** Head of the first page: whose case, about what, how much of it. */
export function overview(content: CaseFileContent): string {
  const facts: readonly (readonly [string, string])[] = [
    ['Analyst', content.author || 'not stated'],
    ['Case opened', short(content.createdAt)],
    ['Exported', short(content.exportedAt)],
    ['Times', 'Coordinated Universal Time (UTC)'],
    ['Written by', `Keepwatch ${content.version}`],
  ];
  const tiles = [
    ...[...SEVERITIES].reverse().map((severity) => tile(content.alerts.filter(({ row }) => row.severity === severity).length, severity)),
    tile(content.incidents.length, '', plural(content.incidents.length, 'incident').replace(/^\S+ /, '')),
    tile(content.eventCount, '', plural(content.eventCount, 'record').replace(/^\S+ /, '')),
    tile(content.evidenceFiles.length, '', plural(content.evidenceFiles.length, 'evidence file').replace(/^\S+ /, '')),
  ];
  return [
    `<header><p class="kicker">Keepwatch · Case file</p><h1>${e(content.title)}</h1>`,
    `<dl class="facts">${facts.map(([name, value]) => `<div><dt>${e(name)}</dt><dd>${e(value)}</dd></div>`).join('')}</dl>`,
    content.summary ? `<p class="lead">${e(content.summary)}</p>` : '',
    `<div class="tiles">${tiles.join('')}</div>`,
    alertStrip(content),
    `<nav aria-label="Chapters">${chapters(content)}</nav></header>\n`,
  ].join('');
}

function tile(count: number, severity: Severity | '', words = ''): string {
  const label = severity === '' ? words : `${capital(severity)}`;
  return `<div class="tile${severity === '' ? '' : ` ${severity}`}${count === 0 ? ' none' : ''}"><b>${count.toLocaleString('en-US')}</b><span>${label}</span></div>`;
}

function chapters(content: CaseFileContent): string {
  const links: readonly (readonly [string, string, number])[] = [
    ['notes', 'Notes', content.notes.length],
    ['incidents', 'Incidents', content.incidents.length],
    ['graph', 'Graph', content.graphs.length],
    ['entities', 'Entities', entitiesOf(content).length],
    ['alerts', 'Alerts', content.alerts.length],
    ['timeline', 'Timeline', content.eventCount],
    ['provenance', 'Evidence files', content.evidenceFiles.length],
  ];
  const shown = links.filter(([, , count]) => count > 0);
  return [
    ...shown.map(([id, title, count]) => `<a href="#${id}">${e(title)} <span>${count.toLocaleString('en-US')}</span></a>`),
    '<a href="#verify">How to verify</a>',
  ].join('');
}

const WIDTH = 1040;
const LEFT = 96;
const LANE = 24;

/** When the alerts began, one lane for each severity. */
function alertStrip({ alerts }: CaseFileContent): string {
  if (alerts.length < 2) return '';
  const times = alerts.map(({ row }) => row.firstAt);
  const first = times.reduce((a, b) => Math.min(a, b));
  const last = Math.max(
    first + HOUR,
    times.reduce((a, b) => Math.max(a, b)),
  );
  const x = (at: Micros) => Math.round((LEFT + 12 + ((at - first) / (last - first)) * (WIDTH - LEFT - 24)) * 10) / 10;
  const lanes = [...SEVERITIES].reverse().filter((severity) => alerts.some(({ row }) => row.severity === severity));
  const height = lanes.length * LANE + 30;
  const lines = lanes.map((severity, index) => {
    const y = 16 + index * LANE;
    const marks = alerts.filter(({ row }) => row.severity === severity);
    return [
      `<text x="0" y="${y + 4}">${capital(severity)}</text><path class="lane" d="M${LEFT} ${y}H${WIDTH}"/>`,
      ...marks.map(
        ({ row }) =>
          `<a href="#${anchor('alert', row.id)}"><path class="mark ${severity}" d="M${x(row.firstAt)} ${y - 7}l7 7-7 7-7-7z"><title>${e(`${short(row.firstAt)}: ${row.title}`)}</title></path></a>`,
      ),
    ].join('');
  });
  const ticks = ticksOf(first, last).map(
    (at) =>
      `<path class="tick" d="M${x(at)} 4V${height - 22}"/><text x="${x(at)}" y="${height - 6}" class="mid">${tickLabel(at, last - first)}</text>`,
  );
  return `<svg class="strip" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Alerts over time">${ticks.join('')}${lines.join('')}</svg>`;
}

function ticksOf(first: Micros, last: Micros): Micros[] {
  const steps = [HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 28 * DAY, 91 * DAY, 364 * DAY, 3640 * DAY];
  const step = steps.find((size) => (last - first) / size <= 9) ?? (last - first) / 9;
  const ticks: Micros[] = [];
  for (let at = Math.ceil(first / step) * step; at <= last; at += step) ticks.push(at);
  return ticks;
}

function tickLabel(at: Micros, span: Micros): string {
  const text = formatMoment(at);
  return span > 9 * DAY ? text.slice(0, 10) : `${text.slice(5, 10)} ${text.slice(11, 16)}`;
}

export function notes({ notes: written }: CaseFileContent): string {
  return section(
    'notes',
    'Notes',
    written.map((note) => `<article class="note"><p class="soft">${short(note.at)}</p><p>${e(note.text)}</p></article>`).join(''),
  );
}

export function incidents(content: CaseFileContent): string {
  const known = new Set(content.alerts.map(({ row }) => row.id));
  const cards = content.incidents.map(({ row, headline, stages, story, links, edits }) => {
    const steps = story.map((step) => {
      const text = known.has(step.alertId) ? `<a href="#${anchor('alert', step.alertId)}">${e(step.text)}</a>` : e(step.text);
      return `<tr><td class="time">${short(step.at)}</td><td>${text}</td></tr>`;
    });
    const parts = stages.map(
      (stage) =>
        `<tr><td class="time">${short(stage.at)}</td><td>${e(stage.tactic)}</td><td>${e(stage.text)}</td><td class="number">${stage.alertIds.length}</td></tr>`,
    );
    const reasons = [...new Set(links.map((link) => link.reason))];
    return [
      `<article class="card ${row.severity}"><h3>${e(row.title)}</h3><p class="tags">${severityTag(row.severity)}<span class="tag plain">${capital(row.status)}</span>`,
      `${row.classification === 'not-set' ? '' : `<span class="tag plain">${capital(row.classification)}</span>`}</p>`,
      `<p class="soft">${short(row.firstAt)} to ${short(row.lastAt)} · ${e(row.tactics.join(', '))}</p>`,
      headline === '' ? '' : `<p>${e(headline)}</p>`,
      row.severityReasons.length > 0 ? `<p class="soft">${capital(row.severity)}: ${e(row.severityReasons.join('; '))}.</p>` : '',
      parts.length > 1 ? `<h4>Stages</h4>${table(['Time', 'Tactic', 'Stage', 'Alerts'], parts, 'story')}<h4>Every alert</h4>` : '',
      table(['Time', 'What happened'], steps, 'story'),
      reasons.length > 0 ? `<h4>Why these belong together</h4>${list(reasons)}` : '',
      edits.length > 0 ? `<h4>Edited by hand</h4>${list(edits.map(editWords))}` : '',
      '</article>',
    ].join('');
  });
  return section('incidents', 'Incidents', cards.join(''));
}

function editWords({ kind, alertIds, author, at }: IncidentEdit): string {
  const what = kind === 'merge' ? 'merged' : 'split off';
  return `${plural(alertIds.length, 'alert')} ${what} by ${author || 'an analyst who set no name'}, ${short(at)}`;
}

export function graphs(content: CaseFileContent): string {
  const figures = content.graphs.map((graph) => {
    const { svg, leftOut } = drawGraph(graph);
    const caption = [
      `${e(graph.title)}, as of ${short(graph.takenAt)}.`,
      e(leftOut),
      'A red number counts alerts; a dashed ring marks a tag, a dashed outline several alike.',
    ];
    return `<figure>${svg}<figcaption>${caption.filter((part) => part !== '').join(' ')}</figcaption></figure>`;
  });
  return section('graph', 'Graph', figures.join(''));
}

type EntityLine = { readonly id: string; readonly name: string; readonly kind: string; readonly roles: Set<string>; alerts: number };

function entitiesOf({ alerts }: CaseFileContent): EntityLine[] {
  const lines = new Map<string, EntityLine>();
  for (const { row } of alerts) {
    const counted = new Set<string>();
    for (const { id, name, kind, role } of row.entities) {
      const line = lines.get(id) ?? { id, name, kind, roles: new Set<string>(), alerts: 0 };
      lines.set(id, line);
      line.roles.add(role);
      if (!counted.has(id)) line.alerts += 1;
      counted.add(id);
    }
  }
  return [...lines.values()].sort((a, b) => b.alerts - a.alerts || (a.name < b.name ? -1 : 1));
}

/** Who and what took part in the alerts. */
export function entities(content: CaseFileContent): string {
  const rows = entitiesOf(content).map(
    (line) =>
      `<tr><td><b>${e(line.name)}</b></td><td>${capital(line.kind)}</td><td>${e([...line.roles].join(', '))}</td><td class="number">${line.alerts}</td><td class="mono soft">${e(line.id)}</td></tr>`,
  );
  return rows.length === 0
    ? ''
    : section('entities', 'Entities', table(['Name', 'Kind', 'Part in the alerts', 'Alerts', 'Identifier'], rows));
}
