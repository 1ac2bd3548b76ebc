import { severityRank } from '../../shared/model/severity.ts';
import type { SigmaProgress } from '../../shared/model/sigma.ts';
import type { AlertDraft, DetectionFailure } from '../detections/run.ts';
import type { Workspace } from '../engine/workspace.ts';
import type { SigmaRule } from '../sigma/compile-rule.ts';
import { explainRule } from '../sigma/explain-rule.ts';
import { draftSigma, type SigmaDraft } from './draft-sigma.ts';
import { type Folded, foldSigma } from './fold-sigma.ts';
import { groupHits, type SigmaGroup } from './sigma-groups.ts';
import { type LibraryRule, PLACEHOLDERS, type SigmaLibrary } from './sigma-library.ts';
import type { SigmaScan } from './sigma-scan.ts';

/** The rules, what they matched so far, and who wants to know how far a run is. */
export type SigmaStage = {
  readonly library: SigmaLibrary;
  readonly scan: SigmaScan;
  onProgress(progress: SigmaProgress): void;
};

export type SigmaResult = {
  readonly alerts: readonly SigmaDraft[];
  readonly matches: Folded['matches'];
  readonly failures: readonly DetectionFailure[];
};

const ALERTS_HELD = 4_000;
/** Records with fields that all Sigma alerts keep together, and the least and most of one. */
const RECORDS_HELD = 60_000;
const LEAST_RECORDS = 5;
const MOST_RECORDS = 100;

/**
 * Runs the enabled Sigma rules over the stored events, beside the alerts of our detections (`ours`). Yields often. The same rules and events give
 * the same alerts with the same ids in whatever order they came.
 */
export function* runSigma(workspace: Workspace, ours: readonly AlertDraft[], stage: SigmaStage): Generator<void, SigmaResult> {
  const { library, scan } = stage;
  yield* library.compile((done) => stage.onProgress({ stage: 'compiling', done, total: 0 }));
  const enabled = library.enabled();
  const rules = new Map<string, SigmaRule>([...enabled].map(([key, { rule }]) => [key, rule!]));
  yield* scan.run(rules, (done, total) => stage.onProgress({ stage: 'matching', done, total }));
  const failures: DetectionFailure[] = [...scan.failures()].map(([key, reason]) => ({
    detection: '',
    reason: `the Sigma rule “${enabled.get(key)?.title ?? key}” stopped: ${reason}`,
  }));
  const groups = yield* groupAll(workspace, enabled, scan, failures);
  const folded = foldSigma(ours, groups);
  const kept = worst(folded.kept);
  if (kept.length < folded.kept.length)
    failures.push({
      detection: '',
      reason: `more than ${ALERTS_HELD.toLocaleString('en-US')} Sigma alerts; the least severe are not kept`,
    });
  const alerts = yield* draftAll(workspace, kept);
  return { alerts, matches: folded.matches, failures };
}

function* groupAll(
  workspace: Workspace,
  enabled: ReadonlyMap<string, LibraryRule>,
  scan: SigmaScan,
  failures: DetectionFailure[],
): Generator<void, SigmaGroup[]> {
  const { table } = workspace.events;
  const noisy = new Set(scan.cut());
  const groups: SigmaGroup[] = [];
  for (const [key, rule] of enabled) {
    const hits = scan.hits(key);
    if (hits.length === 0) continue;
    const inTime = [...hits].sort((a, b) => table.compare(a, b));
    const grouped = groupHits(
      rule,
      inTime.map((index) => workspace.event(index)),
    );
    groups.push(...grouped.groups);
    if (grouped.isCut) noisy.add(key);
    yield;
  }
  const titles = [...noisy].flatMap((key) => enabled.get(key)?.title ?? []);
  if (titles.length > 0)
    failures.push({ detection: '', reason: `Sigma rules that match so often that only the first are shown: ${named(titles)}` });
  return groups;
}

function named(titles: readonly string[]): string {
  const first = titles.slice(0, 3).map((title) => `“${title}”`);
  return `${first.join(', ')}${titles.length > 3 ? ` and ${titles.length - 3} more` : ''}`;
}

function worst(groups: readonly SigmaGroup[]): readonly SigmaGroup[] {
  if (groups.length <= ALERTS_HELD) return groups;
  const order = (a: SigmaGroup, b: SigmaGroup) =>
    severityRank(b.severity) - severityRank(a.severity) || a.firstAt - b.firstAt || (a.rule.key < b.rule.key ? -1 : 1);
  return [...groups].sort(order).slice(0, ALERTS_HELD);
}

function* draftAll(workspace: Workspace, groups: readonly SigmaGroup[]): Generator<void, SigmaDraft[]> {
  const held = Math.min(MOST_RECORDS, Math.max(LEAST_RECORDS, Math.floor(RECORDS_HELD / Math.max(1, groups.length))));
  const drafts: SigmaDraft[] = [];
  let explainedFile = -1;
  let explanation = explainRule('', PLACEHOLDERS);
  // Groups of one rule follow each other: its text is read and explained once.
  const byRule = [...groups].sort((a, b) => a.rule.fileId - b.rule.fileId);
  for (const group of byRule) {
    const { fileId } = group.rule;
    if (explainedFile !== fileId) explanation = explainRule(workspace.sigma.file(fileId)?.text ?? '', PLACEHOLDERS);
    explainedFile = fileId;
    drafts.push(draftSigma(workspace, group, explanation, held));
    yield;
  }
  return drafts.sort((a, b) => a.firstAt - b.firstAt || (a.id < b.id ? -1 : 1));
}
