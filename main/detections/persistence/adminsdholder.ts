import type { IdentityEvent } from '../../../shared/model/event.ts';
import { HOUR } from '../../../shared/model/time.ts';
import { type Detection, unless, when } from '../detection.ts';
import { changedAttribute, DIRECTORY_CHANGE, isValueAdded, newGrants } from '../directory-change.ts';
import { isOrder, ORDER_READS, orderedField, orderedStep } from '../ordered.ts';
import { actorWords, clip, isWellKnownSid, numberField, SECURITY, shortHost } from '../record.ts';

const OBJECT = /^CN=AdminSDHolder,CN=System,DC=/i;
/** Permissions of the template by `dsacls`, a cmdlet or the functions of well-known scripts. */
const ORDERED =
  /\b(?:dsacls(?:\.exe)?["']?\s(?=[^\r\n|]{0,300}\s\/g\b)|(?:Add-(?:Domain)?ObjectAcl|Set-Acl)\s)[^\r\n]{0,300}\bAdminSDHolder\b/i;
/** Writing the permissions or the owner. */
const WRITE_PERMISSIONS = 0x40000 | 0x80000;

function objectOf(event: IdentityEvent): string {
  return event.field('ObjectDN') || event.field('ObjectName');
}

/** Other computers have no business there: their logons are relayed to write permissions. */
function isByController({ actor, computer }: IdentityEvent): boolean {
  return actor === null || isWellKnownSid(actor.sid) || actor.name.toLowerCase() === `${shortHost(computer)}$`;
}

const ofTemplate = when('the object is AdminSDHolder', (event) => OBJECT.test(objectOf(event)));
const byController = unless('the domain controller itself does it', isByController);
const ofPermissions = when('its permissions are changed', (event) => changedAttribute(event) === 'ntsecuritydescriptor');

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
    ...ORDER_READS,
  ],
  steps: [
    {
      name: 'permissions-written',
      eventIds: [4662],
      conditions: [
        when('the access writes permissions or the owner', (event) => (numberField(event, 'AccessMask') & WRITE_PERMISSIONS) !== 0),
        ofTemplate,
        byController,
      ],
    },
    {
      name: 'permissions-written',
      eventIds: [DIRECTORY_CHANGE],
      conditions: [ofPermissions, ofTemplate, when('the record holds the new permissions', isValueAdded), byController],
    },
    { name: 'permissions-before', eventIds: [DIRECTORY_CHANGE], conditions: [ofPermissions, ofTemplate] },
    orderedStep('a command grants permissions on AdminSDHolder', ORDERED),
    { name: 'applied', eventIds: [4780], accompanies: true, conditions: [] },
  ],
  over: {
    by: (event) => event.computerEntity || shortHost(event.computer),
    byWords: 'same domain controller',
    thresholds: [{ within: HOUR, atLeast: 1 }],
    requires: [{ 'permissions-written': 1 }, { ordered: 1 }],
  },
  explain(event, _facts, step) {
    if (step === 'ordered') return [orderedField(event, 'grants permissions on the template')];
    return [
      ['SubjectUserName', event.field('SubjectUserName'), step === 'applied' ? 'who applied the template' : 'who changed the template'],
      [
        'ObjectDN',
        objectOf(event) || event.field('TargetUserName'),
        step === 'applied' ? 'got the permissions of the template' : 'the template',
      ],
      ['AttributeValue', clip(event.field('AttributeValue') || event.field('AccessMask') || event.field('TargetSid')), 'permissions'],
    ];
  },
  grade({ sample, steps }) {
    if (!steps.has('permissions-written'))
      return { severity: 'medium', confidence: 'medium', because: 'a command ordered it; no record shows that it was done' };
    const grant = newGrants(sample.map(({ event }) => event))[0];
    if (grant !== undefined) return { because: `${grant.trustee} gained power over all protected accounts` };
    const isKnown = sample.some(({ event, step }) => step === 'permissions-before' && event.field('AttributeValue') !== '');
    if (isKnown) return { severity: 'medium', confidence: 'medium', because: 'nobody new gained power over protected accounts' };
    return { confidence: 'medium', because: 'what was granted is not in the records' };
  },
  summary({ anchor }, facts) {
    const did = isOrder(anchor) ? 'ordered a change of' : 'changed';
    return `${actorWords(anchor, facts.name)} ${did} the permissions of AdminSDHolder on ${facts.name(anchor.computerEntity, anchor.computer)}.`;
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
