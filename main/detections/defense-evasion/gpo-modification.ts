import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { accompanies, counts, type Detection, type Group, type Match } from '../detection.ts';
import { changedAttribute, DIRECTORY_CHANGE, isValueAdded, newGrants } from '../directory-change.ts';
import { actorWords, clip, isImpersonal, numberField, plural, SECURITY } from '../record.ts';

/** Client side extensions that run what they are told: scheduled tasks of preferences ([MS-GPPREF] 1.9) and scripts ([MS-GPSCR] 1.9). */
const EXECUTING = /aadced64-746c-4633-a97c-d61349046527|42b5faae-6536-11d2-ae5a-0000f87571e3/gi;
const EDITED = new Set(['versionnumber', 'gpcmachineextensionnames', 'gpcuserextensionnames', 'gpcfilesyspath']);
const WRITE = 0x2 | 0x4;
const POLICY_FILE = /(?:^|\\)policies\\(\{[0-9a-f-]{36}\})\\/i;
const TASK_FILE = /\\preferences\\scheduledtasks\\/i;
const SCRIPT_FILE = /\\scripts\\(?:startup|shutdown|logon|logoff|scripts\.ini|psscripts\.ini)/i;
/** User rights, group membership and security options. */
const SECURITY_FILE = /\\secedit\\gpttmpl\.inf$/i;

function policyOf(event: IdentityEvent): string {
  const found = /\{[0-9a-f-]{36}\}/i.exec(event.field('ObjectDN') || event.field('RelativeTargetName'));
  return (found?.[0] ?? '').toUpperCase();
}

function executing(event: IdentityEvent): readonly string[] {
  return changedAttribute(event).endsWith('extensionnames') ? (event.field('AttributeValue').toLowerCase().match(EXECUTING) ?? []) : [];
}

function matchDirectory(event: IdentityEvent): Match {
  if (event.field('ObjectClass').toLowerCase() !== 'grouppolicycontainer') return null;
  if (event.eventId === 5137) return counts('created');
  const attribute = changedAttribute(event);
  if (attribute === 'ntsecuritydescriptor') return isValueAdded(event) ? counts('permissions') : counts('permissions-before');
  if (!EDITED.has(attribute)) return null;
  if (executing(event).length === 0) return counts('edited');
  return isValueAdded(event) ? counts('executes') : counts('executed-before');
}

function matchShare(event: IdentityEvent): Match {
  const path = event.field('RelativeTargetName');
  const isWritten = (numberField(event, 'AccessMask') & WRITE) !== 0;
  if (!isWritten || !/\\sysvol$/i.test(event.field('ShareName')) || !POLICY_FILE.test(path)) return null;
  if (TASK_FILE.test(path)) return counts('task-written');
  if (SCRIPT_FILE.test(path)) return counts('script-written');
  return SECURITY_FILE.test(path) ? counts('rights-written') : accompanies('file-written');
}

/** The list is written anew with each edit; what was in it before is no news. */
function isNewlyExecuting(sample: Group['sample']): boolean {
  const before = new Set(sample.filter(({ step }) => step === 'executed-before').flatMap(({ event }) => executing(event)));
  return sample.some(({ event, step }) => step === 'executes' && executing(event).some((id) => !before.has(id)));
}

export const gpoModification: Detection = {
  id: 'gpo-modification',
  externalId: 2440,
  catalogueName: 'Group Policy Tampering',
  title: 'Group policy changed',
  whatItSees: 'A person changed a group policy object: its settings, its files or who may edit it.',
  whyItMatters: 'A policy runs on every host that it is linked to, as Local System; whoever edits it rules them all.',
  severity: 'informational',
  confidence: 'low',
  tactics: ['Defense Evasion', 'Privilege Escalation'],
  techniques: ['T1484', 'T1484.001'],
  reads: [
    {
      ...SECURITY,
      eventIds: [DIRECTORY_CHANGE, 5137],
      needs: 'the Security log of a domain controller with "Audit Directory Service Changes" on',
    },
    {
      ...SECURITY,
      eventIds: [5145],
      needs: 'the Security log of a domain controller with "Audit Detailed File Share" on',
      optional: true,
    },
  ],
  matches(event) {
    if (isImpersonal(event.actor) || policyOf(event) === '') return null;
    return event.eventId === 5145 ? matchShare(event) : matchDirectory(event);
  },
  over: {
    by: (event) => `${event.actorEntity || event.field('SubjectUserSid')}|${policyOf(event)}`,
    byWords: 'same account and policy',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
  },
  explain: (event) => [
    ['SubjectUserName', event.field('SubjectUserName'), 'who changed the policy'],
    event.eventId === 5145
      ? ['RelativeTargetName', clip(event.field('RelativeTargetName')), 'file of the policy that was opened for writing']
      : ['ObjectDN', event.field('ObjectDN'), 'policy object'],
    [
      'AttributeLDAPDisplayName',
      event.field('AttributeLDAPDisplayName') || event.field('ObjectClass') || event.field('ShareName'),
      'what changed',
    ],
  ],
  grade({ steps, sample }) {
    if (steps.has('task-written') || steps.has('script-written') || isNewlyExecuting(sample))
      return { severity: 'medium', because: 'the policy now runs tasks or scripts on its hosts' };
    if (steps.has('rights-written')) return { severity: 'low', because: 'user rights or security settings of the hosts were written' };
    if (newGrants(sample.map(({ event }) => event)).length > 0)
      return { severity: 'low', because: 'somebody beside the default administrators may now edit the policy' };
    return { because: 'an ordinary edit' };
  },
  summary(group, facts) {
    const { anchor } = group;
    const where = facts.name(anchor.computerEntity, anchor.computer);
    return `${actorWords(anchor, facts.name)} changed group policy ${policyOf(anchor)} on ${where} (${plural(group.count, 'record')}).`;
  },
  benignCauses: ['Ordinary editing of group policy.', 'Software that deploys through scheduled tasks or startup scripts of a policy.'],
  firstResponse: [
    'Ask whoever is responsible for the policy whether the change was ordered.',
    'Compare the policy with its last backup and see where it is linked.',
    'Where it runs a task or script: read it, unlink the policy, and look at the hosts that have applied it.',
  ],
};
