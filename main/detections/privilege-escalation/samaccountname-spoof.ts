import type { IdentityEvent } from '../../../shared/model/event.ts';
import { HOUR } from '../../../shared/model/time.ts';
import { type Condition, type Detection, type Step, unless, when } from '../detection.ts';
import { actorWords, given, isMachineName, SECURITY, shortHost } from '../record.ts';

const RENAMED = 4781;
const COMPUTER = [4741, 4742];

function isOfController(name: string, event: IdentityEvent): boolean {
  return name.replace(/\$$/, '').toLowerCase() === shortHost(event.computer);
}

function oldName(event: IdentityEvent): string {
  return given(event.field(event.eventId === RENAMED ? 'OldTargetUserName' : 'TargetUserName'));
}

function newName(event: IdentityEvent): string {
  return given(event.field(event.eventId === RENAMED ? 'NewTargetUserName' : 'SamAccountName'));
}

const isNamed: Condition = when('a new name is given', (event) => newName(event) !== '');
const isWithoutSign: Condition = when('the new name does not end in the sign of a computer', (event) => !isMachineName(newName(event)));
const isController: Condition = when('the new name is that of the domain controller', (event) => isOfController(newName(event), event));
const wasComputer: Condition = when('the old name ended in the sign of a computer', (event) => isMachineName(oldName(event)));
/** Records of computers only: their names end in the sign, whoever makes them. */
const STEPS: readonly Step[] = [
  {
    name: 'controller-name',
    eventIds: [RENAMED],
    conditions: [
      isController,
      isWithoutSign,
      unless('only the writing of the name changed', (event) => oldName(event).toLowerCase() === newName(event).toLowerCase()),
    ],
  },
  { name: 'controller-name', eventIds: COMPUTER, conditions: [isController, isWithoutSign] },
  { name: 'sign-dropped', eventIds: [RENAMED], conditions: [isNamed, wasComputer, isWithoutSign] },
  { name: 'sign-dropped', eventIds: COMPUTER, conditions: [isNamed, isWithoutSign] },
  {
    name: 'renamed-back',
    eventIds: [RENAMED],
    accompanies: true,
    conditions: [
      when('the new name ends in the sign of a computer', (event) => isMachineName(newName(event))),
      when('the old name did not', (event) => !isMachineName(oldName(event))),
    ],
  },
];

export const samAccountNameSpoof: Detection = {
  id: 'samaccountname-spoof',
  externalId: 2419,
  catalogueName: 'Suspicious modification of a sAMNameAccount attribute (CVE-2021-42278 and CVE-2021-42287 exploitation)',
  title: 'Suspicious modification of a sAMNameAccount attribute (CVE-2021-42278 and CVE-2021-42287 exploitation)',
  whatItSees: 'A computer account lost the sign at the end of its name, or an account took the name of a domain controller.',
  whyItMatters: 'A ticket asked for under the name of a controller, and used after the name is gone, makes its holder a domain controller.',
  severity: 'high',
  confidence: 'medium',
  tactics: ['Credential Access', 'Privilege Escalation'],
  techniques: ['T1134', 'T1134.001', 'T1068', 'T1558'],
  reads: [
    { ...SECURITY, eventIds: [RENAMED], needs: 'the Security log of a domain controller with "Audit User Account Management" on' },
    {
      ...SECURITY,
      eventIds: COMPUTER,
      needs: 'the Security log of a domain controller with "Audit Computer Account Management" on',
      optional: true,
    },
  ],
  steps: STEPS,
  over: {
    by: (event) => event.computerEntity || shortHost(event.computer),
    byWords: 'same domain controller',
    thresholds: [{ within: HOUR, atLeast: 1 }],
  },
  explain: (event, _facts, step) => [
    ['OldTargetUserName', oldName(event) || '-', 'name before'],
    ['NewTargetUserName', newName(event), step === 'controller-name' ? 'name of the domain controller' : 'name after'],
    ['SubjectUserName', event.field('SubjectUserName'), 'who did it'],
  ],
  grade({ steps }) {
    if (steps.has('controller-name')) return { confidence: 'high', because: 'the name is that of a domain controller without its sign' };
    if (steps.has('renamed-back')) return { because: 'a name was changed back within the hour' };
    return { severity: 'medium', because: 'the name is not that of the domain controller that wrote the record' };
  },
  summary({ anchor }, facts) {
    const who = actorWords(anchor, facts.name);
    const before = oldName(anchor);
    const from = before === '' || before === newName(anchor) ? 'a computer account' : before;
    return `${who} named ${from} ${newName(anchor)} on ${facts.name(anchor.computerEntity, anchor.computer)}.`;
  },
  benignCauses: ['A provisioning script that makes computer accounts without the sign.', 'A mistyped name that is put right at once.'],
  firstResponse: [
    'See who owns the computer account and disable it.',
    'Check that every domain controller has the updates of November 2021.',
    'Look for tickets of the new name, and for replication of the directory, in the minutes after.',
  ],
};
