import type { IdentityEvent } from '../../../shared/model/event.ts';
import { HOUR, MINUTE } from '../../../shared/model/time.ts';
import { type Detection, type Step, unless, when } from '../detection.ts';
import { type Guess, guessOf, guessSource, isAtTheScreen, isTriedByPerson, triedAccount } from '../guesses.ts';
import { isImpersonal, plural, SECURITY } from '../record.ts';
import { sourceWords } from '../words.ts';

const FEW_MINUTES = 10 * MINUTE;
/** Within a minute people do not fail together behind one source, machines do. */
const ACCOUNTS_AT_ONCE = 5;
const ACCOUNTS_FAST = 8;
const ACCOUNTS_SLOW = 25;
const SUCCESS_TYPES = new Set([3, 8, 10]);

function isExplicit(event: IdentityEvent): boolean {
  return event.eventId === 4648;
}

const BY_PERSON = when('the account is one of a person or service, not of a computer', isTriedByPerson);
const FROM_ELSEWHERE = when('it was not typed at the screen of the host', (event) => !isAtTheScreen(event));

function guess(name: Guess, reason: string): Step {
  const isReason = when(reason, (event) => guessOf(event) === name);
  return { name, eventIds: [4625, 4768, 4771, 4776], conditions: [isReason, FROM_ELSEWHERE, BY_PERSON] };
}

/** 4648 is written where the credentials are used: there the source is who uses them. */
function sprayer(event: IdentityEvent): string {
  if (!isExplicit(event)) return guessSource(event);
  return `${event.actorEntity || event.field('SubjectUserName').toLowerCase()}@${event.computerEntity || event.computer.toLowerCase()}`;
}

export const passwordSpraying: Detection = {
  id: 'password-spraying',
  externalId: 2023,
  catalogueName: 'Suspected password spray attack (Kerberos, NTLM)',
  title: 'Suspected password spray attack (Kerberos, NTLM)',
  whatItSees: 'One source tried passwords on many accounts within a short time.',
  whyItMatters: 'A few common passwords tried on everybody stay below the lockout of each account; one hit is a foothold.',
  severity: 'medium',
  confidence: 'medium',
  tactics: ['Credential Access'],
  techniques: ['T1110', 'T1110.003'],
  reads: [
    { ...SECURITY, eventIds: [4625], needs: 'Security logs with "Audit Logon" (failure) on' },
    {
      ...SECURITY,
      eventIds: [4771, 4776, 4768],
      needs: 'the Security log of a domain controller with "Audit Kerberos Authentication Service" and "Audit Credential Validation" on',
    },
    { ...SECURITY, eventIds: [4648], needs: 'Security logs with "Audit Logon" (success) on' },
    { ...SECURITY, eventIds: [4624], needs: 'Security logs with "Audit Logon" (success) on', optional: true },
  ],
  steps: [
    {
      name: 'success',
      eventIds: [4624],
      accompanies: true,
      conditions: [
        when('the logon came over the network or by remote desktop', (event) => SUCCESS_TYPES.has(event.logonType)),
        unless('a computer or Windows itself logs on', (event) => isImpersonal(event.target)),
      ],
    },
    {
      name: 'explicit-credentials',
      eventIds: [4648],
      conditions: [unless('a service host starts its services', (event) => isImpersonal(event.actor)), BY_PERSON],
    },
    guess('wrong-password', 'a wrong password is the reason'),
    guess('unknown-account', 'no account of this name is the reason'),
    guess('locked-out', 'the lock after too many failures is the reason'),
  ],
  over: {
    by: sprayer,
    byWords: 'same source',
    thresholds: [
      { within: MINUTE, atLeast: ACCOUNTS_AT_ONCE, distinct: ACCOUNTS_AT_ONCE },
      { within: FEW_MINUTES, atLeast: ACCOUNTS_FAST, distinct: ACCOUNTS_FAST },
      { within: 2 * HOUR, atLeast: ACCOUNTS_SLOW, distinct: ACCOUNTS_SLOW },
    ],
    distinct: { of: triedAccount, words: 'distinct accounts' },
  },
  explain: (event) => [
    ['TargetUserName', event.field('TargetUserName'), event.eventId === 4624 ? 'account that let the source in' : 'account that was tried'],
    [
      'Status',
      event.field('SubStatus') || event.field('Status'),
      guessOf(event) || (isExplicit(event) ? 'credentials given by hand' : 'accepted'),
    ],
    ['IpAddress', event.field('IpAddress') || event.field('Workstation'), 'where it came from'],
  ],
  grade(group) {
    if (group.steps.has('success') && group.steps.has('wrong-password'))
      return { severity: 'high', because: 'a logon from the same source succeeded among the failures' };
    if (group.distinct < ACCOUNTS_FAST) return { severity: 'low', confidence: 'low', because: 'few accounts' };
    return group.distinct >= ACCOUNTS_SLOW ? { confidence: 'high', because: `${group.distinct} accounts` } : {};
  },
  summary(group, facts) {
    const { anchor } = group;
    const from = isExplicit(anchor)
      ? `${facts.name(anchor.actorEntity, anchor.actor)} on ${facts.name(anchor.computerEntity, anchor.computer)}`
      : sourceWords(anchor, facts);
    return `${from} tried passwords on ${plural(group.distinct, 'account')} (${plural(group.count, 'attempt')}).`;
  },
  benignCauses: [
    'A gateway, mail or terminal server through which many people log on: the source then stands for many.',
    'A vulnerability scanner or a password audit with permission.',
    'A migration tool that logs on as many accounts from one host.',
  ],
  firstResponse: [
    'See which of the accounts logged on from this source afterwards, and reset their passwords.',
    'Block or isolate the source.',
    'Look for the same pattern from other sources in the hours before and after.',
  ],
};
