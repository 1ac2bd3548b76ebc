import { MINUTE } from '../../../shared/model/time.ts';
import { counts, type Detection } from '../detection.ts';
import { LOCAL_SYSTEM, numberField, plural, SECURITY, shortHost } from '../record.ts';
import { sourceWords } from '../words.ts';

/** The session of Local System, the same on every host; a connection from elsewhere always gets one of its own. */
const SYSTEM_SESSION = 0x3e7;

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
  matches(event) {
    if (event.sourceAddress === '' || event.field('SubjectUserSid') !== LOCAL_SYSTEM) return null;
    return numberField(event, 'SubjectLogonId') === SYSTEM_SESSION ? counts('system-session-from-elsewhere') : null;
  },
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
