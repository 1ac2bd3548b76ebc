import type { IdentityEvent } from '../../../shared/model/event.ts';
import { HOUR } from '../../../shared/model/time.ts';
import { type Condition, type Detection, type Group, type Step, unless, when } from '../detection.ts';
import { accountField, given, isImpersonal, relativeId, SECURITY, shortHost } from '../record.ts';
import { sourceWords } from '../words.ts';

const LOGON = 4624;
const SHARE = 5140;
const RENAMED = 4781;
const NETWORK = 3;

/** Name and SID come out of the same ticket: for a true one they belong together. */
function claimed(event: IdentityEvent): { sid: string; name: string; domain: string } {
  const account = accountField(event, event.eventId === SHARE ? 'Subject' : 'Target');
  return { ...account, name: (account.name.split('@')[0] ?? '').toLowerCase() };
}

const CLAIM: readonly Condition[] = [
  when('a SID is named', (event) => claimed(event).sid !== ''),
  when('an account is named', (event) => claimed(event).name !== ''),
  unless('a computer or a service of Windows', (event) => isImpersonal(claimed(event))),
];

const STEPS: readonly Step[] = [
  {
    name: 'used',
    eventIds: [LOGON],
    conditions: [
      when('the logon came over the network', (event) => event.logonType === NETWORK),
      when('it was made with a Kerberos ticket', (event) => event.field('AuthenticationPackageName').trim().toLowerCase() === 'kerberos'),
      ...CLAIM,
    ],
  },
  {
    name: 'used',
    eventIds: [SHARE],
    conditions: [
      when('the share was opened over the network', (event) => given(event.field('IpAddress')) !== ''),
      unless('it is an account of the host itself', (event) => claimed(event).domain.toLowerCase() === shortHost(event.computer)),
      ...CLAIM,
    ],
  },
  { name: 'renamed', eventIds: [RENAMED], accompanies: true, conditions: [] },
];

function names(group: Group): string {
  return [...new Set(group.sample.filter(({ step }) => step === 'used').map(({ event }) => claimed(event).name))].join(', ');
}

export const goldenTicketAccount: Detection = {
  id: 'golden-ticket-account',
  externalId: 2027,
  catalogueName: 'Suspected Golden Ticket usage (nonexistent account)',
  title: 'Suspected Golden Ticket usage (nonexistent account)',
  whatItSees: 'The same SID was used on a host under two names within hours: one of them belongs to no account.',
  whyItMatters: 'In a forged ticket name and SID are free to choose; tools leave the SID of the built-in administrator under any name.',
  severity: 'high',
  confidence: 'medium',
  tactics: ['Persistence', 'Privilege Escalation', 'Lateral Movement'],
  techniques: ['T1558', 'T1558.001', 'T1068', 'T1210'],
  reads: [
    { ...SECURITY, eventIds: [LOGON], needs: 'Security logs with "Audit Logon" (success) on' },
    { ...SECURITY, eventIds: [SHARE], needs: 'Security logs with "Audit File Share" on', optional: true },
    { ...SECURITY, eventIds: [RENAMED], needs: 'Security logs with "Audit User Account Management" on', optional: true },
  ],
  steps: STEPS,
  over: {
    // A host and its copies may share SIDs: compared on one host only.
    by: (event) => {
      const sid = event.eventId === RENAMED ? given(event.field('TargetSid')).toUpperCase() : claimed(event).sid;
      return `${event.computerEntity || shortHost(event.computer)}|${sid}`;
    },
    byWords: 'same host and SID',
    thresholds: [{ within: 4 * HOUR, atLeast: 2, distinct: 2 }],
    distinct: { of: (event) => claimed(event).name, words: 'distinct names' },
  },
  explain: (event) =>
    event.eventId === RENAMED
      ? [
          ['OldTargetUserName', event.field('OldTargetUserName'), 'name before'],
          ['NewTargetUserName', event.field('NewTargetUserName'), 'name after'],
        ]
      : [
          [event.eventId === SHARE ? 'SubjectUserSid' : 'TargetUserSid', claimed(event).sid, 'the same SID'],
          [event.eventId === SHARE ? 'SubjectUserName' : 'TargetUserName', claimed(event).name, 'under this name'],
          ['IpAddress', event.field('IpAddress'), 'where it came from'],
        ],
  grade(group) {
    if (group.steps.has('renamed'))
      return { severity: 'informational', confidence: 'low', because: 'the account was renamed in that time' };
    if (relativeId(claimed(group.anchor).sid) === 500)
      return { confidence: 'high', because: 'the SID is the one of the built-in administrator' };
    return { because: 'two names of one SID, and no record of a change of name' };
  },
  summary(group, facts) {
    const { anchor } = group;
    const host = facts.name(anchor.computerEntity, anchor.computer);
    return `The SID ${claimed(anchor).sid} was used on ${host} under ${group.distinct} names (${names(group)}), first from ${sourceWords(anchor, facts)}.`;
  },
  benignCauses: ['An account that was renamed in that time.', 'Logs of different lab domains under one host name.'],
  firstResponse: [
    'Look up the SID in the directory: the name that is not there is the forged one.',
    'Look at domain controllers for how the key of krbtgt was taken (replication, copy of the directory database).',
    'Change the password of krbtgt twice, with the time between that replication needs.',
  ],
};
