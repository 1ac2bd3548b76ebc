import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { computerName } from '../account-change.ts';
import { callText } from '../command-line.ts';
import { type Detection, when } from '../detection.ts';
import { isOrder, ORDER_READS, ORDERS, orderedField } from '../ordered.ts';
import { actorWords, EVENT_LOG, plural, shortHost } from '../record.ts';

/** Logs that an investigation lives on; the rest is diagnostics. */
const TELLING_LOGS =
  /^(?:security|system|application|windows powershell|microsoft-windows-(?:powershell|sysmon|taskscheduler|winrm|wmi-activity|terminalservices-(?:localsessionmanager|remoteconnectionmanager)|windows defender|bits-client|smbserver|ntlm)\/operational)$/i;
const MANY_LOGS = 3;
/** Commands that empty a log, with the log that they name; lists of cmdlets and definitions are no commands. */
const CLEARS: readonly RegExp[] = [
  /\b(?:wevtutil)(?:\.exe)?["']?\s+(?:cl|clear-log)\s+["']?((?:[^"'\r\n|&;)>\s]|[ ](?!\/)){1,200})/i,
  /(?<!function\s{1,4})\b(?:(?:Clear|Remove)-EventLog|Clear-WinEvent)[ \t]+(?:-ComputerName[ \t]+\S{1,100}[ \t]+)?(?:-LogName[ \t]+)?["']?([-$\w][^"'\r\n|&;)}]{0,200})/i,
  /(?:EventLogSession\]::GlobalSession\.ClearLog|\.ClearEventLog)\(\s*["']?([^"')]{0,200})/i,
  /\b(?:nteventlog)\b([^\r\n|&;]{0,200}?)\b(?:cleareventlog)\b/i,
];
/** Of a query for logs. */
const QUERIED_LOG = /\blogfilename\s*=\s*["'\\]*(\w+)/i;
/** A variable of a loop over logs. */
const ANY_LOG = /^[$%]/;

/** The log that a command empties, empty where it names none; null for other commands. */
function orderedLog(event: IdentityEvent): string | null {
  const text = callText(event);
  for (const clears of CLEARS) {
    const named = clears.exec(text)?.[1];
    if (named !== undefined) return (QUERIED_LOG.exec(named)?.[1] ?? named).split(/,| -/)[0].trim();
  }
  return null;
}

/** The log that was emptied: 1102 is always the Security log, 104 names it. */
function clearedLog(event: IdentityEvent): string {
  if (isOrder(event)) return orderedLog(event) ?? '';
  return event.eventId === 1102 ? 'Security' : event.field('Channel') || event.object;
}

const empties = when('the command empties an event log', (event) => orderedLog(event) !== null);

export const logCleared: Detection = {
  id: 'log-cleared',
  externalId: null,
  catalogueName: '',
  title: 'Event log cleared',
  whatItSees: 'Somebody emptied an event log.',
  whyItMatters: 'It removes the traces of what was done before; what other hosts recorded of it remains.',
  severity: 'medium',
  confidence: 'high',
  tactics: ['Defense Evasion'],
  techniques: ['T1070', 'T1070.001'],
  reads: [
    { ...EVENT_LOG, eventIds: [1102], needs: 'the Security log' },
    { ...EVENT_LOG, channel: 'System', eventIds: [104], needs: 'the System log' },
    ...ORDER_READS,
  ],
  steps: [
    { name: 'security-log', eventIds: [1102], conditions: [] },
    {
      name: 'telling-log',
      eventIds: [104],
      conditions: [when('investigations live on the log that was emptied', (event) => TELLING_LOGS.test(clearedLog(event)))],
    },
    { name: 'other-log', eventIds: [104], conditions: [] },
    {
      name: 'telling-log-ordered',
      eventIds: ORDERS,
      conditions: [
        empties,
        when(
          'investigations live on the log that it names, or it names all',
          (event) => TELLING_LOGS.test(clearedLog(event)) || ANY_LOG.test(clearedLog(event)),
        ),
      ],
    },
    { name: 'log-ordered', eventIds: ORDERS, conditions: [empties] },
  ],
  over: {
    by: (event) => event.computerEntity || shortHost(event.computer),
    byWords: 'same host',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
    distinct: { of: (event) => clearedLog(event).toLowerCase(), words: 'distinct logs' },
  },
  explain(event, _facts, step) {
    if (step.endsWith('ordered')) return [orderedField(event, `empties ${clearedLog(event) || 'logs'}`)];
    return [
      ['Channel', clearedLog(event), 'log that was emptied'],
      ['SubjectUserName', event.field('SubjectUserName'), 'who did it'],
      ['BackupPath', event.field('BackupPath'), event.field('BackupPath') === '' ? 'no copy was kept' : 'a copy was kept here'],
    ];
  },
  grade({ steps, distinct }) {
    const isTelling = ['security-log', 'telling-log', 'telling-log-ordered'].some((step) => steps.has(step));
    if (distinct >= MANY_LOGS && isTelling) return { severity: 'high', because: `${distinct} logs in one go` };
    if (!isTelling) return { severity: 'low', because: 'a log of diagnostics only' };
    return steps.has('security-log') || steps.has('telling-log') ? {} : { confidence: 'medium', because: 'a command ordered it' };
  },
  summary(group, facts) {
    const { anchor } = group;
    const log = clearedLog(anchor);
    const one = log === '' || ANY_LOG.test(log) ? 'event logs' : `the ${log} log`;
    const what = group.distinct === 1 ? one : plural(group.distinct, 'log');
    const where = computerName(anchor, facts);
    if (isOrder(anchor)) return `${actorWords(anchor, facts.name)} ordered ${what} of ${where} to be cleared.`;
    const who = facts.name(anchor.actorEntity, anchor.actor ?? anchor.field('SubjectUserName'));
    return `${who} cleared ${what} of ${where}.`;
  },
  benignCauses: ['Preparing a host image or a test.', 'An administrator or a script that archives and clears a full log.'],
  firstResponse: [
    'Take what other hosts and collectors recorded of this host before that moment.',
    'See what the account did in the hour before; shadow copies may still hold the old log.',
  ],
};
