import type { IdentityEvent } from '../../shared/model/event.ts';
import { SECURITY, SYSMON } from './record.ts';

export const POWERSHELL = { channel: 'Microsoft-Windows-PowerShell/Operational', provider: 'Microsoft-Windows-PowerShell' } as const;
export const CLASSIC_POWERSHELL = { channel: 'Windows PowerShell', provider: 'PowerShell' } as const;
export const DIRECTORY_SERVICE = { channel: 'Directory Service', provider: 'Microsoft-Windows-ActiveDirectory_DomainService' } as const;

/** Fields that hold what was typed, run or searched, by channel and event id; 800 and 1644 log theirs without names. */
const FIELDS: ReadonlyMap<string, readonly string[]> = new Map([
  [`${SYSMON.channel}|1`, ['CommandLine']],
  [`${SECURITY.channel}|4688`, ['CommandLine']],
  [`${POWERSHELL.channel}|4103`, ['Payload']],
  [`${POWERSHELL.channel}|4104`, ['ScriptBlockText']],
  [`${CLASSIC_POWERSHELL.channel}|800`, ['Data', 'Data3']],
  [`${DIRECTORY_SERVICE.channel}|1644`, ['Data', 'Data2']],
]);

/** Name and text of the field with the command, script or search filter; empty text where the record holds none. */
export function typedText(event: IdentityEvent): { readonly field: string; readonly text: string } {
  const names = FIELDS.get(`${event.channel}|${event.eventId}`) ?? [];
  const texts = names.map((name) => event.field(name)).filter((text) => text !== '');
  return { field: names[0] ?? '', text: texts.join('\n') };
}

/** Who ran it and where, as a key. */
export function typist(event: IdentityEvent): string {
  const who = event.actorEntity || event.field('SubjectUserName') || event.field('User');
  return `${who.toLowerCase()}|${event.computerEntity || event.computer.toLowerCase()}`;
}
