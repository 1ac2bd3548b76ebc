import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { type Condition, type Detection, type Group, unless, when } from '../detection.ts';
import type { Facts } from '../facts.ts';
import { actorWords, baseName, clip, isImpersonal, LOCAL_SYSTEM, plural, SECURITY, SERVICE_CONTROL, SYSMON, shortHost } from '../record.ts';
import { commandLineOf, explainProcess, PROCESS_READS, PROCESS_STARTED, parentOf, programOf, runsAs } from '../remote-process.ts';
import { doubtsOfServiceImage, IS_SERVICE_VALUE, SERVICE_INSTALLED, serviceCommandOf, startsOnDemand } from '../service-image.ts';

/** Services that the tool and its open relatives install under their own names. */
const KNOWN_SERVICE = /^(?:psexesvc|psexec|paexec|remcomsvc|csexecsvc|winexesvc)/i;
const KNOWN_PROGRAM = /(?:^|[\\/"])(?:psexesvc|paexec[^\\/"]*|remcomsvc|csexecsvc|winexesvc)\.exe/i;
/** What the tool writes at the other end: its program, and since version 2.30 a key under the name of the caller. */
const KNOWN_FILE = /\\(?:(?:psexesvc|remcomsvc|csexecsvc|winexesvc)\.exe|psexec-[^\\]{1,64}\.key)$/i;
/** Input, output and errors of the remote program each get a pipe; a renamed tool keeps the endings. */
const STREAM_PIPE = /-\d{1,10}-(?:stdin|stdout|stderr)$/i;
const KNOWN_PIPE = /^\\?(?:psexesvc|paexec|remcom_|csexecsvc|winexesvc)/i;
/** One command instead of a program, through the interpreter variable or a hidden PowerShell: relatives of the tool that copy nothing. */
const COMMAND_AS_SERVICE =
  /^"?%+comspec%+|powershell(?:\.exe)?"?\s[^|]*-(?:nop|noni|noe|w\s+hidden|windowstyle\s+hidden|e(?:nc|c)?\s|encodedcommand|sta\b)/i;
/** The copy to ADMIN$ comes at most this long before the service manager is opened. */
const COPY_BEFORE: number = MINUTE;
const PIPES: readonly number[] = [17, 18];

function pipeOf(event: IdentityEvent): string {
  return event.field(event.eventId === 5145 ? 'RelativeTargetName' : 'PipeName');
}

function isFromShareRoot(event: IdentityEvent): boolean {
  const isOnDemand = startsOnDemand(event.field('StartType') || event.field('ServiceStartType'));
  return doubtsOfServiceImage(serviceCommandOf(event), isOnDemand, false).some((doubt) => doubt.sign === 'share-root');
}

function copiedBefore(event: IdentityEvent, facts: Facts): boolean {
  const { sourceAddress, actor } = event;
  return facts
    .touches(event, COPY_BEFORE)
    .some((touch) => touch.name === 'admin$' && touch.source === sourceAddress && touch.account?.sid === actor?.sid);
}

/** The name, or the one that the program was built with (Sysmon names it). */
function isClient(event: IdentityEvent): boolean {
  return /^(?:psexec(?:64)?|paexec)\.exe$/.test(programOf(event)) || event.field('OriginalFileName').toLowerCase() === 'psexec.c';
}

const ON_IPC: Condition = when('it is a pipe, not a file of that name', (event) =>
  event.field('ShareName').toUpperCase().endsWith('\\IPC$'),
);
const IS_STREAM: Condition = when('the pipe carries input or output of a remote program', (event) => STREAM_PIPE.test(pipeOf(event)));
const IS_KNOWN_PIPE: Condition = when('the pipe is that of a known tool', (event) => KNOWN_PIPE.test(pipeOf(event)));
const IS_KNOWN: Condition = when(
  'service or program is that of a known tool',
  (event) => KNOWN_SERVICE.test(event.field('ServiceName')) || KNOWN_PROGRAM.test(serviceCommandOf(event)),
);
const IS_COMMAND: Condition = when('the service is a single hidden command', (event) => COMMAND_AS_SERVICE.test(serviceCommandOf(event)));
const IS_IN_SHARE_ROOT: Condition = when('the program lies in the root of ADMIN$ and starts on demand', isFromShareRoot);

function isOnlyClient({ steps }: Group): boolean {
  return steps.size === 1 && steps.has('client-run');
}

const MEANING: Readonly<Record<string, string>> = {
  'known-service': 'program of a known tool',
  'command-as-service': 'a single command instead of a program',
  'service-from-admin-share': 'program in the root of ADMIN$',
};

export const psexec: Detection = {
  id: 'psexec',
  externalId: null,
  catalogueName: 'Suspicious remote service installation',
  title: 'Remote execution in the manner of PsExec',
  whatItSees:
    'A program was copied to the administrative share of a host, run there as a service, and its input and output carried over named pipes.',
  whyItMatters: 'It gives a shell as Local System on another host to anyone with administrative credentials there.',
  severity: 'medium',
  confidence: 'high',
  tactics: ['Lateral Movement', 'Execution'],
  techniques: ['T1021.002', 'T1569.002'],
  reads: [
    { ...SERVICE_CONTROL, eventIds: [7045], needs: 'the System log' },
    { ...SECURITY, eventIds: [4697], needs: 'Security logs with "Audit Security System Extension" on' },
    { ...SECURITY, eventIds: [5145], needs: 'Security logs with "Audit Detailed File Share" on' },
    ...PROCESS_READS,
    { ...SYSMON, eventIds: [11, 13, ...PIPES], needs: 'Sysmon with file, registry and pipe events on' },
  ],
  steps: [
    { name: 'known-service', eventIds: SERVICE_INSTALLED, conditions: [IS_KNOWN] },
    { name: 'command-as-service', eventIds: SERVICE_INSTALLED, conditions: [IS_COMMAND] },
    { name: 'service-from-admin-share', eventIds: SERVICE_INSTALLED, conditions: [IS_IN_SHARE_ROOT] },
    { name: 'known-service', eventIds: [13], conditions: [IS_SERVICE_VALUE, IS_KNOWN] },
    { name: 'command-as-service', eventIds: [13], conditions: [IS_SERVICE_VALUE, IS_COMMAND] },
    { name: 'service-from-admin-share', eventIds: [13], conditions: [IS_SERVICE_VALUE, IS_IN_SHARE_ROOT] },
    { name: 'stream-pipe', eventIds: PIPES, conditions: [IS_STREAM] },
    { name: 'known-pipe', eventIds: PIPES, conditions: [IS_KNOWN_PIPE] },
    { name: 'stream-pipe', eventIds: [5145], conditions: [ON_IPC, IS_STREAM] },
    { name: 'known-pipe', eventIds: [5145], conditions: [ON_IPC, IS_KNOWN_PIPE] },
    {
      name: 'admin-share-then-service-manager',
      eventIds: [5145],
      conditions: [
        ON_IPC,
        when('the service manager is opened', (event) => pipeOf(event).toLowerCase() === 'svcctl'),
        unless('the host reaches itself by its own address', (event, facts) => facts.isOwnAddress(event)),
        unless('a computer account manages the host', (event) => isImpersonal(event.actor) && event.actor?.sid !== LOCAL_SYSTEM),
        when('the same account had opened ADMIN$ from there within a minute before', copiedBefore),
      ],
    },
    {
      name: 'known-program-copied',
      eventIds: [5145],
      conditions: [
        when('ADMIN$ is the share', (event) => event.field('ShareName').toUpperCase().endsWith('\\ADMIN$')),
        when('the file is the program of a known tool', (event) => KNOWN_PROGRAM.test(event.field('RelativeTargetName'))),
      ],
    },
    {
      name: 'known-program-copied',
      eventIds: [11],
      conditions: [when('the program of a known tool, or its key, is written', (event) => KNOWN_FILE.test(event.field('TargetFilename')))],
    },
    {
      name: 'known-program-run',
      eventIds: PROCESS_STARTED,
      conditions: [
        when(
          'the program, or the one that started it, is that of a known tool',
          (event) => KNOWN_PROGRAM.test(programOf(event)) || KNOWN_PROGRAM.test(parentOf(event)),
        ),
      ],
    },
    {
      name: 'client-run',
      eventIds: PROCESS_STARTED,
      conditions: [
        when('it is the calling side of the tool', isClient),
        when('it names another host', (event) => /\s\\\\(?!127\.|localhost)[^\s\\"]/i.test(commandLineOf(event))),
      ],
    },
  ],
  over: {
    by: (event) => event.computerEntity || shortHost(event.computer),
    byWords: 'same host',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
  },
  explain(event, _facts, step) {
    if (SERVICE_INSTALLED.includes(event.eventId)) {
      return [
        ['ServiceName', event.field('ServiceName'), 'service'],
        [event.eventId === 4697 ? 'ServiceFileName' : 'ImagePath', clip(serviceCommandOf(event), 500), MEANING[step] ?? 'program'],
        ['StartType', event.field('StartType') || event.field('ServiceStartType'), 'when it starts'],
      ];
    }
    if (event.eventId === 5145) {
      return [
        ['ShareName', event.field('ShareName'), 'share'],
        ['RelativeTargetName', event.field('RelativeTargetName'), 'file or pipe'],
        ['SubjectUserName', event.field('SubjectUserName'), 'who'],
        ['IpAddress', event.field('IpAddress'), 'from where'],
      ];
    }
    if (PIPES.includes(event.eventId)) {
      return [
        ['PipeName', event.field('PipeName'), 'pipe of the tool'],
        ['Image', event.field('Image'), 'program at this end'],
      ];
    }
    if (event.eventId === 11) return [['TargetFilename', event.field('TargetFilename'), 'file of the tool']];
    if (event.eventId === 13) {
      return [
        ['TargetObject', event.field('TargetObject'), 'command of a service'],
        ['Details', clip(serviceCommandOf(event), 500), MEANING[step] ?? 'program'],
      ];
    }
    return explainProcess(event, 'what it runs');
  },
  grade(group) {
    const isKnown = [...group.steps.keys()].some((step) => step.startsWith('known'));
    if (group.steps.has('stream-pipe') && !isKnown)
      return { severity: 'high', because: 'the pipes of the tool under another service name' };
    if (isOnlyClient(group)) return { severity: 'low', because: 'the calling side; administrators use the tool' };
    if (isKnown) return { because: 'the tool under its own name: also used by administrators' };
    if (group.steps.has('service-from-admin-share'))
      return { severity: 'high', because: 'a service from the root of ADMIN$ under an unknown name' };
    if (group.steps.has('command-as-service')) return { severity: 'high', because: 'a service that is a single hidden command' };
    return {
      severity: 'low',
      confidence: 'medium',
      because: 'ADMIN$ and the service manager in one go; backup and software distribution do so too',
    };
  },
  summary(group, facts) {
    const { anchor } = group;
    const host = facts.name(anchor.computerEntity, anchor.computer);
    const install = group.sample.find(({ event }) => SERVICE_INSTALLED.includes(event.eventId))?.event;
    const remote = group.sample.find(({ event }) => event.sourceAddress !== '')?.event;
    const from = remote === undefined ? '' : ` from ${remote.sourceAddress}`;
    if (isOnlyClient(group))
      return `${runsAs(anchor) || 'Somebody'} called another host with PsExec from ${host}: ${clip(commandLineOf(anchor), 160)}.`;
    if (install === undefined)
      return `${actorWords(anchor, facts.name)} ran a program on ${host}${from} in the manner of PsExec (${plural(group.count, 'record')}).`;
    return `${actorWords(install, facts.name)} ran ${baseName(clip(serviceCommandOf(install), 120))} as a service on ${host}${from} (${plural(group.count, 'record')}).`;
  },
  benignCauses: ['Administrators who use the tool for their work.', 'Software distribution that is built on it.'],
  firstResponse: [
    'Ask whether an administrator ran it, and from which host.',
    'See what was started under the service: process records within the next minutes.',
    'If unexplained, isolate the source host and reset the account that was used.',
  ],
};
