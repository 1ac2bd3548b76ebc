import type { Micros } from '../../shared/model/time.ts';
import { auditedOutcome, findSubcategory, SUBCATEGORIES } from './audit-subcategories.table.ts';

/** One 4719 record. Removed and added again in one record is no change. */
export type AuditChange = {
  readonly at: Micros;
  readonly index: number;
  /** Position in `SUBCATEGORIES`. */
  readonly subcategory: number;
  /** Undefined: left as it was. */
  readonly success: boolean | undefined;
  readonly failure: boolean | undefined;
};

/** A stretch for which a record says that a subcategory is not audited; `to` is infinite while nothing switches it on again. */
export type AuditOff = {
  readonly subcategory: number;
  readonly outcome: 'success' | 'failure';
  readonly from: Micros;
  readonly to: Micros;
  readonly index: number;
};

/** Message codes of 4719 (Microsoft, "4719(S): System audit policy was changed"), and the words that some exports have in their place. */
const CODES = { successRemoved: '%%8448', successAdded: '%%8449', failureRemoved: '%%8450', failureAdded: '%%8451' } as const;

/** Null where the record names no subcategory that is known here, or changes nothing. */
export function readAuditChange(at: Micros, index: number, field: (name: string) => string): AuditChange | null {
  const subcategory = [field('SubcategoryGuid'), field('SubcategoryId')].map(findSubcategory).find((found) => found >= 0);
  if (subcategory === undefined) return null;
  const text = field('AuditPolicyChanges').toLowerCase();
  const says = (code: string, words: string): boolean => text.includes(code) || text.includes(words);
  const on = (added: boolean, removed: boolean): boolean | undefined => (added === removed ? undefined : added);
  const success = on(says(CODES.successAdded, 'success added'), says(CODES.successRemoved, 'success removed'));
  const failure = on(says(CODES.failureAdded, 'failure added'), says(CODES.failureRemoved, 'failure removed'));
  return success === undefined && failure === undefined ? null : { at, index, subcategory, success, failure };
}

/** `changes` of one host, oldest first. */
export function auditOffSpans(changes: readonly AuditChange[]): AuditOff[] {
  const open = new Map<string, AuditOff>();
  const closed: AuditOff[] = [];
  for (const { at, index, subcategory, ...now } of changes) {
    for (const outcome of ['success', 'failure'] as const) {
      const key = `${outcome} ${subcategory}`;
      const known = open.get(key);
      if (now[outcome] === false && known === undefined)
        open.set(key, { subcategory, outcome, from: at, to: Number.POSITIVE_INFINITY, index });
      if (now[outcome] === true && known !== undefined) {
        closed.push({ ...known, to: at });
        open.delete(key);
      }
    }
  }
  return [...closed, ...open.values()].sort((a, b) => a.from - b.from || a.subcategory - b.subcategory);
}

/**
 * What the stretch does to a record of this id: `blind` where it is not written at all, `probably` where only its failures are, `partly`
 * where only its successes are; null where it does not matter.
 */
export function effectOnId(off: AuditOff, eventId: number): 'blind' | 'probably' | 'partly' | null {
  if (!SUBCATEGORIES[off.subcategory].eventIds.includes(eventId)) return null;
  const outcome = auditedOutcome(eventId);
  if (outcome === 'either') return off.outcome === 'success' ? 'probably' : 'partly';
  return outcome === off.outcome ? 'blind' : null;
}
