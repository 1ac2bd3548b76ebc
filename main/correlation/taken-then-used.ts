import { DAY } from '../../shared/model/time.ts';
import type { LinkRule } from './link-rule.ts';

/** The password of a service account was put at risk, later that account acted. */
export const takenThenUsed: LinkRule = {
  id: 'taken-then-used',
  kinds: ['user', 'service'],
  earlier: ['object'],
  later: ['actor', 'target'],
  within: 3 * DAY,
  reason: (entity) => `the secret of ${entity} was put at risk first, then the account appears`,
};
