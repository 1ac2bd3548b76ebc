import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { type Condition, type Detection, type Explained, type Group, unless, when } from '../detection.ts';
import type { Facts } from '../facts.ts';
import { baseName, clip, isImpersonal, numberField, plural, SECURITY, SYSMON, shortHost } from '../record.ts';
import { commandLineOf, explainProcess, PROCESS_READS, PROCESS_STARTED, programOf, runsAs } from '../remote-process.ts';

const NETWORK = 3;
/** RPC_CALL_CLIENT_LOCALITY "remote" of the task records since Windows 10 1903. */
const CLIENT_IS_REMOTE = 2;
const CONNECTED = 3;
const IMAGE_LOADED = 7;
const ENDPOINT_MAPPER = '135';
/** Programs that run what somebody wrote; consoles and management agents use the scheduler of other hosts as a matter of course. */
const INTERPRETER = /\\(?:powershell|pwsh|cscript|wscript|mshta|rundll32|regsvr32)\.exe$/i;
/** "/s SRV02" of schtasks, "\\\\SRV02" of at. */
const OTHER_HOST = /(?:\s\/s\s{1,4}|\bat(?:\.exe)?"?\s{1,4})"?\\{0,2}([^\s"\\/]{1,255})/i;
const MAKES_TASK = /\s\/(?:create|run|change)\b|\bat(?:\.exe)?"?\s{1,4}\\\\\S+\s{1,4}\d/i;
const JOIN: number = MINUTE;
const TOOL_COMMAND =
  /<command>\s*"?(?:[^<"]*\\)?(?:cmd|powershell|pwsh|mshta|wscript|cscript|rundll32|regsvr32|bitsadmin|certutil)(?:\.exe)?\b|\\\\[^<]*\\(?:admin|c)\$\\|\\(?:temp|users\\public|perflogs)\\/i;

function isFromNetwork(event: IdentityEvent, facts: Facts): boolean {
  if (facts.session(event, event.field('SubjectLogonId'))?.logonType === NETWORK) return true;
  if (numberField(event, 'RpcCallClientLocality') === CLIENT_IS_REMOTE) return true;
  return facts.touches(event, JOIN).some((touch) => touch.name === 'atsvc' && (touch.account?.sid ?? '') === (event.actor?.sid ?? ''));
}

function isToolTask(event: IdentityEvent): boolean {
  return TOOL_COMMAND.test(event.field('TaskContent') || event.field('TaskContentNew'));
}

const TASK_MADE: readonly number[] = [4698, 4702];
const IS_TOOL: Condition = when('the task runs an interpreter, or from where anyone can write', isToolTask);
const IS_FROM_NETWORK: Condition = when('whoever made it came over the network', isFromNetwork);
const IS_PERSON: Condition = unless('a computer account or Windows itself', (event) => isImpersonal(event.actor));
/** The other end: an interpreter that holds the client of the task scheduler asks another host where its services listen. */
const BY_INTERPRETER: Condition = when('it is an interpreter', (event) => INTERPRETER.test(event.field('Image')));

function namesOtherHost(event: IdentityEvent): boolean {
  const host = OTHER_HOST.exec(commandLineOf(event))?.[1] ?? '';
  return host !== '' && !/^(?:localhost|127\.|\.$|%computername%)/i.test(host) && shortHost(host) !== shortHost(event.computer);
}

function isSource(event: IdentityEvent): boolean {
  return event.eventId === CONNECTED || event.eventId === IMAGE_LOADED;
}

function explainSource(event: IdentityEvent): readonly Explained[] {
  const image: Explained = ['Image', event.field('Image'), 'interpreter'];
  if (event.eventId === IMAGE_LOADED) return [image, ['ImageLoaded', event.field('ImageLoaded'), 'client of the task scheduler']];
  return [
    image,
    ['DestinationIp', event.field('DestinationIp'), 'host that it reached'],
    ['DestinationPort', event.field('DestinationPort'), 'endpoint mapper: how remote services are found'],
  ];
}

function sourceSummary(group: Group, facts: Facts): string {
  const reached = group.sample.find(({ step }) => step === 'asked-other-host')?.event ?? group.anchor;
  const other = reached.field('DestinationHostname') || reached.field('DestinationIp');
  const program = baseName(reached.field('Image'));
  return `${program} on ${facts.name(reached.computerEntity, reached.computer)} loaded the client of the task scheduler and reached the services of ${other}.`;
}

function commandOf(event: IdentityEvent): string {
  const content = event.field('TaskContent') || event.field('TaskContentNew');
  const part = (tag: string): string => new RegExp(`<${tag}>([^<]{0,400})</${tag}>`, 'i').exec(content)?.[1] ?? '';
  return `${part('Command')} ${part('Arguments')}`.trim();
}

/** A task made in a session that no record explains stands by itself, with its own deletion. */
function groupKey(event: IdentityEvent, facts: Facts): string {
  const host = event.computerEntity || shortHost(event.computer);
  if (isSource(event)) return `${host}|${event.field('ProcessGuid')}`;
  if (PROCESS_STARTED.includes(event.eventId)) return `${host}|sent`;
  const isAlone = event.eventId === 4699 || (event.eventId !== 5145 && !isFromNetwork(event, facts));
  return `${host}|${isAlone ? event.field('TaskName').toLowerCase() : event.actor?.sid || event.actorEntity}`;
}

export const scheduledTaskRemote: Detection = {
  id: 'scheduled-task-remote',
  externalId: 2019,
  catalogueName: 'Remote code execution attempt',
  title: 'Scheduled task created over the network',
  whatItSees:
    'Somebody who had logged on over the network created or changed a scheduled task on the host, or a command did so on another.',
  whyItMatters: 'A task runs any program as any account, now or after every start; over the network it is remote execution.',
  severity: 'medium',
  confidence: 'medium',
  tactics: ['Lateral Movement', 'Execution', 'Persistence'],
  techniques: ['T1021', 'T1053.005', 'T1059'],
  reads: [
    { ...SECURITY, eventIds: [4698, 4699, 4702], needs: 'Security logs with "Audit Other Object Access Events" on' },
    { ...SECURITY, eventIds: [5145], needs: 'Security logs with "Audit Detailed File Share" on' },
    ...PROCESS_READS,
    { ...SYSMON, eventIds: [CONNECTED, IMAGE_LOADED], needs: 'Sysmon with network connections and loaded images', optional: true },
  ],
  steps: [
    { name: 'tool-task', eventIds: TASK_MADE, conditions: [IS_PERSON, IS_TOOL, IS_FROM_NETWORK] },
    { name: 'task', eventIds: TASK_MADE, conditions: [IS_PERSON, IS_FROM_NETWORK] },
    { name: 'tool-task-from-unknown', eventIds: TASK_MADE, conditions: [IS_PERSON, IS_TOOL] },
    { name: 'deleted', eventIds: [4699], accompanies: true, conditions: [] },
    {
      name: 'task-pipe-opened',
      eventIds: [5145],
      conditions: [
        when('the pipe of the task scheduler is opened', (event) => event.field('RelativeTargetName').toLowerCase() === 'atsvc'),
        when('it is opened from another host', (event) => event.sourceAddress !== ''),
        IS_PERSON,
      ],
    },
    {
      name: 'sent',
      eventIds: PROCESS_STARTED,
      conditions: [
        when('it is the command of the task scheduler', (event) => /^(?:schtasks|at)\.exe$/.test(programOf(event))),
        when('it makes, changes or runs a task', (event) => MAKES_TASK.test(commandLineOf(event))),
        when('it does so on another host', namesOtherHost),
      ],
    },
    {
      name: 'scheduler-client',
      eventIds: [IMAGE_LOADED],
      conditions: [
        when(
          'the client of the task scheduler is loaded',
          (event) => baseName(event.field('ImageLoaded')).toLowerCase() === 'taskschd.dll',
        ),
        BY_INTERPRETER,
      ],
    },
    {
      name: 'asked-other-host',
      eventIds: [CONNECTED],
      conditions: [
        when('it asks where services listen', (event) => event.field('DestinationPort') === ENDPOINT_MAPPER),
        when('the program itself connects', (event) => event.field('Initiated').toLowerCase() === 'true'),
        when('it asks another host', (event) => event.field('DestinationIp') !== event.field('SourceIp')),
        BY_INTERPRETER,
      ],
    },
  ],
  over: {
    by: groupKey,
    byWords: 'same host and account, or the same task',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
    requires: [
      { 'tool-task': 1 },
      { task: 1 },
      { 'task-pipe-opened': 1 },
      { sent: 1 },
      { deleted: 1 },
      { 'scheduler-client': 1, 'asked-other-host': 1 },
    ],
  },
  explain: (event, facts, step) => {
    if (step === 'sent') return explainProcess(event, 'task on another host');
    if (isSource(event)) return explainSource(event);
    return event.eventId === 5145
      ? [
          ['RelativeTargetName', event.field('RelativeTargetName'), 'pipe of the task scheduler'],
          ['SubjectUserName', event.field('SubjectUserName'), 'who opened it'],
          ['IpAddress', event.field('IpAddress'), 'from where'],
        ]
      : [
          ['TaskName', event.field('TaskName'), 'task'],
          [
            'TaskContent',
            clip(commandOf(event), 500),
            step.startsWith('tool-task') ? 'runs an interpreter, or from a place that anyone can write to' : 'what it runs',
          ],
          ['SubjectUserName', event.field('SubjectUserName'), 'who created it'],
          [
            'SubjectLogonId',
            event.field('SubjectLogonId'),
            `session from ${facts.session(event, event.field('SubjectLogonId'))?.sourceAddress || 'the network'}`,
          ],
        ];
  },
  grade(group) {
    if (group.steps.has('tool-task'))
      return { severity: 'high', confidence: 'high', because: 'the task runs an interpreter or an unusual program' };
    if (group.steps.has('deleted'))
      return {
        title: 'Scheduled task created, run and deleted',
        because: 'an interpreter as task, gone within minutes: one command, most often from elsewhere',
      };
    if (group.steps.has('scheduler-client'))
      return {
        title: 'Task scheduler of another host used by a script',
        confidence: 'low',
        because: 'seen at the host that it came from: what was done at the other is not in these records',
      };
    if (group.steps.has('sent'))
      return {
        title: 'Task of another host made or run by command',
        severity: 'low',
        confidence: 'low',
        because: 'seen at the host that it came from; administrators do the same',
      };
    if (group.steps.has('task')) return { because: 'created in a session from the network' };
    return {
      title: 'Task scheduler opened over the network',
      severity: 'low',
      confidence: 'low',
      because: 'no record says what was done there',
    };
  },
  summary(group, facts) {
    const { anchor } = group;
    if (isSource(anchor)) return sourceSummary(group, facts);
    if (PROCESS_STARTED.includes(anchor.eventId))
      return `${runsAs(anchor) || 'Somebody'} made or ran a task of another host from ${facts.name(anchor.computerEntity, anchor.computer)}: ${clip(commandLineOf(anchor), 160)}.`;
    const task = group.sample.find(({ event }) => event.eventId === 4698 || event.eventId === 4702)?.event;
    const who = facts.name(anchor.actorEntity, anchor.actor);
    const host = facts.name(anchor.computerEntity, anchor.computer);
    if (task === undefined)
      return `${who} opened the task scheduler of ${host} from ${anchor.sourceAddress} (${plural(group.count, 'time')}).`;
    const session = facts.session(task, task.field('SubjectLogonId'));
    const from =
      session?.sourceAddress ||
      session?.sourceHost ||
      group.sample.find(({ event }) => event.sourceAddress !== '')?.event.sourceAddress ||
      'the network';
    return `${who} created the task ${clip(task.field('TaskName'), 80)} on ${host} from ${from}: ${clip(commandOf(task) || 'command not logged', 160)}.`;
  },
  benignCauses: ['Central management that creates tasks over the network.', 'An administrator at a remote task scheduler console.'],
  firstResponse: [
    'Read the task: what it runs, as whom, and when.',
    'Find where the session came from, and what else it did on this host.',
    'Disable the task, keep its definition, and look for the same name on other hosts.',
  ],
};
