import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { accompanies, counts, type Detection, type Group, type Match } from '../detection.ts';
import type { Facts } from '../facts.ts';
import { accountField, given, isMachineName, plural, SECURITY, shortHost } from '../record.ts';
import { sourceWords } from '../words.ts';

const LOGON = 4624;
/** Pipes of the interfaces that can be asked to open a path elsewhere: [MS-EFSR] 2.1, [MS-FSRVP] 2.1, [MS-DFSNM] 2.1, [MS-RPRN] 2.1. */
const STEP_OF_PIPE: Readonly<Record<string, string>> = {
  efsrpc: 'efs-pipe',
  fssagentrpc: 'shadow-copy-pipe',
  netdfs: 'dfs-pipe',
  spoolss: 'spooler-pipe',
  // EFS is answered here as well; on its own this pipe is daily work.
  lsarpc: 'lsa-pipe',
};
const NETWORK = 3;

function matchPipe(event: IdentityEvent, facts: Facts): Match {
  if (!event.field('ShareName').toUpperCase().endsWith('\\IPC$') || event.sourceAddress === '') return null;
  if (isMachineName(accountField(event, 'Subject').name)) return null;
  const step = STEP_OF_PIPE[event.field('RelativeTargetName').toLowerCase().replace(/^\\/, '')];
  if (step === undefined) return null;
  // Files of distributed file systems are managed over this pipe on file servers.
  if (step === 'dfs-pipe' && facts.isDomainController(event.computerEntity) === false) return null;
  return counts(step);
}

/** Also called for every network logon: cheap refusals first. */
function matchLogon(event: IdentityEvent): Match {
  if (event.logonType !== NETWORK) return null;
  const name = event.field('TargetUserName');
  if (!isMachineName(name) || event.field('AuthenticationPackageName').toUpperCase() !== 'NTLM') return null;
  return name.slice(0, -1).toLowerCase() === shortHost(event.computer) ? null : accompanies('machine-authenticated');
}

function firstPipe(group: Group): IdentityEvent {
  return group.sample.find(({ event }) => event.eventId !== LOGON)?.event ?? group.anchor;
}

export const coercion: Detection = {
  id: 'coercion',
  externalId: 2416,
  catalogueName: 'Suspicious network connection over Encrypting File System Remote Protocol',
  title: 'Suspected forced authentication of a host',
  whatItSees:
    'Somebody opened a pipe over which a host can be made to log on elsewhere (file encryption, shadow copies, distributed files, printing); at worst the host then did.',
  whyItMatters: 'The logon of a host, above all of a domain controller, can be passed on and gives its rights to the intruder.',
  severity: 'high',
  confidence: 'medium',
  tactics: ['Credential Access', 'Lateral Movement'],
  techniques: ['T1187', 'T1210'],
  reads: [
    { ...SECURITY, eventIds: [5145], needs: 'Security logs with "Audit Detailed File Share" on' },
    { ...SECURITY, eventIds: [LOGON], needs: 'Security logs with "Audit Logon" on', optional: true },
  ],
  matches: (event, facts) => (event.eventId === LOGON ? matchLogon(event) : matchPipe(event, facts)),
  over: {
    by: (event) => (event.eventId === LOGON ? event.field('TargetUserName').replace(/\$$/, '').toLowerCase() : shortHost(event.computer)),
    byWords: 'same host',
    thresholds: [{ within: 2 * MINUTE, atLeast: 1 }],
    requires: [
      { 'efs-pipe': 1 },
      { 'shadow-copy-pipe': 1 },
      { 'dfs-pipe': 1 },
      { 'spooler-pipe': 1 },
      { 'lsa-pipe': 1, 'machine-authenticated': 1 },
    ],
  },
  explain(event) {
    if (event.eventId === LOGON) {
      return [
        ['TargetUserName', event.field('TargetUserName'), 'the host logged on here'],
        ['AuthenticationPackageName', event.field('AuthenticationPackageName'), 'in the way that can be passed on'],
        ['IpAddress', event.field('IpAddress'), 'from where'],
      ];
    }
    return [
      ['RelativeTargetName', event.field('RelativeTargetName'), 'pipe'],
      ['SubjectUserName', event.field('SubjectUserName'), 'who'],
      ['IpAddress', event.field('IpAddress'), 'from where'],
      ['AccessMask', event.field('AccessMask'), 'access'],
    ];
  },
  grade(group, facts) {
    const { steps } = group;
    if (steps.has('machine-authenticated')) return { because: 'the host logged on to another with NTLM right after' };
    const isController = facts.isDomainController(firstPipe(group).computerEntity) === true;
    if (steps.has('efs-pipe') || steps.has('shadow-copy-pipe')) {
      return {
        severity: isController ? 'medium' : 'low',
        because: 'a pipe that hardly anything else opens; no logon of the host was seen after',
      };
    }
    if (isController) return { severity: 'low', confidence: 'low', because: 'the pipe has ordinary uses, hardly on a domain controller' };
    return { severity: 'informational', confidence: 'low', because: 'printing and administration open the same pipe' };
  },
  summary(group, facts) {
    const event = firstPipe(group);
    const who = given(event.field('SubjectUserName')) || 'Somebody';
    const where = facts.name(event.computerEntity, event.computer);
    const then = group.steps.has('machine-authenticated') ? ', and the host then logged on elsewhere with NTLM' : '';
    return `${who} opened ${plural(group.count, `pipe`)} of ${where} that can force a logon (${event.field('RelativeTargetName')}) from ${sourceWords(event, facts)}${then}.`;
  },
  benignCauses: [
    'Printing: every client of a print server opens its spooler pipe.',
    'Backup of file shares with remote shadow copies; management of distributed file systems.',
    'A vulnerability scan.',
  ],
  firstResponse: [
    'Ask what the account was doing at the source; look there for unknown programs.',
    'Look where the host logged on right after, and what was done in its name.',
    'Stop the spooler where nobody prints; demand signing and channel binding of directory, web enrollment and file services.',
  ],
};
