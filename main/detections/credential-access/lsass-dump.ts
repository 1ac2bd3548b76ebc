import type { IdentityEvent } from '../../../shared/model/event.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { commandText, isScript, programPath, programWords, SCRIPT_READING } from '../command-line.ts';
import { counts, type Detection, type Match } from '../detection.ts';
import { baseName, clip, numberField, plural, SECURITY, SYSMON, shortHost } from '../record.ts';

const EXIT_MONITOR = { channel: 'Application', provider: 'Microsoft-Windows-ProcessExitMonitor' } as const;
/** PROCESS_VM_READ ("Process Security and Access Rights"): without it no memory can be read. */
const READ_MEMORY = 0x10;
/** What listing processes with their modules asks for (query and read); task lists and .NET do so of every process. */
const LISTING = 0x1410;
const LSASS = /(?:^|[\\/])lsass\.exe$/i;
/** Software that was installed by an administrator: security products and monitoring open every process. */
const INSTALLED = /^(?:[a-z]:|\\device\\harddiskvolume\d+)\\(?:program files(?: \(x86\))?|programdata\\microsoft\\windows defender)\\/i;
const WINDOWS = /^(?:[a-z]:|\\device\\harddiskvolume\d+|\\systemroot)\\windows\\/i;
/** Programs of Windows that run what others hand them. */
const HOSTS = /^(?:powershell|powershell_ise|pwsh|cscript|wscript|mshta|rundll32|regsvr32|installutil|msbuild|regasm)\.exe$/i;
/** Libraries that write memory dumps. */
const DUMP_LIBRARIES = /\\(?:dbghelp|dbgcore|comsvcs)\.dll\+/i;
const ERROR_REPORTING = /\\(?:werfault|werfaultsecure|wermgr)\.exe$/i;
const DUMP_COMMAND = [
  /comsvcs(?:\.dll)?\b.{0,40}(?:minidump|#\+?0*24\b|#-?\d+)/i,
  /(?:\s[-/](?:ma|mp|mm|accepteula)\b|\bcreatedump\b).{0,80}\blsass(?:\.exe)?\b/i,
  /\b(?:sekurlsa::\w|invoke-mimikatz\b|out-minidump\b.{0,60}lsass|lsass\b.{0,60}out-minidump\b)/i,
];
/** Files of memory dumps, and of the logs that an added security package writes passwords into. */
const DUMP_FILE = /\\(?:[^\\]*lsass[^\\]*\.(?:dmp|mdmp)|mimilsa\.log|kiwissp\.log)$/i;

function callers(trace: string): string[] {
  return trace.split('|').filter((frame) => frame !== '');
}

/** A call that reaches the kernel without ntdll goes around whatever watches there. */
function isDirectCall(frames: readonly string[]): boolean {
  return frames.length > 0 && !/\\(?:ntdll|wow64\w*|win32u)\.dll\+/i.test(frames[0] ?? '') && !/^UNKNOWN/.test(frames[0] ?? '');
}

/** The stack ends in system libraries: whoever called them is no file on disk. */
function hasNoCaller(frames: readonly string[]): boolean {
  return frames.length > 0 && frames.length <= 3 && frames.every((frame) => /\\(?:ntdll|kernelbase|kernel32)\.dll\+/i.test(frame));
}

function stepOfAccess(event: IdentityEvent): string {
  const source = programPath(event);
  const access = numberField(event, 'GrantedAccess');
  if (!LSASS.test(event.field('TargetImage')) || !(access & READ_MEMORY) || ERROR_REPORTING.test(source)) return '';
  const frames = callers(event.field('CallTrace'));
  const isHost = HOSTS.test(baseName(source));
  const isOwn = (WINDOWS.test(source) && !isHost) || INSTALLED.test(source);
  if (DUMP_LIBRARIES.test(event.field('CallTrace')) && !INSTALLED.test(source)) return 'memory-dumped';
  if (isOwn) return '';
  if (isDirectCall(frames)) return 'direct-call';
  if (hasNoCaller(frames) && access !== LISTING) return 'hidden-caller';
  if (frames.some((frame) => frame.startsWith('UNKNOWN')) && access !== LISTING) return 'hidden-caller';
  return isHost || WINDOWS.test(source) ? '' : 'memory-read';
}

/** Object auditing names no caller: what Windows itself and installed products open is left out. */
function stepOfHandle(event: IdentityEvent): string {
  const source = programPath(event);
  const access = numberField(event, 'AccessMask');
  if (!LSASS.test(event.field('ObjectName')) || !(access & READ_MEMORY) || INSTALLED.test(source)) return '';
  if (!WINDOWS.test(source)) return 'memory-read';
  return HOSTS.test(baseName(source)) && event.eventId === 4656 && access !== LISTING ? 'memory-read' : '';
}

function stepOfText(event: IdentityEvent): string {
  const text = commandText(event);
  if (DUMP_COMMAND.some((pattern) => pattern.test(text))) return 'dump-command';
  return isScript(event) && /minidumpwritedump/i.test(text) && /\blsass\b/i.test(text) ? 'dump-command' : '';
}

function stepOf(event: IdentityEvent): string {
  switch (event.eventId) {
    case 10:
      return stepOfAccess(event);
    case 8:
      return LSASS.test(event.field('TargetImage')) && !INSTALLED.test(programPath(event)) && !WINDOWS.test(programPath(event))
        ? 'remote-thread'
        : '';
    case 11:
      return DUMP_FILE.test(event.field('TargetFilename')) && !ERROR_REPORTING.test(programPath(event)) ? 'dump-file' : '';
    case 4656:
    case 4663:
      return stepOfHandle(event);
    case 3001:
      return LSASS.test(event.field('param1')) ? 'silent-exit' : '';
    default:
      return stepOfText(event);
  }
}

function match(event: IdentityEvent): Match {
  const step = stepOf(event);
  return step === '' ? null : counts(step);
}

const MEANINGS: Readonly<Record<string, string>> = {
  'memory-dumped': 'opened through a library that writes memory dumps',
  'direct-call': 'opened by a call that goes around the system library',
  'hidden-caller': 'opened by code that belongs to no file',
  'memory-read': 'opened for reading memory by a program that has no business there',
  'remote-thread': 'a thread was started inside of it',
  'dump-file': 'a file that holds its memory or the passwords it saw',
  'dump-command': 'a command that reads or writes out its memory',
  'silent-exit': 'its end was announced while it runs on: that makes error reporting write its memory out',
};

export const lsassDump: Detection = {
  id: 'lsass-dump',
  externalId: null,
  catalogueName: '',
  title: 'Memory of the logon process (LSASS) read or dumped',
  whatItSees: 'A program read the memory of LSASS, wrote it to a file, or put code into it.',
  whyItMatters: 'LSASS holds passwords, hashes and tickets of everybody who is logged on; whoever has its memory can act as them.',
  severity: 'high',
  confidence: 'high',
  tactics: ['Credential Access'],
  techniques: ['T1003', 'T1003.001'],
  reads: [
    { ...SYSMON, eventIds: [1, 8, 10, 11], needs: 'Sysmon with process access to lsass.exe' },
    { ...SECURITY, eventIds: [4656, 4663, 4688], needs: 'Security logs with "Audit Kernel Object" and "Audit Process Creation" on' },
    SCRIPT_READING,
    { ...EXIT_MONITOR, eventIds: [3001], needs: 'the Application log', optional: true },
  ],
  matches: match,
  over: {
    by: (event) => event.computerEntity || shortHost(event.computer),
    byWords: 'same host',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
    distinct: { of: (event) => programWords(event).toLowerCase(), words: 'distinct programs' },
  },
  explain(event) {
    const meaning = MEANINGS[stepOf(event)] ?? 'the process concerned';
    const rows: readonly (readonly [string, string])[] = [
      ['GrantedAccess', 'access that was given (0x10: read memory)'],
      ['AccessMask', 'access that was asked for (0x10: read memory)'],
      ['CallTrace', meaning],
      ['TargetFilename', meaning],
      ['CommandLine', meaning],
      ['ScriptBlockText', meaning],
      ['Payload', meaning],
      ['param1', meaning],
      ['param2', 'program that announced it'],
      ['TargetImage', 'the logon process'],
      ['ObjectName', 'the logon process'],
    ];
    const program = programPath(event);
    const given = rows.map(([name, words]) => [name, clip(event.field(name)), words] as const).filter(([, value]) => value !== '');
    return program === '' ? given : [['Image', program, 'program that acted'], ...given];
  },
  grade({ steps }) {
    if (steps.size > 1) return { because: 'several signs together' };
    if (steps.has('memory-read'))
      return { severity: 'medium', confidence: 'medium', because: 'reading alone; some tools of support do so' };
    if (steps.has('hidden-caller'))
      return { severity: 'medium', confidence: 'medium', because: 'security products also work from hidden code' };
    return {};
  },
  summary({ anchor, count }, facts) {
    const where = facts.name(anchor.computerEntity, anchor.computer);
    const source = anchor.eventId === 3001 ? baseName(anchor.field('param2')) || 'a program' : programWords(anchor);
    return `${source} went for the memory of the logon process (LSASS) on ${where}, ${plural(count, 'sign')} in all.`;
  },
  benignCauses: [
    'Security and monitoring products that were installed outside of Program Files.',
    'Support staff who took a dump of LSASS to find the cause of a fault.',
    'A crash of LSASS itself.',
  ],
  firstResponse: [
    'Cut the host off and keep the program and the dump file.',
    'Change the passwords of everybody who was logged on there, administrators first.',
    'Look for logons with those accounts from this host or from new places since then.',
  ],
};
