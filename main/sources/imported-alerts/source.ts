import type { ByteStream } from '../../lib/byte-stream.ts';
import { cutFile, decodedHead, HEAD_BYTES, hasRecord, rejectDamage, rejectValue, textOf } from '../cut-file.ts';
import { LineCutter } from '../cut-lines.ts';
import { ObjectCutter } from '../cut-objects.ts';
import type { CutReceiver, Cutter } from '../cut-values.ts';
import type { RowWriter } from '../row-writer.ts';
import type { ReadControl, Source } from '../source.ts';
import { decodingOf } from '../text-encoding.ts';
import { RowCutter } from './cut-rows.ts';
import { type Form, findForm } from './find-form.ts';
import type { ReadAlert } from './imported-record.ts';
import { readCefLine } from './read-cef-line.ts';
import { isObject } from './read-graph-alert.ts';
import { readerOf, readObject, unwrap } from './read-object.ts';
import { TableReader } from './read-row.ts';
import { AlertWriter } from './write-record.ts';

/** An alert that is longer than the head is known by two keys that nothing else has together. */
const LONG_ALERT = [/"(?:serviceSource|detectorId)"\s*:/, /"(?:providerAlertId|alertWebUrl)"\s*:/];

/** Alerts that other products raised, as they export them: JSON, CSV or CEF. */
export const importedAlertsSource: Source = {
  id: 'imported-alerts',
  title: 'Alerts of other products',

  recognize(head) {
    const { text, form } = lookAt(head);
    if (form === null || form.id !== 'json') return form !== null;
    return hasRecord(text, (receiver) => cutterFor(form, receiver), isAlert) ?? LONG_ALERT.every((key) => key.test(text.toString()));
  },

  async read(stream: ByteStream, writer: RowWriter, control: ReadControl): Promise<void> {
    const head = await stream.peek(HEAD_BYTES);
    const form = lookAt(head).form ?? { id: 'json', layout: { wrapperDepth: 0, isLines: true }, hasSchema: false };
    const decoding = decodingOf(head);
    const alerts = new AlertWriter(writer);
    const read = readerFor(form);
    // Between the list of columns and that of rows stands the name of the second.
    let isBeforeRows = form.id === 'json' && form.hasSchema;
    const cutter = cutterFor(form, {
      onValue: (value) => {
        const found = read(textOf(value));
        if (found !== null) isBeforeRows = false;
        if (typeof found !== 'string') for (const record of found ?? []) alerts.write(record, value.offset);
        else rejectValue(writer, value, found);
      },
      onDamage: (damage) => {
        if (!isBeforeRows) rejectDamage(writer, damage);
      },
      locate: (offset) => decoding.locate(offset),
    });
    await cutFile(stream, decoding, cutter, control);
  },
};

function lookAt(head: Uint8Array): { text: Buffer; form: Form | null } {
  const text = decodedHead(head);
  return { text, form: findForm(text.toString()) };
}

function cutterFor(form: Form, receiver: CutReceiver): Cutter {
  if (form.id === 'csv') return new RowCutter(receiver);
  if (form.id === 'cef' || form.layout.isLines) return new LineCutter(receiver);
  return new ObjectCutter(form.layout.wrapperDepth, receiver);
}

/** Null from a reader: nothing that is evidence. */
function readerFor(form: Form): (text: string) => ReadAlert | null {
  if (form.id === 'cef') return readCefLine;
  if (form.id === 'json') return readText;
  const table = new TableReader();
  return (text) => table.read(text);
}

function readText(text: string): ReadAlert | null {
  const value = parsed(text);
  if (value === undefined) return 'Expected a JSON object.';
  return isColumn(value) ? null : readObject(value);
}

/** What an answer of the API for hunting says of a column: `{"Name":"AlertId","Type":"String"}`. */
function isColumn(value: unknown): boolean {
  if (!isObject(value)) return false;
  const keys = Object.keys(value).map((key) => key.toLowerCase());
  return keys.length >= 2 && keys.every((key) => ['name', 'type', '@odata.type', 'type@odata.type'].includes(key));
}

function isAlert(text: string): boolean {
  const value = parsed(text);
  return isObject(value) && readerOf(unwrap(value)) !== null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
