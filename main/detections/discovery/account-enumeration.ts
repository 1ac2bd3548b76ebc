import type { IdentityEvent } from '../../../shared/model/event.ts';
import { HOUR, MINUTE } from '../../../shared/model/time.ts';
import { accompanies, counts, type Detection } from '../detection.ts';
import { guessOf, guessSource, isAtTheScreen, isTriedByPerson, triedAccount } from '../guesses.ts';
import { numberField, plural, SECURITY } from '../record.ts';
import { durationWords, sourceWords } from '../words.ts';

const NAMES = 5;
const MANY_NAMES = 15;
/** Errors of RFC 4120 7.5.9 that confirm a name: revoked (disabled), and a request without proof of the password. */
const CLIENT_REVOKED = 0x12;
const PREAUTH_REQUIRED = 0x19;

/** What an OpenSSH server tries in place of every name that does not exist (fakepw() in its auth.c), so the names stay hidden. */
const HIDDEN_NAME = 'nouser';

function isHidden(event: IdentityEvent): boolean {
  return event.eventId === 4625 && triedAccount(event) === HIDDEN_NAME;
}

/** Answers of a domain controller by which a name is found to exist. */
function confirms(event: IdentityEvent): boolean {
  if (event.eventId !== 4768) return false;
  const status = numberField(event, 'Status');
  return status === CLIENT_REVOKED || status === PREAUTH_REQUIRED;
}

export const accountEnumeration: Detection = {
  id: 'account-enumeration',
  externalId: null,
  catalogueName: '',
  title: 'Account names tried out',
  whatItSees: 'One source tried many account names that do not exist, or that are disabled, within a short time.',
  whyItMatters: 'The answer tells a real name from a wrong one, which yields the list for guessing passwords.',
  severity: 'medium',
  confidence: 'medium',
  tactics: ['Discovery'],
  techniques: ['T1087', 'T1087.002'],
  reads: [
    { ...SECURITY, eventIds: [4768], needs: 'the Security log of a domain controller with "Audit Kerberos Authentication Service" on' },
    { ...SECURITY, eventIds: [4625], needs: 'Security logs with "Audit Logon" (failure) on' },
    { ...SECURITY, eventIds: [4776], needs: 'the Security log of a domain controller with "Audit Credential Validation" on' },
    { ...SECURITY, eventIds: [4771], needs: 'the Security log of a domain controller', optional: true },
  ],
  matches(event) {
    if (isAtTheScreen(event) || !isTriedByPerson(event)) return null;
    if (confirms(event)) return counts('refused-account');
    const guess = guessOf(event);
    if (guess === 'unknown-account') return counts(isHidden(event) ? 'hidden-name' : 'unknown-name');
    return guess === '' ? null : accompanies('existing-account');
  },
  over: {
    by: guessSource,
    byWords: 'same source',
    thresholds: [
      { within: MINUTE, atLeast: NAMES - 1, distinct: NAMES - 1 },
      { within: 10 * MINUTE, atLeast: 2 * NAMES, distinct: 2 * NAMES },
      { within: 2 * HOUR, atLeast: 2 * MANY_NAMES, distinct: 2 * MANY_NAMES },
    ],
    distinct: { of: (event) => (isHidden(event) ? `${HIDDEN_NAME}|${event.recordId}` : triedAccount(event)), words: 'distinct names' },
  },
  explain: (event) => [
    ['TargetUserName', event.field('TargetUserName'), 'name that was tried'],
    [
      'Status',
      event.field('SubStatus') || event.field('Status'),
      guessOf(event) === 'unknown-account' ? 'no such account' : 'the account exists',
    ],
    ['IpAddress', event.field('IpAddress') || event.field('Workstation'), 'where it came from'],
  ],
  grade(group) {
    if (group.steps.has('hidden-name')) {
      return { severity: 'low', confidence: 'low', because: 'the SSH server hides the names: it may be one, tried repeatedly' };
    }
    if (group.distinct >= MANY_NAMES) return { confidence: 'high', because: `${group.distinct} names` };
    return group.distinct < 2 * NAMES ? { severity: 'low', confidence: 'low', because: 'few names' } : {};
  },
  summary(group, facts) {
    const span = durationWords(group.countedUntil - group.firstAt);
    if (group.steps.has('hidden-name')) {
      const where = facts.name(group.anchor.computerEntity, group.anchor.computer);
      return `${plural(group.count, 'logon')} at the SSH server of ${where} with names that do not exist, within ${span}.`;
    }
    return `${sourceWords(group.anchor, facts)} tried ${plural(group.distinct, 'account name')} that do not exist or are disabled, within ${span}.`;
  },
  benignCauses: [
    'A service, scanner or migration tool with a list of accounts that were deleted.',
    'A gateway or mail server in the open: the whole Internet tries names there.',
  ],
  firstResponse: [
    'See whether a logon from the source succeeded, with a name that exists.',
    'Block the source, or take the service off the Internet.',
    'Watch the accounts that do exist for password guesses.',
  ],
};
