import { DAY } from '../../shared/model/time.ts';
import type { LinkRule } from './link-rule.ts';

export const sameAccount: LinkRule = {
  id: 'same-account',
  kinds: ['user'],
  earlier: ['actor', 'target'],
  later: ['actor', 'target'],
  within: DAY,
  reason: (entity) => `both concern the account ${entity}`,
};
