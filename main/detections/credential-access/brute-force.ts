import type { IdentityEvent } from '../../../shared/model/event.ts';
import { HOUR, MINUTE } from '../../../shared/model/time.ts';
import { type Detection, when } from '../detection.ts';
import { guessOf, guessSource, isAtTheScreen, isTriedByPerson, triedAccount } from '../guesses.ts';
import { plural, SECURITY } from '../record.ts';
import { durationWords, sourceWords } from '../words.ts';

const FEW = 10;
const MANY = 50;
const OPENSSH = { channel: 'OpenSSH/Operational', provider: 'OpenSSH' } as const;
/** As auth.c of OpenSSH writes it; the Windows port logs the line whole, with no fields of its own. A refused key is no guess. */
const SSH_FAILURE = /^Failed (?:password|keyboard-interactive\S*) for (?:invalid user )?(\S+) from (\S+) port \d+/;

function sshFailure(event: IdentityEvent): { readonly account: string; readonly from: string } | null {
  if (event.channel !== OPENSSH.channel) return null;
  const [, account, from] = SSH_FAILURE.exec(event.field('payload')) ?? [];
  return account === undefined || from === undefined ? null : { account, from };
}

const FROM_ELSEWHERE = when('it was not typed at the screen of the host', (event) => !isAtTheScreen(event));

function groupKey(event: IdentityEvent): string {
  const ssh = sshFailure(event);
  return ssh === null ? `${triedAccount(event)}|${guessSource(event)}` : `${ssh.account.toLowerCase()}|${ssh.from}`;
}

export const bruteForce: Detection = {
  id: 'brute-force',
  externalId: 2023,
  catalogueName: 'Suspected brute-force attack (Kerberos, NTLM)',
  title: 'Suspected brute-force attack (Kerberos, NTLM)',
  whatItSees: 'Many passwords were tried on one account in quick succession.',
  whyItMatters: 'A guessed password opens everything the account may reach, and the logon that uses it looks like any other.',
  severity: 'medium',
  confidence: 'medium',
  tactics: ['Credential Access'],
  techniques: ['T1110', 'T1110.001'],
  reads: [
    { ...SECURITY, eventIds: [4625], needs: 'Security logs with "Audit Logon" (failure) on' },
    {
      ...SECURITY,
      eventIds: [4771, 4776],
      needs: 'the Security log of a domain controller with "Audit Kerberos Authentication Service" and "Audit Credential Validation" on',
    },
    { ...SECURITY, eventIds: [4624], needs: 'Security logs with "Audit Logon" (success) on', optional: true },
    { ...OPENSSH, eventIds: [4], needs: 'the operational log of the OpenSSH server', optional: true },
  ],
  steps: [
    {
      name: 'refused-by-ssh',
      eventIds: [4],
      channel: OPENSSH.channel,
      conditions: [when('the SSH server refused a password', (event) => sshFailure(event) !== null)],
    },
    { name: 'success', eventIds: [4624], accompanies: true, conditions: [FROM_ELSEWHERE] },
    {
      name: 'refused',
      eventIds: [4625, 4771, 4776],
      conditions: [
        FROM_ELSEWHERE,
        when('a wrong password or name, or the lock after too many, is the reason', (event) => guessOf(event) !== ''),
        when('the account is one of a person or service, not of a computer', isTriedByPerson),
      ],
    },
  ],
  over: {
    by: groupKey,
    byWords: 'same account and source',
    thresholds: [
      { within: MINUTE, atLeast: 5 },
      { within: 30 * MINUTE, atLeast: 20 },
      { within: 2 * HOUR, atLeast: 60 },
    ],
  },
  explain: (event) => [
    ...(sshFailure(event) === null ? [] : [['payload', event.field('payload'), 'password refused by the SSH server'] as const]),
    ['TargetUserName', event.field('TargetUserName'), event.eventId === 4624 ? 'account that was let in' : 'account that was tried'],
    ['Status', event.field('SubStatus') || event.field('Status'), guessOf(event) || 'accepted'],
    ['LogonType', event.field('LogonType'), 'how it was tried'],
    ['IpAddress', event.field('IpAddress') || event.field('Workstation'), 'where it came from'],
    ['WorkstationName', event.field('WorkstationName'), 'name that the client gave itself'],
  ],
  grade(group) {
    if (group.steps.has('success') && group.count >= FEW)
      return { severity: 'high', because: 'the account was let in from the same source' };
    if (group.count >= MANY) return { confidence: 'high', because: `${group.count} attempts` };
    return group.count < FEW ? { severity: 'low', confidence: 'low', because: 'few attempts: somebody may have mistyped' } : {};
  },
  summary(group, facts) {
    const { anchor } = group;
    const ssh = sshFailure(anchor);
    const whom = ssh?.account ?? facts.name(anchor.targetEntity, anchor.field('TargetUserName'));
    const ended = group.steps.has('success') ? ', and a logon succeeded' : '';
    return `${plural(group.count, 'password')} tried on ${whom} from ${ssh?.from ?? sourceWords(anchor, facts)} within ${durationWords(group.countedUntil - group.firstAt)}${ended}.`;
  },
  benignCauses: [
    'A service, scheduled task or phone with an old password after a password change.',
    'Somebody who has forgotten a password.',
    'A monitoring check with wrong credentials.',
  ],
  firstResponse: [
    'See whether a logon succeeded after the failures, and from where.',
    'If the source is foreign to the account, block it and reset the password.',
    'If it is a service with an old password, correct it: the noise hides real guesses.',
  ],
};
