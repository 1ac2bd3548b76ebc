import { MINUTE } from '../../../shared/model/time.ts';
import { callText, commandText, programPath, programWords, SCRIPT_READING } from '../command-line.ts';
import { type Detection, unless, when } from '../detection.ts';
import { actorWords, baseName, clip, SECURITY, SYSMON, shortHost } from '../record.ts';
import { HIVE_COPIES, NOT_COMPUTER } from './sam-dump.copies.ts';

const HIVE_COMMAND = [
  // The hives SAM and SECURITY hold nothing but secrets; nobody else's settings are in there.
  /\breg(?:\.exe)?["']?\s+(?:save|export)\s+["']?(?:\\\\[^\s\\]+\\)?(?:hklm|hkey_local_machine)\\(?:sam|security)(?=["'\s\\])/i,
  /(?:harddiskvolumeshadowcopy\d+|\bntbackup\b|\bsnapshot\b)[^\s"']{0,200}\\windows\\system32\\config\\(?:sam|security|system)\b/i,
  /\b(?:copy|xcopy|copy-item|cp|makecab|ninjacopy|invoke-ninjacopy)(?:\.exe)?\b[^\n]{0,120}\\system32\\config\\(?:sam|security)(?=["'\s]|$)/i,
  /\besentutl(?:\.exe)?\b.{0,80}\\system32\\config\\(?:sam|security)\b/i,
  /\blsadump::(?:sam|secrets|cache)\b/i,
];
/** Where the hive SAM keeps its accounts; long modules and lists of what to look for name it too. */
const ACCOUNTS_KEY = /\bsam\\sam\\domains\\account\b/i;
/** The system hive, whose key opens the other two; alone it is also what administrators save before a change. */
const SYSTEM_HIVE = /\breg(?:\.exe)?["']?\s+(?:save|export)\s+["']?(?:\\\\[^\s\\]+\\)?(?:hklm|hkey_local_machine)\\system(?=["'\s]|$)/i;
const SECRET_KEYS = /^\\registry\\machine\\(?:sam\\sam\\domains|security\\(?:policy\\secrets|cache))/i;
/** The same, and the keys above: whoever opens them from outside has no other reason. */
const SECRET_ROOTS = /^\\registry\\machine\\(?:sam(?:\\sam(?:\\domains.*)?)?|security(?:\\(?:policy\\secrets|cache).*)?)$/i;
const LSASS = /\\lsass\.exe$/i;
const OF_WINDOWS = /^(?:[a-z]:|\\device\\harddiskvolume\d+)\\(?:windows(?!\\temp)|program files(?: \(x86\))?)\\/i;
const HOSTS = /\\(?:powershell|powershell_ise|pwsh|cscript|wscript|mshta|rundll32|regsvr32|installutil|msbuild|pythonw?)\.exe$/i;

const TEXT_EVENTS = [1, 4688, 4103, 4104];
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
    { ...SYSMON, eventIds: [1, 11], needs: 'Sysmon' },
    { ...SECURITY, eventIds: [5145], needs: 'Security logs with "Audit Detailed File Share" on' },
    { ...SECURITY, eventIds: [4656, 4663], needs: 'Security logs with "Audit Registry" on and auditing set on the hives', optional: true },
    SCRIPT_READING,
  ],
  steps: [
    ...HIVE_COPIES,
    {
      name: 'secret-key',
      eventIds: [4656, 4663],
      conditions: [
        when('the key holds password hashes or secrets', (event) => SECRET_KEYS.test(event.field('ObjectName'))),
        unless('the security authority reads its own keys', (event) => LSASS.test(programPath(event))),
        NOT_COMPUTER,
      ],
    },
    {
      name: 'secret-key',
      eventIds: [4656, 4663],
      conditions: [
        when('the key holds password hashes or secrets, or lies above them', (event) => SECRET_ROOTS.test(event.field('ObjectName'))),
        unless(
          'a program of Windows or one that was installed',
          (event) => OF_WINDOWS.test(programPath(event)) && !HOSTS.test(programPath(event)),
        ),
      ],
    },
    {
      name: 'hive-saved',
      eventIds: TEXT_EVENTS,
      conditions: [
        when('the command takes the hive SAM or SECURITY', (event) => HIVE_COMMAND.some((pattern) => pattern.test(commandText(event)))),
      ],
    },
    {
      name: 'accounts-read',
      eventIds: TEXT_EVENTS,
      conditions: [when('the command names the key of the accounts in SAM', (event) => ACCOUNTS_KEY.test(callText(event)))],
    },
    {
      name: 'system-hive',
      eventIds: TEXT_EVENTS,
      conditions: [when('the command saves the hive SYSTEM', (event) => SYSTEM_HIVE.test(commandText(event)))],
    },
  ],
  over: {
    by: (event) => `${event.actorEntity || event.field('User').toLowerCase()}|${event.computerEntity || shortHost(event.computer)}`,
    byWords: 'same account and host',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
    requires: [
      { 'hive-saved': 1 },
      { 'hive-file': 1 },
      { 'secret-key': 1 },
      { 'accounts-read': 1 },
      { 'system-hive': 1 },
      { 'saved-by-service': 2 },
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
      ['TargetFilename', 'file that holds a hive'],
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
    if (steps.has('saved-by-service')) return { confidence: 'medium', because: 'the remote registry saved files, as it does with hives' };
    if (steps.has('secret-key') || steps.has('accounts-read'))
      return { severity: 'medium', confidence: 'medium', because: 'a key was read, no hive saved' };
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
