import type { IdentityEvent } from '../../../shared/model/event.ts';
import { programPath } from '../command-line.ts';
import { type Condition, type Step, unless, when } from '../detection.ts';
import { baseName, numberField } from '../record.ts';

/** PROCESS_VM_READ ("Process Security and Access Rights"): without it no memory can be read. */
const READ_MEMORY = 0x10;
/** What listing processes with their modules asks for (query and read); task lists and .NET do so of every process. */
const LISTING = 0x1410;
export const LSASS = /(?:^|[\\/])lsass\.exe$/i;
/** Software that was installed by an administrator: security products and monitoring open every process. */
const INSTALLED = /^(?:[a-z]:|\\device\\harddiskvolume\d+)\\(?:program files(?: \(x86\))?|programdata\\microsoft\\windows defender)\\/i;
/** Programs of Windows; folders of it that everybody may write to are left out. */
const WINDOWS =
  /^(?:[a-z]:|\\device\\harddiskvolume\d+|\\systemroot)\\windows\\(?!(?:temp|tasks|tracing|debug|system32\\(?:tasks|spool\\drivers\\color))\\)/i;
/** Programs that run what others hand them: those of Windows, and interpreters. */
const HOSTS =
  /^(?:powershell|powershell_ise|pwsh|cscript|wscript|mshta|rundll32|regsvr32|installutil|msbuild|regasm|pythonw?|ruby|perl)\.exe$/i;
/** Libraries that write memory dumps. */
const DUMP_LIBRARIES = /\\(?:dbghelp|dbgcore|comsvcs)\.dll\+/i;
export const ERROR_REPORTING = /\\(?:werfault|werfaultsecure|wermgr)\.exe$/i;

function callers(trace: string): string[] {
  return trace.split('|').filter((frame) => frame !== '');
}

/** A call that reaches the kernel without ntdll goes around whatever watches there. */
function isDirectCall(frames: readonly string[]): boolean {
  return frames.length > 0 && !/\\(?:ntdll|wow64\w*|win32u)\.dll\+/i.test(frames[0] ?? '') && !/^UNKNOWN/.test(frames[0] ?? '');
}

/** A frame of no file, or a stack that ends in system libraries: whoever called them is no file on disk. */
function hasHiddenCaller(frames: readonly string[]): boolean {
  if (frames.some((frame) => frame.startsWith('UNKNOWN'))) return true;
  return frames.length > 0 && frames.length <= 3 && frames.every((frame) => /\\(?:ntdll|kernelbase|kernel32)\.dll\+/i.test(frame));
}

/** What was opened: Sysmon names the image, object auditing the object. */
function isObjectAudit(event: IdentityEvent): boolean {
  return event.eventId === 4656 || event.eventId === 4663;
}

function accessOf(event: IdentityEvent): number {
  return numberField(event, isObjectAudit(event) ? 'AccessMask' : 'GrantedAccess');
}

/** Whoever only lists processes calls the library of Windows for it; few call the kernel themselves. */
function isListing(event: IdentityEvent): boolean {
  const [, second = ''] = callers(event.field('CallTrace'));
  return accessOf(event) === LISTING && (second === '' || /\\(?:kernelbase|kernel32|wow64\w*|ntdll)\.dll\+/i.test(second));
}

function isHost(event: IdentityEvent): boolean {
  return HOSTS.test(baseName(programPath(event)));
}

function isOfWindows(event: IdentityEvent): boolean {
  return WINDOWS.test(programPath(event));
}

export const IS_LSASS = when('the logon process is what was opened or entered', (event) =>
  LSASS.test(event.field(isObjectAudit(event) ? 'ObjectName' : 'TargetImage')),
);
export const NOT_INSTALLED = unless(
  'a program that an administrator installed',
  (event) => INSTALLED.test(programPath(event)) && !isHost(event),
);
const NOT_REPORTING = unless('error reporting writes down a crash', (event) => ERROR_REPORTING.test(programPath(event)));
export const NOT_WINDOWS = unless('a program of Windows that does its own work', (event) => isOfWindows(event) && !isHost(event));
const FROM_OUTSIDE = when('the program is none of Windows', (event) => !isOfWindows(event));
const NOT_LISTING = unless('a list of processes and their modules is made, through the usual library', isListing);
const READS: readonly Condition[] = [
  IS_LSASS,
  when('its memory may be read', (event) => (accessOf(event) & READ_MEMORY) !== 0),
  NOT_INSTALLED,
];

/** Who opened the logon process for reading its memory: Sysmon 10 with the calls that led there, object auditing without. */
export const ACCESS_STEPS: readonly Step[] = [
  {
    name: 'memory-dumped',
    eventIds: [10],
    conditions: [
      ...READS,
      NOT_REPORTING,
      when('through a library that writes memory dumps', (event) => DUMP_LIBRARIES.test(event.field('CallTrace'))),
    ],
  },
  {
    name: 'direct-call',
    eventIds: [10],
    conditions: [
      ...READS,
      NOT_WINDOWS,
      when('by a call that goes around the system library', (event) => isDirectCall(callers(event.field('CallTrace')))),
    ],
  },
  {
    name: 'hidden-caller',
    eventIds: [10],
    conditions: [
      ...READS,
      NOT_WINDOWS,
      NOT_LISTING,
      when('by code that belongs to no file', (event) => hasHiddenCaller(callers(event.field('CallTrace')))),
    ],
  },
  { name: 'memory-read', eventIds: [10, 4656], conditions: [...READS, FROM_OUTSIDE, NOT_LISTING] },
  {
    name: 'memory-read',
    eventIds: [4656],
    conditions: [...READS, NOT_LISTING, when('the program runs what others hand it', isHost)],
  },
  { name: 'memory-used', eventIds: [4663], conditions: [...READS, FROM_OUTSIDE] },
  {
    name: 'listed',
    eventIds: [10, 4656],
    conditions: [
      ...READS,
      FROM_OUTSIDE,
      unless('an installed shell lists processes', (event) => isHost(event) && INSTALLED.test(programPath(event))),
    ],
  },
];
