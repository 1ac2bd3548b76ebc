import type { IdentityEvent } from '../../../shared/model/event.ts';
import { DAY, HOUR } from '../../../shared/model/time.ts';
import { counts, type Detection, type Group } from '../detection.ts';
import type { Facts } from '../facts.ts';
import { isWellKnownSid, numberField, plural, SECURITY } from '../record.ts';
import { durationWords } from '../words.ts';

/** Control access rights of [MS-ADTS] 5.1.3.2.1 that together let an account read every secret of a domain. */
const RIGHTS: readonly (readonly [id: string, name: string, step: string])[] = [
  ['1131f6ad-9c07-11d1-f79f-00c04fc2dcd2', 'DS-Replication-Get-Changes-All', 'secrets'],
  ['89e95b76-444d-4c62-991a-0facbeda640c', 'DS-Replication-Get-Changes-In-Filtered-Set', 'filtered'],
  ['1131f6aa-9c07-11d1-f79f-00c04fc2dcd2', 'DS-Replication-Get-Changes', 'changes'],
];
const CONTROL_ACCESS = 0x100;

function rightOf(event: IdentityEvent): (typeof RIGHTS)[number] | undefined {
  const properties = event.field('Properties').toLowerCase();
  return RIGHTS.find(([id]) => properties.includes(id));
}

/** Domain controllers replicate all day. A machine account counts only when it is known to be no controller. */
function mayReplicate(event: IdentityEvent, facts: Facts): boolean {
  const { actor, actorEntity } = event;
  if (actor === null || isWellKnownSid(actor.sid) || facts.isDomainController(actorEntity) === true) return true;
  return facts.isMachineAccount(actor) && facts.isDomainController(actorEntity) !== false;
}

function isSteady(group: Group): boolean {
  return group.lastAt - group.firstAt >= DAY && group.count >= 24;
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
  matches(event, facts) {
    if (numberField(event, 'AccessMask') !== CONTROL_ACCESS || mayReplicate(event, facts)) return null;
    const right = rightOf(event);
    return right === undefined ? null : counts(right[2]);
  },
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
