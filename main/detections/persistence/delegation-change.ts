import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { changedAccount, changedBy, directoryChange, newlySetFlags, objectName } from '../account-change.ts';
import { counts, type Detection, type Match } from '../detection.ts';
import type { Facts } from '../facts.ts';
import { accountField, clip, given, SECURITY } from '../record.ts';

const DIRECTORY_CHANGE = 5136;
const USER_CHANGED = 4738;
const COMPUTER_CHANGED = 4742;
/** MS-SAMR 2.2.1.12, in account management records. */
const SAM = { serverTrust: 0x100, anyService: 0x2000, anyProtocol: 0x40000 };
/** MS-ADTS 2.2.16, in the attribute userAccountControl. */
const ATTRIBUTE = { serverTrust: 0x2000, anyService: 0x80000, anyProtocol: 0x1000000 };
/** Tickets for this service open the whole domain. */
const TICKET_SERVICE = /(?:^|\s)krbtgt(?:\/|\s|$)/i;

function services(event: IdentityEvent): string {
  const text = event.eventId === DIRECTORY_CHANGE ? event.field('AttributeValue') : event.field('AllowedToDelegateTo');
  return given(text.trim()).replace(/\s+/g, ' ');
}

function fromAccountRecord(event: IdentityEvent): Match {
  const set = newlySetFlags(event);
  // A computer that becomes a domain controller is trusted for delegation by that.
  const isController = (Number(event.field('NewUacValue')) & SAM.serverTrust) !== 0;
  if ((set & SAM.anyService) !== 0 && !isController) return counts('any-service');
  if (TICKET_SERVICE.test(services(event))) return counts('ticket-service');
  if ((set & SAM.anyProtocol) !== 0) return counts('any-protocol');
  return services(event).includes('/') ? counts('named-services') : null;
}

/** The attribute is written as a whole: that a flag is new shows only beside the value that was replaced. */
function fromAttribute(event: IdentityEvent): Match {
  const { attribute, change } = directoryChange(event);
  if (attribute === 'msds-allowedtodelegateto' && change === 'added') {
    return counts(TICKET_SERVICE.test(services(event)) ? 'ticket-service' : 'named-services');
  }
  if (attribute !== 'useraccountcontrol' || change === 'other') return null;
  const flags = Number(event.field('AttributeValue'));
  if (!Number.isFinite(flags) || (flags & ATTRIBUTE.serverTrust) !== 0) return null;
  const isTrusted = (flags & (ATTRIBUTE.anyService | ATTRIBUTE.anyProtocol)) !== 0;
  if (change === 'deleted') return isTrusted ? null : counts('flags-before');
  if (!isTrusted) return null;
  return counts((flags & ATTRIBUTE.anyService) !== 0 ? 'any-service-after' : 'any-protocol-after');
}

function changedWords(event: IdentityEvent, facts: Facts): string {
  return event.eventId === DIRECTORY_CHANGE ? objectName(event) : changedAccount(event, facts);
}

/** `WS01$` in the one record is `CN=WS01` in the other. */
function changedKey(event: IdentityEvent): string {
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
  ],
  matches: (event) => (event.eventId === DIRECTORY_CHANGE ? fromAttribute(event) : fromAccountRecord(event)),
  over: {
    by: changedKey,
    byWords: 'same account trusted',
    thresholds: [{ within: MINUTE, atLeast: 1 }],
    requires: [
      { 'any-service': 1 },
      { 'any-protocol': 1 },
      { 'named-services': 1 },
      { 'ticket-service': 1 },
      { 'flags-before': 1, 'any-service-after': 1 },
      { 'flags-before': 1, 'any-protocol-after': 1 },
    ],
  },
  explain(event, facts) {
    const by = ['SubjectUserName', event.field('SubjectUserName'), `who did it: ${changedBy(event, facts)}`] as const;
    if (event.eventId === DIRECTORY_CHANGE) {
      return [
        ['ObjectDN', event.field('ObjectDN'), 'account that was changed'],
        ['AttributeLDAPDisplayName', event.field('AttributeLDAPDisplayName'), 'attribute that rules delegation'],
        ['AttributeValue', clip(event.field('AttributeValue')), directoryChange(event).change === 'added' ? 'value added' : 'value before'],
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
