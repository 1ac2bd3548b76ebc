import { findLayout, type Layout } from '../json-layout.ts';
import { CEF_ALERT } from './read-cef-line.ts';
import { isAlertHeader } from './read-row.ts';

/** How alerts lie in a file. */
export type Form =
  | { readonly id: 'json'; readonly layout: Layout; readonly hasSchema: boolean }
  | { readonly id: 'csv' }
  | { readonly id: 'cef' };

const LINES_LOOKED_AT = 200;
/** What the API for hunting says of its columns before the rows; the list of rows is at the same depth. */
const SCHEMA_FIRST = /^(\s*\{(?:\s*"@odata[^"]*"\s*:\s*"[^"]*"\s*,)?\s*)"schema"\s*:\s*\[[^\]]*\]\s*,/i;

/** By the head of the file, as text; null where it can hold no alerts. */
export function findForm(head: string): Form | null {
  const text = head.replace(/^\uFEFF/, '');
  const layout = findLayout(text.replace(SCHEMA_FIRST, '$1'));
  if (layout !== null) return { id: 'json', layout, hasSchema: SCHEMA_FIRST.test(text) };
  const lines = text.split('\n', LINES_LOOKED_AT);
  if (isAlertHeader(lines[0].replace(/\r$/, ''))) return { id: 'csv' };
  return lines.some((line) => CEF_ALERT.test(line)) ? { id: 'cef' } : null;
}
