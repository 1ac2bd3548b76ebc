import { formatMoment, type Micros, parseMoment } from '../../shared/model/time.ts';
import { EXCLUSION_ROLES, type Exclusion, type ExclusionDraft } from '../../shared/model/tuning.ts';
import { problem, type Result } from '../../shared/result.ts';
import { type CsvRow, parseCsv } from '../lib/parse-csv.ts';
import { checkDraft } from './check-draft.ts';

/** Header names of the file, in the order in which it is written; it is read in any order, and only `reason` and one of the first four is needed. */
export const EXCLUSION_COLUMNS = ['detection', 'entity', 'entity name', 'network', 'role', 'expires', 'reason', 'author'] as const;
type ColumnName = (typeof EXCLUSION_COLUMNS)[number];

export type BadRow = { readonly line: number; readonly reason: string };
export type ReadRow = { readonly line: number; readonly draft: ExclusionDraft; readonly author: string };
export type ReadExclusions = { readonly rows: readonly ReadRow[]; readonly bad: readonly BadRow[] };

/** What the rows refer to. */
export type CsvContext = {
  isDetection(id: string): boolean;
  /** Entities of the store with that id or name; of several, the row does not say which is meant. */
  findEntities(text: string): readonly { readonly id: string; readonly name: string }[];
};

const MOST_REASON = 1_000;
const MOST_AUTHOR = 200;

/** Reads a file of exclusions. Problem `invalid-input` where the whole file is none (no header, too many rows); bad rows are told one by one. */
export function readExclusions(text: string, context: CsvContext, mostRows: number): Result<ReadExclusions> {
  const [header, ...rows] = parseCsv(text);
  if (header === undefined)
    return problem('invalid-input', 'The file is empty. Its first line names the columns; Export writes one to go by.');
  const columns = header.cells.map((name) => name.trim().toLowerCase());
  const unknown = columns.filter((name) => name !== '' && !EXCLUSION_COLUMNS.includes(name as ColumnName));
  if (unknown.length > 0 || !columns.includes('reason'))
    return problem(
      'invalid-input',
      `The first line must name the columns: ${EXCLUSION_COLUMNS.join(', ')}.${unknown.length > 0 ? ` It has "${unknown[0].slice(0, 60)}".` : ' "reason" is missing.'}`,
    );
  if (rows.length > mostRows)
    return problem('invalid-input', `The file has ${rows.length} rows; at most ${mostRows} fit at once. Cut it into several.`);
  const read: ReadRow[] = [];
  const bad: BadRow[] = [];
  for (const row of rows) {
    const result = readRow(row, columns, context);
    if (result.ok) read.push({ line: row.line, ...result.value });
    else bad.push({ line: row.line, reason: result.message });
  }
  return { ok: true, value: { rows: read, bad } };
}

function readRow(row: CsvRow, columns: readonly string[], context: CsvContext): Result<Omit<ReadRow, 'line'>> {
  const cell = (name: ColumnName) => plain(row.cells[columns.indexOf(name)] ?? '');
  if (row.cells.length > columns.length) return problem('invalid-input', `It has ${row.cells.length} cells for ${columns.length} columns.`);
  const reason = cell('reason');
  const author = cell('author');
  if (reason === '') return problem('invalid-input', 'The reason is missing.');
  if (reason.length > MOST_REASON || author.length > MOST_AUTHOR)
    return problem('invalid-input', `A reason has at most ${MOST_REASON} letters, an author ${MOST_AUTHOR}.`);
  const expiry = cell('expires');
  const expiresAt = expiry === '' ? null : momentOf(expiry);
  if (expiry !== '' && expiresAt === null)
    return problem('invalid-input', `"${expiry.slice(0, 40)}" is no moment. Write 2027-01-31 or 2027-01-31T18:00:00Z.`);
  const role = EXCLUSION_ROLES.find((known) => known === (cell('role').toLowerCase() || 'any'));
  if (role === undefined) return problem('invalid-input', `"${cell('role').slice(0, 40)}" is no role: ${EXCLUSION_ROLES.join(', ')}.`);
  const entity = entityOf(cell('entity'), cell('entity name'), context);
  if (!entity.ok) return entity;
  const draft = { detection: cell('detection'), network: cell('network'), role, expiresAt, reason };
  const checked = checkDraft({ ...draft, entity: entity.value.id, entityName: entity.value.name }, context.isDetection);
  return checked.ok ? { ok: true, value: { draft: checked.value, author } } : checked;
}

/** By id, else by a name that only one entity of the store has. An id may be unknown as yet: its evidence can come later. */
function entityOf(id: string, name: string, context: CsvContext): Result<{ id: string; name: string }> {
  if (id === '' && name === '') return { ok: true, value: { id: '', name: '' } };
  const wanted = id || name;
  const found = context.findEntities(wanted);
  if (found.length === 1) return { ok: true, value: { id: found[0].id, name: found[0].name } };
  if (found.length > 1)
    return problem('invalid-input', `"${wanted.slice(0, 100)}" names ${found.length} entities. Write the id of the one: ${found[0].id}.`);
  if (/^\w+:./.test(wanted)) return { ok: true, value: { id: wanted, name: name || wanted } };
  return problem(
    'invalid-input',
    `No entity of this store is called "${wanted.slice(0, 100)}". Write its id, such as sid:S-1-5-21-…-1104.`,
  );
}

/** Export puts an apostrophe before what a spreadsheet would run as a formula; reading takes it away again. */
function plain(cell: string): string {
  const text = cell.trim();
  return /^'\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(text) ? text.slice(1).trim() : text;
}

function momentOf(text: string): Micros | null {
  return parseMoment(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text)?.at ?? null;
}

/** The cells of one exclusion, in the order of `EXCLUSION_COLUMNS`; not yet safe for a spreadsheet. */
export function exclusionCells(exclusion: Exclusion): string[] {
  const { detection, entity, entityName, network, role, expiresAt, reason, author } = exclusion;
  return [detection, entity, entityName, network, role, expiresAt === null ? '' : formatMoment(expiresAt), reason, author];
}
