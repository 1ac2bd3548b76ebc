import type { AccountRef, IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { actorAndHost, changedBy, computerName } from '../account-change.ts';
import { accountCommand } from '../account-command.ts';
import { type Condition, type Detection, unless, when } from '../detection.ts';
import { isOrder, ORDER_READS, ORDERS, orderedField } from '../ordered.ts';
import { accountField, actorWords, given, isWellKnownSid, plural, relativeId, SECURITY, SYSMON } from '../record.ts';
import { isAccessGroupRef } from '../sensitive-groups.table.ts';

const ADDED = [4728, 4732, 4756];
const VALUE_SET = 13;
/** Members of a local group are kept in the value "C" of its key, named by the group's number in hexadecimal. */
const SAM_GROUP = /\\SAM\\SAM\\Domains\\(?:Builtin|Account)\\Aliases\\([0-9A-F]{8})\\C$/i;
const ADMINISTRATORS = 544;
/** Domain Users, Domain Computers, Users: every new account lands there by itself. */
const BY_CREATION = new Set([513, 515, 545]);

function samGroup(event: IdentityEvent): number {
  const found = SAM_GROUP.exec(event.field('TargetObject'));
  return found ? Number.parseInt(found[1] ?? '', 16) : -1;
}

function groupOf(event: IdentityEvent): AccountRef {
  if (isOrder(event)) return { sid: '', name: accountCommand(event)?.group || 'a group', domain: '' };
  if (event.eventId !== VALUE_SET) return { ...accountField(event, 'Target'), sid: given(event.field('TargetSid')).toUpperCase() };
  return { sid: '', name: `the local group ${samGroup(event)}`, domain: '' };
}

function isBySelf(event: IdentityEvent): boolean {
  const by = accountField(event, 'Subject').sid;
  return by !== '' && !isWellKnownSid(by) && by === given(event.field('MemberSid')).toUpperCase();
}

function isAccessGrantedByPerson(event: IdentityEvent): boolean {
  return isAccessGroupRef(groupOf(event)) && !isWellKnownSid(accountField(event, 'Subject').sid);
}

const adds = when('the command adds a member to a group', (event) => accountCommand(event)?.act === 'member');
const MEMBERS: readonly Condition[] = [when('the members of a local group are written', (event) => samGroup(event) >= 0)];

export const groupMembershipChange: Detection = {
  id: 'group-membership-change',
  externalId: null,
  catalogueName: '',
  title: 'Account added to a group',
  whatItSees: 'An account was added to a security group that is not among the sensitive ones, or a command ordered that of any group.',
  whyItMatters: 'Any group may open something that its members may not have otherwise; a record of who let whom in helps to tell a story.',
  severity: 'informational',
  confidence: 'low',
  tactics: ['Persistence'],
  techniques: ['T1098', 'T1098.007'],
  reads: [
    {
      ...SECURITY,
      eventIds: ADDED,
      needs: 'Security logs (for domain groups: of a domain controller) with "Audit Security Group Management" on',
    },
    { ...SYSMON, eventIds: [VALUE_SET], needs: 'Sysmon with a rule for the registry keys of SAM', optional: true },
    ...ORDER_READS,
  ],
  steps: [
    {
      name: 'added',
      eventIds: ADDED,
      conditions: [
        unless('a new account lands in the group of all accounts', (event) => BY_CREATION.has(relativeId(groupOf(event).sid))),
        // What `sensitive-group-change` reports is not said twice.
        unless('the group is sensitive, told of by a detection of its own', (event, facts) =>
          facts.isSensitiveGroup(groupOf(event), event.counterpartEntity),
        ),
        unless('the group opens a host to logons, told of by a detection of its own', isAccessGrantedByPerson),
        unless('an account adds itself, told of by a detection of its own', isBySelf),
      ],
    },
    {
      name: 'administrators-written',
      eventIds: [VALUE_SET],
      conditions: [...MEMBERS, when('the group is the local Administrators', (event) => samGroup(event) === ADMINISTRATORS)],
    },
    {
      name: 'members-written',
      eventIds: [VALUE_SET],
      conditions: [...MEMBERS, unless('a new account lands in Users', (event) => BY_CREATION.has(samGroup(event)))],
    },
    {
      name: 'sensitive-ordered',
      eventIds: ORDERS,
      conditions: [adds, when('the group is sensitive', (event, facts) => facts.isSensitiveGroup(groupOf(event), ''))],
    },
    { name: 'ordered', eventIds: ORDERS, conditions: [adds] },
  ],
  over: {
    by: actorAndHost,
    byWords: 'same account and host',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
    distinct: { of: (event) => groupOf(event).sid || groupOf(event).name.toLowerCase(), words: 'distinct groups' },
  },
  explain(event, facts) {
    if (isOrder(event)) return [orderedField(event, `adds a member to ${groupOf(event).name}`)];
    if (event.eventId === VALUE_SET) return [['TargetObject', event.field('TargetObject'), `members of ${groupOf(event).name}`]];
    return [
      ['TargetUserName', event.field('TargetUserName'), `group (${groupOf(event).sid || 'no SID logged'})`],
      ['MemberSid', event.field('MemberSid'), 'added'],
      ['SubjectUserName', event.field('SubjectUserName'), `who did it: ${changedBy(event, facts)}`],
    ];
  },
  grade({ steps }) {
    if (steps.has('administrators-written'))
      return { severity: 'low', because: 'the local Administrators; the registry does not say whether a member came or went' };
    if (steps.has('sensitive-ordered')) return { severity: 'low', because: 'a command ordered it, and the group rules a domain or a host' };
    return steps.has('ordered') ? { because: 'a command ordered it' } : {};
  },
  summary(group, facts) {
    const { anchor } = group;
    const of = groupOf(anchor).name || groupOf(anchor).sid || 'a group';
    const more = group.count > 1 ? `, with ${plural(group.count - 1, 'further change')}` : '';
    if (isOrder(anchor)) {
      const whom = accountCommand(anchor)?.account || 'an account';
      return `${actorWords(anchor, facts.name)} ordered ${whom} into ${of} on ${computerName(anchor, facts)}${more}.`;
    }
    if (anchor.eventId === VALUE_SET) return `The members of ${of} were changed on ${computerName(anchor, facts)}${more}.`;
    return `${changedBy(anchor, facts)} added an account to ${of} on ${computerName(anchor, facts)}${more}.`;
  },
  benignCauses: ['Ordinary administration: access to files, mail lists, applications.', 'Setup of a product that brings its own groups.'],
  firstResponse: [
    'Ask whoever is responsible for the group whether the change was ordered.',
    'Tag the group as sensitive if it opens much.',
  ],
};
