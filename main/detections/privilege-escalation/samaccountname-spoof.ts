import type { IdentityEvent } from '../../../shared/model/event.ts';
import { HOUR } from '../../../shared/model/time.ts';
import { accompanies, counts, type Detection, type Match } from '../detection.ts';
import { actorWords, given, isMachineName, SECURITY, shortHost } from '../record.ts';

function isOfController(name: string, event: IdentityEvent): boolean {
  return name.replace(/\$$/, '').toLowerCase() === shortHost(event.computer);
}

function oldName(event: IdentityEvent): string {
  return given(event.field(event.eventId === 4781 ? 'OldTargetUserName' : 'TargetUserName'));
}

function newName(event: IdentityEvent): string {
  return given(event.field(event.eventId === 4781 ? 'NewTargetUserName' : 'SamAccountName'));
}

function match(event: IdentityEvent): Match {
  const after = newName(event);
  if (after === '') return null;
  if (event.eventId !== 4781) {
    // Records of computers only: their names end in the sign, whoever makes them.
    if (isMachineName(after)) return null;
    return counts(isOfController(after, event) ? 'controller-name' : 'sign-dropped');
  }
  const before = oldName(event);
  if (!isMachineName(after) && isOfController(after, event) && before.toLowerCase() !== after.toLowerCase())
    return counts('controller-name');
  if (isMachineName(before) && !isMachineName(after)) return counts('sign-dropped');
  return isMachineName(after) && !isMachineName(before) ? accompanies('renamed-back') : null;
}

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
    { ...SECURITY, eventIds: [4781], needs: 'the Security log of a domain controller with "Audit User Account Management" on' },
    {
      ...SECURITY,
      eventIds: [4741, 4742],
      needs: 'the Security log of a domain controller with "Audit Computer Account Management" on',
      optional: true,
    },
  ],
  matches: match,
  over: {
    by: (event) => event.computerEntity || shortHost(event.computer),
    byWords: 'same domain controller',
    thresholds: [{ within: HOUR, atLeast: 1 }],
  },
  explain: (event) => [
    ['OldTargetUserName', oldName(event) || '-', 'name before'],
    ['NewTargetUserName', newName(event), isOfController(newName(event), event) ? 'name of the domain controller' : 'name after'],
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
