import { HOUR } from '../../../shared/model/time.ts';
import { counts, type Detection } from '../detection.ts';
import { accountField, isImpersonal, plural, SECURITY, shortHost } from '../record.ts';
import { sourceWords } from '../words.ts';

/** Named pipe of the remote registry ([MS-RRP] 2.1). */
const PIPE = 'winreg';

export const remoteRegistry: Detection = {
  id: 'remote-registry',
  externalId: null,
  catalogueName: '',
  title: 'Registry opened from another host',
  whatItSees: 'An account opened the remote registry of a host from elsewhere.',
  whyItMatters: 'The registry holds password hashes and start entries; over this pipe they are read and written without running a program.',
  severity: 'low',
  confidence: 'low',
  tactics: ['Discovery', 'Credential Access'],
  techniques: ['T1012', 'T1003.002'],
  reads: [{ ...SECURITY, eventIds: [5145], needs: 'Security logs with "Audit Detailed File Share" on' }],
  matches(event) {
    const isPipe =
      event.field('RelativeTargetName').toLowerCase().replace(/^\\/, '') === PIPE && /\\IPC\$$/i.test(event.field('ShareName'));
    // Computers ask each other for it in the course of management; a person or a service account does it on purpose.
    return isPipe && event.sourceAddress !== '' && !isImpersonal(accountField(event, 'Subject')) ? counts('opened') : null;
  },
  over: {
    by: (event) => `${event.computerEntity || shortHost(event.computer)}|${event.sourceAddress}|${accountField(event, 'Subject').sid}`,
    byWords: 'same host, source and account',
    thresholds: [{ within: HOUR, atLeast: 1 }],
  },
  explain: (event) => [
    ['RelativeTargetName', event.field('RelativeTargetName'), 'pipe of the remote registry'],
    ['SubjectUserName', event.field('SubjectUserName'), 'who'],
    ['IpAddress', event.field('IpAddress'), 'from where'],
    ['ShareName', event.field('ShareName'), 'share'],
  ],
  summary({ anchor, count }, facts) {
    const who = facts.name(anchor.actorEntity, accountField(anchor, 'Subject'));
    const host = facts.name(anchor.computerEntity, anchor.computer);
    return `${who} opened the registry of ${host} from ${sourceWords(anchor, facts)} (${plural(count, 'record')}).`;
  },
  benignCauses: [
    'Inventory, monitoring and vulnerability scanners.',
    'Administrators with consoles that read the registry of other hosts.',
  ],
  firstResponse: [
    'Ask whether the account and the source belong to a scanner or an administrator.',
    'Look for files with random names in the Windows directory, fetched over ADMIN$ in the same minutes: saved password hashes.',
  ],
};
