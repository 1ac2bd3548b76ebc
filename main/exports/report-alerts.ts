import type { CaseFileContent } from './case-file.ts';
import { anchor, capital, e, exact, list, plural, severityTag, short, table } from './report-parts.ts';

type Alert = CaseFileContent['alerts'][number];

export function* alerts(content: CaseFileContent): Generator<string> {
  if (content.alerts.length === 0) return;
  yield '<section id="alerts"><h2>Alerts</h2>';
  for (const alert of content.alerts) yield alertCard(alert);
  yield '</section>\n';
}

function alertCard(alert: Alert): string {
  const { row } = alert;
  const classification = row.classification === 'not-set' ? '' : `<span class="tag plain">${capital(row.classification)}</span>`;
  const conditions = alert.conditions.map(
    (condition) => `<tr><td>${e(condition.name)}</td><td>${e(condition.found)}</td><td>${e(condition.required)}</td></tr>`,
  );
  const ids = [row.detection, row.externalId === null ? '' : `catalogue ${row.externalId}`, ...row.techniques];
  return [
    `<article class="card ${row.severity}" id="${anchor('alert', row.id)}"><h3>${e(row.title)}</h3>`,
    `<p class="tags">${severityTag(row.severity)}<span class="tag plain">${capital(row.confidence)} confidence</span><span class="tag plain">${capital(row.status)}</span>${classification}`,
    `<span class="soft">${e(ids.filter((id) => id !== '').join(' · '))}</span></p>`,
    `<p class="lead">${e(row.summary)}</p>${row.comment ? `<div class="note"><p>${e(row.comment)}</p></div>` : ''}`,
    `<p class="soft">${short(row.firstAt)} to ${short(row.lastAt)}. Involved: ${e(row.entities.map((entity) => `${entity.name} (${entity.role})`).join(', '))}.</p>`,
    `<h4>Why this is an alert</h4><p>${e(alert.whatHappened)}</p>${conditions.length > 0 ? table(['Condition', 'Found', 'Required'], conditions) : ''}`,
    evidenceOf(alert),
    `<div class="columns"><div><h4>Why it matters</h4><p>${e(alert.whyItMatters)}</p><h4>What else it can be</h4>${list(alert.benignCauses)}</div>`,
    `<div><h4>First response</h4>${list(alert.firstResponse)}</div></div></article>\n`,
  ].join('\n');
}

/** Long lists are for the machine-readable files; here what proves the point. */
const MOST_RECORDS = 40;

function evidenceOf({ row, evidence }: Alert): string {
  const rows = evidence.slice(0, MOST_RECORDS).map((item) => {
    const fields = item.fields
      .map(([name, value, meaning]) => `<div><code>${e(name)} = ${e(value)}</code> <span class="soft">${e(meaning)}</span></div>`)
      .join('');
    const place = `${e(item.computer)}<br><span class="soft">event ${item.eventId}, record ${item.recordId}<br>${e(item.file)}</span>`;
    return `<tr><td class="time">${exact(item.at, item.tick)}</td><td>${place}</td><td>${fields}</td></tr>`;
  });
  const rest = row.evidenceCount - rows.length;
  const listed = evidence.length - rows.length;
  const where = listed > 0 ? `, ${listed} of them in alerts.json` : '';
  const more =
    rest > 0 ? `<p class="soft">${plural(rest, 'further record')} ${rest === 1 ? 'is' : 'are'} counted but not listed${where}.</p>` : '';
  return `<h4>Evidence</h4>${table(['Time', 'Record', 'Fields'], rows, 'evidence')}${more}`;
}
