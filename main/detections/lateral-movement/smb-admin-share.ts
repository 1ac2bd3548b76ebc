import type { IdentityEvent } from '../../../shared/model/event.ts';
import { HOUR } from '../../../shared/model/time.ts';
import { counts, type Detection, type Match } from '../detection.ts';
import { accountField, clip, isImpersonal, numberField, plural, SECURITY, SYSMON, shortHost } from '../record.ts';
import { sourceWords } from '../words.ts';

const ADMIN_SHARE = /\\(?:ADMIN|[A-Z])\$$/i;
const PROGRAM = /\.(?:exe|dll|sys|scr|com|msi|ps1|bat|cmd|vbs|vbe|js|jse|wsf|hta|lnk)$/i;
/** What Windows runs from here at the next logon or start. */
const RUN_AT_START = /\\Start Menu\\Programs\\Start(?:up|Up)\\[^\\]+$|\\System32\\Tasks\\[^\\]+$/i;
/** Rights to write into a file ([MS-DTYP] 2.4.3, file rights of [MS-SMB2] 2.2.13.1.1): FILE_WRITE_DATA and FILE_APPEND_DATA. */
const WRITE = 0x6;
const NET_USE = /\bnet1?(?:\.exe)?"?\s+use\s[^|&]*\\\\(?!localhost|127\.)[^\s\\"]+\\(?:admin|[a-z])\$/i;

function matchShare(event: IdentityEvent): Match {
  if (event.sourceAddress === '' || !ADMIN_SHARE.test(event.field('ShareName'))) return null;
  if (event.eventId === 5140) return isImpersonal(accountField(event, 'Subject')) ? null : counts('share-opened');
  const access = numberField(event, 'AccessMask');
  const file = event.field('RelativeTargetName');
  if (!Number.isFinite(access) || (access & WRITE) === 0) return null;
  if (RUN_AT_START.test(file)) return counts('start-file-written');
  return PROGRAM.test(file) ? counts('program-written') : null;
}

/** Writes that came over the network are done by the kernel. */
function matchFile(event: IdentityEvent): Match {
  const file = event.field('TargetFilename');
  if (event.field('Image').toLowerCase() !== 'system') return null;
  if (RUN_AT_START.test(file)) return counts('start-file-written');
  return PROGRAM.test(file) ? counts('program-written') : null;
}

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
    { ...SYSMON, eventIds: [1, 11], needs: 'Sysmon with process and file events on' },
    { ...SECURITY, eventIds: [4688], needs: 'Security logs with "Audit Process Creation" and command lines on' },
  ],
  matches(event) {
    switch (event.eventId) {
      case 5140:
      case 5145:
        return matchShare(event);
      case 11:
        return matchFile(event);
      default:
        return NET_USE.test(event.field('CommandLine')) ? counts('share-mapped') : null;
    }
  },
  over: {
    by: (event) => `${event.actorEntity}|${event.sourceAddress}|${event.computerEntity || shortHost(event.computer)}`,
    byWords: 'same account, source and host',
    thresholds: [{ within: HOUR, atLeast: 1 }],
  },
  explain(event) {
    if (event.eventId === 11) {
      return [
        ['TargetFilename', event.field('TargetFilename'), 'program that was written'],
        ['Image', event.field('Image'), 'by the kernel: over the network'],
      ];
    }
    if (event.eventId === 1 || event.eventId === 4688)
      return [['CommandLine', clip(event.field('CommandLine'), 500), 'share that was connected']];
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
    if (steps.has('share-mapped')) return `An administrative share of another host was connected on ${where}.`;
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
