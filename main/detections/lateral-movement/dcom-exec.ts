import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { counts, type Detection, type Match } from '../detection.ts';
import type { Facts } from '../facts.ts';
import { baseName, clip, given, plural, SYSMON, shortHost } from '../record.ts';
import {
  commandLineOf,
  explainProcess,
  isHiddenPowershell,
  isShell,
  PROCESS_READS,
  parentOf,
  programOf,
  runsAs,
  writesToLoopbackShare,
} from '../remote-process.ts';

const POWERSHELL = 'Microsoft-Windows-PowerShell';
const SCRIPT_BLOCK = 4104;
const NETWORK = 3;
/** How COM starts a server that somebody asked for, as opposed to a person who opens the program. */
const STARTED_BY_COM = /[-/](?:embedding|automation)\b/i;
/** Programs with objects that run commands for a remote caller: the management console, Office, the shell windows. */
const CONSOLE = 'mmc.exe';
const OFFICE = /^(?:excel|winword|powerpnt|outlook|msaccess|visio)\.exe$/;
const SHELL_WINDOWS = 'explorer.exe';
/** An object on another host: the second argument names it. */
const REMOTE_OBJECT =
  /gettypefrom(?:progid|clsid)\s{0,4}\([^,)]{1,200},\s{0,8}(?!["']?(?:localhost|127\.0\.0\.1)["']|\$(?:true|false)\b)["']?[^)\s"']/i;
const RISKY_OBJECT =
  /mmc20\.application|49b2791a-b1ae-4c90-9b8e-e860ba07f889|shellwindows|9ba05972-f6a8-11cf-a442-00a0c90a8f39|shellbrowserwindow|c08afd90-f2a1-11d1-8455-00a0c91f3880|excel\.application|00024500-0000-0000-c000-000000000046|outlook\.application|visio\.application|internetexplorer\.application/i;
const NETWORK_LOGON = 3;

function matchProcess(event: IdentityEvent, facts: Facts): Match {
  const parent = parentOf(event);
  const program = programOf(event);
  const command = commandLineOf(event);
  const isServer = parent === CONSOLE || OFFICE.test(parent) || parent === SHELL_WINDOWS;
  if (isServer && writesToLoopbackShare(command)) return counts('output-to-own-share');
  const isByCom = STARTED_BY_COM.test(event.field('ParentCommandLine'));
  if (isByCom && isShell(program) && parent !== SHELL_WINDOWS && isServer)
    return counts(isHiddenPowershell(command) ? 'hidden-command' : 'command');

  if (program !== CONSOLE || parent !== 'svchost.exe' || !STARTED_BY_COM.test(command)) return null;
  const session = facts.session(event, given(event.field('TargetLogonId')) || event.field('LogonId'));
  return counts(session?.logonType === NETWORK_LOGON ? 'console-for-network-logon' : 'console-by-com');
}

/** COM answers its callers on ports above the well-known ones; the console itself listens to nobody otherwise. */
function matchNetwork(event: IdentityEvent): Match {
  const image = baseName(event.field('Image')).toLowerCase();
  if (image !== CONSOLE && !OFFICE.test(image)) return null;
  const isInbound = event.field('Initiated').toLowerCase() === 'false' && event.field('SourceIp') !== event.field('DestinationIp');
  return isInbound && Number(event.field('SourcePort')) >= 1_024 ? counts('called-from-elsewhere') : null;
}

function whoOf(event: IdentityEvent, facts: Facts): string {
  if (event.eventId === SCRIPT_BLOCK) return event.actor === null ? 'Somebody' : facts.name(event.actorEntity, event.actor);
  return (event.eventId === NETWORK ? baseName(event.field('User')) : runsAs(event)) || 'Somebody';
}

export const dcomExec: Detection = {
  id: 'dcom-exec',
  externalId: null,
  catalogueName: '',
  title: 'Remote execution through a COM object',
  whatItSees: 'A program that COM had started for a caller ran a command, or a script took such an object on another host.',
  whyItMatters: 'Objects of ordinary programs run commands for an administrator on another host, and leave no service or task.',
  severity: 'medium',
  confidence: 'medium',
  tactics: ['Lateral Movement', 'Execution'],
  techniques: ['T1021.003', 'T1559.001'],
  reads: [
    ...PROCESS_READS,
    { ...SYSMON, eventIds: [NETWORK], needs: 'Sysmon with network connections on', optional: true },
    {
      channel: `${POWERSHELL}/Operational`,
      provider: POWERSHELL,
      eventIds: [SCRIPT_BLOCK],
      needs: `the log ${POWERSHELL}/Operational with "Turn on PowerShell Script Block Logging" on`,
    },
  ],
  matches(event, facts) {
    if (event.eventId === SCRIPT_BLOCK) {
      const text = event.field('ScriptBlockText');
      return RISKY_OBJECT.test(text) && REMOTE_OBJECT.test(text) ? counts('object-on-other-host') : null;
    }
    return event.eventId === NETWORK ? matchNetwork(event) : matchProcess(event, facts);
  },
  over: {
    by: (event) => event.computerEntity || shortHost(event.computer),
    byWords: 'same host',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
  },
  explain(event) {
    if (event.eventId === SCRIPT_BLOCK)
      return [['ScriptBlockText', clip(event.field('ScriptBlockText'), 500), 'takes an object on another host']];
    if (event.eventId === NETWORK) {
      return [
        ['Image', event.field('Image'), 'program that answered'],
        ['DestinationIp', event.field('DestinationIp'), 'who called it'],
        ['User', event.field('User'), 'runs as'],
      ];
    }
    return explainProcess(event, 'what COM was asked for');
  },
  grade({ steps }) {
    if (steps.has('output-to-own-share'))
      return { severity: 'high', confidence: 'high', because: 'the output goes to a share of the host itself, as remote shells do' };
    if (steps.has('hidden-command')) return { severity: 'high', because: 'a hidden or encoded command' };
    if (steps.has('command') || steps.has('object-on-other-host')) return {};
    if (steps.has('console-for-network-logon')) return { because: 'COM started the console for a caller from the network' };
    return { severity: 'low', confidence: 'low', because: 'the object was asked for; no command was seen' };
  },
  summary({ anchor, sample, count }, facts) {
    const host = facts.name(anchor.computerEntity, anchor.computer);
    const command = sample.find(({ step }) => /command|own-share/.test(step))?.event ?? anchor;
    const who = whoOf(command, facts);
    if (command.eventId === SCRIPT_BLOCK) return `${who} took a COM object on another host from ${host} (${plural(count, 'record')}).`;
    if (command.eventId === NETWORK)
      return `${baseName(command.field('Image'))} on ${host} answered a caller at ${command.field('DestinationIp')}.`;
    const what = clip(commandLineOf(command) || programOf(command), 120);
    return `${who} ran "${what}" through COM on ${host} (${plural(count, 'record')}).`;
  },
  benignCauses: [
    'Management scripts that drive a console or Office on another host.',
    'Programs of the host that use the console as a COM server.',
  ],
  firstResponse: [
    'Find the network logon just before it: which account, from which host.',
    'See what else the same parent program started.',
    'If unexplained, isolate the source host and reset the account.',
  ],
};
