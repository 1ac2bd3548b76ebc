import { parseEventXml } from './event-xml.ts';
import type { Json } from './flatten.ts';

const MOST_WRAPPERS = 6;
/** Keys of a Splunk result that are no extraction from the text of the event. */
const SPLUNK_KEYS = ['_time', '_indextime', '_cd', '_serial', 'host', 'source', 'sourcetype', 'index', 'splunk_server', 'linecount'];
const LOG_SOURCE = /^(?:Xml)?WinEventLog:(.+)$/i;

/** The record inside what search tools put around it: `_source` (Elasticsearch), `result` and `_raw` (Splunk), `document.data` (Chainsaw). */
export function unwrapRecord(value: Json): Json {
  let record = value;
  for (let count = 0; count < MOST_WRAPPERS; count += 1) {
    const inner = wrapped(record);
    if (inner === null) break;
    record = inner;
  }
  return record;
}

function wrapped(value: Json): Json | null {
  for (const key of ['_source', 'result', 'document']) if (isObject(value[key])) return value[key];
  if (value.kind === 'evtx' && isObject(value.data)) return value.data;
  const { _raw: raw } = value;
  if (typeof raw === 'string') return ofSplunk(value, raw);
  return null;
}

function ofSplunk(value: Json, raw: string): Json | null {
  const text = raw.trimStart();
  const event = text.startsWith('<Event') ? parseEventXml(text) : text.startsWith('{') ? parseObject(text) : null;
  const { _raw: _, ...fields } = value;
  const found = typeof value.source === 'string' ? LOG_SOURCE.exec(value.source) : null;
  // Search results whose text is no document: the extracted fields are all there is, and the text itself stays one of them.
  if (event === null) {
    if (value.raw !== undefined) return null;
    return {
      ...(found !== null && value.Channel === undefined && value.LogName === undefined ? { Channel: found[1] } : {}),
      ...fields,
      raw,
    };
  }
  // Extractions repeat what the document says, under names that depend on an add-on.
  const kept = Object.fromEntries(SPLUNK_KEYS.filter((key) => value[key] !== undefined).map((key) => [key, value[key]]));
  return { ...event, splunk: kept };
}

function parseObject(text: string): Json | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return isObject(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
