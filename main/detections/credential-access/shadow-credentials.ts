import type { IdentityEvent } from '../../../shared/model/event.ts';
import { changedBy, directoryChange, objectName, overDirectoryChanges } from '../account-change.ts';
import { type Condition, type Detection, unless, when } from '../detection.ts';
import { accountField, clip, isMachineName, isWellKnownSid, numberField, plural, SECURITY } from '../record.ts';

const ATTRIBUTE = 'msds-keycredentiallink';
/** The same attribute by its schema id, and the class user ([MS-ADA2], [MS-ADSC]). */
const ATTRIBUTE_ID = /5b47d60f-6090-40b2-9f37-2a4de88f3063/i;
const USER_CLASS = /bf967aba-0de6-11d0-a285-00aa003049e2/i;
const WRITE_PROPERTY = 0x20;
const OBJECT_ACCESS = 4662;
/** Name that the setup of Entra Connect gives its account; an intruder may take it too, so it only lowers the grade. */
const SYNC_NAME = /^MSOL_[0-9a-f]{12}$/i;

/** A device registers the key of its own. */
function isOwnDevice(event: IdentityEvent): boolean {
  return accountField(event, 'Subject').name.toLowerCase() === `${objectName(event)}$`.toLowerCase();
}

/** Registration services (AD FS) run as managed service accounts and write the keys of people. */
function isLikeRegistration(event: IdentityEvent): boolean {
  const { name } = accountField(event, 'Subject');
  return SYNC_NAME.test(name) || (isMachineName(name) && isPerson(event));
}

function isPerson(event: IdentityEvent): boolean {
  return event.eventId === OBJECT_ACCESS ? USER_CLASS.test(event.field('ObjectType')) : event.field('ObjectClass').toLowerCase() === 'user';
}

const IS_KEY = when('the keys of an account changed', (event) => directoryChange(event).attribute === ATTRIBUTE);
const NOT_SYNCHRONIZATION = unless('an account that is known to synchronize keys', (event, facts) =>
  facts.isSynchronizationAccount(event.actorEntity),
);
const NOT_CONTROLLER = unless('the domain controller itself', (event) => isWellKnownSid(accountField(event, 'Subject').sid));
const IS_LIKE_REGISTRATION = when('the writer looks like a service that registers keys', isLikeRegistration);
const NEW_KEY: readonly Condition[] = [
  IS_KEY,
  when('a key was added', (event) => directoryChange(event).change === 'added'),
  unless('a device registers its own key', isOwnDevice),
  NOT_SYNCHRONIZATION,
  NOT_CONTROLLER,
];
/** The access alone, where changes are not recorded: it names its object by id only. */
const KEY_WRITTEN: readonly Condition[] = [
  when('a property was written', (event) => (numberField(event, 'AccessMask') & WRITE_PROPERTY) !== 0),
  when('the property is the keys of an account', (event) => ATTRIBUTE_ID.test(event.field('Properties'))),
  unless(
    'a computer writes the keys of a computer, as each does with its own',
    (event) => isMachineName(accountField(event, 'Subject').name) && !isPerson(event),
  ),
  NOT_SYNCHRONIZATION,
  NOT_CONTROLLER,
];

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
  reads: [
    { ...SECURITY, eventIds: [5136], needs: 'the Security log of a domain controller with "Audit Directory Service Changes" on' },
    {
      ...SECURITY,
      eventIds: [OBJECT_ACCESS],
      needs: 'the Security log of a domain controller with "Audit Directory Service Access" on',
      optional: true,
    },
  ],
  steps: [
    {
      name: 'removed-again',
      eventIds: [5136],
      accompanies: true,
      conditions: [IS_KEY, when('a key was taken away', (event) => directoryChange(event).change === 'deleted')],
    },
    {
      name: 'like-registration',
      eventIds: [5136],
      conditions: [...NEW_KEY, IS_LIKE_REGISTRATION],
    },
    { name: 'like-registration', eventIds: [OBJECT_ACCESS], conditions: [...KEY_WRITTEN, IS_LIKE_REGISTRATION] },
    { name: 'key-added', eventIds: [5136], conditions: NEW_KEY },
    { name: 'key-written', eventIds: [OBJECT_ACCESS], conditions: KEY_WRITTEN },
  ],
  over: overDirectoryChanges,
  explain(event, facts) {
    const who = ['SubjectUserName', event.field('SubjectUserName'), `who did it: ${changedBy(event, facts)}`] as const;
    if (event.eventId === OBJECT_ACCESS) {
      return [
        ['ObjectName', event.field('ObjectName'), 'account that the key opens'],
        ['Properties', clip(event.field('Properties')), 'keys that the account may log on with were written'],
        who,
      ];
    }
    return [
      ['ObjectDN', event.field('ObjectDN'), 'account that the key opens'],
      ['AttributeLDAPDisplayName', event.field('AttributeLDAPDisplayName'), 'keys that the account may log on with'],
      ['AttributeValue', clip(event.field('AttributeValue')), directoryChange(event).change === 'added' ? 'key added' : 'key taken away'],
      who,
    ];
  },
  grade({ steps }) {
    if (steps.has('key-added')) return steps.has('removed-again') ? { because: 'a key was taken away again soon after' } : {};
    if (steps.has('key-written')) return { confidence: 'medium', because: 'the keys were written; whether one was added is not recorded' };
    return { severity: 'low', confidence: 'low', because: 'the writer looks like a service that registers keys' };
  },
  summary(group, facts) {
    const { anchor, sample } = group;
    const named = sample.find(({ event }) => event.field('ObjectDN') !== '')?.event ?? anchor;
    const more = group.distinct > 1 ? ` and to ${plural(group.distinct - 1, 'further account')}` : '';
    return `${changedBy(anchor, facts)} added a key to ${objectName(named) || 'an account'}${more}.`;
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
