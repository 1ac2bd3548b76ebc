import type { AlertEntity, AlertRow, EntityRole } from '../../shared/model/alert.ts';
import { isSigmaDetection } from '../../shared/model/sigma.ts';
import type { Micros } from '../../shared/model/time.ts';

/** What linking needs of an alert. */
export type LinkableAlert = Pick<
  AlertRow,
  'id' | 'detection' | 'title' | 'summary' | 'severity' | 'tactics' | 'techniques' | 'firstAt' | 'lastAt' | 'entities'
> & {
  /** Logon sessions that its records belong to, as `sessionsOf` names them. */
  readonly sessions?: readonly string[];
  /** Alerts that saw the same act: another product raised this one. */
  readonly alsoSeenBy?: readonly string[];
};

/** What linking, severity and story ask about entities, beside what the alerts say. */
export type EntityFacts = {
  isDomainController(entityId: string): boolean;
  /** What a person marked it as; null for most. A decoy is an account that nobody has reason to use. */
  markOf(entityId: string): 'decoy' | 'sensitive' | null;
};

export const NOTHING_KNOWN: EntityFacts = { isDomainController: () => false, markOf: () => null };

/**
 * Two alerts belong together when one entity plays one of `earlier` in the first and one of `later` in the second, and the second begins
 * at most `within` after the first ended. A host that only recorded an act (role `host`) is in no rule: a domain controller sees everybody.
 */
export type LinkRule = {
  readonly id: string;
  readonly kinds: readonly AlertEntity['kind'][];
  readonly earlier: readonly EntityRole[];
  readonly later: readonly EntityRole[];
  readonly within: Micros;
  /** Shorter, where the entity is a domain controller: everybody's acts happen there. */
  readonly withinOnController?: Micros;
  /** True where two acts by different accounts from different places are two stories even though they share the entity. */
  readonly needsCommonOrigin?: true;
  /** Completes "linked because ...". */
  reason(entity: string): string;
};

/**
 * Alerts that join an incident but never make or bridge one: ordinary work until something else is found near it, and what rules of others say,
 * however they grade it.
 */
export function isLight(alert: Pick<LinkableAlert, 'severity' | 'detection'>): boolean {
  return alert.severity === 'informational' || isSigmaDetection(alert.detection);
}

/** The alerts that name, grade, date and tell an incident: all but those of Sigma rules, unless somebody split off nothing else. */
export function telling<Alert extends Pick<LinkableAlert, 'detection'>>(group: readonly Alert[]): readonly Alert[] {
  const own = group.filter((alert) => !isSigmaDetection(alert.detection));
  return own.length > 0 ? own : group;
}
