import type { IdentityEvent } from '../../shared/model/event.ts';
import { type Condition, type Explained, type Reading, when } from './detection.ts';
import type { Facts } from './facts.ts';
import type { OpenedSession } from './observations.ts';
import { baseName, clip, given, isMachineName, SECURITY, SYSMON } from './record.ts';

/** Output of a command sent to a share of the host itself, to be fetched from elsewhere: how remote shells without a channel of their own work. */
const LOOPBACK_OUTPUT = /\d?>\s*"?\\\\(?:127\.0\.0\.1|localhost)\\[^\\\s]+\$\\/i;
const SHELL = /^(?:cmd|powershell|pwsh|mshta|wscript|cscript|rundll32|regsvr32|certutil|bitsadmin|msbuild|installutil|regasm)\.exe$/i;
const HIDDEN_POWERSHELL =
  /(?:powershell|pwsh)(?:\.exe)?"?\s.*(?:-e(?:nc?|ncodedcommand)?\s+[a-z0-9+/=]{20}|-w(?:indowstyle)?\s+(?:hidden|1)\b|\biex\b|invoke-expression|downloadstring|frombase64string|\$env:\w+\s*\|)/is;

/** Longest command line of an ordinary shell; what is longer was made to be slow to read. */
export const COMMAND_READ = 8_192;

/** Security and Sysmon. */
export const PROCESS_STARTED: readonly number[] = [4688, 1];

export const PROCESS_READS: readonly Reading[] = [
  { ...SECURITY, eventIds: [4688], needs: 'Security logs with "Audit Process Creation" and the command line on' },
  { ...SYSMON, eventIds: [1], needs: 'Sysmon with process creation on' },
];

export function imageOf(event: IdentityEvent): string {
  return event.field(event.eventId === 4688 ? 'NewProcessName' : 'Image');
}

export function programOf(event: IdentityEvent): string {
  return baseName(imageOf(event)).toLowerCase();
}

export function parentPathOf(event: IdentityEvent): string {
  return event.field(event.eventId === 4688 ? 'ParentProcessName' : 'ParentImage');
}

export function parentOf(event: IdentityEvent): string {
  return baseName(parentPathOf(event)).toLowerCase();
}

export function commandLineOf(event: IdentityEvent): string {
  return event.field('CommandLine').slice(0, COMMAND_READ);
}

/** Steps of several detections ask the same of a process. */
export const RUNS_INTERPRETER: Condition = when('it is a command interpreter', (event) => SHELL.test(programOf(event)));
export const WRITES_TO_OWN_SHARE: Condition = when('its output goes to a share of the host itself', (event) =>
  LOOPBACK_OUTPUT.test(commandLineOf(event)),
);
export const IS_HIDDEN_COMMAND: Condition = when('the command is hidden or encoded', (event) =>
  HIDDEN_POWERSHELL.test(commandLineOf(event)),
);

/** The session that the process runs in, where it was opened from elsewhere and that was seen. */
export function processSession(event: IdentityEvent, facts: Facts): OpenedSession | null {
  const own = given(event.field(event.eventId === 4688 ? 'TargetLogonId' : 'LogonId'));
  return facts.session(event, /^(?:0x)?0*$/i.test(own) ? event.field('SubjectLogonId') : own);
}

/** File that is loaded (Sysmon 7), written (Sysmon 11) or opened over the network (5145). */
export const FILE_NAMED: readonly number[] = [7, 11, 5145];

export function fileNamed(event: IdentityEvent): string {
  return event.field(event.eventId === 7 ? 'ImageLoaded' : event.eventId === 11 ? 'TargetFilename' : 'RelativeTargetName');
}

/** Account that the new process runs as: 4688 names it as target where it differs from the creator's. */
export function runsAs(event: IdentityEvent): string {
  if (event.eventId !== 4688) return baseName(event.field('User'));
  return given(event.field('TargetUserName')) || given(event.field('SubjectUserName'));
}

/** Local System's session is 0x3e7 on every host. */
export function runsAsSystem(event: IdentityEvent): boolean {
  if (event.eventId !== 4688) return event.field('LogonId').toLowerCase() === '0x3e7' || event.field('IntegrityLevel') === 'System';
  if (given(event.field('TargetUserName')) !== '') return isMachineName(event.field('TargetUserName'));
  return event.field('SubjectLogonId').toLowerCase() === '0x3e7';
}

export function explainProcess(event: IdentityEvent, meaning: string): readonly Explained[] {
  const is4688 = event.eventId === 4688;
  return [
    [is4688 ? 'NewProcessName' : 'Image', imageOf(event), 'program started'],
    ['CommandLine', clip(commandLineOf(event), 500), meaning],
    [is4688 ? 'ParentProcessName' : 'ParentImage', parentPathOf(event), 'started by'],
    [is4688 ? 'TargetUserName' : 'User', runsAs(event), 'runs as'],
  ];
}

/** A library laid down over a share or seen by Sysmon; `meaning` says who loads it. */
export function explainPlanted(event: IdentityEvent, meaning: string): readonly Explained[] {
  return [
    ['TargetFilename', fileNamed(event), meaning],
    ['Image', event.field('Image'), 'program'],
    ['SubjectUserName', event.field('SubjectUserName'), 'who'],
    ['IpAddress', event.field('IpAddress'), 'from where'],
  ];
}
