import { MINUTE } from '../../../shared/model/time.ts';
import { type Detection, type Step, unless, when } from '../detection.ts';
import { SCRIPT_READINGS, typedText } from '../recon-text.ts';
import { baseName, clip, given, SECURITY, SYSMON, shortHost } from '../record.ts';
import { runsAsSystem } from '../remote-process.ts';

/**
 * A pipe whose name carries a further "pipe": a path with a slash in a host name makes a service of Windows connect to it, as if it were
 * the well-known pipe at the end ("PrintSpoofer", itm4n, 2020; "RoguePotato", 2020). No service names its own pipe so.
 */
const NESTED_PIPE = /^\\[^\\]+\\pipe\\[^\\]+$/i;
/** Accounts that services run under: with the right to impersonate, without being the system. */
const SERVICE_ACCOUNT =
  /\\(?:local service|network service|iusr|defaultapppool|[^\\]*apppool[^\\]*|mssql[^\\]*|sqlserver[^\\]*)$|^iis apppool\\/i;
const SHELLS = /\\(?:cmd|powershell|pwsh|rundll32|cscript|wscript|mshta|nc|ncat|nc64|whoami)\.exe$/i;
const WINDOWS = /^[a-z]:\\windows\\/i;
const ANONYMOUS = 'S-1-5-7';
const LOOPBACK = /^(?:::ffff:)?127\.|^::1$/i;
const COMMAND =
  /\b(?:token::elevate|getsystem|invoke-tokenmanipulation|(?:juicy|rotten|rogue|sweet|god|sharpefs|efs)potato(?:ng)?|printspoofer)\b/i;

const SCRIPT_COMMAND = /\bInvoke-(?:TokenManipulation|PrintSpoofer|\w*Potato(?:NG)?)\b/i;
/** WMI starts programs for its caller, who may be the system, out of a process of a service account. */
const WMI_HOST = /\\wbem\\wmiprvse\.exe$/i;
const ENDPOINT_MAPPER = '135';

const STEPS: readonly Step[] = [
  {
    name: 'nested-pipe',
    eventIds: [17, 18],
    conditions: [when('the name of the pipe carries that of another pipe', (event) => NESTED_PIPE.test(event.field('PipeName')))],
  },
  {
    name: 'command',
    eventIds: [1, 4688],
    conditions: [when('a tool for taking tokens is named', (event) => COMMAND.test(event.field('CommandLine')))],
  },
  {
    name: 'command',
    eventIds: [800, 4103, 4104],
    conditions: [when('a script function for taking tokens is named', (event) => SCRIPT_COMMAND.test(typedText(event).text))],
  },
  {
    name: 'system-shell',
    eventIds: [1],
    conditions: [
      when('a service account started it', (event) => SERVICE_ACCOUNT.test(event.field('ParentUser'))),
      when('it runs as Local System', runsAsSystem),
      when(
        'it is a shell, or was started by a program that is not part of Windows',
        (event) => SHELLS.test(event.field('Image')) || !WINDOWS.test(event.field('ParentImage')),
      ),
      unless('WMI starts it for a caller', (event) => WMI_HOST.test(event.field('ParentImage'))),
    ],
  },
  {
    name: 'local-relay',
    eventIds: [3],
    conditions: [
      when('the connection goes to the RPC endpoint mapper', (event) => event.field('DestinationPort') === ENDPOINT_MAPPER),
      when('it goes to the host itself', (event) => LOOPBACK.test(event.field('DestinationIp'))),
      when('a service account opened it', (event) => SERVICE_ACCOUNT.test(event.field('User'))),
    ],
  },
  {
    name: 'local-anonymous',
    eventIds: [4624],
    conditions: [
      when('the logon is anonymous', (event) => event.field('TargetUserSid') === ANONYMOUS),
      when('it came from the host itself', (event) => LOOPBACK.test(event.field('IpAddress'))),
      unless('the system makes it without a connection', (event) => given(event.field('IpPort')) === ''),
    ],
  },
];

export const tokenImpersonation: Detection = {
  id: 'token-impersonation',
  externalId: null,
  catalogueName: '',
  title: 'Token of the system taken over',
  whatItSees: 'A program lured a service of Windows into its own pipe or logon, or started a shell as the system from a service account.',
  whyItMatters: 'Whoever runs code in a web or database service becomes the system on that host this way, and reads all its secrets.',
  severity: 'high',
  confidence: 'high',
  tactics: ['Privilege Escalation', 'Defense Evasion'],
  techniques: ['T1134', 'T1134.001', 'T1134.002'],
  reads: [
    { ...SYSMON, eventIds: [1, 3, 17, 18], needs: 'Sysmon with pipe events' },
    { ...SECURITY, eventIds: [4624], needs: 'Security logs with "Audit Logon" on' },
    { ...SECURITY, eventIds: [4688], needs: 'Security logs with "Audit Process Creation" and command lines on', optional: true },
    ...SCRIPT_READINGS,
  ],
  steps: STEPS,
  over: {
    by: (event) => event.computerEntity || shortHost(event.computer),
    byWords: 'same host',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
  },
  explain(event) {
    const rows: readonly (readonly [string, string])[] = [
      ['PipeName', 'a pipe that passes for one of Windows'],
      ['Image', 'program that acted'],
      ['NewProcessName', 'program that was started'],
      ['CommandLine', 'how it was started'],
      ['ScriptBlockText', 'script that was run'],
      ['Payload', 'what the script ran'],
      ['Data3', 'what the script ran'],
      ['DestinationIp', 'the host itself'],
      ['DestinationPort', 'RPC endpoint mapper'],
      ['User', 'account it runs as'],
      ['ParentUser', 'account that it was started by'],
      ['TargetUserName', 'account that logged on'],
      ['IpAddress', 'the host itself'],
      ['SubjectUserName', 'who did it'],
    ];
    return rows.map(([name, words]) => [name, clip(event.field(name)), words] as const).filter(([, value]) => value !== '');
  },
  grade({ steps }) {
    if (steps.has('nested-pipe')) return {};
    if (steps.has('command')) return { because: 'named in a command line or script' };
    if (steps.has('system-shell')) return { confidence: 'medium', because: 'a service account started a program as the system' };
    if (steps.has('local-relay'))
      return { severity: 'low', confidence: 'low', because: 'a service account asked RPC of its own host over the network' };
    return { severity: 'informational', confidence: 'low', because: 'an anonymous logon from the host to itself; some services make one' };
  },
  summary({ anchor, steps }, facts) {
    const where = facts.name(anchor.computerEntity, anchor.computer);
    if (steps.size === 1 && steps.has('local-anonymous')) return `Somebody logged on anonymously from ${where} to itself.`;
    const program = baseName(anchor.field('Image') || anchor.field('NewProcessName')) || 'A program';
    if ([...steps.keys()].every((step) => step.startsWith('local-')))
      return `${program} of a service account asked RPC of its own host ${where} over the network.`;
    return `${program} took over or tried to take over the rights of the system on ${where}.`;
  },
  benignCauses: [
    'A test of the host with permission.',
    'A management service under a service account that starts programs as the system.',
    'A service that logs on anonymously to its own host.',
  ],
  firstResponse: [
    'Find out which service the program ran in and how it got there; look for a web shell.',
    'Cut the host off: its secrets must be taken for known.',
    'Take the right to impersonate away from service accounts that do not need it.',
  ],
};
