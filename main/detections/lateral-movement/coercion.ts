import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { type Condition, type Detection, type Group, unless, when } from '../detection.ts';
import { given, isMachineName, plural, SECURITY, SYSMON, shortHost } from '../record.ts';
import { sourceWords } from '../words.ts';

const LOGON = 4624;
/** Pipes of the interfaces that can be asked to open a path elsewhere, and are seldom asked anything: [MS-EFSR] 2.1, [MS-FSRVP] 2.1. */
const RARE_PIPES = new Set(['efsrpc', 'fssagentrpc']);
/** Those of distributed file systems and of printing have daily uses as well: [MS-DFSNM] 2.1, [MS-RPRN] 2.1. */
const COMMON_PIPES = new Set(['netdfs', 'spoolss']);
/** EFS is answered here as well; on its own this pipe is daily work. */
const LSA_PIPE = 'lsarpc';
const NETWORK = 3;
const PIPE_CONNECTED = 18;
const ANONYMOUS = 'S-1-5-7';

function pipeOf(event: IdentityEvent): string {
  const name = event.field(event.eventId === PIPE_CONNECTED ? 'PipeName' : 'RelativeTargetName');
  return name.toLowerCase().replace(/^\\/, '');
}

const IS_RARE: Condition = when('the pipe can force a logon and hardly anything else opens it', (event) => RARE_PIPES.has(pipeOf(event)));
const IS_LSA: Condition = when('the pipe is that of security, where file encryption answers too', (event) => pipeOf(event) === LSA_PIPE);
const FROM_ELSEWHERE: readonly Condition[] = [
  when('it is a pipe, not a file of that name', (event) => event.field('ShareName').toUpperCase().endsWith('\\IPC$')),
  when('it was opened from another host', (event) => event.sourceAddress !== ''),
  unless('a computer account asks', (event) => isMachineName(given(event.field('SubjectUserName')))),
];

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
    { ...SYSMON, eventIds: [PIPE_CONNECTED], needs: 'Sysmon with pipe events on', optional: true },
    { ...SECURITY, eventIds: [LOGON], needs: 'Security logs with "Audit Logon" on', optional: true },
  ],
  steps: [
    { name: 'rare-pipe', eventIds: [5145], conditions: [IS_RARE, ...FROM_ELSEWHERE] },
    {
      name: 'rare-pipe',
      eventIds: [PIPE_CONNECTED],
      conditions: [
        IS_RARE,
        when('the kernel opened it, for a caller from the network', (event) => event.field('Image').toLowerCase() === 'system'),
      ],
    },
    {
      name: 'common-pipe',
      eventIds: [5145],
      conditions: [
        when('the pipe is that of printing or of distributed files', (event) => COMMON_PIPES.has(pipeOf(event))),
        ...FROM_ELSEWHERE,
      ],
    },
    {
      name: 'anonymous-pipe',
      eventIds: [5145],
      conditions: [
        when('nobody has logged on for it', (event) => event.field('SubjectUserSid').toUpperCase() === ANONYMOUS),
        IS_LSA,
        ...FROM_ELSEWHERE,
      ],
    },
    { name: 'lsa-pipe', eventIds: [5145], conditions: [IS_LSA, ...FROM_ELSEWHERE] },
    {
      name: 'machine-authenticated',
      eventIds: [LOGON],
      accompanies: true,
      conditions: [
        when('it is a logon over the network', (event) => event.logonType === NETWORK),
        when('the account is that of a host', (event) => isMachineName(event.field('TargetUserName'))),
        when('it logged on with NTLM', (event) => event.field('AuthenticationPackageName').toUpperCase() === 'NTLM'),
        unless(
          'the host logs on to itself',
          (event) => event.field('TargetUserName').slice(0, -1).toLowerCase() === shortHost(event.computer),
        ),
      ],
    },
  ],
  over: {
    // A logon that is passed on arrives from whoever forced it. Sysmon's pipe records name no source.
    by(event) {
      const host = event.eventId === LOGON ? event.field('TargetUserName').replace(/\$$/, '').toLowerCase() : shortHost(event.computer);
      return `${host}|${event.sourceAddress}`;
    },
    byWords: 'same host and source',
    thresholds: [{ within: 2 * MINUTE, atLeast: 1 }],
    requires: [{ 'rare-pipe': 1 }, { 'common-pipe': 1 }, { 'anonymous-pipe': 1 }, { 'machine-authenticated': 1 }],
  },
  explain(event, _facts, step) {
    if (step === 'machine-authenticated') {
      return [
        ['TargetUserName', event.field('TargetUserName'), 'the host logged on here'],
        ['AuthenticationPackageName', event.field('AuthenticationPackageName'), 'in the way that can be passed on'],
        ['IpAddress', event.field('IpAddress'), 'from where'],
      ];
    }
    if (event.eventId === PIPE_CONNECTED) return [['PipeName', event.field('PipeName'), 'pipe, opened over the network']];
    return [
      ['RelativeTargetName', event.field('RelativeTargetName'), 'pipe'],
      ['SubjectUserName', event.field('SubjectUserName'), 'who'],
      ['IpAddress', event.field('IpAddress'), 'from where'],
      ['AccessMask', event.field('AccessMask'), 'access'],
    ];
  },
  grade(group, facts) {
    const { steps } = group;
    if (steps.has('machine-authenticated')) return { because: 'the host logged on to another with NTLM right after, from the same source' };
    const isController = facts.isDomainController(firstPipe(group).computerEntity) === true;
    if (steps.has('rare-pipe')) {
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
    const then = group.steps.has('machine-authenticated') ? ', and the host then logged on elsewhere with NTLM, from the same source' : '';
    return `${who} opened ${plural(group.count, `pipe`)} of ${where} that can force a logon (${pipeOf(event)}) from ${sourceWords(event, facts)}${then}.`;
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
