import type { Json, ReadAlert } from './imported-record.ts';
import { isGraphAlert, isObject, readGraphAlert } from './read-graph-alert.ts';
import { isHuntingRow, readHuntingRow } from './read-hunting-row.ts';
import { isSentinelAlert, readSentinelAlert } from './read-sentinel-alert.ts';

const MOST_WRAPPERS = 4;
const EXPECTED =
  'Expected an alert: of Microsoft Graph (id, title, serviceSource), a row of AlertInfo or AlertEvidence (AlertId), or of SecurityAlert (SystemAlertId).';

/** How the object is read; null where it is no alert of a form that is known. */
export function readerOf(value: Json): ((value: Json) => ReadAlert) | null {
  if (isGraphAlert(value)) return readGraphAlert;
  const columns = new Set(Object.keys(value).map((name) => name.trim().toLowerCase()));
  if (isSentinelAlert(columns)) return readSentinelAlert;
  return isHuntingRow(columns) ? readHuntingRow : null;
}

/** One object of an export: an alert, or a row that tells of one. */
export function readObject(value: unknown): ReadAlert {
  const record = isObject(value) ? unwrap(value) : null;
  const read = record === null ? null : readerOf(record);
  return record === null || read === null ? EXPECTED : read(record);
}

/** Streaming and search tools put the row inside: `properties` of category `AdvancedHunting-...`, `_source`, `result`. */
export function unwrap(value: Json): Json {
  let record = value;
  for (let depth = 0; depth < MOST_WRAPPERS; depth += 1) {
    const isStreamed = typeof record.category === 'string' && record.category.startsWith('AdvancedHunting-');
    const inner = isStreamed ? record.properties : (record._source ?? record.result);
    if (!isObject(inner)) break;
    record = inner;
  }
  return record;
}
