import type { AccountRef, IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { type Condition, type Detection, type Group, unless, when } from '../detection.ts';
import { changedAttribute, DIRECTORY_CHANGE, isValueAdded } from '../directory-change.ts';
import type { Facts } from '../facts.ts';
import { accountField, given, isWellKnownSid, LOCAL_SYSTEM, plural, relativeId, SECURITY, shortHost } from '../record.ts';
import { isAccessGroupRef, isDomainGroupRef } from '../sensitive-groups.table.ts';

const ADDED = [4728, 4732, 4756];
const REMOVED = [4729, 4733, 4757];
const DOMAIN_ADMINS = 512;
const ENTERPRISE_ADMINS = 519;
const ADMINISTRATORS = 544;
const GUEST = 501;
/** "Session 0" of a host that is being installed or promoted acts as these. */
const ANONYMOUS_SESSION = '0x3e6';

function commonName(distinguishedName: string): string {
  return /^CN=((?:[^,\\]|\\.)+)/i.exec(distinguishedName)?.[1] ?? '';
}

function groupOf(event: IdentityEvent): AccountRef {
  if (event.eventId !== DIRECTORY_CHANGE) return { ...accountField(event, 'Target'), sid: given(event.field('TargetSid')).toUpperCase() };
  return { sid: '', name: commonName(event.field('ObjectDN')), domain: '' };
}

function memberSid(event: IdentityEvent): string {
  return given(event.field('MemberSid')).toUpperCase();
}

/** Joining a domain puts its Domain Admins into the local Administrators; a new forest does the same with its own. */
function isMadeByJoining(event: IdentityEvent): boolean {
  const member = relativeId(memberSid(event));
  return relativeId(groupOf(event).sid) === ADMINISTRATORS && (member === DOMAIN_ADMINS || member === ENTERPRISE_ADMINS);
}

/** Setup adds the first user while the host still acts under the name it was born with. */
function isMadeBySetup(event: IdentityEvent): boolean {
  if (event.field('SubjectLogonId').toLowerCase() === ANONYMOUS_SESSION) return true;
  const { sid, name } = accountField(event, 'Subject');
  return sid === LOCAL_SYSTEM && name.endsWith('$') && name.slice(0, -1).toLowerCase() !== shortHost(event.computer);
}

function isBySelf(event: IdentityEvent): boolean {
  const member = memberSid(event);
  return member !== '' && !isWellKnownSid(member) && member === accountField(event, 'Subject').sid;
}

/** A built-in group rules one host only, unless that host is a domain controller. */
function rulesDomain(event: IdentityEvent, facts: Facts): boolean {
  return (
    isDomainGroupRef(groupOf(event)) || facts.isDomainController(event.computerEntity) === true || given(event.field('MemberName')) !== ''
  );
}

function isSensitive(event: IdentityEvent, facts: Facts): boolean {
  return facts.isSensitiveGroup(groupOf(event), event.counterpartEntity);
}

function isAccess(event: IdentityEvent): boolean {
  return isAccessGroupRef(groupOf(event));
}

function isBySystem(event: IdentityEvent): boolean {
  return isWellKnownSid(accountField(event, 'Subject').sid);
}

const bySelf = when('the account adds itself', isBySelf);
const ofSensitive = when('the group rules a domain or a host, or is tagged as sensitive', isSensitive);
const powerful = when(
  'the group rules a domain or a host, or opens a host to logons',
  (event, facts) => isSensitive(event, facts) || isAccess(event),
);
const ofDomain = when('the group rules a whole domain', rulesDomain);
const bySetup = unless('a host is being set up or promoted', isMadeBySetup);
const SENSITIVE: readonly Condition[] = [
  ofSensitive,
  bySetup,
  unless('a host joins the domain and lets its administrators in', isMadeByJoining),
];

/** The same member was removed from the same group soon after: used for one thing and tidied away. */
function wasTakenBack(sample: Group['sample']): boolean {
  const removed = new Set(
    sample.filter(({ step }) => step === 'removed-again').map(({ event }) => `${memberSid(event)}|${groupOf(event).sid}`),
  );
  return sample.some(({ event, step }) => step !== 'removed-again' && removed.has(`${memberSid(event)}|${groupOf(event).sid}`));
}

function memberWords(event: IdentityEvent, facts: Facts): string {
  const name = given(event.field('MemberName') || event.field('AttributeValue'));
  return commonName(name) || name || facts.name(event.targetEntity, memberSid(event));
}

export const sensitiveGroupChange: Detection = {
  id: 'sensitive-group-change',
  externalId: 2024,
  catalogueName: 'Suspicious additions to sensitive groups',
  title: 'Suspicious addition to a sensitive group',
  whatItSees: 'An account was added to a group that controls the domain or a host, or an account added itself to a group.',
  whyItMatters: 'Membership is power that stays after the intruder has left; it is also the plainest way to take it.',
  severity: 'medium',
  confidence: 'medium',
  tactics: ['Persistence', 'Credential Access'],
  techniques: ['T1098', 'T1098.007', 'T1484'],
  reads: [
    {
      ...SECURITY,
      eventIds: ADDED,
      needs: 'Security logs (for domain groups: of a domain controller) with "Audit Security Group Management" on',
    },
    {
      ...SECURITY,
      eventIds: [DIRECTORY_CHANGE],
      needs: 'the Security log of a domain controller with "Audit Directory Service Changes" on',
      optional: true,
    },
    { ...SECURITY, eventIds: REMOVED, needs: 'Security logs with "Audit Security Group Management" on', optional: true },
  ],
  steps: [
    { name: 'added-itself-to-rule', eventIds: ADDED, conditions: [bySelf, ofSensitive, ofDomain] },
    { name: 'added-itself-to-host', eventIds: ADDED, conditions: [bySelf, powerful] },
    { name: 'added-itself', eventIds: ADDED, conditions: [bySelf] },
    {
      name: 'guest-added',
      eventIds: ADDED,
      conditions: [when('the new member is the guest account', (event) => relativeId(memberSid(event)) === GUEST), powerful],
    },
    {
      name: 'access-group',
      eventIds: ADDED,
      conditions: [when('the group opens a host to logons', isAccess), unless('the host itself or its management does it', isBySystem)],
    },
    { name: 'domain-group', eventIds: ADDED, conditions: [...SENSITIVE, ofDomain] },
    { name: 'local-group-by-system', eventIds: ADDED, conditions: [...SENSITIVE, when('the host itself does it', isBySystem)] },
    { name: 'local-group', eventIds: ADDED, conditions: SENSITIVE },
    {
      name: 'domain-group',
      eventIds: [DIRECTORY_CHANGE],
      conditions: [
        // The same act as 4728, 4732 and 4756, seen by directory auditing.
        when('the members of a directory object are changed', (event) => changedAttribute(event) === 'member'),
        when('a member was added', isValueAdded),
        ofSensitive,
      ],
    },
    {
      name: 'removed-again',
      eventIds: REMOVED,
      accompanies: true,
      conditions: [powerful],
    },
  ],
  over: {
    by: (event) => `${event.actorEntity || event.field('SubjectUserSid')}|${event.computerEntity || shortHost(event.computer)}`,
    byWords: 'same account and host',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
    distinct: { of: (event) => groupOf(event).sid || groupOf(event).name.toLowerCase(), words: 'distinct groups' },
  },
  explain: (event, facts, step) => [
    ['TargetUserName', groupOf(event).name, `group (${groupOf(event).sid || 'no SID logged'})`],
    ['MemberSid', event.field('MemberSid'), `${step === 'removed-again' ? 'removed' : 'added'}: ${memberWords(event, facts)}`],
    ['SubjectUserName', event.field('SubjectUserName'), isBySelf(event) ? 'the same account: it added itself' : 'who did it'],
  ],
  grade({ steps, sample }) {
    if (steps.has('guest-added')) return { severity: 'high', confidence: 'high', because: 'the guest account has no business there' };
    if (steps.has('added-itself-to-rule')) return { severity: 'high', because: 'an account added itself to a group that rules the domain' };
    if (steps.has('domain-group')) return { because: 'the group rules the domain' };
    if (steps.has('added-itself-to-host')) return { because: 'an account added itself to a group that rules or opens a host' };
    if (wasTakenBack(sample)) return { because: 'added to a local group and removed again soon after' };
    if (steps.has('added-itself')) return { severity: 'low', because: 'an account added itself' };
    if (steps.has('access-group')) return { severity: 'low', because: 'the group opens a host to logons from elsewhere' };
    if (steps.has('local-group')) return { severity: 'low', because: 'the group rules one host only' };
    return { severity: 'informational', confidence: 'low', because: 'done by the host itself: setup, policy or management do so' };
  },
  summary(group, facts) {
    const { anchor } = group;
    const who = facts.name(anchor.actorEntity, accountField(anchor, 'Subject'));
    const where = facts.name(anchor.computerEntity, anchor.computer);
    const more = group.count > 1 ? `, with ${plural(group.count - 1, 'further addition')}` : '';
    const whom = isBySelf(anchor) ? 'itself' : memberWords(anchor, facts);
    return `${who} added ${whom} to ${groupOf(anchor).name || groupOf(anchor).sid} on ${where}${more}.`;
  },
  benignCauses: [
    'Ordinary administration: a new administrator, a service account of a product.',
    'Group policy or management software that sets local administrators.',
  ],
  firstResponse: [
    'Ask whoever is responsible for the group whether the change was ordered.',
    'Remove the member if not, and look at what it did in the meantime.',
    'Look at the session of the account that made the change: from where, since when.',
  ],
};
