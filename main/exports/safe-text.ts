/**
 * Evidence is written by attackers. These functions make its text harmless where it is shown: no markup, no control characters, no characters that
 * turn the direction of text around (Unicode TR 36), which could make a file name read as another.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is made visible here.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;
/** No width, or another direction: marks, embeddings, overrides, isolates, soft hyphen, fillers, annotations, byte-order mark, tags. */
const UNSEEN = /[\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\u{e0000}-\u{e0fff}]/u;
const INVISIBLE = new RegExp(`${CONTROL.source}|${UNSEEN.source}|\\p{Surrogate}`, 'gu');

export function visible(text: string): string {
  return text.replace(INVISIBLE, (found) => `\\u${found.codePointAt(0)!.toString(16).padStart(4, '0')}`);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escapeHtml(text: string): string {
  return visible(text).replace(/[&<>"']/g, (found) => ENTITIES[found]);
}

/** Also in the wide forms that some spreadsheets take for the narrow ones, and behind blanks that they leave out. */
const FORMULA = /^\s*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;

/** RFC 4180; a cell that a spreadsheet would run as a formula is made text by an apostrophe. */
export function csvCell(value: string | number): string {
  const text = String(value);
  const harmless = typeof value === 'string' && FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
