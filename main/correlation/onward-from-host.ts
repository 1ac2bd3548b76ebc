import { DAY } from '../../shared/model/time.ts';
import type { LinkRule } from './link-rule.ts';

/** Somebody came to a host, and from that host went on. */
export const onwardFromHost: LinkRule = {
  id: 'onward-from-host',
  kinds: ['computer', 'address'],
  earlier: ['target'],
  later: ['source'],
  within: DAY,
  reason: (entity) => `${entity} was reached first and acted afterwards`,
};
