import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { callText, isScript, SCRIPT_READING } from '../command-line.ts';
import { type Condition, type Detection, unless, when } from '../detection.ts';
import { accountField, actorWords, baseName, clip, given, plural, SECURITY, SYSMON, shortHost } from '../record.ts';
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
  runsAsSystem,
  WRITES_TO_OWN_SHARE,
} from '../remote-process.ts';

/** Output file of a remote shell: the moment of its making, in seconds and fractions. */
const OUTPUT_FILE = /^(?:.*\\)?__(?:\d{9,10}\.\d+|output)$/i;
const OTHER_NODE = /\/node:\s{0,4}"?(?!"?(?:127\.0\.0\.1|localhost|\.)["\s])[^\s"]/i;
const CREATES_PROCESS = /\bprocess\s{1,4}call\s{1,4}"?create/i;
const REMOTE_METHOD = /invoke-(?:wmimethod|cimmethod)\b/i;
const METHOD_TARGET = /\s-comp\w{0,20}\s/i;

/** Redirection as the shell of the other end sees it: escaped, inside a batch that it writes first. */
const ESCAPED_OUTPUT = /\^>\s*\\\\(?:127\.0\.0\.1|localhost)\\[^\\\s]+\$\\/i;
/** Loopback names by which a host calls itself. */
const SELF = /^(?:localhost|127\.|::1)/i;

/** The library is in the directory above; the provider host looks beside itself first. */
const PLANTED = /(?:^|\\)wbem\\wbemcomn\.dll$/i;
const NETWORK = 3;
const COMPANION = /^(?:conhost|werfault|wermgr)\.exe$/;
const CALLED: readonly number[] = [...PROCESS_STARTED, ...SCRIPT_READING.eventIds];

const CAME_OVER_WMI: Condition = when('the WMI provider host started it', (event) => parentOf(event) === 'wmiprvse.exe');
/** Inventory and software distribution run scripts through WMI as the host itself. */
const NOT_SYSTEM: Condition = unless('inventory or software distribution runs it as the host itself', runsAsSystem);

function namesOtherServer(event: IdentityEvent): boolean {
  const server = given(event.field('TargetServerName'));
  return server !== '' && !SELF.test(server) && shortHost(server) !== shortHost(event.computer);
}

function isEscapedOutput(event: IdentityEvent): boolean {
  return ESCAPED_OUTPUT.test(commandLineOf(event)) || ESCAPED_OUTPUT.test(event.field('ParentCommandLine'));
}

function whoOf(event: IdentityEvent): string {
  const who = PROCESS_STARTED.includes(event.eventId) ? runsAs(event) : accountField(event, 'Subject').name;
  return who || 'Somebody';
}

export const wmiExec: Detection = {
  id: 'wmi-exec',
  externalId: null,
  catalogueName: '',
  title: 'Remote execution over WMI',
  whatItSees: 'The WMI provider host started a command interpreter for an account, or a command was sent to another host over WMI.',
  whyItMatters: 'WMI runs commands on any host where the caller is administrator, and installs nothing there.',
  severity: 'medium',
  confidence: 'medium',
  tactics: ['Execution', 'Lateral Movement'],
  techniques: ['T1047', 'T1021.003'],
  reads: [
    ...PROCESS_READS,
    { ...SECURITY, eventIds: [5145], needs: 'Security logs with "Audit Detailed File Share" on' },
    { ...SYSMON, eventIds: [7, 11], needs: 'Sysmon with image loads and file creation on', optional: true },
    { ...SECURITY, eventIds: [4648], needs: 'Security logs with "Audit Logon" on' },
    SCRIPT_READING,
  ],
  steps: [
    {
      name: 'remote-create',
      eventIds: PROCESS_STARTED,
      conditions: [
        when('the WMI command line creates a process', (event) => CREATES_PROCESS.test(commandLineOf(event))),
        when('it names another host', (event) => OTHER_NODE.test(commandLineOf(event))),
      ],
    },
    {
      name: 'remote-create',
      eventIds: CALLED,
      conditions: [
        when('a WMI method is called by PowerShell', (event) => REMOTE_METHOD.test(callText(event))),
        when('it names a host', (event) => METHOD_TARGET.test(callText(event))),
        when('the method is of processes', (event) => /win32_process/i.test(callText(event))),
      ],
    },
    { name: 'output-to-own-share', eventIds: PROCESS_STARTED, conditions: [CAME_OVER_WMI, WRITES_TO_OWN_SHARE] },
    {
      // The batch variant hides its parent.
      name: 'output-to-own-share',
      eventIds: PROCESS_STARTED,
      conditions: [
        when('a batch sends its output to a share of the host itself', isEscapedOutput),
        unless('the service manager started it: a service, told as such', (event) => parentOf(event) === 'services.exe'),
      ],
    },
    {
      // Windows before 10 does not log the parent.
      name: 'output-to-own-share',
      eventIds: PROCESS_STARTED,
      conditions: [WRITES_TO_OWN_SHARE, when('the record has no parent', (event) => parentOf(event) === '')],
    },
    { name: 'hidden-command', eventIds: PROCESS_STARTED, conditions: [CAME_OVER_WMI, RUNS_INTERPRETER, IS_HIDDEN_COMMAND, NOT_SYSTEM] },
    { name: 'shell-as-system', eventIds: PROCESS_STARTED, conditions: [CAME_OVER_WMI, RUNS_INTERPRETER, IS_HIDDEN_COMMAND] },
    { name: 'shell', eventIds: PROCESS_STARTED, conditions: [CAME_OVER_WMI, RUNS_INTERPRETER, NOT_SYSTEM] },
    {
      name: 'program',
      eventIds: PROCESS_STARTED,
      conditions: [
        CAME_OVER_WMI,
        when('it runs in a session from the network', (event, facts) => processSession(event, facts)?.logonType === NETWORK),
        unless('the console window or the error reporting of a program', (event) => COMPANION.test(programOf(event))),
      ],
    },
    {
      name: 'output-fetched',
      eventIds: [5145],
      conditions: [
        when('the file is named like the output of a remote shell', (event) => OUTPUT_FILE.test(event.field('RelativeTargetName'))),
        when('the share is an administrative one', (event) => /\\(?:ADMIN|[A-Z])\$$/i.test(event.field('ShareName'))),
      ],
    },
    {
      name: 'library-planted',
      eventIds: FILE_NAMED,
      conditions: [
        when('a library lies where only the WMI provider host looks, and Windows has none', (event) => PLANTED.test(fileNamed(event))),
      ],
    },
    {
      name: 'credentials-for-other-host',
      eventIds: [4648],
      conditions: [
        when('the WMI command line uses them', (event) => baseName(event.field('ProcessName')).toLowerCase() === 'wmic.exe'),
        when('they are for another host', namesOtherServer),
      ],
    },
  ],
  over: {
    by: (event) => event.computerEntity || shortHost(event.computer),
    byWords: 'same host',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
  },
  explain(event, _facts, step) {
    if (step === 'library-planted') return explainPlanted(event, 'library that the WMI provider host loads');
    if (event.eventId === 4648) {
      return [
        ['SubjectUserName', event.field('SubjectUserName'), 'who'],
        ['TargetUserName', event.field('TargetUserName'), 'account whose credentials were used'],
        ['TargetServerName', event.field('TargetServerName'), 'host that was asked'],
        ['ProcessName', event.field('ProcessName'), 'the WMI command line'],
      ];
    }
    if (event.eventId === 5145) {
      return [
        ['ShareName', event.field('ShareName'), 'share'],
        ['RelativeTargetName', event.field('RelativeTargetName'), 'output file of a remote shell'],
        ['SubjectUserName', event.field('SubjectUserName'), 'who'],
        ['IpAddress', event.field('IpAddress'), 'from where'],
      ];
    }
    if (isScript(event)) return [['ScriptBlockText', clip(callText(event), 500), 'asks WMI of a host for a process']];
    return explainProcess(event, 'command that came over WMI');
  },
  grade({ steps }) {
    if (steps.has('library-planted'))
      return { severity: 'high', because: 'a library of that name beside the WMI provider host runs at the next question from elsewhere' };
    if (steps.has('output-to-own-share') || steps.has('output-fetched'))
      return { severity: 'high', confidence: 'high', because: 'the output goes to a share of the host itself, as remote shells do' };
    if (steps.has('hidden-command')) return { severity: 'high', because: 'a hidden or encoded command' };
    if (steps.has('shell') || steps.has('remote-create')) return {};
    return { severity: 'low', confidence: 'low', because: 'management software and administrators do the same' };
  },
  summary({ anchor, count, steps }, facts) {
    const host = facts.name(anchor.computerEntity, anchor.computer);
    if (anchor.eventId === 4648)
      return `${whoOf(anchor)} used WMI from ${host} against ${anchor.field('TargetServerName')} as ${anchor.field('TargetUserName')}.`;
    if (steps.has('library-planted')) return `A library for the WMI provider host was planted on ${host} (${plural(count, 'record')}).`;
    if (anchor.eventId === 5145) return `${whoOf(anchor)} fetched the output of remote commands from ${host} (${plural(count, 'record')}).`;
    if (isScript(anchor))
      return `${actorWords(anchor, facts.name)} asked WMI of another host for a process, by a script on ${host} (${plural(count, 'record')}).`;
    return `${whoOf(anchor)} ran "${clip(commandLineOf(anchor) || programOf(anchor), 120)}" over WMI on ${host} (${plural(count, 'record')}).`;
  },
  benignCauses: ['Management and inventory software that runs scripts over WMI.', 'Administrators who use the WMI command line.'],
  firstResponse: [
    'Find the network logon just before it: which account, from which host.',
    'Ask whether an administrator or a product did it.',
    'If unexplained, isolate the source host and reset the account.',
  ],
};
