import { createHash } from 'node:crypto';
import { BOUNDS } from '../../shared/contract/bounds.ts';
import type { AlertEvidence, Classification } from '../../shared/model/alert.ts';
import { ALERT_FIELDS, type AlertFieldName, IMPORTED_PREFIX, type ImportedOrigin } from '../../shared/model/imported-alert.ts';
import type { Severity } from '../../shared/model/severity.ts';
import { TACTICS, tacticsInOrder } from '../../shared/model/technique.table.ts';
import { type Micros, parseMoment } from '../../shared/model/time.ts';
import { sessionsOf } from '../correlation/sessions-of.ts';
import type { CatalogueEntry } from '../detections/catalogue.table.ts';
import { matchCatalogue } from '../detections/match-catalogue.ts';
import { entitiesOf } from '../detections/run.ts';
import type { Workspace } from '../engine/workspace.ts';
import type { FoundAlert } from '../store/alert-store.ts';
import type { ImportedGroup } from './imported-groups.ts';

/** An imported alert, and the catalogue row that it is. */
export type ImportedDraft = { readonly found: FoundAlert; readonly entry: CatalogueEntry | null };

const FIELDS_PER_RECORD = 40;
const FIELD_CHARACTERS = 2_000;
const TITLE_CHARACTERS = 300;
const FILES_NAMED = 10;
const OURS = new Set<string>(Object.values(ALERT_FIELDS));
const ROLE_FIELD = /^(?:Actor|Target|Source)\./;

const FIRST_RESPONSE = [
  'Open the alert in its own product where you can: the link below leads there, and its state may have changed since the export.',
  'Compare what it says with the records of the same accounts and hosts in Investigate; another product may know more than its export says.',
  'If the act was expected, resolve it in its own product as well: the next export brings its state.',
];

/** One alert as its product tells it: the newest word counts, what that leaves out the ones before say. */
export function draftImported(workspace: Workspace, { ids, statements }: ImportedGroup): ImportedDraft {
  const say = (name: AlertFieldName): string => statements.find(({ said }) => said[name] !== '')?.said[name] ?? '';
  const title = say('title').replace(/\s+/g, ' ').slice(0, TITLE_CHARACTERS) || 'Alert without a title';
  const entry = matchCatalogue({ title, number: say('number'), detector: say('detector') });
  const product = say('product') || 'another product';
  const entities = entitiesOf({ sample: statements.map(({ event }) => ({ event })) }, labelsOf(workspace));
  const named = entities.slice(0, 3).map(({ name }) => name);
  const more = entities.length > named.length ? ` and ${entities.length - named.length} more` : '';
  const techniques = [...new Set(say('techniques').match(/T\d{4}(?:\.\d{3})?/g) ?? [])];
  const mark = { product, catalogue: entry?.[0] ?? '' };
  const origin: ImportedOrigin = {
    ...mark,
    catalogueName: entry?.[2] ?? '',
    ids,
    severity: say('severity'),
    status: say('status'),
    classification: say('classification'),
    category: say('category'),
    detector: say('detector'),
    link: say('link'),
    records: statements.length,
    files: filesOf(workspace, statements),
  };
  const { firstAt, lastAt } = spanOf(statements);
  const found: FoundAlert = {
    row: {
      id: createHash('sha256').update(`imported\n${ids[0]}`).digest('hex').slice(0, 32),
      detection: IMPORTED_PREFIX + (entry?.[0] ?? slugOf(title)),
      externalId: entry?.[1] ?? numberOf(say('number')),
      title,
      summary: `${product} raised “${title}”${named.length > 0 ? ` about ${named.join(', ')}${more}` : ''}.`,
      severity: severityOf(origin.severity),
      confidence: 'medium',
      techniques,
      tactics: tacticsOf(origin.category),
      firstAt,
      lastAt,
      entities,
      evidenceCount: statements.length,
      incidentId: '',
      isTest: false,
      hiddenBy: [],
      imported: mark,
    },
    sessions: sessionsOf(statements.slice(0, FIELDS_PER_RECORD).map(({ event }) => event)),
    evidence: evidenceOf(workspace, statements),
    whatHappened: say('description') || `${product} raised this alert; its export says no more of what happened.`,
    whyItMatters: `The alert is ${product}'s own and was imported; Keepwatch did not find it and cannot say how it was found.`,
    benignCauses: [],
    firstResponse: FIRST_RESPONSE,
    conditions: [],
    imported: origin,
    startsAs: { status: statusOf(origin.status), classification: classificationOf(origin.classification) },
  };
  return { found, entry };
}

function labelsOf(workspace: Workspace): Parameters<typeof entitiesOf>[1] {
  return {
    label: (id) => {
      const entity = workspace.entity(id);
      return entity ? { name: entity.name, kind: entity.kind } : null;
    },
  };
}

function spanOf(statements: ImportedGroup['statements']): { firstAt: Micros; lastAt: Micros } {
  const times = statements.flatMap(({ event, said }) => [
    event.at,
    parseMoment(said.firstAt)?.at ?? event.at,
    parseMoment(said.lastAt)?.at ?? event.at,
  ]);
  return { firstAt: times.reduce((a, b) => Math.min(a, b)), lastAt: times.reduce((a, b) => Math.max(a, b)) };
}

function filesOf(workspace: Workspace, statements: ImportedGroup['statements']): string[] {
  const files = statements.map(({ event }) => workspace.imports.file(workspace.events.blockOf(event.index).fileId)?.path ?? '');
  return [...new Set(files)].filter(Boolean).sort().slice(0, FILES_NAMED);
}

/** The records with the fields of the export; what we brought them to is told apart from them in the alert itself. */
function evidenceOf(workspace: Workspace, statements: ImportedGroup['statements']): AlertEvidence[] {
  return statements.slice(0, BOUNDS.evidencePerAlert).map(({ event }): AlertEvidence => {
    const block = workspace.events.blockOf(event.index);
    const fields = block.fields
      .fields(workspace.events.rowOf(event.index))
      .filter(([name, value]) => value !== '' && !OURS.has(name) && !ROLE_FIELD.test(name));
    return {
      eventIndex: event.index,
      eventKey: workspace.events.table.key(event.index),
      at: event.at,
      tick: event.tick,
      eventId: event.eventId,
      computer: event.computer,
      file: workspace.imports.file(block.fileId)?.path ?? '',
      recordId: event.recordId,
      fields: fields.slice(0, FIELDS_PER_RECORD).map(([name, value]) => [name, value.slice(0, FIELD_CHARACTERS), ''] as const),
    };
  });
}

function severityOf(exported: string): Severity {
  const word = exported.trim().toLowerCase();
  if (word === 'high' || word === 'critical') return 'high';
  return word === 'low' || word === 'informational' ? word : 'medium';
}

function statusOf(exported: string): 'new' | 'in-progress' | 'resolved' {
  const word = exported.toLowerCase().replace(/[^a-z]/g, '');
  if (['resolved', 'dismissed', 'closed'].includes(word)) return 'resolved';
  return word === 'inprogress' || word === 'active' ? 'in-progress' : 'new';
}

function classificationOf(exported: string): Classification {
  const word = exported.toLowerCase().replace(/[^a-z]/g, '');
  if (word === 'truepositive') return 'true-positive';
  if (word === 'falsepositive') return 'false-positive';
  return word.includes('expectedactivity') || word === 'benignpositive' ? 'expected-activity' : 'not-set';
}

/** `CredentialAccess`, `Credential access` and `InitialAccess, Persistence`. */
function tacticsOf(exported: string): string[] {
  const words = exported.split(/[,;]/).map((word) => word.toLowerCase().replace(/[^a-z]/g, ''));
  return tacticsInOrder(TACTICS.map(({ name }) => name).filter((name) => words.includes(name.toLowerCase().replace(/[^a-z]/g, ''))));
}

function slugOf(title: string): string {
  const slug = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);
  return slug || createHash('sha256').update(title).digest('hex').slice(0, 16);
}

function numberOf(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}
