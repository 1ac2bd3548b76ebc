import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { counts, type Detection } from '../detection.ts';
import { EVENT_LOG, plural, shortHost } from '../record.ts';

/** Logs that an investigation lives on; the rest is diagnostics. */
const TELLING_LOGS =
  /^(?:security|system|application|windows powershell|microsoft-windows-(?:powershell|sysmon|taskscheduler|winrm|wmi-activity|terminalservices-(?:localsessionmanager|remoteconnectionmanager)|windows defender|bits-client|smbserver|ntlm)\/operational)$/i;
const MANY_LOGS = 3;

/** The log that was emptied: 1102 is always the Security log, 104 names it. */
function clearedLog(event: IdentityEvent): string {
  return event.eventId === 1102 ? 'Security' : event.field('Channel') || event.object;
}

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
  ],
  matches(event) {
    if (event.eventId === 1102) return counts('security-log');
    return counts(TELLING_LOGS.test(clearedLog(event)) ? 'telling-log' : 'other-log');
  },
  over: {
    by: (event) => event.computerEntity || shortHost(event.computer),
    byWords: 'same host',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
    distinct: { of: (event) => clearedLog(event).toLowerCase(), words: 'distinct logs' },
  },
  explain: (event) => [
    ['Channel', clearedLog(event), 'log that was emptied'],
    ['SubjectUserName', event.field('SubjectUserName'), 'who did it'],
    ['BackupPath', event.field('BackupPath'), event.field('BackupPath') === '' ? 'no copy was kept' : 'a copy was kept here'],
  ],
  grade(group) {
    if (group.distinct >= MANY_LOGS && (group.steps.has('security-log') || group.steps.has('telling-log')))
      return { severity: 'high', because: `${group.distinct} logs in one go` };
    return group.steps.has('security-log') || group.steps.has('telling-log')
      ? {}
      : { severity: 'low', because: 'a log of diagnostics only' };
  },
  summary(group, facts) {
    const { anchor } = group;
    const who = facts.name(anchor.actorEntity, anchor.actor ?? anchor.field('SubjectUserName'));
    const what = group.distinct === 1 ? `the ${clearedLog(anchor)} log` : plural(group.distinct, 'log');
    return `${who} cleared ${what} of ${facts.name(anchor.computerEntity, anchor.computer)}.`;
  },
  benignCauses: ['Preparing a host image or a test.', 'An administrator or a script that archives and clears a full log.'],
  firstResponse: [
    'Take what other hosts and collectors recorded of this host before that moment.',
    'See what the account did in the hour before; shadow copies may still hold the old log.',
  ],
};
