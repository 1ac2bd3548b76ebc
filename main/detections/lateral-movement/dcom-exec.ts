import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { commandText, isScript, SCRIPT_READING } from '../command-line.ts';
import { type Condition, type Detection, unless, when } from '../detection.ts';
import type { Facts } from '../facts.ts';
import { actorWords, baseName, clip, plural, SECURITY, SYSMON, shortHost } from '../record.ts';
import {
  commandLineOf,
  explainPlanted,
  explainProcess,
  FILE_NAMED,
  fileNamed,
  IS_HIDDEN_COMMAND,
  PROCESS_READS,
  PROCESS_STARTED,
  parentOf,
  processSession,
  programOf,
  RUNS_INTERPRETER,
  runsAs,
  WRITES_TO_OWN_SHARE,
} from '../remote-process.ts';

const NETWORK = 3;
/** How COM starts a server that somebody asked for, as opposed to a person who opens the program. */
const STARTED_BY_COM = /[-/](?:embedding|automation)\b/i;
/** Programs with objects that run commands for a remote caller: the management console, Office, the shell windows. */
const CONSOLE = 'mmc.exe';
/** Servers of COM that Windows itself seldom starts so; Office is started by other programs of the same host every day. */
const RARE_SERVER = /^(?:mmc|mshta)\.exe$/;
const OFFICE = /^(?:excel|winword|powerpnt|outlook|msaccess|visio)\.exe$/;
const SHELL_WINDOWS = 'explorer.exe';
/** An object on another host: the second argument names it. */
const REMOTE_OBJECT =
  /gettypefrom(?:progid|clsid)\s{0,4}\([^,)]{1,200},\s{0,8}(?!["']?(?:localhost|127\.0\.0\.1)["']|\$(?:true|false)\b)["']?[^)\s"']/i;
const RISKY_OBJECT =
  /mmc20\.application|49b2791a-b1ae-4c90-9b8e-e860ba07f889|shellwindows|9ba05972-f6a8-11cf-a442-00a0c90a8f39|shellbrowserwindow|c08afd90-f2a1-11d1-8455-00a0c91f3880|excel\.application|00024500-0000-0000-c000-000000000046|outlook\.application|visio\.application|internetexplorer\.application/i;
/** The library is in the system directory; the program of the object looks beside itself first. */
const PLANTED = /(?:^|\\)internet explorer\\iertutil\.dll$/i;
const NETWORK_LOGON = 3;

function isServer(program: string): boolean {
  return program === CONSOLE || OFFICE.test(program);
}

function isForNetwork(event: IdentityEvent, facts: Facts): boolean {
  return processSession(event, facts)?.logonType === NETWORK_LOGON;
}

const BY_SERVER: readonly Condition[] = [
  when('the management console or an Office program started it', (event) => isServer(parentOf(event))),
  // Security records do not have the command line of the parent.
  when(
    'that program had been started for a caller, by COM or from the network',
    (event, facts) => STARTED_BY_COM.test(event.field('ParentCommandLine')) || isForNetwork(event, facts),
  ),
  when(
    'it is a command interpreter, or the console started it',
    (event, facts) => RUNS_INTERPRETER.holds(event, facts) || parentOf(event) === CONSOLE,
  ),
  unless('the error reporting of a program', (event) => /^(?:werfault|wermgr)\.exe$/.test(programOf(event))),
];
const IS_STARTED_BY_COM: readonly Condition[] = [
  when('COM was asked for it', (event) => STARTED_BY_COM.test(commandLineOf(event))),
  when('the service host of COM started it', (event) => parentOf(event) === 'svchost.exe'),
];
const FOR_NETWORK: Condition = when('it runs in a session from the network', isForNetwork);

function whoOf(event: IdentityEvent, facts: Facts): string {
  if (isScript(event)) return actorWords(event, facts.name);
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
    { ...SYSMON, eventIds: [NETWORK, 7, 11], needs: 'Sysmon with network connections, image loads and file creation on', optional: true },
    { ...SECURITY, eventIds: [5145], needs: 'Security logs with "Audit Detailed File Share" on', optional: true },
    SCRIPT_READING,
  ],
  steps: [
    {
      name: 'output-to-own-share',
      eventIds: PROCESS_STARTED,
      conditions: [
        when(
          'a program with objects for remote callers started it',
          (event) => isServer(parentOf(event)) || parentOf(event) === SHELL_WINDOWS,
        ),
        WRITES_TO_OWN_SHARE,
      ],
    },
    { name: 'hidden-command', eventIds: PROCESS_STARTED, conditions: [...BY_SERVER, IS_HIDDEN_COMMAND] },
    { name: 'command', eventIds: PROCESS_STARTED, conditions: BY_SERVER },
    {
      name: 'server-for-network-logon',
      eventIds: PROCESS_STARTED,
      conditions: [
        when(
          'it is a program with objects for remote callers',
          (event) => RARE_SERVER.test(programOf(event)) || OFFICE.test(programOf(event)),
        ),
        ...IS_STARTED_BY_COM,
        FOR_NETWORK,
      ],
    },
    {
      name: 'console-by-com',
      eventIds: PROCESS_STARTED,
      conditions: [
        when('it is the management console or the script host of pages', (event) => RARE_SERVER.test(programOf(event))),
        ...IS_STARTED_BY_COM,
      ],
    },
    {
      // COM answers its callers on ports above the well-known ones; these programs listen to nobody otherwise.
      name: 'called-from-elsewhere',
      eventIds: [NETWORK],
      conditions: [
        when('the management console or an Office program is reached', (event) => isServer(baseName(event.field('Image')).toLowerCase())),
        when('the other end connected', (event) => event.field('Initiated').toLowerCase() === 'false'),
        when('the other end is another host', (event) => event.field('SourceIp') !== event.field('DestinationIp')),
      ],
    },
    {
      name: 'library-planted',
      eventIds: FILE_NAMED,
      conditions: [
        when('a library lies where only the browser object looks, and Windows has none', (event) => PLANTED.test(fileNamed(event))),
      ],
    },
    {
      name: 'object-on-other-host',
      eventIds: [...PROCESS_STARTED, ...SCRIPT_READING.eventIds],
      conditions: [
        when('an object of another host is taken', (event) => REMOTE_OBJECT.test(commandText(event))),
        when('the object can run commands', (event) => RISKY_OBJECT.test(commandText(event))),
      ],
    },
  ],
  over: {
    by: (event) => event.computerEntity || shortHost(event.computer),
    byWords: 'same host',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
  },
  explain(event, _facts, step) {
    if (step === 'library-planted') return explainPlanted(event, 'library that the browser object loads');
    if (isScript(event)) return [['ScriptBlockText', clip(commandText(event), 500), 'takes an object on another host']];
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
    if (steps.has('library-planted'))
      return { severity: 'high', because: 'a library of that name beside the browser runs when its object is asked for from elsewhere' };
    if (steps.has('output-to-own-share'))
      return { severity: 'high', confidence: 'high', because: 'the output goes to a share of the host itself, as remote shells do' };
    if (steps.has('hidden-command')) return { severity: 'high', because: 'a hidden or encoded command' };
    if (steps.has('command') || steps.has('object-on-other-host')) return {};
    if (steps.has('server-for-network-logon')) return { because: 'COM started the program for a caller from the network' };
    return { severity: 'low', confidence: 'low', because: 'the object was asked for; no command was seen' };
  },
  summary(group, facts) {
    const { anchor, sample, count } = group;
    const host = facts.name(anchor.computerEntity, anchor.computer);
    const command = sample.find(({ step }) => /command|own-share/.test(step))?.event ?? anchor;
    if (group.steps.has('library-planted')) return `A library for a COM object was planted on ${host} (${plural(count, 'record')}).`;
    const who = whoOf(command, facts);
    if (isScript(command)) return `${who} took a COM object on another host from ${host} (${plural(count, 'record')}).`;
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
