import { BOUNDS } from '../../shared/contract/bounds.ts';
import type { ExclusionPreview } from '../../shared/contract/operations.ts';
import { isImportedDetection } from '../../shared/model/imported-alert.ts';
import { type Severity, severityRank } from '../../shared/model/severity.ts';
import type { Exclusion, ExclusionDraft, ExclusionRow } from '../../shared/model/tuning.ts';
import { ok, problem, type Result } from '../../shared/result.ts';
import { detectionRegistry } from '../detections/registry.ts';
import type { Workspace } from '../engine/workspace.ts';
import { csvCell } from '../exports/safe-text.ts';
import type { Entity } from '../identities/resolve.ts';
import { excludable, settleAlerts } from '../sync/settle-alerts.ts';
import { checkDraft } from '../tuning/check-draft.ts';
import { type CsvContext, EXCLUSION_COLUMNS, exclusionCells, readExclusions } from '../tuning/exclusion-csv.ts';
import { compileScope, findHiding, isExpired } from '../tuning/match-exclusion.ts';
import type { Context, Operations } from './operation.ts';

type Names =
  | 'exclusions.list'
  | 'exclusions.add'
  | 'exclusions.change'
  | 'exclusions.remove'
  | 'exclusions.restore'
  | 'exclusions.preview'
  | 'exclusions.importCsv'
  | 'exclusions.exportCsv';

const MOST_EXAMPLES = 5;
const MOST_BAD_ROWS = 200;

export const exclusionOperations: Operations<Names> = {
  'exclusions.list': (_input, { workspace, now }) => {
    const hides = new Map<number, number>();
    for (const { row } of workspace.alerts.found()) for (const id of row.hiddenBy) hides.set(id, (hides.get(id) ?? 0) + 1);
    return ok(
      workspace.exclusions
        .all()
        .map((exclusion) => ({ ...exclusion, isExpired: isExpired(exclusion, now()), hides: hides.get(exclusion.id) ?? 0 })),
    );
  },

  'exclusions.add': ({ draft, author }, context) => {
    const checked = checkStatement(draft, author, context);
    if (!checked.ok) return checked;
    if (context.workspace.exclusions.all().length >= BOUNDS.exclusions) return tooMany();
    const [added] = context.workspace.exclusions.add([{ draft: checked.value, author: author.trim() }], context.now());
    settle(context);
    return ok(rowOf(context, added));
  },

  'exclusions.change': ({ id, draft, author }, context) => {
    const { exclusions } = context.workspace;
    if (exclusions.get(id) === null) return problem('not-found', 'This exclusion was removed; open the list again.');
    const checked = checkStatement(draft, author, context);
    if (!checked.ok) return checked;
    exclusions.change(id, checked.value, author.trim(), context.now());
    settle(context);
    return ok(rowOf(context, exclusions.get(id)!));
  },

  'exclusions.remove': ({ ids }, context) => ok({ changed: setRemoved(context, ids, context.now()) }),
  'exclusions.restore': ({ ids }, context) => ok({ changed: setRemoved(context, ids, null) }),

  'exclusions.preview': ({ draft, id }, { workspace }) => {
    const checked = checkDraft(draft, isDetection);
    return checked.ok ? ok(previewOf(workspace, [checked.value], id === undefined ? [] : [id])) : checked;
  },

  'exclusions.importCsv': ({ text, author, mode }, context) => {
    const { workspace } = context;
    const read = readExclusions(text, { isDetection, findEntities: entityFinder(workspace) }, BOUNDS.exclusions);
    if (!read.ok) return read;
    const fallback = author.trim();
    const unsigned = fallback === '' ? read.value.rows.filter((row) => row.author === '') : [];
    const bad = [
      ...read.value.bad,
      ...unsigned.map(({ line }) => ({ line, reason: 'The author is missing, and none was given for all.' })),
    ];
    bad.sort((a, b) => a.line - b.line);
    const good = read.value.rows.filter((row) => !unsigned.includes(row));
    const known = new Set(workspace.exclusions.all().map(sameAs));
    const fresh = good.filter(({ draft }) => !known.has(sameAs(draft)) && known.add(sameAs(draft)));
    const preview = previewOf(
      workspace,
      good.map(({ draft }) => draft).filter((draft) => !isExpired(draft, context.now())),
      [],
    );
    const isApplied = mode === 'good-rows' || (mode === 'all' && bad.length === 0);
    if (isApplied && workspace.exclusions.all().length + fresh.length > BOUNDS.exclusions) return tooMany();
    const added = isApplied
      ? workspace.exclusions.add(
          fresh.map((row) => ({ draft: row.draft, author: row.author || fallback })),
          context.now(),
        )
      : [];
    if (added.length > 0) settle(context);
    return ok({
      good: good.length,
      known: good.length - fresh.length,
      bad: bad.slice(0, MOST_BAD_ROWS),
      added: added.map(({ id }) => id),
      preview,
    });
  },

  'exclusions.exportCsv': (_input, { workspace }) => {
    const rows = workspace.exclusions.all();
    const lines = [EXCLUSION_COLUMNS, ...rows.map(exclusionCells)].map((cells) => cells.map(csvCell).join(','));
    return ok({ text: `\uFEFF${lines.join('\r\n')}\r\n`, rows: rows.length });
  },
};

function isDetection(id: string): boolean {
  return isImportedDetection(id) || detectionRegistry.some((detection) => detection.id === id);
}

function tooMany() {
  return problem('not-allowed', `There is room for ${BOUNDS.exclusions} exclusions. Remove expired ones, or join several into a range.`);
}

/** A draft that is to be stored: also with a reason, an author, and an end that lies ahead. */
function checkStatement(draft: ExclusionDraft, author: string, { now }: Context): Result<ExclusionDraft> {
  if (draft.reason.trim() === '')
    return problem('invalid-input', 'Write the reason: whoever reads the queue later must be able to judge it.');
  if (author.trim() === '') return problem('invalid-input', 'Write your name: an exclusion needs an author.');
  if (isExpired(draft, now())) return problem('invalid-input', 'The exclusion would end in the past. Choose a later moment, or none.');
  return checkDraft(draft, isDetection);
}

function settle({ workspace, now, hint }: Context): void {
  settleAlerts(workspace, workspace.alerts.found(), now());
  hint('alerts.changed', { alerts: workspace.alerts.count });
}

function setRemoved(context: Context, ids: readonly number[], removedAt: number | null): number {
  const changed = context.workspace.exclusions.setRemoved(ids, removedAt);
  if (changed > 0) settle(context);
  return changed;
}

function rowOf({ workspace, now }: Context, exclusion: Exclusion): ExclusionRow {
  const hides = workspace.alerts.found().filter(({ row }) => row.hiddenBy.includes(exclusion.id)).length;
  return { ...exclusion, isExpired: isExpired(exclusion, now()), hides };
}

/**
 * What drafts would hide together of what counts now; `replaced`: exclusions that are taken as if they were not there. What only shares its part is
 * counted for a single draft: of many it would say little and cost much.
 */
function previewOf(workspace: Workspace, drafts: readonly ExclusionDraft[], replaced: readonly number[]): ExclusionPreview {
  const hiding = findHiding(
    drafts.map((draft, id) => ({ ...draft, id })),
    Number.NEGATIVE_INFINITY,
  );
  const single = drafts.length === 1 ? compileScope(drafts[0]) : () => 'other' as const;
  const bySeverity: Record<Severity, number> = { informational: 0, low: 0, medium: 0, high: 0 };
  const hidden: string[] = [];
  const count = { of: 0, inTest: 0, shared: 0 };
  for (const alert of workspace.alerts.found()) {
    const { row } = alert;
    if (row.hiddenBy.some((id) => !replaced.includes(id))) continue;
    if (!row.isTest) count.of++;
    const asked = excludable(workspace, alert);
    if (hiding(asked).length === 0) count.shared += single(asked) === 'shared' && !row.isTest ? 1 : 0;
    else if (row.isTest) count.inTest++;
    else {
      hidden.push(row.id);
      bySeverity[row.severity]++;
    }
  }
  const rows = hidden.flatMap((id) => workspace.alerts.row(id) ?? []);
  rows.sort((a, b) => severityRank(b.severity) - severityRank(a.severity) || b.lastAt - a.lastAt || (a.id < b.id ? -1 : 1));
  const open = rows.filter(({ status }) => status !== 'resolved').length;
  return { ...count, hides: hidden.length, bySeverity, open, examples: rows.slice(0, MOST_EXAMPLES) };
}

/** Two that hide the same for the same time are one. */
function sameAs({ detection, entity, role, network, expiresAt }: ExclusionDraft): string {
  return JSON.stringify([detection, entity, role, network, expiresAt]);
}

/** Finds the entities that a row of a file can mean: by id, `DOMAIN\\name`, or name, in any case. */
function entityFinder(workspace: Workspace): CsvContext['findEntities'] {
  const bySpelling = new Map<string, Set<Entity>>();
  const { entities } = workspace.resolution();
  for (const entity of entities.slice(1)) {
    for (const spelling of [entity.id, entity.name, `${entity.domain}\\${entity.name}`]) {
      const key = spelling.toLowerCase();
      bySpelling.set(key, (bySpelling.get(key) ?? new Set()).add(entity));
    }
  }
  return (text) => [...(bySpelling.get(text.toLowerCase()) ?? [])];
}
