import { HOUR } from '../../../shared/model/time.ts';
import { type Detection, unless, when } from '../detection.ts';
import { accountField, clip, isImpersonal, plural, SECURITY, shortHost } from '../record.ts';
import { commandLineOf, explainProcess, PROCESS_READS, PROCESS_STARTED, programOf, runsAs } from '../remote-process.ts';
import { sourceWords } from '../words.ts';

/** Named pipe of the remote registry ([MS-RRP] 2.1). */
const PIPE = 'winreg';
/** "reg query \\\\SRV02\\HKLM\\..." */
const OTHER_REGISTRY = /\s"?\\\\(?!127\.|localhost)[^\s\\]{1,255}\\hk/i;

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
  reads: [{ ...SECURITY, eventIds: [5145], needs: 'Security logs with "Audit Detailed File Share" on' }, ...PROCESS_READS],
  steps: [
    {
      name: 'opened',
      eventIds: [5145],
      conditions: [
        when(
          'the pipe of the remote registry is opened',
          (event) => event.field('RelativeTargetName').toLowerCase().replace(/^\\/, '') === PIPE,
        ),
        when('it is a pipe, not a file of that name', (event) => event.field('ShareName').toUpperCase().endsWith('\\IPC$')),
        when('it is opened from another host', (event) => event.sourceAddress !== ''),
        // Computers ask each other for it in the course of management; a person or a service account does it on purpose.
        unless('a computer account manages the host', (event) => isImpersonal(accountField(event, 'Subject'))),
      ],
    },
    {
      name: 'sent',
      eventIds: PROCESS_STARTED,
      conditions: [
        when('the command of the registry is run', (event) => programOf(event) === 'reg.exe'),
        when('it names the registry of another host', (event) => OTHER_REGISTRY.test(commandLineOf(event))),
      ],
    },
  ],
  over: {
    by: (event) => `${event.computerEntity || shortHost(event.computer)}|${event.sourceAddress}|${accountField(event, 'Subject').sid}`,
    byWords: 'same host, source and account',
    thresholds: [{ within: HOUR, atLeast: 1 }],
  },
  explain: (event, _facts, step) =>
    step === 'sent'
      ? explainProcess(event, 'registry of another host')
      : [
          ['RelativeTargetName', event.field('RelativeTargetName'), 'pipe of the remote registry'],
          ['SubjectUserName', event.field('SubjectUserName'), 'who'],
          ['IpAddress', event.field('IpAddress'), 'from where'],
          ['ShareName', event.field('ShareName'), 'share'],
        ],
  summary({ anchor, count, steps }, facts) {
    if (steps.has('sent')) {
      const from = facts.name(anchor.computerEntity, anchor.computer);
      return `${runsAs(anchor) || 'Somebody'} used the registry of another host from ${from}: ${clip(commandLineOf(anchor), 160)}.`;
    }
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
