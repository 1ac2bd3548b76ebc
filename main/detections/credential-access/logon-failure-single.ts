import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { type Detection, unless, when } from '../detection.ts';
import { isTriedByPerson, triedAccount } from '../guesses.ts';
import { given, numberField, plural, SECURITY } from '../record.ts';
import { sourceWords } from '../words.ts';

/** Refusals for a reason other than a mistyped password ([MS-ERREF] 2.3.1): the credentials were good, or the account must not be used. */
const REFUSALS: ReadonlyMap<number, string> = new Map([
  [0xc000006e, 'the account may not log on: a restriction of the account'],
  [0xc000006f, 'outside the hours in which the account may log on'],
  [0xc0000070, 'from a workstation that the account may not use'],
  [0xc0000071, 'the password has expired'],
  [0xc0000072, 'the account is disabled'],
  [0xc000015b, 'this kind of logon is not granted to the account here'],
  [0xc0000193, 'the account has expired'],
  [0xc0000413, 'the account may not authenticate to this host'],
]);

/** How Windows writes that nobody asked from elsewhere. */
const LOCAL = /^(?:-|0\.0\.0\.0|127\..*|::1|::)?$/;

function refusal(event: IdentityEvent): string {
  return REFUSALS.get(numberField(event, 'SubStatus')) ?? REFUSALS.get(numberField(event, 'Status')) ?? '';
}

/** A restriction can keep the name out of the record. */
function hasName(event: IdentityEvent): boolean {
  return given(triedAccount(event)) !== '';
}

export const logonFailureSingle: Detection = {
  id: 'logon-failure-single',
  externalId: null,
  catalogueName: '',
  title: 'Logon refused by a restriction of the account',
  whatItSees: 'A logon from elsewhere was refused because of what the account may do, not because of a mistyped password.',
  whyItMatters: 'A disabled or restricted account that somebody tries to use may be one whose password is known to others.',
  severity: 'informational',
  confidence: 'low',
  tactics: ['Credential Access'],
  techniques: ['T1078'],
  reads: [{ ...SECURITY, eventIds: [4625], needs: 'Security logs with "Audit Logon" (failure) on' }],
  steps: [
    {
      name: 'refused',
      eventIds: [4625],
      conditions: [
        when('a restriction of the account is the reason', (event) => refusal(event) !== ''),
        when('it came from elsewhere', (event) => !LOCAL.test(event.field('IpAddress').trim())),
        unless('a computer is refused', (event) => hasName(event) && !isTriedByPerson(event)),
      ],
    },
  ],
  over: {
    by: (event) => `${triedAccount(event)}|${event.sourceAddress || event.field('IpAddress')}|${event.computerEntity}`,
    byWords: 'same account, source and host',
    thresholds: [{ within: 60 * MINUTE, atLeast: 1 }],
  },
  explain: (event) => [
    ['TargetUserName', event.field('TargetUserName') || '-', 'account that was refused'],
    ['Status', event.field('Status'), refusal(event)],
    ['LogonType', event.field('LogonType'), 'how it was tried'],
    ['IpAddress', event.field('IpAddress'), 'where it came from'],
  ],
  summary(group, facts) {
    const { anchor } = group;
    const name = given(anchor.field('TargetUserName'));
    const whom = name === '' ? 'an account without a name in the record' : name;
    const where = facts.name(anchor.computerEntity, anchor.computer);
    return `${plural(group.count, 'logon')} of ${whom} to ${where} from ${sourceWords(anchor, facts)} refused: ${refusal(anchor)}.`;
  },
  benignCauses: [
    'Somebody who has left, whose task or phone still tries.',
    'An account without a password used over the network, which Windows refuses.',
    'An administrator of a protected group who may not log on to this kind of host.',
  ],
  firstResponse: [
    'See whether the source belongs to the account.',
    'Look for other refusals and for successes from the same source around this time.',
  ],
};
