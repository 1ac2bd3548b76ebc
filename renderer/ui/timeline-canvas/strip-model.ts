import type { Histogram } from '../../../shared/contract/operations.ts';
import type { Severity } from '../../../shared/model/severity.ts';
import type { Micros } from '../../../shared/model/time.ts';
import type { Stretch } from './time-scale.ts';

/** Everything the strip shows. */
export type StripModel = {
  readonly view: Stretch;
  readonly total: Stretch;
  readonly brush: Stretch | null;
  /** Histogram of the view; it may still be that of the view before while a new one is under way. */
  readonly histogram: Histogram | null;
  /** Histogram of all evidence, for the overview. */
  readonly overview: Histogram | null;
  readonly alerts: readonly { readonly id: string; readonly at: Micros; readonly severity: Severity }[];
  /** Moment of the selected event or alert; null when none. */
  readonly cursor: Micros | null;
  readonly isLog: boolean;
  readonly zone: string;
};

/** Height of a bar between 0 and 1. On the log scale one event is still seen beside a million. */
export function barShare(count: number, most: number, isLog: boolean): number {
  if (count <= 0 || most <= 0) return 0;
  return isLog ? Math.log1p(count) / Math.log1p(most) : count / most;
}
