import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { actorAndHost, changedAccount, changedBy, computerName } from '../account-change.ts';
import { accountCommand } from '../account-command.ts';
import { type Condition, type Detection, unless, when } from '../detection.ts';
import type { Facts } from '../facts.ts';
import { isOrder, ORDER_READS, ORDERS, orderedField } from '../ordered.ts';
import { accountField, actorWords, baseName, isMachineName, numberField, plural, relativeId, SECURITY, SYSMON } from '../record.ts';

const CREATED = 4720;
const DELETED = 4726;
const KEY_CREATED = 12;
/** Every local account has a key of its name here; the accounts of a domain do not. */
const SAM_NAMES = /\\SAM\\SAM\\Domains\\Account\\Users\\Names\\[^\\]+$/i;
/** Below stand the accounts that Windows brings along. */
const FIRST_MADE_ID = 1000;
/** USER_INTERDOMAIN_TRUST_ACCOUNT of [MS-SAMR] 2.2.1.12. */
const TRUST_ACCOUNT = 0x40;

function createdName(event: IdentityEvent): string {
  if (isOrder(event)) return accountCommand(event)?.account ?? '';
  return event.eventId === KEY_CREATED ? baseName(event.field('TargetObject')) : accountField(event, 'Target').name;
}

function createdWords(event: IdentityEvent, facts: Facts): string {
  const name = event.eventId === CREATED ? changedAccount(event, facts) : createdName(event);
  return name === '' || name === 'an account' ? 'an account' : `the account ${name}`;
}

function isBroughtAlong(event: IdentityEvent): boolean {
  const id = relativeId(accountField(event, 'Target').sid);
  return id >= 0 && id < FIRST_MADE_ID;
}

const looksLikeComputer = when('its name ends with $, as those of computers do', (event) => isMachineName(createdName(event)));
const RECORD: readonly Condition[] = [unless('Windows makes an account that it brings along', isBroughtAlong)];
const KEY: readonly Condition[] = [
  when('a registry key was created', (event) => event.field('EventType') === 'CreateKey'),
  when('the key is that of a local account', (event) => SAM_NAMES.test(event.field('TargetObject'))),
];
const ofTrust = unless(
  'a trust with another domain makes its account',
  (event) => (numberField(event, 'NewUacValue') & TRUST_ACCOUNT) !== 0,
);

export const accountCreated: Detection = {
  id: 'account-created',
  externalId: null,
  catalogueName: '',
  title: 'Account created',
  whatItSees: 'A user account was created, in the domain or on one host, or a command ordered it.',
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
    ...ORDER_READS,
  ],
  steps: [
    { name: 'computer-like-name', eventIds: [CREATED], conditions: [looksLikeComputer, ofTrust, ...RECORD] },
    { name: 'created', eventIds: [CREATED], conditions: RECORD },
    { name: 'computer-like-name', eventIds: [KEY_CREATED], conditions: [...KEY, looksLikeComputer] },
    { name: 'created', eventIds: [KEY_CREATED], conditions: KEY },
    {
      name: 'ordered',
      eventIds: ORDERS,
      conditions: [when('the command creates an account', (event) => accountCommand(event)?.act === 'create')],
    },
    { name: 'deleted-again', eventIds: [DELETED], accompanies: true, conditions: [] },
  ],
  over: {
    by: actorAndHost,
    byWords: 'same account and host',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
    distinct: { of: (event) => createdName(event).toLowerCase(), words: 'distinct accounts' },
  },
  explain(event, facts, step) {
    if (step === 'ordered') return [orderedField(event, `creates ${createdWords(event, facts)}`)];
    if (event.eventId === KEY_CREATED) return [['TargetObject', event.field('TargetObject'), `key of the account ${createdName(event)}`]];
    return [
      ['TargetUserName', event.field('TargetUserName'), step === 'deleted-again' ? 'account deleted again' : 'account created'],
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
    if (isGone) return { severity: 'low', because: 'created and deleted again soon after' };
    return steps.has('created') ? {} : { because: 'a command ordered it; no record shows that the account was made' };
  },
  summary(group, facts) {
    const { anchor } = group;
    const more = group.distinct > 1 ? ` and ${plural(group.distinct - 1, 'further account')}` : '';
    const isOrdered = isOrder(anchor);
    const who = isOrdered ? actorWords(anchor, facts.name) : changedBy(anchor, facts);
    const did = isOrdered ? 'ordered the creation of' : 'created';
    return `${who} ${did} ${createdWords(anchor, facts)}${more} on ${computerName(anchor, facts)}.`;
  },
  benignCauses: ['Ordinary administration: new staff, a new service.', 'Setup of a host or of a product that brings its own account.'],
  firstResponse: [
    'Ask whoever is responsible for accounts whether this one was ordered.',
    'Look at which groups the account was put into, and where it has logged on.',
    'Disable it if nobody knows of it.',
  ],
};
