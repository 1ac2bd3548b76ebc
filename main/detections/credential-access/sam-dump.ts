import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { commandText, programPath, programWords, SCRIPT_READING } from '../command-line.ts';
import { counts, type Detection, type Match } from '../detection.ts';
import { actorWords, baseName, clip, isImpersonal, numberField, SECURITY, SYSMON, shortHost } from '../record.ts';

/** FILE_WRITE_DATA, of the access rights of files. */
const WRITE_DATA = 0x2;
const HIVE_COMMAND = [
  // The hives SAM and SECURITY hold nothing but secrets; nobody else's settings are in there.
  /\breg(?:\.exe)?["']?\s+(?:save|export)\s+["']?(?:\\\\[^\s\\]+\\)?(?:hklm|hkey_local_machine)\\(?:sam|security)(?=["'\s\\])/i,
  /(?:harddiskvolumeshadowcopy\d+|\bntbackup\b|\bsnapshot\b)[^\s"']*\\windows\\system32\\config\\(?:sam|security|system)\b/i,
  /\besentutl(?:\.exe)?\b.{0,80}\\system32\\config\\(?:sam|security)\b/i,
  /\blsadump::(?:sam|secrets|cache)\b/i,
];
/** The system hive, whose key opens the other two; alone it is also what administrators save before a change. */
const SYSTEM_HIVE = /\breg(?:\.exe)?["']?\s+save\s+["']?(?:\\\\[^\s\\]+\\)?(?:hklm|hkey_local_machine)\\system(?=["'\s]|$)/i;
const HIVE_FILE = /^(?:windows\\)?system32\\config\\(?:regback\\)?(?:sam|security)$/i;
/** RegSaveKey over the network needs a file on the host itself, which is then fetched: a name by chance in the system folder. */
const SAVED_FILE = /^(?:windows\\)?(?:system32|temp)\\[a-z]{8}\.tmp$/i;
const HIVE_COPY = /(?:^|[\\/])[a-z0-9]{0,4}(sam|security|system)(?:\.(?:hive|hiv|save|sav|bak|reg|dat|tmp))?$/i;
const SECRET_KEYS = /^\\registry\\machine\\(?:sam\\sam\\domains|security\\(?:policy\\secrets|cache))/i;
const LSASS = /\\lsass\.exe$/i;

function stepOfShare(event: IdentityEvent): string {
  const name = event.field('RelativeTargetName');
  if (/\\ipc\$$/i.test(event.field('ShareName'))) return name.toLowerCase() === 'winreg' ? 'registry-pipe' : '';
  if (HIVE_FILE.test(name)) return 'hive-file';
  if (SAVED_FILE.test(name)) return 'fetched-file';
  const hive = HIVE_COPY.exec(name)?.[1]?.toLowerCase();
  return hive !== undefined && numberField(event, 'AccessMask') & WRITE_DATA ? `copy-${hive}` : '';
}

function stepOf(event: IdentityEvent): string {
  if (event.eventId === 5145) return isImpersonal(event.actor) ? '' : stepOfShare(event);
  if (event.eventId === 4656 || event.eventId === 4663) {
    const isRead = SECRET_KEYS.test(event.field('ObjectName')) && !LSASS.test(programPath(event)) && !isImpersonal(event.actor);
    return isRead ? 'secret-key' : '';
  }
  const text = commandText(event);
  if (HIVE_COMMAND.some((pattern) => pattern.test(text))) return 'hive-saved';
  return SYSTEM_HIVE.test(text) ? 'system-hive' : '';
}

function match(event: IdentityEvent): Match {
  const step = stepOf(event);
  return step === '' ? null : counts(step);
}

export const samDump: Detection = {
  id: 'sam-dump',
  externalId: null,
  catalogueName: '',
  title: 'Local account database (SAM) or LSA secrets taken',
  whatItSees: 'The registry hives SAM or SECURITY were saved, copied or read.',
  whyItMatters:
    'They hold the hashes of local accounts, cached logons and the passwords of services; local administrators often share one.',
  severity: 'high',
  confidence: 'high',
  tactics: ['Credential Access'],
  techniques: ['T1003', 'T1003.002', 'T1003.004'],
  reads: [
    { ...SECURITY, eventIds: [4688], needs: 'Security logs with "Audit Process Creation" and command lines on' },
    { ...SYSMON, eventIds: [1], needs: 'Sysmon' },
    { ...SECURITY, eventIds: [5145], needs: 'Security logs with "Audit Detailed File Share" on' },
    { ...SECURITY, eventIds: [4656, 4663], needs: 'Security logs with "Audit Registry" on and auditing set on the hives', optional: true },
    SCRIPT_READING,
  ],
  matches: match,
  over: {
    by: (event) => `${event.actorEntity || event.field('User').toLowerCase()}|${event.computerEntity || shortHost(event.computer)}`,
    byWords: 'same account and host',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
    requires: [
      { 'hive-saved': 1 },
      { 'hive-file': 1 },
      { 'secret-key': 1 },
      { 'system-hive': 1 },
      { 'registry-pipe': 1, 'fetched-file': 2 },
      { 'copy-sam': 1, 'copy-system': 1 },
      { 'copy-security': 1, 'copy-system': 1 },
    ],
  },
  explain(event) {
    const rows: readonly (readonly [string, string])[] = [
      ['CommandLine', 'command that takes a hive'],
      ['ScriptBlockText', 'script that takes a hive'],
      ['Payload', 'script that takes a hive'],
      ['RelativeTargetName', 'registry pipe, or file that holds a hive'],
      ['ShareName', 'share it went through'],
      ['IpAddress', 'where it came from'],
      ['ObjectName', 'key that holds secrets'],
      ['ProcessName', 'program that read it'],
      ['User', 'account it ran as'],
      ['SubjectUserName', 'who did it'],
    ];
    return rows.map(([name, words]) => [name, clip(event.field(name)), words] as const).filter(([, value]) => value !== '');
  },
  grade({ steps }) {
    if (steps.has('hive-saved') || steps.has('copy-sam') || steps.has('copy-security')) return {};
    if (steps.has('hive-file')) return { confidence: 'medium', because: 'backup programs also open these files' };
    if (steps.has('fetched-file') && steps.has('registry-pipe'))
      return { because: 'registry used from afar, then saved files were fetched' };
    if (steps.has('secret-key')) return { severity: 'medium', confidence: 'medium', because: 'a key was read, no hive saved' };
    return { severity: 'informational', confidence: 'low', because: 'the system hive alone; administrators save it too' };
  },
  summary(group, facts) {
    const { anchor, steps } = group;
    const who = actorWords(anchor, (id, account) => facts.name(id, account));
    const where = facts.name(anchor.computerEntity, anchor.computer);
    const means = anchor.eventId === 5145 ? 'over the network' : `with ${baseName(programWords(anchor))}`;
    const what = steps.size === 1 && steps.has('system-hive') ? 'the system hive' : 'account or LSA secrets of the registry';
    return `${who} took ${what} on ${where} ${means}.`;
  },
  benignCauses: [
    'Backup and migration programs that save whole hives.',
    'An administrator who saves a hive before a change.',
    'A security scanner that tests password strength with permission.',
  ],
  firstResponse: [
    'Look for the saved file and for who fetched it.',
    'Change the local administrator passwords of the host and of all hosts that share them, and the passwords of its services.',
    'Look at the session of the account: from where, since when.',
  ],
};
