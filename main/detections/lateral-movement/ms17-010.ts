import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { type Detection, unless, when } from '../detection.ts';
import { numberField, plural, SECURITY, shortHost } from '../record.ts';
import { sourceWords } from '../words.ts';

/** The session of Local System, the same on every host; a connection from elsewhere always gets one of its own. */
const SYSTEM_SESSION = 0x3e7;

/** What such a session is taken for; a host opens its own IPC$ by its name as a matter of course. */
const CONTROL_PIPES = new Set(['svcctl', 'atsvc', 'winreg']);

function givesControl(event: IdentityEvent): boolean {
  return /\\(?:ADMIN|[A-Z])\$$/i.test(event.field('ShareName')) || CONTROL_PIPES.has(event.field('RelativeTargetName').toLowerCase());
}

export const ms17010: Detection = {
  id: 'ms17-010',
  externalId: null,
  catalogueName: '',
  title: 'Suspected exploitation of SMB (MS17-010)',
  whatItSees: 'A file sharing connection from another host acted with the session of Local System.',
  whyItMatters:
    'No logon from elsewhere gives that session: the connection took it over, as the "Eternal" exploits do. The host is in other hands.',
  severity: 'high',
  confidence: 'high',
  tactics: ['Lateral Movement'],
  techniques: ['T1210'],
  reads: [{ ...SECURITY, eventIds: [5140, 5145], needs: 'Security logs with "Audit File Share" or "Audit Detailed File Share" on' }],
  steps: [
    {
      name: 'system-session-from-elsewhere',
      eventIds: [5140, 5145],
      conditions: [
        when('another host opened the share', (event) => event.sourceAddress !== ''),
        when('an administrative share or a pipe of control is opened', givesControl),
        when('it acted with the session of Local System', (event) => numberField(event, 'SubjectLogonId') === SYSTEM_SESSION),
        unless('the host reaches itself by its own address', (event, facts) => facts.isOwnAddress(event)),
      ],
    },
  ],
  over: {
    by: (event) => `${event.sourceAddress}|${event.computerEntity || shortHost(event.computer)}`,
    byWords: 'same source and host',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
  },
  explain: (event) => [
    ['SubjectLogonId', event.field('SubjectLogonId'), 'session of Local System itself'],
    ['IpAddress', event.field('IpAddress'), 'from where'],
    ['ShareName', event.field('ShareName'), 'share'],
    ['RelativeTargetName', event.field('RelativeTargetName'), 'file or pipe'],
  ],
  summary(group, facts) {
    const where = facts.name(group.anchor.computerEntity, group.anchor.computer);
    return `${plural(group.count, 'file sharing access', 'file sharing accesses')} from ${sourceWords(group.anchor, facts)} used the session of Local System on ${where}.`;
  },
  benignCauses: ['A penetration test or an intrusive vulnerability scan.'],
  firstResponse: [
    'Take the host off the network; treat it as fully controlled by the source.',
    'Look at services, processes and files made in these minutes.',
    'Install MS17-010 and switch off SMB version 1.',
  ],
};
