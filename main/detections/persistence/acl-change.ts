import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { counts, type Detection } from '../detection.ts';
import { changedAttribute, DIRECTORY_CHANGE, isValueAdded, newGrants } from '../directory-change.ts';
import { actorWords, clip, given, isImpersonal, plural, SECURITY } from '../record.ts';

/** Told of by their own detections. */
const TOLD_ELSEWHERE = /^CN=AdminSDHolder,CN=System,/i;

function isRoot(event: IdentityEvent): boolean {
  return /^(?:domainDNS|domain)$/i.test(event.field('ObjectClass'));
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
  ],
  matches(event) {
    if (changedAttribute(event) !== 'ntsecuritydescriptor' || isImpersonal(event.actor)) return null;
    if (event.field('ObjectClass').toLowerCase() === 'grouppolicycontainer' || TOLD_ELSEWHERE.test(event.field('ObjectDN'))) return null;
    return isValueAdded(event) ? counts('after') : counts('before');
  },
  over: {
    by: (event) => `${event.actorEntity || event.field('SubjectUserSid')}|${event.field('ObjectDN').toLowerCase()}`,
    byWords: 'same account and object',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
    requires: [{ after: 1 }],
  },
  explain: (event) => {
    const grant = newGrants([event])[0];
    return [
      ['SubjectUserName', event.field('SubjectUserName'), 'who changed the permissions'],
      ['ObjectDN', event.field('ObjectDN'), `object (${event.field('ObjectClass') || 'class not logged'})`],
      [
        'AttributeValue',
        clip(event.field('AttributeValue')),
        `${isValueAdded(event) ? 'permissions after' : 'permissions before'}${grant === undefined ? '' : `; ${grant.trustee} holds power over it`}`,
      ],
    ];
  },
  grade({ sample }) {
    // Without the old permissions every entry would seem new.
    if (!sample.some(({ step }) => step === 'before')) {
      const held = newGrants(sample.map(({ event }) => event)).some((grant) => grant.isReplication);
      return held
        ? {
            severity: 'medium',
            because: 'somebody beside the default owners may replicate the directory; the old permissions were not logged',
          }
        : { because: 'the old permissions were not logged' };
    }
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
