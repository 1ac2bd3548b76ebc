import type { IdentityEvent } from '../../../shared/model/event.ts';
import { HOUR } from '../../../shared/model/time.ts';
import { actorAndHost, changedAccount, changedBy, directoryChange, objectName } from '../account-change.ts';
import { type Condition, type Detection, type Step, when } from '../detection.ts';
import type { Facts } from '../facts.ts';
import { COMMAND_READINGS, SCRIPT_AND_COMMAND_IDS, SCRIPT_READINGS, typedText } from '../recon-text.ts';
import { accountField, clip, plural, relativeId, SECURITY } from '../record.ts';

const ADDED = 4765;
const REFUSED = 4766;
const ACCOUNT_CHANGED = [4738, 4742];
const DIRECTORY_CHANGE = 5136;
/** Numbers below are the accounts and groups that every domain begins with; among them all that rule it. */
const FIRST_MADE_ID = 1000;
/** Functions of tools that write the history past the controller's checks. */
const COMMAND = /\bsid::(?:add|patch)\b|\bAdd-ADDBSidHistory\b/i;
const ANY_SID = /S-1-[0-9-]+/i;

/** The SID that the account now holds beside its own; empty where the record names none. */
function addedSid(event: IdentityEvent): string {
  if (event.eventId === ADDED || event.eventId === REFUSED) return event.field('SourceSid');
  const text = event.eventId === DIRECTORY_CHANGE ? event.field('AttributeValue') : event.field('SidHistory');
  return ANY_SID.exec(text)?.[0] ?? '';
}

function domainOf(sid: string): string {
  return /^(S-1-5-21-\d+-\d+-\d+)-\d+$/i.exec(sid)?.[1]?.toUpperCase() ?? '';
}

/** A migration brings SIDs of people and groups of another domain; nothing else has a place in a history. */
function isOutOfPlace(event: IdentityEvent): boolean {
  const sid = addedSid(event);
  const id = relativeId(sid);
  const own = domainOf(accountField(event, 'Target').sid) || domainOf(accountField(event, 'Subject').sid);
  return (id >= 0 && id < FIRST_MADE_ID) || (domainOf(sid) !== '' && domainOf(sid) === own);
}

const isAttribute: Condition = when('the attribute is the SID history', (event) => directoryChange(event).attribute === 'sidhistory');
const isValueAdded: Condition = when('a value was added', (event) => directoryChange(event).change === 'added');
const isSidNamed: Condition = when('the record names a SID of the history', (event) => addedSid(event) !== '');
const outOfPlace: Condition = when('no migration brings this SID (same domain, or built-in)', isOutOfPlace);

const STEPS: readonly Step[] = [
  {
    name: 'by-command',
    eventIds: SCRIPT_AND_COMMAND_IDS,
    conditions: [when('a command writes a SID history', (event) => COMMAND.test(typedText(event).text))],
  },
  { name: 'refused', eventIds: [REFUSED], conditions: [] },
  { name: 'out-of-place', eventIds: [ADDED, ...ACCOUNT_CHANGED], conditions: [outOfPlace] },
  { name: 'out-of-place', eventIds: [DIRECTORY_CHANGE], conditions: [isAttribute, isValueAdded, outOfPlace] },
  { name: 'other-domain', eventIds: [ADDED], conditions: [] },
  { name: 'other-domain', eventIds: ACCOUNT_CHANGED, conditions: [isSidNamed] },
  { name: 'other-domain', eventIds: [DIRECTORY_CHANGE], conditions: [isAttribute, isValueAdded] },
];

function changedWords(event: IdentityEvent, facts: Facts): string {
  return event.eventId === DIRECTORY_CHANGE ? objectName(event) : changedAccount(event, facts);
}

export const sidHistory: Detection = {
  id: 'sid-history',
  externalId: 1106,
  catalogueName: 'Suspected SID-History injection',
  title: 'Suspected SID-History injection',
  whatItSees: 'An account was given the SID of another account or group as its history.',
  whyItMatters: 'Windows gives the account all rights of that SID, and no list of group members shows it.',
  severity: 'high',
  confidence: 'high',
  tactics: ['Privilege Escalation'],
  techniques: ['T1134', 'T1134.005'],
  reads: [
    {
      ...SECURITY,
      eventIds: [ADDED, REFUSED, ...ACCOUNT_CHANGED],
      needs: 'the Security log of a domain controller with "Audit User Account Management" on',
    },
    {
      ...SECURITY,
      eventIds: [DIRECTORY_CHANGE],
      needs: 'the Security log of a domain controller with "Audit Directory Service Changes" on',
      optional: true,
    },
    ...COMMAND_READINGS,
    ...SCRIPT_READINGS,
  ],
  steps: STEPS,
  over: {
    by: actorAndHost,
    byWords: 'same account and controller',
    thresholds: [{ within: HOUR, atLeast: 1 }],
    distinct: { of: (event) => accountField(event, 'Target').sid || event.field('ObjectDN').toLowerCase(), words: 'distinct accounts' },
  },
  explain(event, facts, step) {
    if (step === 'by-command') {
      const { field, text } = typedText(event);
      return [[field, clip(text), 'writes a SID history']];
    }
    return [
      ['TargetUserName', changedWords(event, facts), 'account that was changed'],
      [
        'SidHistory',
        clip(addedSid(event)) || '-',
        step === 'out-of-place' ? 'a SID that no migration brings' : 'the SID of another account',
      ],
      ['SourceUserName', event.field('SourceUserName') || '-', 'whose SID it is'],
      ['SubjectUserName', event.field('SubjectUserName'), `who did it: ${changedBy(event, facts)}`],
    ];
  },
  grade({ steps }) {
    if (steps.has('out-of-place')) return { because: 'a SID of the same domain, or of one of its built-in accounts and groups' };
    if (steps.has('by-command')) return { confidence: 'medium', because: 'a command that does nothing else' };
    if (steps.has('other-domain')) return { severity: 'low', confidence: 'low', because: 'a SID of another domain, as a migration brings' };
    return { severity: 'low', confidence: 'medium', because: 'the attempt was refused' };
  },
  summary(group, facts) {
    const { anchor, steps } = group;
    const more = group.distinct > 1 ? ` and of ${plural(group.distinct - 1, 'further account')}` : '';
    const did = steps.size === 1 && steps.has('refused') ? 'tried to add' : 'added';
    return `${changedBy(anchor, facts)} ${did} a SID to the history of ${changedWords(anchor, facts)}${more}.`;
  },
  benignCauses: ['A migration of accounts from another domain, with permission (ADMT).'],
  firstResponse: [
    'Ask whether accounts are being migrated; look at which rights the SID brings.',
    'Clear the history of the account if nobody ordered it, and end its sessions.',
    'Whoever can write this rules the controller: look at the session of whoever did it.',
  ],
};
