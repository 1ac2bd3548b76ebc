import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { type Condition, type Detection, type Step, unless, when } from '../detection.ts';
import { CLASSIC_POWERSHELL } from '../recon-text.ts';
import {
  accountField,
  baseName,
  clip,
  isImpersonal,
  POWERSHELL,
  SECURITY,
  SERVICE_CONTROL,
  SYSMON,
  shortHost,
  sourceKey,
} from '../record.ts';
import { sourceWords } from '../words.ts';

/** A word written into a pipe by the command interpreter: its only use is to make the caller connect, so that its identity can be borrowed. */
const ECHO_TO_PIPE = /\becho\b[^|&]*>\s*\\\\(?:\.|localhost|127\.0\.0\.1)\\pipe\\/i;
/** Pipes that common intrusion tools make unless told otherwise, as the tools' own documentation gives them. */
const TOOL_PIPE =
  /^\\?(?:msagent_[0-9a-f]{1,4}|MSSE-\d+-server|postex_[0-9a-f]{2,8}|postex_ssh_[0-9a-f]{2,8}|mojo\.5688\.8052\.(?:183894939787088877|35780273329370473)[0-9a-f]{2}|gruntsvc|jaccdpqnvbrrxlaf)$/i;
/** Either end of a pipe, by the classes of .NET. */
const PIPE_CLASS = /IO\.Pipes\.NamedPipe(?:Server|Client)Stream/i;
const OBJECT_MADE = /CommandInvocation\(New-Object\)/i;
const RUN_TEXT = /\b(?:iex|Invoke-Expression)\b|\[scriptblock\]::create/i;
const SERVICE_IMAGE = /\\services\\[^\\]+\\imagepath$/i;
const NULL_SESSION_PIPES = /\\Services\\LanmanServer\\Parameters\\NullSessionPipes$/i;
/** Who sets these lists when a role of the host is set up. */
const SETUP_PROGRAMS = /\\(?:services|svchost|tiworker|trustedinstaller|msiexec|system32\\lsass)\.exe$/i;

const SERVICE_PIPE = 'svcctl';
/** A console or a monitor opens the pipe of the service control manager once for all it asks; only a chain of services opens it so often. */
const SERVICE_PIPES = 50;

function commandOf(event: IdentityEvent): string {
  switch (event.eventId) {
    case 7045:
      return event.field('ImagePath');
    case 4697:
      return event.field('ServiceFileName');
    case 13:
      return event.field('Details');
    default:
      return event.field('CommandLine');
  }
}

/** Module logging, in the newer log (4103) and in the classic one (800), whose fields have no names. */
function scriptText(event: IdentityEvent): string {
  if (event.eventId === 4104) return event.field('ScriptBlockText');
  return event.field(event.eventId === 4103 ? 'Payload' : 'Data3');
}

const writesPipe: Condition = when('a word is written into a pipe', (event) => ECHO_TO_PIPE.test(commandOf(event)));
const isPipeScript: Condition = when('the script uses a named pipe', (event) => PIPE_CLASS.test(scriptText(event)));

const STEPS: readonly Step[] = [
  {
    name: 'service-writes-pipe',
    eventIds: [13],
    conditions: [when('the program of a service is set', (event) => SERVICE_IMAGE.test(event.field('TargetObject'))), writesPipe],
  },
  { name: 'service-writes-pipe', eventIds: [4697, 7045], conditions: [writesPipe] },
  { name: 'command-writes-pipe', eventIds: [1, 4688], conditions: [writesPipe] },
  {
    name: 'tool-pipe',
    eventIds: [17, 18],
    conditions: [when('the pipe is named as an intrusion tool names it', (event) => TOOL_PIPE.test(event.field('PipeName')))],
  },
  {
    name: 'script-runs-pipe',
    eventIds: [4104],
    conditions: [isPipeScript, when('the script runs text', (event) => RUN_TEXT.test(scriptText(event)))],
  },
  {
    name: 'script-pipe',
    eventIds: [800, 4103],
    conditions: [isPipeScript, when('the script makes the pipe itself', (event) => OBJECT_MADE.test(scriptText(event)))],
  },
  {
    name: 'pipe-opened-to-all',
    eventIds: [13],
    conditions: [
      when('pipes are opened to callers without a logon', (event) => NULL_SESSION_PIPES.test(event.field('TargetObject'))),
      unless('Windows or a setup program does it, for a role of the host', (event) => SETUP_PROGRAMS.test(event.field('Image'))),
    ],
  },
  {
    name: 'service-pipe',
    eventIds: [5145],
    conditions: [
      when(
        'the pipe of the service control manager is opened',
        (event) => baseName(event.field('RelativeTargetName')).toLowerCase() === SERVICE_PIPE,
      ),
      unless('a computer or a service of Windows opens it', (event) => isImpersonal(accountField(event, 'Subject'))),
    ],
  },
];
const SINGLE_STEPS = [...new Set(STEPS.map(({ name }) => name))].filter((name) => name !== 'service-pipe');

export const namedPipeShell: Detection = {
  id: 'named-pipe-shell',
  externalId: null,
  catalogueName: '',
  title: 'Commands or identity passed over a named pipe',
  whatItSees:
    'A service or command wrote a word into a named pipe, a pipe bore the name that an intrusion tool gives it, a script served commands over one, or service control was opened in a long row.',
  whyItMatters:
    'Pipes carry a shell between hosts without a port of its own, and lend their reader the identity of the writer: often Local System.',
  severity: 'high',
  confidence: 'high',
  tactics: ['Privilege Escalation', 'Execution', 'Lateral Movement'],
  techniques: ['T1134.001', 'T1559', 'T1569.002'],
  reads: [
    { ...SERVICE_CONTROL, eventIds: [7045], needs: 'the System log' },
    { ...SECURITY, eventIds: [4688], needs: 'Security logs with "Audit Process Creation" and command lines on' },
    { ...SECURITY, eventIds: [4697], needs: 'Security logs with "Audit Security System Extension" on' },
    { ...SYSMON, eventIds: [1, 13, 17, 18], needs: 'Sysmon with process, registry and pipe events on' },
    { ...POWERSHELL, eventIds: [4103, 4104], needs: 'PowerShell logs with module or script block logging on' },
    { ...CLASSIC_POWERSHELL, eventIds: [800], needs: 'PowerShell logs with module logging on' },
    { ...SECURITY, eventIds: [5145], needs: 'Security logs with "Audit Detailed File Share" on', optional: true },
  ],
  steps: STEPS,
  over: {
    by: (event) => {
      const host = event.computerEntity || shortHost(event.computer);
      return event.eventId === 5145 ? `${host}|${event.actorEntity || event.field('SubjectUserSid')}|${sourceKey(event)}` : host;
    },
    byWords: 'same host; of service control: same account and source too',
    thresholds: [
      ...SINGLE_STEPS.map((step) => ({ within: 10 * MINUTE, atLeast: 1, step })),
      { within: 2 * MINUTE, atLeast: SERVICE_PIPES, step: 'service-pipe' },
    ],
  },
  explain(event) {
    switch (event.eventId) {
      case 17:
      case 18:
        return [
          ['PipeName', event.field('PipeName'), 'pipe'],
          ['Image', event.field('Image'), 'program at this end'],
        ];
      case 800:
      case 4103:
        return [[event.eventId === 800 ? 'Data3' : 'Payload', clip(scriptText(event), 500), 'pipe made by a script']];
      case 4104:
        return [['ScriptBlockText', clip(event.field('ScriptBlockText'), 500), 'a pipe, and text that is run']];
      case 13:
        return [
          ['TargetObject', event.field('TargetObject'), 'registry value'],
          ['Details', clip(event.field('Details'), 500), 'set to'],
          ['Image', event.field('Image'), 'by'],
        ];
      case 5145:
        return [
          ['RelativeTargetName', event.field('RelativeTargetName'), 'pipe of the service control manager'],
          ['SubjectUserName', event.field('SubjectUserName'), 'who opened it'],
          ['IpAddress', event.field('IpAddress'), 'where it came from'],
        ];
      default:
        return [['CommandLine', clip(commandOf(event), 500), 'what it writes into which pipe']];
    }
  },
  grade({ steps }) {
    if (steps.has('service-writes-pipe') || steps.has('command-writes-pipe')) return { because: 'nothing else writes a word into a pipe' };
    if (steps.has('tool-pipe')) return { confidence: 'medium', because: 'a pipe named as an intrusion tool names it' };
    if (steps.has('script-runs-pipe'))
      return { severity: 'medium', confidence: 'medium', because: 'a script that runs what a pipe brings' };
    if (steps.has('pipe-opened-to-all'))
      return { severity: 'low', confidence: 'medium', because: 'pipes were opened to callers without a logon' };
    if (steps.has('service-pipe'))
      return { severity: 'low', confidence: 'low', because: 'service control was opened as often as a chain of services needs' };
    return { severity: 'low', confidence: 'low', because: 'a script made a pipe; what it carries was not seen' };
  },
  summary(group, facts) {
    const { anchor, steps } = group;
    const where = facts.name(anchor.computerEntity, anchor.computer);
    if (steps.has('service-writes-pipe')) return `A service that only writes a word into a named pipe was installed on ${where}.`;
    if (steps.has('command-writes-pipe')) return `A command wrote a word into a named pipe on ${where}.`;
    if (steps.has('tool-pipe'))
      return `${baseName(anchor.field('Image')) || 'A program'} used a pipe named as an intrusion tool names it on ${where}.`;
    if (steps.has('script-runs-pipe')) return `A script on ${where} runs what it reads from a named pipe.`;
    if (steps.has('pipe-opened-to-all')) return `Named pipes of ${where} were opened to callers without a logon.`;
    if (steps.has('service-pipe'))
      return `Somebody at ${sourceWords(anchor, facts)} opened the service control of ${where} ${group.count} times in a row.`;
    return `A script opened a named pipe on ${where}.`;
  },
  benignCauses: [
    'A penetration test.',
    'Editors and management software that talk to PowerShell over pipes (scripts only).',
    'Old programs that need pipes without a logon.',
  ],
  firstResponse: [
    'Find the program that owns the other end of the pipe, and who started it.',
    'Look at what ran as Local System right after.',
    'Look for the logon from elsewhere that began it.',
  ],
};
