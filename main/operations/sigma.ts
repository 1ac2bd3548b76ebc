import {
  SIGMA_LEVELS,
  SIGMA_STATES,
  SIGMA_STATUSES,
  type SigmaCount,
  type SigmaOverview,
  type SigmaProgress,
  type SigmaRuleRow,
} from '../../shared/model/sigma.ts';
import { ok, problem } from '../../shared/result.ts';
import { explainRule } from '../sigma/explain-rule.ts';
import { inTurns } from '../sync/detect.ts';
import { PLACEHOLDERS } from '../sync/sigma-library.ts';
import { containsWords, pageOf } from './alerts.ts';
import type { Context, Operations } from './operation.ts';
import { countValues, idsAt, sigmaRows, switchableTags } from './sigma-rows.ts';

type Names =
  | 'sigma.overview'
  | 'sigma.add'
  | 'sigma.cancelAdd'
  | 'sigma.rules'
  | 'sigma.rule'
  | 'sigma.switch'
  | 'sigma.removeSet'
  | 'sigma.restoreSet';

const TAGS_SHOWN = 40;
const GONE = 'This set of rules is not there any more; removed sets can be brought back until the console is closed.';

export const sigmaOperations: Operations<Names> = {
  'sigma.overview': async (_input, context) => {
    const { workspace, runner, sigmaAdd } = context;
    await compiled(context);
    const rows = sigmaRows(workspace, runner);
    const counts = Object.fromEntries(SIGMA_STATES.map((state) => [state, rows.filter((row) => row.state === state).length]));
    return ok({
      sets: workspace.sigma.sets(),
      switches: workspace.sigma.off(),
      counts: counts as SigmaOverview['counts'],
      levels: inOrder(
        countValues(rows, ({ level }) => [level]),
        SIGMA_LEVELS,
      ),
      statuses: inOrder(
        countValues(rows, ({ status }) => [status]),
        SIGMA_STATUSES,
      ),
      tags: countValues(rows, switchableTags).slice(0, TAGS_SHOWN),
      progress: sigmaAdd.progress() ?? runner.sigma.progress(),
    });
  },

  'sigma.add': async ({ paths, uploadIds = [] }, context) => {
    const { workspace, runner, uploads, sigmaAdd, now, hint } = context;
    const spooled = uploads.paths(uploadIds);
    if (!spooled.ok) return spooled;
    const all = [...paths, ...spooled.value];
    if (all.length === 0) return problem('invalid-input', 'Name at least one rule file, folder or archive to add.');
    const addition = {
      store: workspace.sigma,
      paths: all,
      addedBy: workspace.settings.all().analyst,
      now: now(),
      onProgress: (progress: SigmaProgress) => hint('sigma.progress', progress),
    };
    const added = await sigmaAdd.run(addition).finally(() => {
      for (const id of uploadIds) uploads.discard(id);
    });
    if (added.ok) {
      runner.sigma.library.setsChanged();
      await compiled(context);
      runner.detectSoon();
    }
    return added;
  },

  'sigma.cancelAdd': (_input, { sigmaAdd }) => {
    sigmaAdd.cancel();
    return ok(null);
  },

  'sigma.rules': async ({ states, setId, text, cursor, limit }, context) => {
    await compiled(context);
    const rows = sigmaRows(context.workspace, context.runner).filter(
      (row) =>
        (!states?.length || states.includes(row.state)) &&
        (setId === undefined || row.setId === setId) &&
        (!text ||
          containsWords(`${row.title} ${row.key} ${row.path} ${row.level} ${row.status} ${row.tags.join(' ')} ${row.reason}`, text)),
    );
    return ok(pageOf(rows.sort(worstFirst), cursor, limit));
  },

  'sigma.rule': async ({ fileId }, context) => {
    const { workspace, runner } = context;
    await compiled(context);
    const row = sigmaRows(workspace, runner).find((one) => one.fileId === fileId);
    const file = workspace.sigma.file(fileId);
    const library = runner.sigma.library.rule(fileId);
    if (row === undefined || file === null || library === null) return problem('not-found', 'This rule was removed with its set.');
    const reads = (library.rule?.places ?? []).map((place) => {
      const ids = idsAt(library.rule!, place);
      return `${place.channel}: ${ids === null ? 'any event' : ids.join(', ') || 'no event'}`;
    });
    return ok({
      row,
      setName: workspace.sigma.sets().find((set) => set.id === row.setId)?.name ?? '',
      text: file.text,
      about: explainRule(file.text, PLACEHOLDERS).words,
      reads: [...new Set(reads)],
      isOn: runner.sigma.library.isRuleOn(row.key),
    });
  },

  'sigma.switch': ({ kind, value, on }, { runner, hint }) => {
    if (value === '') return problem('invalid-input', 'Name what is to be switched.');
    runner.sigma.library.switch({ kind, value }, on);
    runner.detectSoon();
    hint('sigma.progress', { stage: 'done', done: 0, total: 0 });
    return ok(null);
  },

  'sigma.removeSet': ({ setId }, { workspace, runner, now }) => {
    if (!workspace.sigma.setRemoved(setId, now())) return problem('not-found', GONE);
    runner.sigma.library.setsChanged();
    runner.detectSoon();
    return ok(null);
  },

  'sigma.restoreSet': ({ setId }, { workspace, runner }) => {
    if (!workspace.sigma.setRemoved(setId, null)) return problem('not-found', GONE);
    runner.sigma.library.setsChanged();
    runner.detectSoon();
    return ok(null);
  },
};

/** Resolves when every stored rule is compiled; questions of others are answered meanwhile. */
async function compiled({ runner, hint }: Context): Promise<void> {
  if (runner.sigma.library.isCurrent) return;
  await inTurns(
    runner.sigma.library.compile((done) => done > 0 && hint('sigma.progress', { stage: 'compiling', done, total: 0 })),
    () => false,
  );
  hint('sigma.progress', { stage: 'done', done: 0, total: 0 });
}

const STATE_RANK = Object.fromEntries(SIGMA_STATES.map((state, rank) => [state, rank]));

/** What fired first, worst first; rules without a known level last. */
function worstFirst(a: SigmaRuleRow, b: SigmaRuleRow): number {
  return (
    STATE_RANK[a.state] - STATE_RANK[b.state] ||
    rankIn(SIGMA_LEVELS, a.level) - rankIn(SIGMA_LEVELS, b.level) ||
    a.title.localeCompare(b.title) ||
    a.fileId - b.fileId
  );
}

function rankIn(order: readonly string[], value: string): number {
  const rank = order.indexOf(value);
  return rank < 0 ? order.length : rank;
}

function inOrder(counts: readonly SigmaCount[], order: readonly string[]): SigmaCount[] {
  return [...counts].sort((a, b) => rankIn(order, a.value) - rankIn(order, b.value));
}
