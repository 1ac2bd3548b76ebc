import { HOUR } from '../../shared/model/time.ts';
import type { LinkRule } from './link-rule.ts';

export const sameSource: LinkRule = {
  id: 'same-source',
  kinds: ['computer', 'address'],
  earlier: ['source'],
  later: ['source'],
  within: 12 * HOUR,
  reason: (entity) => `both came from ${entity}`,
};
