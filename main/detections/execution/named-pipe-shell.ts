import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { counts, type Detection, type Match } from '../detection.ts';
import { baseName, clip, SECURITY, SERVICE_CONTROL, SYSMON, shortHost } from '../record.ts';

const POWERSHELL = { channel: 'Microsoft-Windows-PowerShell/Operational', provider: 'Microsoft-Windows-PowerShell' } as const;
/** A word written into a pipe by the command interpreter: its only use is to make the caller connect, so that its identity can be borrowed. */
const ECHO_TO_PIPE = /\becho\b[^|&]*>\s*\\\\(?:\.|localhost|127\.0\.0\.1)\\pipe\\/i;
/** Pipes that common intrusion tools make unless told otherwise, as the tools' own documentation gives them. */
const TOOL_PIPE = /^\\?(?:msagent_[0-9a-f]{1,4}|MSSE-\d+-server|postex_[0-9a-f]{2,8}|postex_ssh_[0-9a-f]{2,8}|gruntsvc|jaccdpqnvbrrxlaf)$/i;
/** Both ends of a pipe, or one end and running what comes out of it. */
const PIPE_SERVER = /IO\.Pipes\.NamedPipeServerStream/i;
const PIPE_CLIENT = /IO\.Pipes\.NamedPipeClientStream/i;
const RUN_TEXT = /\b(?:iex|Invoke-Expression)\b|\[scriptblock\]::create/i;
const NULL_SESSION_PIPES = /\\Services\\LanmanServer\\Parameters\\NullSessionPipes$/i;
/** Who sets these lists when a role of the host is set up. */
const SETUP_PROGRAMS = /\\(?:services|svchost|tiworker|trustedinstaller|msiexec|system32\\lsass)\.exe$/i;

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

function matchRegistry(event: IdentityEvent): Match {
  const key = event.field('TargetObject');
  if (/\\services\\[^\\]+\\imagepath$/i.test(key)) return ECHO_TO_PIPE.test(event.field('Details')) ? counts('service-writes-pipe') : null;
  return NULL_SESSION_PIPES.test(key) && !SETUP_PROGRAMS.test(event.field('Image')) ? counts('pipe-opened-to-all') : null;
}

/** Module logging, in the newer log (4103) and in the classic one (800), whose fields have no names. */
function scriptText(event: IdentityEvent): string {
  if (event.eventId === 4104) return event.field('ScriptBlockText');
  return event.field(event.eventId === 4103 ? 'Payload' : 'Data3');
}

function matchScript(event: IdentityEvent): Match {
  const text = scriptText(event);
  const isPipe = PIPE_SERVER.test(text) || PIPE_CLIENT.test(text);
  if (event.eventId !== 4104) return isPipe && /CommandInvocation\(New-Object\)/i.test(text) ? counts('script-pipe') : null;
  return isPipe && RUN_TEXT.test(text) ? counts('script-runs-pipe') : null;
}

export const namedPipeShell: Detection = {
  id: 'named-pipe-shell',
  externalId: null,
  catalogueName: '',
  title: 'Commands or identity passed over a named pipe',
  whatItSees:
    'A service or command wrote a word into a named pipe, a pipe bore the name that an intrusion tool gives it, or a script served commands over one.',
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
    { channel: 'Windows PowerShell', provider: 'PowerShell', eventIds: [800], needs: 'PowerShell logs with module logging on' },
  ],
  matches(event) {
    switch (event.eventId) {
      case 13:
        return matchRegistry(event);
      case 17:
      case 18:
        return TOOL_PIPE.test(event.field('PipeName')) ? counts('tool-pipe') : null;
      case 800:
      case 4103:
      case 4104:
        return matchScript(event);
      case 7045:
      case 4697:
        return ECHO_TO_PIPE.test(commandOf(event)) ? counts('service-writes-pipe') : null;
      default:
        return ECHO_TO_PIPE.test(commandOf(event)) ? counts('command-writes-pipe') : null;
    }
  },
  over: {
    by: (event) => event.computerEntity || shortHost(event.computer),
    byWords: 'same host',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
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
