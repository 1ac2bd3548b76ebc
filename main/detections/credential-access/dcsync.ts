import type { IdentityEvent } from '../../../shared/model/event.ts';
import { HOUR } from '../../../shared/model/time.ts';
import { type Condition, type Detection, type Group, type Step, unless, when } from '../detection.ts';
import { isWellKnownSid, numberField, plural, SECURITY } from '../record.ts';
import { durationWords } from '../words.ts';

/** Control access rights of [MS-ADTS] 5.1.3.2.1 that together let an account read every secret of a domain. */
const RIGHTS: readonly (readonly [id: string, name: string, step: string])[] = [
  ['1131f6ad-9c07-11d1-f79f-00c04fc2dcd2', 'DS-Replication-Get-Changes-All', 'secrets'],
  ['89e95b76-444d-4c62-991a-0facbeda640c', 'DS-Replication-Get-Changes-In-Filtered-Set', 'filtered'],
  ['1131f6aa-9c07-11d1-f79f-00c04fc2dcd2', 'DS-Replication-Get-Changes', 'changes'],
];
const CONTROL_ACCESS = 0x100;
/** Synchronization asks all day, tools take everything in one go. */
const STEADY_FOR = 6 * HOUR;
const STEADY_COUNT = 24;

/** Exports that were made on a domain controller hold the name in place of the id. */
function namesRight(event: IdentityEvent, id: string, name: string): boolean {
  const properties = event.field('Properties').toLowerCase();
  return properties.includes(id) || properties.includes(name.toLowerCase());
}

function rightOf(event: IdentityEvent): (typeof RIGHTS)[number] | undefined {
  return RIGHTS.find(([id, name]) => namesRight(event, id, name));
}

/** Domain controllers replicate all day. A machine account counts only when it is known to be no controller. */
const REPLICATES: readonly Condition[] = [
  when('a right of control was used, not only looked at', (event) => (numberField(event, 'AccessMask') & CONTROL_ACCESS) !== 0),
  unless('Windows itself', ({ actor }) => actor === null || isWellKnownSid(actor.sid)),
  unless(
    'a domain controller replicates, or a computer that may be one',
    (event, facts) => facts.isMachineAccount(event.actor) && facts.isDomainController(event.actorEntity) !== false,
  ),
];

function stepOfRight([id, name, step]: (typeof RIGHTS)[number]): Step {
  const asks = when(`the right is ${name}`, (event) => namesRight(event, id, name));
  return { name: step, eventIds: [4662], conditions: [...REPLICATES, asks] };
}

function isSteady(group: Group): boolean {
  return group.lastAt - group.firstAt >= STEADY_FOR && group.count >= STEADY_COUNT;
}

export const dcsync: Detection = {
  id: 'dcsync',
  externalId: 2006,
  catalogueName: 'Suspected DCSync attack (replication of directory services)',
  title: 'Suspected DCSync attack (replication of directory services)',
  whatItSees: 'An account that is no domain controller used the rights by which domain controllers copy the directory, secrets included.',
  whyItMatters: 'Whoever replicates the directory gets the password hashes of every account, krbtgt among them, and with it the domain.',
  severity: 'high',
  confidence: 'high',
  tactics: ['Credential Access', 'Persistence'],
  techniques: ['T1003', 'T1003.006'],
  reads: [{ ...SECURITY, eventIds: [4662], needs: 'the Security log of a domain controller with "Audit Directory Service Access" on' }],
  steps: RIGHTS.map(stepOfRight),
  over: {
    by: (event) => event.actorEntity || event.actor?.sid || '',
    byWords: 'same account',
    thresholds: [{ within: HOUR, atLeast: 1 }],
  },
  explain: (event) => [
    ['SubjectUserName', event.field('SubjectUserName'), 'account that replicated; no domain controller'],
    ['Properties', rightOf(event)?.[0] ?? '', `right used: ${rightOf(event)?.[1] ?? 'replication'}`],
    ['AccessMask', event.field('AccessMask'), 'control access: the right was exercised, not only present'],
    ['SubjectLogonId', event.field('SubjectLogonId'), 'session on the domain controller'],
  ],
  grade(group, facts) {
    if (facts.isSynchronizationAccount(group.anchor.actorEntity)) {
      return { severity: 'low', confidence: 'low', because: 'the account is known to synchronize identities' };
    }
    if (isSteady(group)) {
      return {
        severity: 'medium',
        confidence: 'low',
        because: `steady for ${durationWords(group.lastAt - group.firstAt)}: looks like a synchronization product`,
      };
    }
    if (!group.steps.has('secrets'))
      return { severity: 'medium', confidence: 'low', because: 'only changes without secrets were asked for' };
    return { because: 'secrets were asked for (Get-Changes-All)' };
  },
  summary(group, facts) {
    const { anchor } = group;
    const who = facts.name(anchor.actorEntity, anchor.actor);
    return `${who} replicated the directory from ${facts.name(anchor.computerEntity, anchor.computer)} without being a domain controller (${plural(group.count, 'request')}).`;
  },
  benignCauses: [
    'An identity synchronization product (password hash synchronization) with replication rights: tag its account.',
    'A new domain controller that no record has shown as one yet.',
    'A profile import that was given replication rights.',
  ],
  firstResponse: [
    'Find where the session of SubjectLogonId came from and isolate that host.',
    'If no synchronization product explains it, treat all secrets of the domain as known: reset krbtgt twice and privileged accounts.',
    'List who holds the replication rights on the domain and remove what is not needed.',
  ],
};
