import type { LinkRule } from './link-rule.ts';
import { onwardFromHost } from './onward-from-host.ts';
import { sameAccount } from './same-account.ts';
import { sameHost } from './same-host.ts';
import { sameSource } from './same-source.ts';
import { takenThenUsed } from './taken-then-used.ts';

/** All link rules, sorted by id. Where several link the same two alerts, the first gives the reason. */
export const linkRuleRegistry: readonly LinkRule[] = [onwardFromHost, sameAccount, sameHost, sameSource, takenThenUsed];
