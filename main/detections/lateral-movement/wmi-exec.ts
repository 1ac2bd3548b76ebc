import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { counts, type Detection, type Match } from '../detection.ts';
import { accountField, baseName, clip, given, plural, SECURITY, shortHost } from '../record.ts';
import {
  commandLineOf,
  explainProcess,
  isHiddenPowershell,
  isShell,
  PROCESS_READS,
  parentOf,
  programOf,
  runsAs,
  runsAsSystem,
  writesToLoopbackShare,
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

function matchProcess(event: IdentityEvent): Match {
  const command = commandLineOf(event);
  const isMethod = REMOTE_METHOD.test(command) && METHOD_TARGET.test(command) && /win32_process/i.test(command);
  if (isMethod || (OTHER_NODE.test(command) && CREATES_PROCESS.test(command))) return counts('remote-create');
  const isWmiChild = parentOf(event) === 'wmiprvse.exe';
  const isOutput = writesToLoopbackShare(command) || ESCAPED_OUTPUT.test(command) || ESCAPED_OUTPUT.test(event.field('ParentCommandLine'));
  // Consoles and services send their output the same way in other techniques; the batch variant hides its parent.
  if (isOutput && (isWmiChild || ESCAPED_OUTPUT.test(command + event.field('ParentCommandLine')))) return counts('output-to-own-share');
  if (!isWmiChild || !isShell(programOf(event))) return null;
  if (isHiddenPowershell(command)) return runsAsSystem(event) ? counts('shell-as-system') : counts('hidden-command');
  // Inventory and software distribution run scripts through WMI as the host itself.
  return runsAsSystem(event) ? null : counts('shell');
}

function matchExplicitLogon(event: IdentityEvent): Match {
  if (baseName(event.field('ProcessName')).toLowerCase() !== 'wmic.exe') return null;
  const server = given(event.field('TargetServerName'));
  return server === '' || SELF.test(server) || shortHost(server) === shortHost(event.computer)
    ? null
    : counts('credentials-for-other-host');
}

function matchShare(event: IdentityEvent): Match {
  return /\\(?:ADMIN|[A-Z])\$$/i.test(event.field('ShareName')) && OUTPUT_FILE.test(event.field('RelativeTargetName'))
    ? counts('output-fetched')
    : null;
}

function whoOf(event: IdentityEvent): string {
  const who = event.eventId === 1 || event.eventId === 4688 ? runsAs(event) : accountField(event, 'Subject').name;
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
    { ...SECURITY, eventIds: [4648], needs: 'Security logs with "Audit Logon" on' },
  ],
  matches(event) {
    switch (event.eventId) {
      case 4648:
        return matchExplicitLogon(event);
      case 5145:
        return matchShare(event);
      default:
        return matchProcess(event);
    }
  },
  over: {
    by: (event) => event.computerEntity || shortHost(event.computer),
    byWords: 'same host',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
  },
  explain(event) {
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
    return explainProcess(event, 'command that came over WMI');
  },
  grade({ steps }) {
    if (steps.has('output-to-own-share') || steps.has('output-fetched'))
      return { severity: 'high', confidence: 'high', because: 'the output goes to a share of the host itself, as remote shells do' };
    if (steps.has('hidden-command')) return { severity: 'high', because: 'a hidden or encoded command' };
    if (steps.has('shell') || steps.has('remote-create')) return {};
    return { severity: 'low', confidence: 'low', because: 'management software and administrators do the same' };
  },
  summary({ anchor, count }, facts) {
    const host = facts.name(anchor.computerEntity, anchor.computer);
    if (anchor.eventId === 4648)
      return `${whoOf(anchor)} used WMI from ${host} against ${anchor.field('TargetServerName')} as ${anchor.field('TargetUserName')}.`;
    if (anchor.eventId === 5145) return `${whoOf(anchor)} fetched the output of remote commands from ${host} (${plural(count, 'record')}).`;
    return `${whoOf(anchor)} ran "${clip(commandLineOf(anchor) || programOf(anchor), 120)}" over WMI on ${host} (${plural(count, 'record')}).`;
  },
  benignCauses: ['Management and inventory software that runs scripts over WMI.', 'Administrators who use the WMI command line.'],
  firstResponse: [
    'Find the network logon just before it: which account, from which host.',
    'Ask whether an administrator or a product did it.',
    'If unexplained, isolate the source host and reset the account.',
  ],
};
