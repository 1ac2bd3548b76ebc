import type { IdentityEvent } from '../../../shared/model/event.ts';
import { HOUR } from '../../../shared/model/time.ts';
import { callText, isScript, SCRIPT_READING } from '../command-line.ts';
import { type Condition, type Detection, unless, when } from '../detection.ts';
import { clip, isMachineName, isWellKnownSid, plural, SYSMON, shortHost } from '../record.ts';
import {
  commandLineOf,
  explainProcess,
  PROCESS_READS,
  PROCESS_STARTED,
  parentOf,
  programOf,
  runsAs,
  runsAsSystem,
} from '../remote-process.ts';

const WINRM = 'Microsoft-Windows-WinRM';
/** Hosts of PowerShell remoting and of remote command shells. */
const REMOTE_HOST = /^(?:wsmprovhost|winrshost)\.exe$/;
/** Every program of a console gets one of these. */
const COMPANION = /^(?:conhost|werfault|wermgr)\.exe$/;
/** HTTP and HTTPS listeners of WinRM. */
const PORTS = new Set(['5985', '5986']);
const CONNECTED = 3;
const CALLED: readonly number[] = [...PROCESS_STARTED, ...SCRIPT_READING.eventIds];
/** The remote shell's client, and the commands of PowerShell that take a computer name. */
const OPENS_SESSION =
  /\bwinrs(?:\.exe)?"?\s[^|]{0,200}[-/]r(?:emote)?:(?!localhost|127\.)|\bwinrm(?:\.vbs|\.cmd)?"?\s+(?:i|invoke|c|create)\s[^|]{0,400}[-/]r(?:emote)?:(?!localhost|127\.|https?:\/\/(?:localhost|127\.))|\b(?:enter-pssession|new-pssession|invoke-command|icm)\b[^|\n]{0,400}\s-(?:cn|comp\w{0,10})\s{1,4}(?!["']?(?:localhost|127\.|\.|\$env:computername)["'\s])/i;
const CLIENT_SESSION = 6;
const SHELL_OPENED = 91;
const AUTHENTICATED = 169;

/** Encoded alone says nothing here: configuration tools send their scripts so. */
function hidesItself(event: IdentityEvent): boolean {
  return /\s-w\w{0,20}\s+(?:hidden|1)\b|\biex\b|invoke-expression|downloadstring|frombase64string/i.test(commandLineOf(event));
}

const IN_REMOTE_SESSION: readonly Condition[] = [
  when('a host of remote sessions started it', (event) => REMOTE_HOST.test(parentOf(event))),
  unless('the console window or the error reporting of a program', (event) => COMPANION.test(programOf(event))),
];
/** Subscriptions of event forwarding and the host itself open sessions as service identities. */
const IS_PERSON: Condition = unless(
  'a service of the host opens the session',
  (event) => event.actor !== null && isWellKnownSid(event.actor.sid),
);

/** "SRV02/wsman?PSVersion=5.1": the host of it. */
function clientTarget(event: IdentityEvent): string {
  return (event.field('connection') || event.field('connectionString')).replace(/^https?:\/\//i, '').replace(/[/:?].*$/s, '');
}

function whoOf(event: IdentityEvent, name: (id: string, fallback: IdentityEvent['actor']) => string): string {
  if (event.eventId === 1 || event.eventId === 4688) return runsAs(event) || 'Somebody';
  if (event.eventId === AUTHENTICATED) return event.field('username') || 'Somebody';
  return event.actor === null || event.eventId === 3 ? 'Somebody' : name(event.actorEntity, event.actor);
}

export const winrm: Detection = {
  id: 'winrm',
  externalId: null,
  catalogueName: '',
  title: 'Remote execution over WinRM',
  whatItSees: 'A session of PowerShell remoting or of the remote shell was opened, or a program was started in one.',
  whyItMatters: 'It is how Windows is administered today, and gives an intruder with a password a shell on other hosts.',
  severity: 'low',
  confidence: 'medium',
  tactics: ['Lateral Movement', 'Execution'],
  techniques: ['T1021.006', 'T1059.001'],
  reads: [
    ...PROCESS_READS,
    { ...SYSMON, eventIds: [CONNECTED], needs: 'Sysmon with network connections on', optional: true },
    {
      channel: `${WINRM}/Operational`,
      provider: WINRM,
      eventIds: [CLIENT_SESSION, SHELL_OPENED, AUTHENTICATED],
      needs: `the log ${WINRM}/Operational`,
    },
    SCRIPT_READING,
  ],
  steps: [
    {
      name: 'hidden-command',
      eventIds: PROCESS_STARTED,
      conditions: [...IN_REMOTE_SESSION, when('the command hides its window, or fetches or unpacks code', hidesItself)],
    },
    { name: 'command', eventIds: PROCESS_STARTED, conditions: IN_REMOTE_SESSION },
    {
      name: 'session',
      eventIds: PROCESS_STARTED,
      conditions: [
        when('it is a host of remote sessions', (event) => REMOTE_HOST.test(programOf(event))),
        unless('a session of Local System', runsAsSystem),
      ],
    },
    {
      name: 'session',
      eventIds: [AUTHENTICATED],
      conditions: [unless('a computer account forwards its events', (event) => isMachineName(event.field('username')))],
    },
    { name: 'session', eventIds: [SHELL_OPENED], conditions: [IS_PERSON] },
    {
      name: 'client',
      eventIds: CALLED,
      conditions: [when('a command or script opens a session on another host', (event) => OPENS_SESSION.test(callText(event)))],
    },
    {
      name: 'client',
      eventIds: [CLIENT_SESSION],
      conditions: [
        IS_PERSON,
        when('a host is named', (event) => clientTarget(event) !== ''),
        unless('a console that asks its own host', (event) => /^(?:localhost|127\.|\[?::1)/i.test(clientTarget(event))),
      ],
    },
    {
      name: 'client',
      eventIds: [CONNECTED],
      conditions: [
        when('the port is that of WinRM', (event) => PORTS.has(event.field('DestinationPort'))),
        when('the program itself connects', (event) => event.field('Initiated').toLowerCase() === 'true'),
        unless('the host asks itself', (event) => event.field('SourceIp') === event.field('DestinationIp')),
      ],
    },
  ],
  over: {
    by: (event) => event.computerEntity || shortHost(event.computer),
    byWords: 'same host',
    thresholds: [{ within: HOUR, atLeast: 1 }],
  },
  explain(event) {
    if (isScript(event)) return [['ScriptBlockText', clip(callText(event), 500), 'opens a session on another host']];
    switch (event.eventId) {
      case 1:
      case 4688:
        return explainProcess(event, 'what runs in the remote session');
      case 3:
        return [
          ['Image', event.field('Image'), 'program that connected'],
          ['DestinationIp', `${event.field('DestinationIp')}:${event.field('DestinationPort')}`, 'WinRM of another host'],
        ];
      case AUTHENTICATED:
        return [
          ['username', event.field('username'), 'who was let in'],
          ['authenticationMechanism', event.field('authenticationMechanism'), 'how'],
        ];
      case CLIENT_SESSION:
        return [['connection', clientTarget(event), 'host that was called']];
      default:
        return [['UserID', event.actor?.sid || 'not logged', 'whose remote shell was opened']];
    }
  },
  grade({ steps }) {
    if (steps.has('hidden-command')) return { severity: 'medium', because: 'a hidden command in a remote session' };
    if (steps.has('command')) return { because: 'a program was started in a remote session' };
    return { severity: 'informational', because: 'a session only: ordinary administration looks the same' };
  },
  summary({ anchor, sample, count, steps }, facts) {
    const host = facts.name(anchor.computerEntity, anchor.computer);
    const command = sample.find(({ step }) => step === 'hidden-command' || step === 'command')?.event;
    if (command !== undefined) {
      const what = clip(commandLineOf(command) || programOf(command), 120);
      return `${whoOf(command, facts.name)} ran "${what}" over WinRM on ${host} (${plural(count, 'record')}).`;
    }
    const who = whoOf(anchor, facts.name);
    if (steps.has('session')) return `${who} opened a WinRM session on ${host} (${plural(count, 'record')}).`;
    return `${who} opened a WinRM session from ${host} (${plural(count, 'record')}).`;
  },
  benignCauses: ['Administration with PowerShell remoting, management software, configuration tools.'],
  firstResponse: [
    'Find the network logon of the session: which account, from which host.',
    'Read what ran in it: PowerShell script blocks (4104) and processes of the same minutes.',
    'Ask the account owner; reset the account where nobody did it.',
  ],
};
