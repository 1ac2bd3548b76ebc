import type { EventBatch, Reject } from '../../shared/model/event-batch.ts';
import { formatMoment } from '../../shared/model/time.ts';
import { FieldBlock } from '../lib/field-block.ts';
import { findEvidence } from '../sync/find-files.ts';
import type { FileOutcome } from '../sync/parse-file.ts';
import { createParsePool } from '../sync/parse-pool.ts';
import { type Command, EXIT, UsageError } from './command.ts';
import { givenPaths } from './given-paths.ts';
import { Output } from './output.ts';
import { oneOf, parseOptions } from './parse-options.ts';
import { tell, tellRejects } from './tell-problems.ts';

const OPTIONS = { format: { type: 'string' } } as const;
const MOST_REJECTS_KEPT = 1000;

export const eventsCommand: Command = {
  name: 'events',
  usage: 'PATH... [--format jsonl|csv]',
  summary: 'print every event, one a line, in the order of the files',
  async run(args, { streams, signal, parseWorkerUrl }) {
    const { values, paths } = parseOptions(args, OPTIONS);
    if (paths.length === 0) throw new UsageError('name at least one file, folder or archive');
    const format = oneOf('--format', values.format, ['jsonl', 'csv']) ?? 'jsonl';
    const asGiven = givenPaths(paths);
    const output = new Output(streams.out);
    const abort = new AbortController();
    signal.addEventListener('abort', () => abort.abort());
    const pool = createParsePool({ workerUrl: parseWorkerUrl, size: 1 });
    let readable = false;
    try {
      if (format === 'csv') await output.write(CSV_HEAD);
      for await (const input of findEvidence(paths)) {
        if (abort.signal.aborted) break;
        const rejects: Reject[] = [];
        const outcome: FileOutcome = await pool.parse(input, {
          signal: abort.signal,
          onBatch: (batch) => output.write(format === 'csv' ? csvLines(batch) : jsonLines(batch)),
          onReject: (reject) => {
            if (rejects.length < MOST_REJECTS_KEPT) rejects.push(reject);
          },
          onProgress: () => {},
        });
        const path = asGiven(input.displayPath);
        tellRejects(streams.error, path, rejects, outcome.rejected);
        if (rejects.length === 0 && outcome.state === 'not-recognized') tell(streams.error, `${path}: ${outcome.note}`);
        readable ||= outcome.state === 'done' || outcome.read > 0;
      }
      await output.finish();
    } finally {
      await pool.close();
    }
    if (abort.signal.aborted) return EXIT.interrupted;
    if (readable) return EXIT.done;
    tell(streams.error, 'nothing readable: expected EVTX files or Windows events as JSON, also in folders and zip archives');
    return EXIT.nothingReadable;
  },
};

/** One JSON object a line. A field that occurs more than once in a record has a list of its values. */
export function jsonLines(batch: EventBatch): string {
  const block = FieldBlock.open(batch.payload);
  let text = '';
  for (let row = 0; row < batch.count; row++) {
    text += `{"time":"${formatMoment(batch.at[row], batch.tick[row])}","computer":${quote(batch.texts[batch.computer[row]])},"channel":${quote(batch.texts[batch.channel[row]])},"provider":${quote(batch.texts[batch.provider[row]])},"eventId":${batch.eventId[row]},"recordId":${batch.recordId[row]},"fields":${fieldsJson(block.fields(row))}}\n`;
  }
  return text;
}

const CSV_HEAD = 'time,computer,channel,provider,eventId,recordId,fields\r\n';

/** RFC 4180; `fields` is the JSON object of the other format. */
export function csvLines(batch: EventBatch): string {
  const block = FieldBlock.open(batch.payload);
  let text = '';
  for (let row = 0; row < batch.count; row++) {
    const cells = [
      formatMoment(batch.at[row], batch.tick[row]),
      csvCell(batch.texts[batch.computer[row]]),
      csvCell(batch.texts[batch.channel[row]]),
      csvCell(batch.texts[batch.provider[row]]),
      String(batch.eventId[row]),
      String(batch.recordId[row]),
      csvCell(fieldsJson(block.fields(row))),
    ];
    text += `${cells.join(',')}\r\n`;
  }
  return text;
}

/** A leading sign would make a spreadsheet calculate what an attacker wrote; an apostrophe keeps it text. */
function csvCell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Written by hand: an object of JavaScript would reorder numeric names and treat `__proto__` specially. */
function fieldsJson(fields: readonly (readonly [name: string, value: string])[]): string {
  const names = new Set(fields.map(([name]) => name));
  if (names.size === fields.length) return `{${fields.map(([name, value]) => `${quote(name)}:${quote(value)}`).join(',')}}`;
  const values = new Map<string, string[]>();
  for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value]);
  return `{${[...values].map(([name, list]) => `${quote(name)}:${JSON.stringify(list.length === 1 ? list[0] : list)}`).join(',')}}`;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
