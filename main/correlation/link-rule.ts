import type { AlertEntity, AlertRow, EntityRole } from '../../shared/model/alert.ts';
import type { Micros } from '../../shared/model/time.ts';

/** What linking needs of an alert. */
export type LinkableAlert = Pick<
  AlertRow,
  'id' | 'detection' | 'title' | 'summary' | 'severity' | 'tactics' | 'techniques' | 'firstAt' | 'lastAt' | 'entities'
>;

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
  /** Completes "linked because ...". */
  reason(entity: string): string;
};
