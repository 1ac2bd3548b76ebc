import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { type Condition, type Detection, type Group, unless, when } from '../detection.ts';
import { changedAttribute, DIRECTORY_CHANGE, isValueAdded, newGrants } from '../directory-change.ts';
import { isOrder, ORDER_READS, orderedField, orderedStep } from '../ordered.ts';
import { actorWords, clip, given, isImpersonal, plural, SECURITY } from '../record.ts';

/** `dsacls` that grants, and the functions of well-known scripts. */
const GRANTS = /\b(?:dsacls)(?:\.exe)?["']?\s[^\r\n|]{0,300}\s\/g\b|(?<!function\s{1,4})\bAdd-(?:Domain)?ObjectAcl[ \t]+[-@$]/i;
/** Told of by their own detections. */
const TOLD_ELSEWHERE = /^CN=AdminSDHolder,CN=System,/i;

const CHANGED: readonly Condition[] = [
  when('the permissions of a directory object are changed', (event) => changedAttribute(event) === 'ntsecuritydescriptor'),
  unless('the object is a group policy, told of by a detection of its own', isPolicy),
  unless('the object is AdminSDHolder, told of by a detection of its own', (event) => TOLD_ELSEWHERE.test(event.field('ObjectDN'))),
];

function isPolicy(event: IdentityEvent): boolean {
  return event.field('ObjectClass').toLowerCase() === 'grouppolicycontainer';
}

function isRoot(event: IdentityEvent): boolean {
  return /^(?:domainDNS|domain)$/i.test(event.field('ObjectClass'));
}

/** Mail servers and controllers keep permissions in order; a relayed logon of theirs is used to give away the right to replicate. */
function isUpkeep(event: IdentityEvent): boolean {
  return isImpersonal(event.actor) && !newGrants([event]).some((grant) => grant.isReplication);
}

/** Without the old permissions every entry would seem new; only what names the account that wrote it is likely to be. */
function gradeWithoutBefore({ sample }: Group): ReturnType<NonNullable<Detection['grade']>> {
  const grants = newGrants(sample.map(({ event }) => event));
  const own = grants.filter(({ trustee }) => sample.some(({ event }) => event.field('SubjectUserSid').toUpperCase() === trustee));
  if (own.some((grant) => grant.isReplication))
    return { severity: 'high', because: 'the account that wrote them may replicate the directory; the old permissions were not logged' };
  if (grants.some((grant) => grant.isReplication)) {
    const because = 'somebody beside the default owners may replicate the directory; the old permissions were not logged';
    return { severity: 'medium', because };
  }
  if (own.length > 0)
    return { severity: 'low', because: 'the account that wrote them holds power over the object; the old permissions were not logged' };
  return { because: 'the old permissions were not logged' };
}

export const aclChange: Detection = {
  id: 'acl-change',
  externalId: null,
  catalogueName: '',
  title: 'Permissions of a directory object changed',
  whatItSees: 'A person changed who may do what to an object of the directory.',
  whyItMatters: 'A single entry on the domain lets an account copy all password hashes; on an account or group it hands that one over.',
  severity: 'informational',
  confidence: 'low',
  tactics: ['Persistence', 'Privilege Escalation', 'Defense Evasion'],
  techniques: ['T1098', 'T1222.001', 'T1484'],
  reads: [
    {
      ...SECURITY,
      eventIds: [DIRECTORY_CHANGE],
      needs: 'the Security log of a domain controller with "Audit Directory Service Changes" on',
    },
    ...ORDER_READS,
  ],
  steps: [
    {
      name: 'after',
      eventIds: [DIRECTORY_CHANGE],
      conditions: [
        ...CHANGED,
        when('the record holds the new permissions', isValueAdded),
        unless('a computer or the system changes permissions that let nobody replicate the directory', isUpkeep),
      ],
    },
    { name: 'before', eventIds: [DIRECTORY_CHANGE], conditions: CHANGED },
    orderedStep('a command grants permissions on a directory object', GRANTS),
  ],
  over: {
    by: (event) => `${event.actorEntity || event.field('SubjectUserSid')}|${event.field('ObjectDN').toLowerCase()}`,
    byWords: 'same account and object',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
    requires: [{ after: 1 }, { ordered: 1 }],
  },
  explain: (event, _facts, step) => {
    if (step === 'ordered') return [orderedField(event, 'grants permissions')];
    const grant = newGrants([event])[0];
    return [
      ['SubjectUserName', event.field('SubjectUserName'), 'who changed the permissions'],
      ['ObjectDN', event.field('ObjectDN'), `object (${event.field('ObjectClass') || 'class not logged'})`],
      [
        'AttributeValue',
        clip(event.field('AttributeValue')),
        `${step === 'after' ? 'permissions after' : 'permissions before'}${grant === undefined ? '' : `; ${grant.trustee} holds power over it`}`,
      ],
    ];
  },
  grade(group) {
    const { sample, steps } = group;
    if (!steps.has('after')) return { because: 'a command ordered it; no record shows that it was done' };
    if (!sample.some(({ step }) => step === 'before')) return gradeWithoutBefore(group);
    const grants = newGrants(sample.map(({ event }) => event));
    const replication = grants.find((grant) => grant.isReplication);
    if (replication !== undefined)
      return { severity: 'high', confidence: 'high', because: `${replication.trustee} was given rights to replicate the directory` };
    const [grant] = grants;
    if (grant === undefined) return { because: 'nobody new gained power over the object' };
    if (sample.some(({ event }) => isRoot(event)))
      return { severity: 'medium', confidence: 'medium', because: `${grant.trustee} gained power over the whole domain` };
    return { severity: 'low', because: `${grant.trustee} gained power over the object` };
  },
  summary(group, facts) {
    const { anchor } = group;
    if (isOrder(anchor))
      return `${actorWords(anchor, facts.name)} ordered new permissions in the directory on ${facts.name(anchor.computerEntity, anchor.computer)}.`;
    const object = given(anchor.field('ObjectDN')) || 'an object';
    return `${actorWords(anchor, facts.name)} changed the permissions of ${object} (${plural(group.count, 'record')}).`;
  },
  benignCauses: [
    'Delegation of administration by whoever is responsible for the directory.',
    'The setup of a mail or identity product: synchronization needs replication rights.',
  ],
  firstResponse: [
    'Ask whether the delegation was ordered, and for whom.',
    'Take off the entry if not, and look at what its trustee did since: replication, password resets, membership.',
  ],
};
