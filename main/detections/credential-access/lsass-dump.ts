import { HOUR, MINUTE } from '../../../shared/model/time.ts';
import { callText, commandText, programPath, programWords, SCRIPT_READING } from '../command-line.ts';
import { type Detection, type Group, type Step, unless, when } from '../detection.ts';
import { baseName, clip, plural, SECURITY, SYSMON, shortHost } from '../record.ts';
import { ACCESS_STEPS, ERROR_REPORTING, IS_LSASS, LSASS, NOT_INSTALLED, NOT_WINDOWS } from './lsass-dump.access.ts';

const EXIT_MONITOR = { channel: 'Application', provider: 'Microsoft-Windows-ProcessExitMonitor' } as const;
const DUMP_COMMAND = [
  /comsvcs(?:\.dll)?\b.{0,40}(?:minidump|#\+?0*24\b|#-?\d+)/i,
  /(?:\s[-/](?:ma|mp|mm|accepteula)\b|\bcreatedump\b).{0,80}\blsass(?:\.exe)?\b/i,
  /\blsass(?:\.exe)?\b.{0,120}\s[-/](?:ma|mm)\b/i,
  /\brdrleakdiag(?:\.exe)?["']?\s.{0,300}\/fullmemdmp\b/i,
  /\b(?:sekurlsa::\w|invoke-mimikatz\b|out-minidump\b.{0,60}lsass|lsass\b.{0,60}out-minidump\b)/i,
];
/** A dump that a command makes, packs or sends; lists of what to look for name it too. */
const DUMP_NAME = /\blsass[^\s"']{0,120}\.dmp\b/i;
/** Where error reporting keeps what it sends; a dump that it writes elsewhere was ordered. */
const OWN_REPORTS = /\\(?:windows\\wer|livekernelreports|minidump)\\/i;
const WATCHED_EXIT = /\\silentprocessexit\\lsass\.exe(?:\\|$)/i;
/** Files of memory dumps, and of the logs that an added security package writes passwords into. */
const DUMP_FILE = /\\(?:[^\\]*lsass[^\\]*\.(?:dmp|mdmp|zip|rar|7z|cab)|mimilsa\.log|kiwissp\.log)$/i;

const IS_DUMP_COMMAND = when(
  'the command reads, writes out or names the memory of the logon process',
  (event) => DUMP_COMMAND.some((pattern) => pattern.test(commandText(event))) || DUMP_NAME.test(callText(event)),
);

const OTHER_STEPS: readonly Step[] = [
  { name: 'remote-thread', eventIds: [8], conditions: [IS_LSASS, NOT_INSTALLED, NOT_WINDOWS] },
  {
    name: 'dump-file',
    eventIds: [11],
    conditions: [
      when('the file is named as dumps of the logon process and logs of its passwords are', (event) =>
        DUMP_FILE.test(event.field('TargetFilename')),
      ),
      unless(
        'error reporting keeps its own report of a crash',
        (event) => ERROR_REPORTING.test(programPath(event)) && OWN_REPORTS.test(event.field('TargetFilename')),
      ),
    ],
  },
  {
    name: 'exit-watched',
    eventIds: [13, 4657],
    conditions: [
      when('error reporting was told to watch for the end of the logon process', (event) =>
        WATCHED_EXIT.test(event.field(event.eventId === 13 ? 'TargetObject' : 'ObjectName')),
      ),
    ],
  },
  {
    name: 'silent-exit',
    eventIds: [3001],
    conditions: [when('the end of the logon process was announced', (event) => LSASS.test(event.field('param1')))],
  },
  { name: 'dump-command', eventIds: [1, 4688, 4103, 4104], conditions: [IS_DUMP_COMMAND] },
  {
    name: 'dump-command',
    eventIds: [4103, 4104],
    conditions: [
      when('the script writes a memory dump', (event) => /minidumpwritedump/i.test(commandText(event))),
      when('it names the logon process', (event) => /\blsass\b/i.test(commandText(event))),
    ],
  },
];

/** Each alone says enough. */
const CLEAR_SIGNS = ['memory-dumped', 'direct-call', 'remote-thread', 'dump-file', 'dump-command', 'exit-watched', 'silent-exit'];
/** A product looks again and again, a thief once. */
const STEADY_FOR = HOUR;
const STEADY_COUNT = 7;

function isSteady({ firstAt, lastAt, count, distinct }: Group): boolean {
  return distinct === 1 && count >= STEADY_COUNT && lastAt - firstAt >= STEADY_FOR;
}

const MEANINGS: Readonly<Record<string, string>> = {
  'memory-dumped': 'opened through a library that writes memory dumps',
  'direct-call': 'opened by a call that goes around the system library',
  'hidden-caller': 'opened by code that belongs to no file',
  'memory-read': 'opened for reading memory by a program that has no business there',
  'memory-used': 'memory read by a program that has no business there',
  listed: 'opened as for a list of processes, by a program that was not installed',
  'remote-thread': 'a thread was started inside of it',
  'dump-file': 'a file that holds its memory or the passwords it saw',
  'dump-command': 'a command that reads or writes out its memory',
  'exit-watched': 'makes error reporting write out its memory when its end is announced',
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
    { ...SYSMON, eventIds: [1, 8, 10, 11, 13], needs: 'Sysmon with process access to lsass.exe' },
    { ...SECURITY, eventIds: [4656, 4657, 4663, 4688], needs: 'Security logs with "Audit Kernel Object" and "Audit Process Creation" on' },
    SCRIPT_READING,
    { ...EXIT_MONITOR, eventIds: [3001], needs: 'the Application log', optional: true },
  ],
  steps: [...ACCESS_STEPS, ...OTHER_STEPS],
  over: {
    by: (event) => event.computerEntity || shortHost(event.computer),
    byWords: 'same host',
    thresholds: [{ within: 10 * MINUTE, atLeast: 1 }],
    distinct: { of: (event) => programWords(event).toLowerCase(), words: 'distinct programs' },
  },
  explain(event, _facts, step) {
    const meaning = MEANINGS[step] ?? 'the process concerned';
    const rows: readonly (readonly [string, string])[] = [
      ['GrantedAccess', 'access that was given (0x10: read memory)'],
      ['AccessMask', 'access that was asked for (0x10: read memory)'],
      ['CallTrace', meaning],
      ['TargetFilename', meaning],
      ['TargetObject', meaning],
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
  grade(group) {
    const { steps } = group;
    if (CLEAR_SIGNS.some((name) => steps.has(name))) return steps.size > 1 ? { because: 'several signs together' } : {};
    if (isSteady(group))
      return { severity: 'low', confidence: 'low', because: 'one program, again and again for hours, as monitoring does' };
    const isRead = steps.has('memory-read');
    if (isRead && steps.has('hidden-caller')) return { because: 'several signs together' };
    if (steps.has('hidden-caller'))
      return { severity: 'medium', confidence: 'medium', because: 'security products also work from hidden code' };
    if (!isRead && steps.has('listed'))
      return { severity: 'low', confidence: 'low', because: 'no more access than lists of processes ask for' };
    return { severity: 'medium', confidence: 'medium', because: 'reading alone; some tools of support do so' };
  },
  summary({ anchor, count, steps }, facts) {
    const where = facts.name(anchor.computerEntity, anchor.computer);
    const source = anchor.eventId === 3001 ? baseName(anchor.field('param2')) || 'a program' : programWords(anchor);
    if (steps.has('listed') && [...steps.keys()].every((name) => name === 'listed' || name === 'memory-used')) {
      return `${source} opened the logon process (LSASS) on ${where}, as for a list of processes.`;
    }
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
