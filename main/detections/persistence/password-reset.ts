import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { actorAndHost, changedAccount, changedBy, computerName } from '../account-change.ts';
import { accountCommand } from '../account-command.ts';
import { type Condition, type Detection, unless, when } from '../detection.ts';
import { isOrder, ORDER_READS, ORDERS, orderedField } from '../ordered.ts';
import { accountField, actorWords, isImpersonal, plural, relativeId, SECURITY } from '../record.ts';

/** From this many accounts on it is more than one call to the help desk. */
const MANY_ACCOUNTS = 5;
const ADMINISTRATOR = 500;
const KRBTGT = 502;

const DONE: readonly Condition[] = [
  // 4723, the change by somebody who knows the old password, is what the owner does and is not read.
  when('the reset succeeded', (event) => event.outcome !== 'failure'),
  unless('a host or a service rotates passwords', (event) => isImpersonal(accountField(event, 'Subject'))),
  unless('an account resets its own password', isOwn),
];

function isOwn(event: IdentityEvent): boolean {
  const { sid } = accountField(event, 'Subject');
  return sid !== '' && sid === accountField(event, 'Target').sid;
}

function isBuiltIn(event: IdentityEvent): boolean {
  const id = relativeId(accountField(event, 'Target').sid);
  return id === ADMINISTRATOR || id === KRBTGT;
}

function resetAccount(event: IdentityEvent): string {
  if (isOrder(event)) return (accountCommand(event)?.account ?? '').toLowerCase();
  const { sid, name } = accountField(event, 'Target');
  return sid || name.toLowerCase();
}

export const passwordReset: Detection = {
  id: 'password-reset',
  externalId: null,
  catalogueName: '',
  title: 'Password reset by another account',
  whatItSees: 'An account set a new password for another account without knowing the old one.',
  whyItMatters: 'Whoever may reset a password may take the account over; its owner is locked out.',
  severity: 'informational',
  confidence: 'low',
  tactics: ['Persistence'],
  techniques: ['T1098'],
  reads: [
    {
      ...SECURITY,
      eventIds: [4724],
      needs: 'Security logs (for domain accounts: of a domain controller) with "Audit User Account Management" on',
    },
    ...ORDER_READS,
  ],
  steps: [
    {
      name: 'built-in-account',
      eventIds: [4724],
      conditions: [...DONE, when('it is the account of Administrator or krbtgt', isBuiltIn)],
    },
    { name: 'reset', eventIds: [4724], conditions: DONE },
    {
      name: 'ordered',
      eventIds: ORDERS,
      conditions: [when('the command sets the password of an account', (event) => accountCommand(event)?.act === 'password')],
    },
  ],
  over: {
    by: actorAndHost,
    byWords: 'same account and host',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
    distinct: { of: resetAccount, words: 'distinct accounts' },
  },
  explain(event, facts, step) {
    // The text holds the password; what precedes it says enough.
    if (step === 'ordered') return [orderedField(event, 'sets a password', 40)];
    return [
      ['TargetUserName', event.field('TargetUserName'), 'account that got a new password'],
      ['TargetSid', event.field('TargetSid'), 'the same account by its number'],
      ['SubjectUserName', event.field('SubjectUserName'), `who did it: ${changedBy(event, facts)}`],
    ];
  },
  grade({ steps, distinct }) {
    if (steps.has('built-in-account')) return { severity: 'low', because: 'a built-in account that rules the domain or the host' };
    if (!steps.has('reset')) return { because: 'a command ordered it; no record shows that it was done' };
    return distinct >= MANY_ACCOUNTS ? { severity: 'low', because: `${distinct} accounts in one go` } : {};
  },
  summary(group, facts) {
    const { anchor } = group;
    const more = group.distinct > 1 ? ` and of ${plural(group.distinct - 1, 'further account')}` : '';
    if (isOrder(anchor)) {
      const of = accountCommand(anchor)?.account || 'an account';
      return `${actorWords(anchor, facts.name)} ordered a new password of ${of}${more} on ${computerName(anchor, facts)}.`;
    }
    return `${changedBy(anchor, facts)} reset the password of ${changedAccount(anchor, facts)}${more} on ${computerName(anchor, facts)}.`;
  },
  benignCauses: [
    'The help desk: a forgotten password.',
    'A new account gets its first password.',
    'The regular change of the password of krbtgt.',
  ],
  firstResponse: [
    'Ask the owner of the account, by another way than that account, whether the reset was asked for.',
    'Look at where the account has logged on since.',
    'If nobody knows of it: reset it again and look at the session of whoever did it.',
  ],
};
