import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { changedAccount, changedBy, directoryChange, newlySetFlags, objectName } from '../account-change.ts';
import { type Condition, type Detection, unless, when } from '../detection.ts';
import type { Facts } from '../facts.ts';
import { isOrder, ORDER_READS, orderedField, orderedStep } from '../ordered.ts';
import { accountField, actorWords, clip, given, SECURITY } from '../record.ts';

const DIRECTORY_CHANGE = 5136;
const USER_CHANGED = 4738;
const COMPUTER_CHANGED = 4742;
const RIGHT_GIVEN = 4704;
const TRUSTING_RIGHT = /\bSeEnableDelegationPrivilege\b/i;
/** MS-SAMR 2.2.1.12, in account management records. */
const SAM = { serverTrust: 0x100, anyService: 0x2000, anyProtocol: 0x40000 };
/** MS-ADTS 2.2.16, in the attribute userAccountControl. */
const ATTRIBUTE = { serverTrust: 0x2000, anyService: 0x80000, anyProtocol: 0x1000000 };
/** A cmdlet, or an attribute of delegation that is given a value; a filter of a search ends in `=*`. */
const ORDERED =
  /-Trusted(?:ToAuth)?ForDelegation[\s:]+(?:\$true|1)\b|\bmsds-allowedtodelegateto["']?\s*=\s*["'@$]|\buseraccountcontrol["']?\s*=\s*["']?(?:524288|16777216)\b/i;
/** Tickets for this service open the whole domain. */
const TICKET_SERVICE = /(?:^|\s)krbtgt(?:\/|\s|$)/i;

function services(event: IdentityEvent): string {
  const text = event.eventId === DIRECTORY_CHANGE ? event.field('AttributeValue') : event.field('AllowedToDelegateTo');
  return given(text.trim()).replace(/\s+/g, ' ');
}

function attributeFlag(event: IdentityEvent, flag: number): boolean {
  return (Number(event.field('AttributeValue')) & flag) !== 0;
}

function isAttribute(name: string): (event: IdentityEvent) => boolean {
  return (event) => directoryChange(event).attribute === name;
}

const ACCOUNT = [USER_CHANGED, COMPUTER_CHANGED];
const toTickets = when('krbtgt is among the services', (event) => TICKET_SERVICE.test(services(event)));
const added = when('the record holds the new value', (event) => directoryChange(event).change === 'added');
const LIST: readonly Condition[] = [
  when('the list of services that it may act toward is changed', isAttribute('msds-allowedtodelegateto')),
  added,
];
const ofFlags = when('the account control flags are changed', isAttribute('useraccountcontrol'));
const FLAGS_AFTER: readonly Condition[] = [
  ofFlags,
  added,
  unless('the account is a domain controller', (event) => attributeFlag(event, ATTRIBUTE.serverTrust)),
];

function changedWords(event: IdentityEvent, facts: Facts): string {
  if (event.eventId === RIGHT_GIVEN) return facts.name('', event.field('TargetSid') || 'an account');
  return event.eventId === DIRECTORY_CHANGE ? objectName(event) : changedAccount(event, facts);
}

/** `WS01$` in the one record is `CN=WS01` in the other. */
function changedKey(event: IdentityEvent): string {
  if (isOrder(event)) return `ordered|${event.computerEntity}`;
  if (event.eventId === RIGHT_GIVEN) return `right|${event.field('TargetSid')}`;
  const name = event.eventId === DIRECTORY_CHANGE ? objectName(event) : accountField(event, 'Target').name;
  return name.replace(/\$$/, '').toLowerCase();
}

export const delegationChange: Detection = {
  id: 'delegation-change',
  externalId: null,
  catalogueName: '',
  title: 'Account trusted for delegation',
  whatItSees: 'An account was allowed to act toward services in the name of its clients: toward any service, or toward named ones.',
  whyItMatters: 'Whoever holds such an account can be anybody toward these services; it is a back door that no group shows.',
  severity: 'medium',
  confidence: 'medium',
  tactics: ['Persistence', 'Privilege Escalation'],
  techniques: ['T1098'],
  reads: [
    {
      ...SECURITY,
      eventIds: [USER_CHANGED, COMPUTER_CHANGED],
      needs: 'the Security log of a domain controller with "Audit User Account Management" and "Audit Computer Account Management" on',
    },
    {
      ...SECURITY,
      eventIds: [DIRECTORY_CHANGE],
      needs: 'the Security log of a domain controller with "Audit Directory Service Changes" on',
      optional: true,
    },
    { ...SECURITY, eventIds: [RIGHT_GIVEN], needs: '"Audit Authorization Policy Change" on domain controllers', optional: true },
    ...ORDER_READS,
  ],
  steps: [
    {
      name: 'any-service',
      eventIds: ACCOUNT,
      conditions: [
        when('it is newly trusted toward any service', (event) => (newlySetFlags(event) & SAM.anyService) !== 0),
        unless('a computer becomes a domain controller', (event) => (Number(event.field('NewUacValue')) & SAM.serverTrust) !== 0),
      ],
    },
    { name: 'ticket-service', eventIds: ACCOUNT, conditions: [toTickets] },
    {
      name: 'any-protocol',
      eventIds: ACCOUNT,
      conditions: [when('it may newly act for clients that have not logged on', (event) => (newlySetFlags(event) & SAM.anyProtocol) !== 0)],
    },
    {
      name: 'named-services',
      eventIds: ACCOUNT,
      conditions: [when('services that it may act toward are named', (event) => services(event).includes('/'))],
    },
    { name: 'ticket-service', eventIds: [DIRECTORY_CHANGE], conditions: [...LIST, toTickets] },
    { name: 'named-services', eventIds: [DIRECTORY_CHANGE], conditions: LIST },
    {
      name: 'any-service-after',
      eventIds: [DIRECTORY_CHANGE],
      conditions: [...FLAGS_AFTER, when('it is trusted toward any service', (event) => attributeFlag(event, ATTRIBUTE.anyService))],
    },
    {
      name: 'any-protocol-after',
      eventIds: [DIRECTORY_CHANGE],
      conditions: [
        ...FLAGS_AFTER,
        when('it may act for clients that have not logged on', (event) => attributeFlag(event, ATTRIBUTE.anyProtocol)),
      ],
    },
    {
      // The attribute is written as a whole: that a flag is new shows only beside the value that was replaced.
      name: 'flags-before',
      eventIds: [DIRECTORY_CHANGE],
      conditions: [
        ofFlags,
        when('the record holds the old value', (event) => directoryChange(event).change === 'deleted'),
        unless('it was trusted before', (event) => attributeFlag(event, ATTRIBUTE.anyService | ATTRIBUTE.anyProtocol)),
      ],
    },
    orderedStep('a command trusts an account for delegation', ORDERED),
    {
      name: 'right-to-trust',
      eventIds: [RIGHT_GIVEN],
      conditions: [
        when('the right to trust accounts for delegation is given', (event) => TRUSTING_RIGHT.test(event.field('PrivilegeList'))),
        unless('the group Administrators gets it, as by default', (event) => event.field('TargetSid') === 'S-1-5-32-544'),
      ],
    },
  ],
  over: {
    by: changedKey,
    byWords: 'same account trusted',
    thresholds: [{ within: MINUTE, atLeast: 1 }],
    requires: [
      { 'any-service': 1 },
      { 'any-protocol': 1 },
      { 'named-services': 1 },
      { 'ticket-service': 1 },
      { 'right-to-trust': 1 },
      { ordered: 1 },
      { 'flags-before': 1, 'any-service-after': 1 },
      { 'flags-before': 1, 'any-protocol-after': 1 },
    ],
  },
  explain(event, facts, step) {
    if (step === 'ordered') return [orderedField(event, 'trusts an account for delegation')];
    const by = ['SubjectUserName', event.field('SubjectUserName'), `who did it: ${changedBy(event, facts)}`] as const;
    if (step === 'right-to-trust') {
      return [['PrivilegeList', clip(event.field('PrivilegeList')), `right that ${changedWords(event, facts)} was given`], by];
    }
    if (event.eventId === DIRECTORY_CHANGE) {
      return [
        ['ObjectDN', event.field('ObjectDN'), 'account that was changed'],
        ['AttributeLDAPDisplayName', event.field('AttributeLDAPDisplayName'), 'attribute that rules delegation'],
        ['AttributeValue', clip(event.field('AttributeValue')), step === 'flags-before' ? 'value before' : 'value added'],
        by,
      ];
    }
    return [
      ['TargetUserName', event.field('TargetUserName'), 'account that was changed'],
      ['NewUacValue', event.field('NewUacValue'), `flags, before ${given(event.field('OldUacValue')) || 'the same'}`],
      ['AllowedToDelegateTo', clip(services(event)) || '-', 'services that it may act toward'],
      by,
    ];
  },
  grade({ steps }) {
    if (steps.size === 1 && steps.has('ordered'))
      return { severity: 'low', confidence: 'low', because: 'a command ordered it; no record shows that it was done' };
    if (steps.has('right-to-trust')) return { because: 'the right to trust other accounts: its holder opens delegation at will' };
    if (steps.has('ticket-service'))
      return { severity: 'high', confidence: 'high', because: 'delegation to krbtgt opens the whole domain' };
    if (steps.has('any-service') || steps.has('any-service-after')) return { because: 'toward any service' };
    if (steps.has('any-protocol') || steps.has('any-protocol-after')) {
      return { because: 'toward named services, for anybody, without that client having logged on' };
    }
    return { severity: 'low', because: 'toward named services only, and only for clients that have logged on' };
  },
  summary(group, facts) {
    const { anchor, steps } = group;
    if (isOrder(anchor)) return `${actorWords(anchor, facts.name)} ordered that an account is trusted for delegation.`;
    if (steps.has('right-to-trust'))
      return `${changedBy(anchor, facts)} gave ${changedWords(anchor, facts)} the right to trust accounts for delegation.`;
    const toAny = steps.has('any-service') || steps.has('any-service-after');
    return `${changedBy(anchor, facts)} trusted ${changedWords(anchor, facts)} for delegation ${toAny ? 'to any service' : 'to named services'}.`;
  },
  benignCauses: [
    'Setup of a web server, database or terminal service that works in the name of its users.',
    'Setup of live migration between virtualization hosts.',
  ],
  firstResponse: [
    'Ask whoever is responsible for the account whether the change was ordered.',
    'Take the trust back if not, and look at tickets the account has taken in the name of others.',
    'Mark administrators as "sensitive and cannot be delegated".',
  ],
};
