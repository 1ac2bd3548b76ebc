import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { counts, type Detection, type Explained, type Group } from '../detection.ts';
import type { Facts } from '../facts.ts';
import { baseName, clip, isImpersonal, numberField, plural, SECURITY, SYSMON, shortHost } from '../record.ts';

const NETWORK = 3;
/** RPC_CALL_CLIENT_LOCALITY "remote" of the task records since Windows 10 1903. */
const CLIENT_IS_REMOTE = 2;
const CONNECTED = 3;
const IMAGE_LOADED = 7;
const ENDPOINT_MAPPER = '135';
/** Programs that run what somebody wrote; consoles and management agents use the scheduler of other hosts as a matter of course. */
const INTERPRETER = /\\(?:powershell|pwsh|cscript|wscript|mshta|rundll32|regsvr32)\.exe$/i;
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

/** The other end: an interpreter that holds the client of the task scheduler asks another host where its services listen. */
function sourceStep(event: IdentityEvent): string {
  if (!INTERPRETER.test(event.field('Image'))) return '';
  if (event.eventId === IMAGE_LOADED)
    return baseName(event.field('ImageLoaded')).toLowerCase() === 'taskschd.dll' ? 'scheduler-client' : '';
  const isOutward = event.field('Initiated').toLowerCase() === 'true' && event.field('DestinationIp') !== event.field('SourceIp');
  return isOutward && event.field('DestinationPort') === ENDPOINT_MAPPER ? 'asked-other-host' : '';
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
  const isAlone = event.eventId === 4699 || (event.eventId !== 5145 && !isFromNetwork(event, facts));
  return `${host}|${isAlone ? event.field('TaskName').toLowerCase() : event.actor?.sid || event.actorEntity}`;
}

export const scheduledTaskRemote: Detection = {
  id: 'scheduled-task-remote',
  externalId: 2019,
  catalogueName: 'Remote code execution attempt',
  title: 'Scheduled task created over the network',
  whatItSees: 'Somebody who had logged on over the network created or changed a scheduled task on the host.',
  whyItMatters: 'A task runs any program as any account, now or after every start; over the network it is remote execution.',
  severity: 'medium',
  confidence: 'medium',
  tactics: ['Lateral Movement', 'Execution', 'Persistence'],
  techniques: ['T1021', 'T1053.005', 'T1059'],
  reads: [
    { ...SECURITY, eventIds: [4698, 4699, 4702], needs: 'Security logs with "Audit Other Object Access Events" on' },
    { ...SECURITY, eventIds: [5145], needs: 'Security logs with "Audit Detailed File Share" on' },
    { ...SYSMON, eventIds: [CONNECTED, IMAGE_LOADED], needs: 'Sysmon with network connections and loaded images', optional: true },
  ],
  matches(event, facts) {
    if (isSource(event)) {
      const step = sourceStep(event);
      return step === '' ? null : counts(step);
    }
    if (event.eventId === 4699) return counts('deleted');
    if (isImpersonal(event.actor)) return null;
    if (event.eventId === 5145) {
      return event.sourceAddress !== '' && event.field('RelativeTargetName').toLowerCase() === 'atsvc' ? counts('task-pipe-opened') : null;
    }
    if (!isFromNetwork(event, facts)) return isToolTask(event) ? counts('tool-task-from-unknown') : null;
    return counts(isToolTask(event) ? 'tool-task' : 'task');
  },
  over: {
    by: groupKey,
    byWords: 'same host and account, or the same task',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
    requires: [
      { 'tool-task': 1 },
      { task: 1 },
      { 'task-pipe-opened': 1 },
      { 'tool-task-from-unknown': 1, deleted: 1 },
      { 'scheduler-client': 1, 'asked-other-host': 1 },
    ],
  },
  explain: (event, facts) => {
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
            isToolTask(event) ? 'runs an interpreter, or from a place that anyone can write to' : 'what it runs',
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
