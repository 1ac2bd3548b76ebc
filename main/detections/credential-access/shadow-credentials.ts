import type { IdentityEvent } from '../../../shared/model/event.ts';
import { HOUR } from '../../../shared/model/time.ts';
import { actorAndHost, changedBy, directoryChange, objectName } from '../account-change.ts';
import { accompanies, counts, type Detection } from '../detection.ts';
import type { Facts } from '../facts.ts';
import { accountField, clip, isMachineName, isWellKnownSid, plural, SECURITY } from '../record.ts';

const ATTRIBUTE = 'msds-keycredentiallink';
/** Name that the setup of Entra Connect gives its account; an intruder may take it too, so it only lowers the grade. */
const SYNC_NAME = /^MSOL_[0-9a-f]{12}$/i;

/** A device registers the key of its own. */
function isOwnDevice(event: IdentityEvent): boolean {
  return accountField(event, 'Subject').name.toLowerCase() === `${objectName(event)}$`.toLowerCase();
}

function isSynchronization(event: IdentityEvent, facts: Facts): boolean {
  return facts.isSynchronizationAccount(event.actorEntity);
}

/** Registration services (AD FS) run as managed service accounts and write the keys of people. */
function isLikeRegistration(event: IdentityEvent): boolean {
  const { name } = accountField(event, 'Subject');
  return SYNC_NAME.test(name) || (isMachineName(name) && event.field('ObjectClass').toLowerCase() === 'user');
}

export const shadowCredentials: Detection = {
  id: 'shadow-credentials',
  externalId: 2431,
  catalogueName: 'Suspected account takeover using shadow credentials',
  title: 'Suspected account takeover using shadow credentials',
  whatItSees: 'A key was added to an account by neither its own device nor the synchronization of keys.',
  whyItMatters: 'Whoever holds the key logs on as that account without its password, and goes on doing so after the password is changed.',
  severity: 'high',
  confidence: 'high',
  tactics: ['Credential Access'],
  techniques: ['T1003'],
  reads: [{ ...SECURITY, eventIds: [5136], needs: 'the Security log of a domain controller with "Audit Directory Service Changes" on' }],
  matches(event, facts) {
    const { attribute, change } = directoryChange(event);
    if (attribute !== ATTRIBUTE || change === 'other') return null;
    if (change === 'deleted') return accompanies('removed-again');
    if (isOwnDevice(event) || isSynchronization(event, facts) || isWellKnownSid(accountField(event, 'Subject').sid)) return null;
    return counts(isLikeRegistration(event) ? 'like-registration' : 'key-added');
  },
  over: {
    by: actorAndHost,
    byWords: 'same account and controller',
    thresholds: [{ within: HOUR, atLeast: 1 }],
    distinct: { of: (event) => event.field('ObjectDN').toLowerCase(), words: 'distinct accounts' },
  },
  explain: (event, facts) => [
    ['ObjectDN', event.field('ObjectDN'), 'account that the key opens'],
    ['AttributeLDAPDisplayName', event.field('AttributeLDAPDisplayName'), 'keys that the account may log on with'],
    ['AttributeValue', clip(event.field('AttributeValue')), directoryChange(event).change === 'added' ? 'key added' : 'key taken away'],
    ['SubjectUserName', event.field('SubjectUserName'), `who did it: ${changedBy(event, facts)}`],
  ],
  grade({ steps }) {
    if (steps.has('key-added')) return steps.has('removed-again') ? { because: 'a key was taken away again soon after' } : {};
    return { severity: 'low', confidence: 'low', because: 'the writer looks like a service that registers keys' };
  },
  summary(group, facts) {
    const { anchor } = group;
    const more = group.distinct > 1 ? ` and to ${plural(group.distinct - 1, 'further account')}` : '';
    return `${changedBy(anchor, facts)} added a key to ${objectName(anchor)}${more}.`;
  },
  benignCauses: [
    'Windows Hello for Business: Entra Connect or AD FS writes the keys of users. Tag that account as a synchronization account.',
    'An administrator tidies or restores keys.',
  ],
  firstResponse: [
    'Take the key away, and look at the domain controller for ticket requests of that account with a certificate.',
    'Ask the account that wrote it; look at its session and at its rights over the object.',
    'Change the password of the account named here and end its sessions.',
  ],
};
