import type { AlertEntity, AlertRow } from '../../shared/model/alert.ts';
import { severityRank } from '../../shared/model/severity.ts';
import { HOUR, type Micros } from '../../shared/model/time.ts';
import type { DetectionFailure } from '../detections/run.ts';
import type { Workspace } from '../engine/workspace.ts';
import type { FoundAlert } from '../store/alert-store.ts';
import { draftImported, type ImportedDraft } from './draft-imported.ts';
import { groupImported } from './imported-groups.ts';

export type ImportedResult = { readonly alerts: readonly FoundAlert[]; readonly failures: readonly DetectionFailure[] };
type OurAlert = Pick<AlertRow, 'id' | 'detection' | 'firstAt' | 'lastAt' | 'entities'>;

const ALERTS_HELD = 10_000;
/** Exports give the time of an act to the minute, or that of its alert. */
const APART: Micros = HOUR;
const ACTS_NAMED = 20;

/**
 * An alert for each alert that other products exported, beside ours (`ours`): one of the same act (the detection that its catalogue row names, an
 * entity in common, the same time) is named in it. The same files in whatever order give the same alerts with the same ids. Yields often.
 */
export function* detectImported(workspace: Workspace, ours: readonly OurAlert[]): Generator<void, ImportedResult> {
  const { groups, isCut } = yield* groupImported(workspace);
  const failures: DetectionFailure[] = [];
  if (isCut) failures.push({ detection: '', reason: 'there are more records of imported alerts than are looked at; the first are shown' });
  if (groups.length > ALERTS_HELD)
    failures.push({
      detection: '',
      reason: `more than ${ALERTS_HELD.toLocaleString('en-US')} imported alerts; the least severe are not shown`,
    });
  const drafts: ImportedDraft[] = [];
  const acts = groups.length === 0 ? new Map<string, OurAlert[]>() : actsOf(ours);
  for (const group of groups) {
    const draft = draftImported(workspace, group);
    drafts.push({ ...draft, found: withSameAct(draft, acts) });
    yield;
  }
  return {
    alerts: drafts
      .sort(worstFirst)
      .slice(0, ALERTS_HELD)
      .map(({ found }) => found),
    failures,
  };
}

function worstFirst({ found: { row: a } }: ImportedDraft, { found: { row: b } }: ImportedDraft): number {
  return severityRank(b.severity) - severityRank(a.severity) || a.firstAt - b.firstAt || (a.id < b.id ? -1 : 1);
}

/** Our alerts by detection and entity; who only recorded an act, and names that everybody has, say nothing. */
function actsOf(ours: readonly OurAlert[]): Map<string, OurAlert[]> {
  const acts = new Map<string, OurAlert[]>();
  for (const alert of ours) {
    for (const { id } of alert.entities.filter(isTelling)) {
      const held = acts.get(`${alert.detection} ${id}`);
      if (held) held.push(alert);
      else acts.set(`${alert.detection} ${id}`, [alert]);
    }
  }
  return acts;
}

function isTelling({ role, kind }: AlertEntity): boolean {
  return role !== 'host' && kind !== 'well-known';
}

function withSameAct({ found, entry }: ImportedDraft, acts: ReadonlyMap<string, readonly OurAlert[]>): FoundAlert {
  const detection = entry?.[5] ?? '';
  if (detection === '') return found;
  const { firstAt, lastAt, entities } = found.row;
  const same = new Set<string>();
  for (const { id } of entities.filter(isTelling)) {
    for (const alert of acts.get(`${detection} ${id}`) ?? []) {
      if (same.size < ACTS_NAMED && alert.firstAt <= lastAt + APART && alert.lastAt >= firstAt - APART) same.add(alert.id);
    }
  }
  return same.size === 0 ? found : { ...found, row: { ...found.row, alsoSeenBy: [...same] } };
}
