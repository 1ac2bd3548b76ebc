import type { IdentityEvent } from '../../shared/model/event.ts';
import { baseName, POWERSHELL } from './record.ts';

const SCRIPTS = [4103, 4104];
const LONGEST_CALL = 2_000;
const LONGEST_COMMAND = 8_192;

/** Reading for PowerShell's own record of what it ran. */
export const SCRIPT_READING = {
  ...POWERSHELL,
  eventIds: SCRIPTS,
  needs: 'PowerShell script block or module logging',
  optional: true,
} as const;

/** Command line of a started process (Sysmon 1, Security 4688), or the text of a script (4103, 4104); else empty. */
export function commandText(event: IdentityEvent): string {
  if (event.eventId === 1 || event.eventId === 4688) return event.field('CommandLine');
  if (event.eventId === 4104) return event.field('ScriptBlockText');
  if (event.eventId === 4103) return `${event.field('ContextInfo')} ${event.field('Payload')}`;
  return '';
}

export function isScript(event: IdentityEvent): boolean {
  return SCRIPTS.includes(event.eventId);
}

/** What was called: a command line, or a script that is short enough to be a call. Long blocks are modules, and lists of what to look for. */
export function callText(event: IdentityEvent): string {
  const text = commandText(event);
  return isScript(event) && text.length > LONGEST_CALL ? '' : text.slice(0, LONGEST_COMMAND);
}

/** The program that acted, by whichever field names it, as a path. */
export function programPath(event: IdentityEvent): string {
  return event.field('SourceImage') || event.field('Image') || event.field('NewProcessName') || event.field('ProcessName');
}

/** The program for a sentence. */
export function programWords(event: IdentityEvent): string {
  return baseName(programPath(event)) || (isScript(event) ? 'a PowerShell script' : 'a program');
}
