import type { CaseEvent, CaseFileContent } from './case-file.ts';
import { anchor, e, exact, section, table } from './report-parts.ts';

/** A longer timeline is in the CSV and JSON Lines beside the report; the report says so. */
const MOST_EVENTS = 5_000;
/** Of so many records the report holds every field, folded away. */
const MOST_WITH_FIELDS = 1_000;
const MOST_FIELD_CHARACTERS = 2_000;

export function* timeline(content: CaseFileContent): Generator<string> {
  if (content.eventCount === 0) return;
  yield '<section id="timeline"><h2>Timeline</h2>';
  if (content.eventCount > MOST_EVENTS)
    yield `<p>The first ${MOST_EVENTS.toLocaleString('en-US')} of ${content.eventCount.toLocaleString('en-US')} records; all of them are in timeline.csv and timeline.jsonl.</p>`;
  yield '<table class="timeline"><thead><tr><th scope="col">Time</th><th scope="col">What happened</th><th scope="col">Computer</th><th scope="col">Record</th></tr></thead><tbody>\n';
  let shown = 0;
  for (const event of content.events()) {
    shown += 1;
    if (shown > MOST_EVENTS) break;
    yield eventLine(event, shown <= MOST_WITH_FIELDS);
  }
  yield '</tbody></table></section>\n';
}

function eventLine(event: CaseEvent, hasFields: boolean): string {
  const mark = event.alerts.length > 0 ? ` <a class="tag" href="#${anchor('alert', event.alerts[0])}">Alert</a>` : '';
  const note = event.note ? `<div class="note"><p>${e(event.note)}</p></div>` : '';
  const place = `${e(event.channel)}, event ${event.eventId}, record ${event.recordId}<br>${e(event.file)} at byte ${event.offset}`;
  const fields = hasFields ? `<details><summary>Fields</summary><dl>${event.fields.map(fieldLine).join('')}</dl></details>` : '';
  return `<tr><td class="time">${exact(event.at, event.tick)}</td><td>${e(event.summary)}${mark}${note}${fields}</td><td>${e(event.computer)}</td><td class="soft">${place}</td></tr>\n`;
}

function fieldLine([name, value]: readonly [string, string]): string {
  const cut = value.length > MOST_FIELD_CHARACTERS ? `${value.slice(0, MOST_FIELD_CHARACTERS)}… (whole in timeline.jsonl)` : value;
  return `<dt>${e(name)}</dt><dd>${e(cut)}</dd>`;
}

export function provenance(content: CaseFileContent): string {
  const rows = content.evidenceFiles.map((file) => {
    const numbers = [file.bytes, file.read, file.rejected]
      .map((value) => `<td class="number">${value.toLocaleString('en-US')}</td>`)
      .join('');
    return `<tr><td>${e(file.path)}<br><span class="mono soft">${e(file.sha256)}</span></td><td>${e(file.format)}</td>${numbers}</tr>`;
  });
  const files =
    rows.length === 0
      ? ''
      : section('provenance', 'Evidence files', table(['File and its SHA-256', 'Format', 'Bytes', 'Records', 'Rejected'], rows, 'numbers'));
  return files + section('verify', 'How to verify', VERIFY);
}

const VERIFY = `<dl class="glossary">
<dt>SHA-256</dt><dd>A number of 64 hexadecimal digits worked out of all bytes of a file. A file that differs in a single bit has another; nobody knows how to make two files with the same.</dd>
<dt>This case file</dt><dd><code>manifest.json</code> states the SHA-256 of every file of this case, <code>manifest.sha256</code> the same for other tools, that of the manifest included. Check with <code>keepwatch verify</code> and the name of the folder or zip, which names missing, changed and added files; or with <code>sha256sum -c manifest.sha256</code> inside the folder, which names missing and changed ones.</dd>
<dt>What that shows</dt><dd>That the files belong together and are as they were exported. Whoever exports a case should keep the SHA-256 that is shown at the end of the export in another place: only it shows that the case as a whole was not made anew.</dd>
<dt>The evidence</dt><dd>Compare the SHA-256 of the original files with the table of evidence files. Every record above names its file and the byte at which it begins, so that any other tool finds the same record.</dd>
<dt>Rejected</dt><dd>Pieces of a file that could not be read: damaged records, mostly. They are counted, never left out in silence.</dd>
<dt>Characters</dt><dd>Text in records may be hostile. Characters that cannot be seen or that turn text around are shown by their number, as in <code>\\u202e</code>; the JSON files hold them as logged.</dd>
</dl>`;
