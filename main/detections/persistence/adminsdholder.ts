import type { IdentityEvent } from '../../../shared/model/event.ts';
import { HOUR } from '../../../shared/model/time.ts';
import { accompanies, counts, type Detection } from '../detection.ts';
import { changedAttribute, DIRECTORY_CHANGE, isValueAdded, newGrants } from '../directory-change.ts';
import { actorWords, clip, isImpersonal, numberField, SECURITY, shortHost } from '../record.ts';

const OBJECT = /^CN=AdminSDHolder,CN=System,DC=/i;
/** Writing the permissions or the owner. */
const WRITE_PERMISSIONS = 0x40000 | 0x80000;

function objectOf(event: IdentityEvent): string {
  return event.field('ObjectDN') || event.field('ObjectName');
}

export const adminSdHolder: Detection = {
  id: 'adminsdholder',
  externalId: 2430,
  catalogueName: 'Suspicious modification of domain AdminSdHolder',
  title: 'Suspicious modification of AdminSDHolder',
  whatItSees: 'A person changed the permissions of AdminSDHolder, the template that is copied onto every protected account and group.',
  whyItMatters: 'Within an hour the change reaches all administrators and comes back each time that somebody cleans it up on them.',
  severity: 'high',
  confidence: 'high',
  tactics: ['Persistence', 'Privilege Escalation'],
  techniques: ['T1098'],
  reads: [
    {
      ...SECURITY,
      eventIds: [DIRECTORY_CHANGE],
      needs: 'the Security log of a domain controller with "Audit Directory Service Changes" on',
    },
    {
      ...SECURITY,
      eventIds: [4662],
      needs: 'the Security log of a domain controller with "Audit Directory Service Access" on',
      optional: true,
    },
    { ...SECURITY, eventIds: [4780], needs: '"Audit User Account Management" on domain controllers', optional: true },
  ],
  matches(event) {
    if (event.eventId === 4780) return accompanies('applied');
    if (!OBJECT.test(objectOf(event)) || isImpersonal(event.actor)) return null;
    if (event.eventId === 4662) return (numberField(event, 'AccessMask') & WRITE_PERMISSIONS) !== 0 ? counts('permissions-written') : null;
    if (changedAttribute(event) !== 'ntsecuritydescriptor') return null;
    return isValueAdded(event) ? counts('permissions-written') : counts('permissions-before');
  },
  over: {
    by: (event) => event.computerEntity || shortHost(event.computer),
    byWords: 'same domain controller',
    thresholds: [{ within: HOUR, atLeast: 1 }],
    requires: [{ 'permissions-written': 1 }],
  },
  explain: (event) => [
    ['SubjectUserName', event.field('SubjectUserName'), event.eventId === 4780 ? 'who applied the template' : 'who changed the template'],
    [
      'ObjectDN',
      objectOf(event) || event.field('TargetUserName'),
      event.eventId === 4780 ? 'got the permissions of the template' : 'the template',
    ],
    ['AttributeValue', clip(event.field('AttributeValue') || event.field('AccessMask') || event.field('TargetSid')), 'permissions'],
  ],
  grade({ sample }) {
    const grant = newGrants(sample.map(({ event }) => event))[0];
    if (grant !== undefined) return { because: `${grant.trustee} gained power over all protected accounts` };
    const isKnown = sample.some(({ event, step }) => step === 'permissions-before' && event.field('AttributeValue') !== '');
    if (isKnown) return { severity: 'medium', confidence: 'medium', because: 'nobody new gained power over protected accounts' };
    return { confidence: 'medium', because: 'what was granted is not in the records' };
  },
  summary({ anchor }, facts) {
    return `${actorWords(anchor, facts.name)} changed the permissions of AdminSDHolder on ${facts.name(anchor.computerEntity, anchor.computer)}.`;
  },
  benignCauses: [
    'The setup of a mail or identity product that extends the directory.',
    'Hardening that takes rights away from the template.',
  ],
  firstResponse: [
    'Compare the permissions of CN=AdminSDHolder,CN=System with the default and take off what was added.',
    'Then check every protected account and group (adminCount=1) for the same entry.',
    'Disable the trustee that was added and the account that added it until the change is explained.',
  ],
};
