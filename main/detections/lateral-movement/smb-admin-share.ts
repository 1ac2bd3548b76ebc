import type { IdentityEvent } from '../../../shared/model/event.ts';
import { HOUR } from '../../../shared/model/time.ts';
import { type Condition, type Detection, unless, when } from '../detection.ts';
import { accountField, isImpersonal, numberField, plural, SECURITY, SYSMON, shortHost } from '../record.ts';
import { commandLineOf, explainProcess, PROCESS_READS, PROCESS_STARTED } from '../remote-process.ts';
import { sourceWords } from '../words.ts';

const ADMIN_SHARE = /\\(?:ADMIN|[A-Z])\$$/i;
const PROGRAM = /\.(?:exe|dll|sys|scr|com|msi|ps1|bat|cmd|vbs|vbe|js|jse|wsf|hta|lnk)$/i;
/** What Windows runs from here at the next logon or start. */
const RUN_AT_START = /\\Start Menu\\Programs\\Start(?:up|Up)\\[^\\]+$|\\System32\\Tasks\\[^\\]+$/i;
/** Rights to write into a file ([MS-DTYP] 2.4.3, file rights of [MS-SMB2] 2.2.13.1.1): FILE_WRITE_DATA and FILE_APPEND_DATA. */
const WRITE = 0x6;
/** Connected, or a file copied to or from it, by command. */
const SHARE_NAMED =
  /(?:\bnet1?(?:\.exe)?"?\s+use|\b(?:copy|xcopy|robocopy|move|copy-item|cp)(?:\.exe)?"?)\s[^|&]*\\\\(?!localhost|127\.)[^\s\\"]+\\(?:admin|[a-z])\$/i;

function fileOf(event: IdentityEvent): string {
  return event.field(event.eventId === 11 ? 'TargetFilename' : 'RelativeTargetName');
}

const OF_ADMIN_SHARE: readonly Condition[] = [
  when('another host opened the share', (event) => event.sourceAddress !== ''),
  when('the share is an administrative one', (event) => ADMIN_SHARE.test(event.field('ShareName'))),
];
const IS_WRITE: Condition = when('it is opened to be written', (event) => (numberField(event, 'AccessMask') & WRITE) !== 0);
const BY_KERNEL: Condition = when(
  'the kernel wrote the file, for a caller from the network',
  (event) => event.field('Image').toLowerCase() === 'system',
);
const RUNS_AT_START: Condition = when('the file runs by itself at the next start or logon', (event) => RUN_AT_START.test(fileOf(event)));
const IS_LOOK: Condition = unless('the look of a folder, as profiles carry it', (event) => /\\desktop\.ini$/i.test(fileOf(event)));
const IS_PROGRAM: Condition = when('the file is a program or script', (event) => PROGRAM.test(fileOf(event)));

export const smbAdminShare: Detection = {
  id: 'smb-admin-share',
  externalId: null,
  catalogueName: '',
  title: 'Use of an administrative share',
  whatItSees: 'Somebody on another host opened an administrative share (ADMIN$, C$), at worst to write a program there.',
  whyItMatters: 'Administrative shares carry tools from host to host; opening one proves administrative rights.',
  severity: 'low',
  confidence: 'medium',
  tactics: ['Lateral Movement'],
  techniques: ['T1021.002', 'T1570'],
  reads: [
    { ...SECURITY, eventIds: [5140, 5145], needs: 'Security logs with "Audit File Share" or "Audit Detailed File Share" on' },
    { ...SYSMON, eventIds: [11], needs: 'Sysmon with file creation on' },
    ...PROCESS_READS,
  ],
  steps: [
    { name: 'start-file-written', eventIds: [5145], conditions: [...OF_ADMIN_SHARE, IS_WRITE, RUNS_AT_START, IS_LOOK] },
    { name: 'program-written', eventIds: [5145], conditions: [...OF_ADMIN_SHARE, IS_WRITE, IS_PROGRAM] },
    { name: 'start-file-written', eventIds: [11], conditions: [BY_KERNEL, RUNS_AT_START, IS_LOOK] },
    { name: 'program-written', eventIds: [11], conditions: [BY_KERNEL, IS_PROGRAM] },
    {
      name: 'share-opened',
      eventIds: [5140],
      conditions: [
        ...OF_ADMIN_SHARE,
        unless('a computer account manages the host', (event) => isImpersonal(accountField(event, 'Subject'))),
      ],
    },
    {
      name: 'share-named',
      eventIds: PROCESS_STARTED,
      conditions: [when('a command connects the share of another host or copies there', (event) => SHARE_NAMED.test(commandLineOf(event)))],
    },
  ],
  over: {
    by: (event) => `${event.actorEntity}|${event.sourceAddress}|${event.computerEntity || shortHost(event.computer)}`,
    byWords: 'same account, source and host',
    thresholds: [{ within: HOUR, atLeast: 1 }],
  },
  explain(event, _facts, step) {
    if (event.eventId === 11) {
      return [
        ['TargetFilename', event.field('TargetFilename'), 'program that was written'],
        ['Image', event.field('Image'), 'by the kernel: over the network'],
      ];
    }
    if (step === 'share-named') return explainProcess(event, 'share of another host');
    return [
      ['ShareName', event.field('ShareName'), 'share'],
      ['RelativeTargetName', event.field('RelativeTargetName'), 'file'],
      ['SubjectUserName', event.field('SubjectUserName'), 'who'],
      ['IpAddress', event.field('IpAddress'), 'from where'],
      ['AccessMask', event.field('AccessMask'), 'access'],
    ];
  },
  grade({ steps }) {
    if (steps.has('start-file-written')) return { severity: 'medium', because: 'the file runs by itself at the next start or logon' };
    if (steps.has('program-written')) return { because: 'a program was written; software distribution does so too' };
    return { severity: 'informational', confidence: 'low', because: 'administrators open these shares every day' };
  },
  summary(group, facts) {
    const { anchor, steps } = group;
    const where = facts.name(anchor.computerEntity, anchor.computer);
    if (steps.has('share-named')) return `An administrative share of another host was used by a command on ${where}.`;
    const who = anchor.eventId === 11 ? 'Somebody' : facts.name(anchor.actorEntity, anchor.actor ?? 'Somebody');
    const from = anchor.eventId === 11 ? 'another host' : sourceWords(anchor, facts);
    const isWritten = steps.has('program-written') || steps.has('start-file-written');
    const what = isWritten ? 'wrote programs through an administrative share' : 'opened an administrative share';
    return `${who} ${what} of ${where} from ${from} (${plural(group.count, 'record')}).`;
  },
  benignCauses: [
    'Ordinary administration; software distribution, backup and inventory.',
    'A program copied into a shared folder of a file server (Sysmon alone does not tell the share).',
  ],
  firstResponse: [
    'Look at the file that was written: signature, origin, whether it ran.',
    'Ask the owner of the account whether the access was meant.',
    'See which other hosts the same source reached.',
  ],
};
