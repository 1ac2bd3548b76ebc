import type { IdentityEvent } from '../../../shared/model/event.ts';
import { HOUR, MINUTE } from '../../../shared/model/time.ts';
import { type Condition, type Detection, unless, when } from '../detection.ts';
import { guessOf, guessSource, isAtTheScreen, triedAccount } from '../guesses.ts';
import { given, isMachineName, numberField, plural, SECURITY } from '../record.ts';
import { durationWords, sourceWords } from '../words.ts';

const NAMES = 5;
const MANY_NAMES = 15;
/** Errors of RFC 4120 7.5.9 that confirm a name: revoked (disabled), and a request without proof of the password. */
const CLIENT_REVOKED = 0x12;
const PREAUTH_REQUIRED = 0x19;

/** What an OpenSSH server tries in place of every name that does not exist (fakepw() in its auth.c), so the names stay hidden. */
const HIDDEN_NAME = 'nouser';

function isHidden(event: IdentityEvent): boolean {
  return triedAccount(event) === HIDDEN_NAME;
}

/** Answers of a domain controller by which a name is found to exist. */
const CONFIRMING = new Set([CLIENT_REVOKED, PREAUTH_REQUIRED]);

const TRIED: readonly Condition[] = [
  unless('a name is typed at the screen of the host', isAtTheScreen),
  unless('no name is given', (event) => given(triedAccount(event)) === ''),
  unless('a computer logs on', (event) => isMachineName(triedAccount(event))),
  unless('somebody logs on without a name (anonymous)', (event) => triedAccount(event) === 'anonymous logon'),
];
const isUnknown = when('no account has this name', (event) => guessOf(event) === 'unknown-account');

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
  steps: [
    {
      name: 'refused-account',
      eventIds: [4768],
      conditions: [when('the answer confirms the name', (event) => CONFIRMING.has(numberField(event, 'Status'))), ...TRIED],
    },
    {
      name: 'hidden-name',
      eventIds: [4625],
      conditions: [isUnknown, when('an SSH server hides the name that was tried', isHidden), ...TRIED],
    },
    { name: 'unknown-name', eventIds: [4768, 4625, 4776], conditions: [isUnknown, ...TRIED] },
    {
      name: 'existing-account',
      eventIds: [4625, 4771, 4776],
      accompanies: true,
      conditions: [when('a password is tried of an account that exists', (event) => guessOf(event) !== ''), ...TRIED],
    },
  ],
  over: {
    by: guessSource,
    byWords: 'same source',
    thresholds: [
      { within: MINUTE, atLeast: NAMES - 1, distinct: NAMES - 1 },
      { within: 10 * MINUTE, atLeast: 2 * NAMES, distinct: 2 * NAMES },
      { within: 2 * HOUR, atLeast: 2 * MANY_NAMES, distinct: 2 * MANY_NAMES },
    ],
    distinct: {
      of: (event) => (event.eventId === 4625 && isHidden(event) ? `${HIDDEN_NAME}|${event.recordId}` : triedAccount(event)),
      words: 'distinct names',
    },
  },
  explain: (event, _facts, step) => [
    ['TargetUserName', event.field('TargetUserName'), 'name that was tried'],
    [
      'Status',
      event.field('SubStatus') || event.field('Status'),
      step === 'unknown-name' || step === 'hidden-name' ? 'no such account' : 'the account exists',
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
