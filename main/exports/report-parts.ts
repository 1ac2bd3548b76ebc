import { formatMoment, type Micros } from '../../shared/model/time.ts';
import { escapeHtml } from './safe-text.ts';

/** Pieces that the chapters of the report share. All text goes through `e`. */
export const e = escapeHtml;

/** To the second. */
export function short(at: Micros): string {
  return `${formatMoment(at).slice(0, 19).replace('T', ' ')} UTC`;
}

/** To the 100 ns of the record. */
export function exact(at: Micros, tick: number): string {
  return formatMoment(at, tick).replace('T', ' ').replace('Z', ' UTC');
}

/** `in-progress` as "In progress". */
export function capital(text: string): string {
  return e(text.charAt(0).toUpperCase() + text.slice(1).replaceAll('-', ' '));
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}

export function section(id: string, title: string, body: string): string {
  return `<section id="${id}"><h2>${e(title)}</h2>${body}</section>\n`;
}

export function list(items: readonly string[]): string {
  return items.length === 0 ? '' : `<ul>${items.map((item) => `<li>${e(item)}</li>`).join('')}</ul>`;
}

/** `rows` are finished `<tr>`. */
export function table(columns: readonly string[], rows: readonly string[], kind = ''): string {
  const heads = columns.map((column) => `<th scope="col">${e(column)}</th>`).join('');
  return `<table${kind === '' ? '' : ` class="${kind}"`}><thead><tr>${heads}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

export function severityTag(value: string): string {
  return `<span class="tag ${e(value)}">${capital(value)}</span>`;
}

/** Anchors come from ids that are data: what is no letter or digit is left out. */
export function anchor(kind: string, id: string): string {
  return `${kind}-${id.replace(/[^a-z0-9]/gi, '').slice(0, 64)}`;
}
