import { ok, problem } from '../../shared/result.ts';
import type { Operations } from './operation.ts';

type Names = 'imports.start' | 'imports.startDemo' | 'imports.cancel' | 'imports.list' | 'imports.report' | 'imports.remove';

export const importOperations: Operations<Names> = {
  'imports.start': ({ paths, uploadIds }, { runner, uploads }) => {
    const spooled = uploads.paths(uploadIds ?? []);
    if (!spooled.ok) return spooled;
    if (paths.length + spooled.value.length === 0) return problem('invalid-input', 'Name at least one file, folder or archive to import.');
    return ok({ importId: runner.start([...paths, ...spooled.value], uploadIds ?? []) });
  },

  'imports.startDemo': (_input, { runner }) => ok({ importId: runner.startDemo() }),

  'imports.cancel': ({ importId }, { runner }) => {
    runner.cancel(importId);
    return ok(null);
  },

  'imports.list': (_input, { workspace, runner }) =>
    ok(workspace.imports.list().map((row) => ({ ...row, progress: runner.progressOf(row.id) }))),

  'imports.report': ({ importId }, { workspace, runner }) => {
    const row = workspace.imports.get(importId);
    if (!row) return problem('not-found', 'This import was removed.');
    return ok({
      row: { ...row, progress: runner.progressOf(importId) },
      files: workspace.imports.files(importId),
      cannotFire: runner.cannotFire(),
    });
  },

  'imports.remove': async ({ importId }, { workspace, runner, hint }) => {
    if (runner.isRunning()) return problem('already-running', 'An import is running; wait for it or cancel it, then remove this one.');
    if (!workspace.imports.get(importId)) return problem('not-found', 'This import was removed already.');
    const removed = workspace.imports.remove(importId);
    workspace.reload();
    await runner.detect();
    hint('events.changed', { events: workspace.events.table.count });
    hint('entities.changed', { entities: workspace.resolution().entities.length });
    return ok(removed);
  },
};
