import type { IdentityEvent } from '../../shared/model/event.ts';
import type { Reading } from './detection.ts';
import { POWERSHELL, SECURITY, SYSMON } from './record.ts';

export const CLASSIC_POWERSHELL = { channel: 'Windows PowerShell', provider: 'PowerShell' } as const;
export const DIRECTORY_SERVICE = { channel: 'Directory Service', provider: 'Microsoft-Windows-ActiveDirectory_DomainService' } as const;
/** What the LDAP client of Windows asked, on the host where it was asked. */
export const LDAP_CLIENT = { channel: 'Microsoft-Windows-LDAP-Client/Debug', provider: 'Microsoft-Windows-LDAP-Client' } as const;

/** Where commands are written down; beside what a detection lives on. */
export const COMMAND_READINGS: readonly Reading[] = [
  { ...SYSMON, eventIds: [1], needs: 'Sysmon process creation', optional: true },
  { ...SECURITY, eventIds: [4688], needs: 'Security logs with "Audit Process Creation" and command lines on', optional: true },
];

/** Where PowerShell writes down what it ran; beside what a detection lives on. */
export const SCRIPT_READINGS: readonly Reading[] = [
  { ...POWERSHELL, eventIds: [4103, 4104], needs: 'PowerShell script block and module logging', optional: true },
  { ...CLASSIC_POWERSHELL, eventIds: [800], needs: 'PowerShell module logging', optional: true },
];

/** Fields that hold what was typed, run or searched, by event id; 800 and 1644 log theirs without names. */
const FIELDS: ReadonlyMap<number, readonly string[]> = new Map([
  [1, ['CommandLine']],
  [4688, ['CommandLine']],
  [4103, ['Payload']],
  [4104, ['ScriptBlockText']],
  [800, ['Data', 'Data3']],
  [1644, ['Data', 'Data2']],
  [30, ['SearchFilter']],
]);

/** Ids of the records of which `typedText` knows the field. */
export const TYPED_IDS: readonly number[] = [...FIELDS.keys()];

/** Those of them that are commands and scripts, not searches. */
export const SCRIPT_AND_COMMAND_IDS: readonly number[] = [1, 4688, 4103, 4104, 800];

/** Longest text that is searched: script blocks are logged in parts of up to 32 KB, and what is longer was made to be slow to read. */
const TEXT_READ = 32_768;

/** Name and text of the field with the command, script or search filter; empty text where the record holds none. */
export function typedText(event: IdentityEvent): { readonly field: string; readonly text: string } {
  const names = FIELDS.get(event.eventId) ?? [];
  const texts = names.map((name) => event.field(name)).filter((text) => text !== '');
  return { field: names[0] ?? '', text: texts.join('\n').slice(0, TEXT_READ) };
}

/** Who ran it and where, as a key. */
export function typist(event: IdentityEvent): string {
  const who = event.actorEntity || event.field('SubjectUserName') || event.field('User');
  return `${who.toLowerCase()}|${event.computerEntity || event.computer.toLowerCase()}`;
}
