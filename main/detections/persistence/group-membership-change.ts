import type { AccountRef, IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { actorAndHost, changedBy, computerName } from '../account-change.ts';
import { counts, type Detection } from '../detection.ts';
import type { Facts } from '../facts.ts';
import { accountField, given, isWellKnownSid, plural, relativeId, SECURITY, SYSMON } from '../record.ts';
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
  if (event.eventId !== VALUE_SET) return { ...accountField(event, 'Target'), sid: given(event.field('TargetSid')).toUpperCase() };
  return { sid: '', name: `the local group ${samGroup(event)}`, domain: '' };
}

/** What `sensitive-group-change` reports is not said twice. */
function isReportedElsewhere(event: IdentityEvent, facts: Facts): boolean {
  const by = accountField(event, 'Subject');
  const isAccess = isAccessGroupRef(groupOf(event)) && !isWellKnownSid(by.sid);
  const isSelf = by.sid !== '' && !isWellKnownSid(by.sid) && by.sid === given(event.field('MemberSid')).toUpperCase();
  return isAccess || isSelf || facts.isSensitiveGroup(groupOf(event), event.counterpartEntity);
}

export const groupMembershipChange: Detection = {
  id: 'group-membership-change',
  externalId: null,
  catalogueName: '',
  title: 'Account added to a group',
  whatItSees: 'An account was added to a security group that is not among the sensitive ones.',
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
  ],
  matches(event, facts) {
    if (event.eventId === VALUE_SET) {
      const group = samGroup(event);
      if (group < 0 || BY_CREATION.has(group)) return null;
      return counts(group === ADMINISTRATORS ? 'administrators-written' : 'members-written');
    }
    if (BY_CREATION.has(relativeId(groupOf(event).sid)) || isReportedElsewhere(event, facts)) return null;
    return counts('added');
  },
  over: {
    by: actorAndHost,
    byWords: 'same account and host',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
    distinct: { of: (event) => groupOf(event).sid || groupOf(event).name.toLowerCase(), words: 'distinct groups' },
  },
  explain(event, facts) {
    if (event.eventId === VALUE_SET) return [['TargetObject', event.field('TargetObject'), `members of ${groupOf(event).name}`]];
    return [
      ['TargetUserName', event.field('TargetUserName'), `group (${groupOf(event).sid || 'no SID logged'})`],
      ['MemberSid', event.field('MemberSid'), 'added'],
      ['SubjectUserName', event.field('SubjectUserName'), `who did it: ${changedBy(event, facts)}`],
    ];
  },
  grade: ({ steps }) =>
    steps.has('administrators-written')
      ? { severity: 'low', because: 'the local Administrators; the registry does not say whether a member came or went' }
      : {},
  summary(group, facts) {
    const { anchor } = group;
    const of = groupOf(anchor).name || groupOf(anchor).sid || 'a group';
    const more = group.count > 1 ? `, with ${plural(group.count - 1, 'further change')}` : '';
    if (anchor.eventId === VALUE_SET) return `The members of ${of} were changed on ${computerName(anchor, facts)}${more}.`;
    return `${changedBy(anchor, facts)} added an account to ${of} on ${computerName(anchor, facts)}${more}.`;
  },
  benignCauses: ['Ordinary administration: access to files, mail lists, applications.', 'Setup of a product that brings its own groups.'],
  firstResponse: [
    'Ask whoever is responsible for the group whether the change was ordered.',
    'Tag the group as sensitive if it opens much.',
  ],
};
