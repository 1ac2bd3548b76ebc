import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { actorAndHost, changedAccount, changedBy, computerName } from '../account-change.ts';
import { counts, type Detection } from '../detection.ts';
import { accountField, isImpersonal, plural, relativeId, SECURITY } from '../record.ts';

/** From this many accounts on it is more than one call to the help desk. */
const MANY_ACCOUNTS = 5;
const ADMINISTRATOR = 500;
const KRBTGT = 502;

function resetAccount(event: IdentityEvent): string {
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
  ],
  // 4723, the change by somebody who knows the old password, is what the owner does and is not read.
  matches(event) {
    if (event.eventId !== 4724 || event.outcome === 'failure') return null;
    const by = accountField(event, 'Subject');
    const of = accountField(event, 'Target');
    // Local System and computers: password rotation (LAPS), managed service accounts, setup.
    if (isImpersonal(by) || by.sid === of.sid) return null;
    const id = relativeId(of.sid);
    return counts(id === ADMINISTRATOR || id === KRBTGT ? 'built-in-account' : 'reset');
  },
  over: {
    by: actorAndHost,
    byWords: 'same account and host',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
    distinct: { of: resetAccount, words: 'distinct accounts' },
  },
  explain: (event, facts) => [
    ['TargetUserName', event.field('TargetUserName'), 'account that got a new password'],
    ['TargetSid', event.field('TargetSid'), 'the same account by its number'],
    ['SubjectUserName', event.field('SubjectUserName'), `who did it: ${changedBy(event, facts)}`],
  ],
  grade({ steps, distinct }) {
    if (steps.has('built-in-account')) return { severity: 'low', because: 'a built-in account that rules the domain or the host' };
    return distinct >= MANY_ACCOUNTS ? { severity: 'low', because: `${distinct} accounts in one go` } : {};
  },
  summary(group, facts) {
    const { anchor } = group;
    const more = group.distinct > 1 ? ` and of ${plural(group.distinct - 1, 'further account')}` : '';
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
