import { HOUR } from '../../shared/model/time.ts';
import type { LinkRule } from './link-rule.ts';

export const sameHost: LinkRule = {
  id: 'same-host',
  kinds: ['computer'],
  earlier: ['target'],
  later: ['target'],
  within: 8 * HOUR,
  reason: (entity) => `both happened on ${entity}`,
};
