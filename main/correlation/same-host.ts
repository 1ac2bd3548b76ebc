import { HOUR } from '../../shared/model/time.ts';
import type { LinkRule } from './link-rule.ts';

/** A server has many visitors: two of them are one story only when account or place of departure are shared, or one of them is unknown. */
export const sameHost: LinkRule = {
  id: 'same-host',
  kinds: ['computer'],
  earlier: ['target'],
  later: ['target'],
  within: 8 * HOUR,
  withinOnController: HOUR,
  needsCommonOrigin: true,
  reason: (entity) => `both happened on ${entity}`,
};
