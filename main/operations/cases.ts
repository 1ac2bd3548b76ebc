import type { CaseDetail, CaseRow } from '../../shared/model/case-file.ts';
import { ok, problem, type Result } from '../../shared/result.ts';
import { verifyCaseFile } from '../exports/verify-case-file.ts';
import { writeCaseFile } from '../exports/write-case-file.ts';
import { collectCase } from './collect-case.ts';
import type { Context, Operations } from './operation.ts';

type Names =
  | 'cases.list'
  | 'cases.create'
  | 'cases.get'
  | 'cases.update'
  | 'cases.remove'
  | 'cases.restore'
  | 'cases.addNote'
  | 'cases.changeNote'
  | 'cases.removeNote'
  | 'cases.addEvidence'
  | 'cases.removeEvidence'
  | 'cases.export'
  | 'cases.verify';

export const caseOperations: Operations<Names> = {
  'cases.list': (_input, { workspace }) => ok(workspace.cases.list()),

  'cases.create': ({ title, author }, context) => {
    const row = context.workspace.cases.create(title, author || context.workspace.settings.all().analyst, context.now());
    changed(context);
    return ok(row);
  },

  'cases.get': ({ caseId }, context) => detail(context, caseId),

  'cases.update': ({ caseId, ...change }, context) =>
    rowAfter(context, caseId, () => context.workspace.cases.update(caseId, change, context.now())),

  'cases.remove': ({ caseId }, context) => {
    context.workspace.cases.remove(caseId, context.now());
    changed(context);
    return ok(null);
  },

  'cases.restore': ({ caseId }, context) => {
    context.workspace.cases.restore(caseId);
    return rowAfter(context, caseId, () => {});
  },

  'cases.addNote': ({ caseId, text }, context) =>
    after(context, caseId, () => context.workspace.cases.addNote(caseId, text, context.now())),
  'cases.changeNote': ({ caseId, noteId, text }, context) =>
    after(context, caseId, () => context.workspace.cases.changeNote(caseId, noteId, text, context.now())),
  'cases.removeNote': ({ caseId, noteId }, context) =>
    after(context, caseId, () => context.workspace.cases.removeNote(caseId, noteId, context.now())),
  'cases.addEvidence': ({ caseId, items }, context) =>
    after(context, caseId, () => context.workspace.cases.addEvidence(caseId, items, context.now())),
  'cases.removeEvidence': ({ caseId, evidenceIds }, context) =>
    after(context, caseId, () => context.workspace.cases.removeEvidence(caseId, evidenceIds, context.now())),

  'cases.export': async ({ caseId, path, form }, context) => {
    const content = collectCase(context.workspace, caseId, context.now());
    if (content === null) return gone();
    return writeCaseFile(content, path, form);
  },

  'cases.verify': ({ path }) => verifyCaseFile(path),
};

function gone() {
  return problem('not-found', 'This case was removed; it can be brought back from the list of cases.');
}

function changed({ workspace, hint }: Context): void {
  hint('cases.changed', { cases: workspace.cases.count() });
}

function detail({ workspace }: Context, caseId: number): Result<CaseDetail> {
  const found = workspace.cases.get(caseId);
  return found ? ok(found) : gone();
}

function after(context: Context, caseId: number, change: () => void): Result<CaseDetail> {
  if (!context.workspace.cases.get(caseId)) return gone();
  change();
  changed(context);
  return detail(context, caseId);
}

function rowAfter(context: Context, caseId: number, change: () => void): Result<CaseRow> {
  const found = after(context, caseId, change);
  return found.ok ? ok(found.value.row) : found;
}
