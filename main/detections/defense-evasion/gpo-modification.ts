import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { callText } from '../command-line.ts';
import { type Condition, type Detection, type Group, unless, when } from '../detection.ts';
import { changedAttribute, DIRECTORY_CHANGE, isValueAdded, newGrants } from '../directory-change.ts';
import { isOrder, ORDER_READS, orderedField, orderedStep } from '../ordered.ts';
import { actorWords, clip, isImpersonal, numberField, plural, SECURITY } from '../record.ts';

/** Client side extensions that run what they are told: scheduled tasks of preferences ([MS-GPPREF] 1.9) and scripts ([MS-GPSCR] 1.9). */
const EXECUTING = /aadced64-746c-4633-a97c-d61349046527|42b5faae-6536-11d2-ae5a-0000f87571e3/gi;
const EDITED = new Set(['versionnumber', 'gpcmachineextensionnames', 'gpcuserextensionnames', 'gpcfilesyspath']);
const WRITE = 0x2 | 0x4;
const POLICY_FILE = /(?:^|\\)policies\\(\{[0-9a-f-]{36}\})\\/i;
const TASK_FILE = /\\preferences\\scheduledtasks\\/i;
const SCRIPT_FILE = /\\scripts\\(?:startup|shutdown|logon|logoff|scripts\.ini|psscripts\.ini)/i;
/** Options of a tool that puts tasks, scripts or rights into a policy, and the function of well-known scripts. */
const TAMPERING =
  /--add(?:computer|user)(?:task|script)\b|--add(?:localadmin|userrights)\b|(?<!function\s{1,4})\bNew-GPOImmediateTask[ \t]+-/i;
/** The editor of one policy, or a cmdlet that changes one. */
const EDITING =
  /\b(?:gpme)\.msc\b[^\r\n]{0,300}\/gpobject:|(?<!function\s{1,4})\b(?:New-GPO|(?:Set|Remove)-GP(?:RegistryValue|PrefRegistryValue|Permissions?)|Import-GPO)[ \t]+[-@$\w"']/i;
/** User rights, group membership and security options. */
const SECURITY_FILE = /\\secedit\\gpttmpl\.inf$|\\preferences\\groups\\/i;

function policyOf(event: IdentityEvent): string {
  const found = /\{[0-9a-f-]{36}\}/i.exec(event.field('ObjectDN') || event.field('RelativeTargetName') || callText(event));
  return (found?.[0] ?? '').toUpperCase();
}

function executing(event: IdentityEvent): readonly string[] {
  return changedAttribute(event).endsWith('extensionnames') ? (event.field('AttributeValue').toLowerCase().match(EXECUTING) ?? []) : [];
}

function isPath(pattern: RegExp): (event: IdentityEvent) => boolean {
  return (event) => pattern.test(event.field('RelativeTargetName'));
}

const byComputer = unless('a computer or the system does it', (event) => isImpersonal(event.actor));
const ofPolicy = when('the object is a group policy', (event) => event.field('ObjectClass').toLowerCase() === 'grouppolicycontainer');
const isNew = when('the record holds the new value', isValueAdded);
const POLICY: readonly Condition[] = [ofPolicy, byComputer];
const PERMISSIONS: readonly Condition[] = [
  ...POLICY,
  when('its permissions are changed', (event) => changedAttribute(event) === 'ntsecuritydescriptor'),
];
const EXECUTES: readonly Condition[] = [...POLICY, when('it runs tasks or scripts', (event) => executing(event).length > 0)];
const WRITTEN: readonly Condition[] = [
  when('it is in SYSVOL', (event) => /\\sysvol$/i.test(event.field('ShareName')) || /\\sysvol\\/i.test(event.field('RelativeTargetName'))),
  when('the file is opened for writing', (event) => (numberField(event, 'AccessMask') & WRITE) !== 0),
  when('it belongs to a group policy', isPath(POLICY_FILE)),
  byComputer,
];

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
    ...ORDER_READS,
  ],
  steps: [
    { name: 'created', eventIds: [5137], conditions: POLICY },
    { name: 'permissions', eventIds: [DIRECTORY_CHANGE], conditions: [...PERMISSIONS, isNew] },
    { name: 'permissions-before', eventIds: [DIRECTORY_CHANGE], conditions: PERMISSIONS },
    { name: 'executes', eventIds: [DIRECTORY_CHANGE], conditions: [...EXECUTES, isNew] },
    { name: 'executed-before', eventIds: [DIRECTORY_CHANGE], conditions: EXECUTES },
    {
      name: 'edited',
      eventIds: [DIRECTORY_CHANGE],
      conditions: [...POLICY, when('its version, its extensions or its path are changed', (event) => EDITED.has(changedAttribute(event)))],
    },
    { name: 'task-written', eventIds: [5145], conditions: [...WRITTEN, when('it is a task that the policy makes', isPath(TASK_FILE))] },
    {
      name: 'script-written',
      eventIds: [5145],
      conditions: [...WRITTEN, when('it is a script that the policy runs', isPath(SCRIPT_FILE))],
    },
    {
      name: 'rights-written',
      eventIds: [5145],
      conditions: [...WRITTEN, when('it holds user rights, group membership or security settings', isPath(SECURITY_FILE))],
    },
    orderedStep('a command puts tasks, scripts or rights into a policy', TAMPERING),
    { ...orderedStep('a command edits a policy', EDITING), name: 'edit-ordered' },
    { name: 'file-written', eventIds: [5145], conditions: WRITTEN },
  ],
  over: {
    by: (event) => `${event.actorEntity || event.field('SubjectUserSid')}|${policyOf(event)}`,
    byWords: 'same account and policy',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
  },
  explain(event) {
    if (isOrder(event)) return [orderedField(event, 'changes a group policy')];
    return [
      ['SubjectUserName', event.field('SubjectUserName'), 'who changed the policy'],
      event.eventId === 5145
        ? ['RelativeTargetName', clip(event.field('RelativeTargetName')), 'file of the policy that was opened for writing']
        : ['ObjectDN', event.field('ObjectDN'), 'policy object'],
      [
        'AttributeLDAPDisplayName',
        event.field('AttributeLDAPDisplayName') || event.field('ObjectClass') || event.field('ShareName'),
        'what changed',
      ],
    ];
  },
  grade({ steps, sample }) {
    if (steps.has('task-written') || steps.has('script-written') || isNewlyExecuting(sample))
      return { severity: 'medium', because: 'the policy now runs tasks or scripts on its hosts' };
    if (steps.has('ordered')) return { severity: 'medium', because: 'a command puts tasks, scripts or rights into a policy' };
    if (steps.has('rights-written')) return { severity: 'low', because: 'user rights or security settings of the hosts were written' };
    if (newGrants(sample.map(({ event }) => event)).length > 0)
      return { severity: 'low', because: 'somebody beside the default administrators may now edit the policy' };
    return { because: 'an ordinary edit' };
  },
  summary(group, facts) {
    const { anchor } = group;
    const where = facts.name(anchor.computerEntity, anchor.computer);
    if (isOrder(anchor)) return `${actorWords(anchor, facts.name)} ordered a change of group policy on ${where}.`;
    return `${actorWords(anchor, facts.name)} changed group policy ${policyOf(anchor)} on ${where} (${plural(group.count, 'record')}).`;
  },
  benignCauses: ['Ordinary editing of group policy.', 'Software that deploys through scheduled tasks or startup scripts of a policy.'],
  firstResponse: [
    'Ask whoever is responsible for the policy whether the change was ordered.',
    'Compare the policy with its last backup and see where it is linked.',
    'Where it runs a task or script: read it, unlink the policy, and look at the hosts that have applied it.',
  ],
};
