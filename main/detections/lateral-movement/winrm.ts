import type { IdentityEvent } from '../../../shared/model/event.ts';
import { HOUR } from '../../../shared/model/time.ts';
import { counts, type Detection, type Match } from '../detection.ts';
import { clip, isWellKnownSid, plural, SYSMON, shortHost } from '../record.ts';
import {
  commandLineOf,
  explainProcess,
  isHiddenPowershell,
  PROCESS_READS,
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
const CLIENT_SESSION = 6;
const SHELL_OPENED = 91;
const AUTHENTICATED = 169;

function matchProcess(event: IdentityEvent): Match {
  const program = programOf(event);
  if (REMOTE_HOST.test(parentOf(event))) {
    if (COMPANION.test(program)) return null;
    return counts(isHiddenPowershell(commandLineOf(event)) ? 'hidden-command' : 'command');
  }
  return REMOTE_HOST.test(program) && !runsAsSystem(event) ? counts('session') : null;
}

/** Subscriptions of event forwarding and the host itself open sessions as service identities. */
function byService(event: IdentityEvent): boolean {
  return event.actor !== null && isWellKnownSid(event.actor.sid);
}

function matchLog(event: IdentityEvent): Match {
  if (event.eventId === AUTHENTICATED) return event.field('username').endsWith('$') ? null : counts('session');
  if (byService(event)) return null;
  if (event.eventId === SHELL_OPENED) return counts('session');
  // The word "localhost" is what consoles of the host itself connect to.
  return /^(?:localhost|127\.|\[?::1)/i.test(clientTarget(event)) || clientTarget(event) === '' ? null : counts('client');
}

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
    { ...SYSMON, eventIds: [3], needs: 'Sysmon with network connections on', optional: true },
    {
      channel: `${WINRM}/Operational`,
      provider: WINRM,
      eventIds: [CLIENT_SESSION, SHELL_OPENED, AUTHENTICATED],
      needs: `the log ${WINRM}/Operational`,
    },
  ],
  matches(event) {
    switch (event.eventId) {
      case 1:
      case 4688:
        return matchProcess(event);
      case 3:
        return event.field('Initiated').toLowerCase() === 'true' &&
          PORTS.has(event.field('DestinationPort')) &&
          event.field('SourceIp') !== event.field('DestinationIp')
          ? counts('client')
          : null;
      default:
        return matchLog(event);
    }
  },
  over: {
    by: (event) => event.computerEntity || shortHost(event.computer),
    byWords: 'same host',
    thresholds: [{ within: HOUR, atLeast: 1 }],
  },
  explain(event) {
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
    if (steps.has('hidden-command')) return { severity: 'medium', because: 'a hidden or encoded command in a remote session' };
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
