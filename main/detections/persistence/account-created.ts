import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { actorAndHost, changedAccount, changedBy, computerName } from '../account-change.ts';
import { accompanies, counts, type Detection } from '../detection.ts';
import type { Facts } from '../facts.ts';
import { accountField, baseName, isMachineName, plural, relativeId, SECURITY, SYSMON } from '../record.ts';

const CREATED = 4720;
const DELETED = 4726;
const KEY_CREATED = 12;
/** Every local account has a key of its name here; the accounts of a domain do not. */
const SAM_NAMES = /\\SAM\\SAM\\Domains\\Account\\Users\\Names\\[^\\]+$/i;
/** Below stand the accounts that Windows brings along. */
const FIRST_MADE_ID = 1000;

function isCreatedKey(event: IdentityEvent): boolean {
  return event.field('EventType') === 'CreateKey' && SAM_NAMES.test(event.field('TargetObject'));
}

function createdName(event: IdentityEvent): string {
  return event.eventId === KEY_CREATED ? baseName(event.field('TargetObject')) : accountField(event, 'Target').name;
}

function createdWords(event: IdentityEvent, facts: Facts): string {
  return event.eventId === KEY_CREATED ? createdName(event) : changedAccount(event, facts);
}

export const accountCreated: Detection = {
  id: 'account-created',
  externalId: null,
  catalogueName: '',
  title: 'Account created',
  whatItSees: 'A user account was created, in the domain or on one host.',
  whyItMatters: 'An account of their own lets intruders come back after the one they came with is closed.',
  severity: 'informational',
  confidence: 'low',
  tactics: ['Persistence'],
  techniques: ['T1136', 'T1136.001', 'T1136.002'],
  reads: [
    {
      ...SECURITY,
      eventIds: [CREATED],
      needs: 'Security logs (for domain accounts: of a domain controller) with "Audit User Account Management" on',
    },
    { ...SECURITY, eventIds: [DELETED], needs: 'Security logs with "Audit User Account Management" on', optional: true },
    { ...SYSMON, eventIds: [KEY_CREATED], needs: 'Sysmon with a rule for the registry keys of SAM', optional: true },
  ],
  matches(event) {
    if (event.eventId === KEY_CREATED) {
      if (!isCreatedKey(event)) return null;
      return counts(isMachineName(createdName(event)) ? 'computer-like-name' : 'created');
    }
    if (event.eventId === DELETED) return accompanies('deleted-again');
    const id = relativeId(accountField(event, 'Target').sid);
    if (id >= 0 && id < FIRST_MADE_ID) return null;
    return counts(isMachineName(createdName(event)) ? 'computer-like-name' : 'created');
  },
  over: {
    by: actorAndHost,
    byWords: 'same account and host',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
    distinct: { of: (event) => createdName(event).toLowerCase(), words: 'distinct accounts' },
  },
  explain(event, facts) {
    if (event.eventId === KEY_CREATED) return [['TargetObject', event.field('TargetObject'), `key of the account ${createdName(event)}`]];
    return [
      ['TargetUserName', event.field('TargetUserName'), event.eventId === DELETED ? 'account deleted again' : 'account created'],
      ['TargetDomainName', event.field('TargetDomainName'), 'domain or host that the account belongs to'],
      ['SubjectUserName', event.field('SubjectUserName'), `who did it: ${changedBy(event, facts)}`],
    ];
  },
  grade({ steps, sample }) {
    if (steps.has('computer-like-name')) {
      return { severity: 'medium', confidence: 'medium', because: 'a user account with the name of a computer account hides from lists' };
    }
    const gone = new Set(sample.filter(({ step }) => step === 'deleted-again').map(({ event }) => createdName(event).toLowerCase()));
    const isGone = sample.some(({ event, step }) => step === 'created' && gone.has(createdName(event).toLowerCase()));
    return isGone ? { severity: 'low', because: 'created and deleted again soon after' } : {};
  },
  summary(group, facts) {
    const { anchor } = group;
    const more = group.distinct > 1 ? ` and ${plural(group.distinct - 1, 'further account')}` : '';
    return `${changedBy(anchor, facts)} created the account ${createdWords(anchor, facts)}${more} on ${computerName(anchor, facts)}.`;
  },
  benignCauses: ['Ordinary administration: new staff, a new service.', 'Setup of a host or of a product that brings its own account.'],
  firstResponse: [
    'Ask whoever is responsible for accounts whether this one was ordered.',
    'Look at which groups the account was put into, and where it has logged on.',
    'Disable it if nobody knows of it.',
  ],
};
