import { createHash } from 'node:crypto';
import { parseMoment } from '../../../shared/model/time.ts';
import type { ReadAlert } from './imported-record.ts';
import { partiesOf } from './parties-of.ts';
import { productName } from './product-name.ts';
import { times } from './read-graph-alert.ts';

/** Vendor and products whose CEF lines are identity alerts: Advanced Threat Analytics and Defender for Identity. */
export const CEF_ALERT = /CEF:\s?\d{1,2}\|Microsoft\|(?:ATA|Azure ATP|Microsoft Defender for Identity|Azure Advanced Threat Protection)\|/i;

const HEADER_PARTS = 7;
const MOST_LINE_CHARACTERS = 256 * 1024;
const MOST_FIELDS = 100;
const SEVERITIES = ['informational', 'low', 'medium', 'high'] as const;

/**
 * One line of syslog with an alert in CEF: `CEF:0|Microsoft|ATA|version|class|title|severity|key=value ...` (severity 3 low, 5 medium, 10 high; keys
 * start, suser, shost, dhost, msg, externalId, cs1 with its label url; as the products' reference for SIEM logs describes it, read 2026-11).
 */
export function readCefLine(line: string): ReadAlert {
  const begins = line.search(/CEF:\s?\d{1,2}\|/i);
  if (begins < 0) return 'Expected an alert in the Common Event Format (CEF:0|...).';
  if (line.length > MOST_LINE_CHARACTERS) return `Expected a line of at most ${MOST_LINE_CHARACTERS} characters.`;
  const { header, rest } = splitHeader(line.slice(begins));
  if (header.length < HEADER_PARTS) return 'Expected seven parts of the CEF header, parted by "|".';
  const [, vendor, product, version, className, title, severity] = header;
  if (!CEF_ALERT.test(line))
    return `Expected an alert of Advanced Threat Analytics or Defender for Identity; this line is of ${vendor} ${product}.`;
  if (/Monitoring(?:Alert)?$/i.test(className))
    return `This is a health alert of the sensors (${className}), not an alert of an attack; it is not imported.`;
  const fields = extensionOf(rest);
  const text = (name: string) => fields.get(name) ?? '';
  const first = parseMoment(text('start') || text('rt'));
  if (first === null) return 'Expected the time of the alert (start) as ISO 8601.';
  const last = parseMoment(text('end')) ?? first;
  const link = labeled(fields, 'url');
  const host = labeled(fields, 'shostfqdn') || text('shost');
  const source = partiesOf({ host, address: text('src'), roles: 'source' });
  const own = [
    ['Class', className],
    ['Name', title],
    ['Severity', severity],
    ['DeviceProduct', product],
    ['DeviceVersion', version],
    ...fields,
  ].filter(([, value]) => value !== '') as [string, string][];
  return [
    {
      isEntity: false,
      at: first,
      alert: {
        id: idIn(link) || derivedId([className, text('externalId'), text('start'), text('suser'), host, text('dhost')]),
        product: productName(product),
        title,
        severity: severityOf(severity),
        number: text('externalId'),
        detector: className,
        description: text('msg'),
        link,
        ...times(first, last, parseMoment(timeBefore(line.slice(0, begins)))),
      },
      parties: {
        ...source,
        ...(text('suser') === '' ? {} : { actor: { sid: '', name: text('suser'), domain: '' } }),
        ...(text('duser') === '' ? {} : { target: { sid: '', name: text('duser'), domain: '' } }),
        ...(text('dhost') === '' ? {} : { place: text('dhost') }),
      },
      own,
    },
  ];
}

/** Parts of the header with `\|` and `\\` undone, and the extension after them. */
function splitHeader(text: string): { header: string[]; rest: string } {
  const header: string[] = [];
  let part = '';
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '\\' && (text[at + 1] === '|' || text[at + 1] === '\\')) part += text[++at];
    else if (sign !== '|') part += sign;
    else {
      header.push(part.trim());
      part = '';
      if (header.length === HEADER_PARTS) return { header, rest: text.slice(at + 1) };
    }
  }
  return { header, rest: '' };
}

/** `key=value` pairs; a value goes on to the next ` key=`, so it may hold blanks. The first of two equal keys counts. */
function extensionOf(text: string): Map<string, string> {
  const starts = [...text.matchAll(/(?:^|\s)([A-Za-z][A-Za-z0-9_.]{0,40})=/g)].slice(0, MOST_FIELDS);
  const fields = new Map<string, string>();
  for (const [position, start] of starts.entries()) {
    const from = start.index + start[0].length;
    const value = text.slice(from, starts[position + 1]?.index ?? text.length);
    const plain = value.replace(/\\(n|r|.)/g, (_all, sign: string) => (sign === 'n' || sign === 'r' ? '\n' : sign)).trim();
    if (!fields.has(start[1])) fields.set(start[1], plain);
  }
  return fields;
}

/** Custom strings come as `cs1Label=url cs1=...`. */
function labeled(fields: ReadonlyMap<string, string>, label: string): string {
  for (const [name, value] of fields) {
    if (/^cs\dLabel$/.test(name) && value.toLowerCase() === label) return fields.get(name.slice(0, 3)) ?? '';
  }
  return '';
}

/** The id at the end of the link to the alert: `https://center/suspiciousActivity/5c113d028ca1ec1250ca0491`. */
function idIn(link: string): string {
  return /\/([0-9a-f-]{16,64})(?:[/?#].*)?$/i.exec(link)?.[1]?.toLowerCase() ?? '';
}

/** Of an alert without a link: a later line about the same one has the same kind, beginning, account and hosts. */
function derivedId(parts: readonly string[]): string {
  return `cef-${createHash('sha256').update(parts.join('\n').toLowerCase()).digest('hex').slice(0, 32)}`;
}

function severityOf(text: string): string {
  const number = Number(text);
  if (text === '' || !Number.isFinite(number)) return text;
  return SEVERITIES[number <= 0 ? 0 : number <= 3 ? 1 : number <= 6 ? 2 : 3];
}

/** RFC 5424 puts the time of sending before the message; later lines of one alert update it. */
function timeBefore(head: string): string {
  return /\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)/.exec(head)?.[0] ?? '';
}
