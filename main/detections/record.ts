import type { AccountRef, IdentityEvent } from '../../shared/model/event.ts';

export const SECURITY = { channel: 'Security', provider: 'Microsoft-Windows-Security-Auditing' } as const;
export const SYSMON = { channel: 'Microsoft-Windows-Sysmon/Operational', provider: 'Microsoft-Windows-Sysmon' } as const;
export const POWERSHELL = { channel: 'Microsoft-Windows-PowerShell/Operational', provider: 'Microsoft-Windows-PowerShell' } as const;
export const SERVICE_CONTROL = { channel: 'System', provider: 'Service Control Manager' } as const;
export const EVENT_LOG = { channel: 'Security', provider: 'Microsoft-Windows-Eventlog' } as const;

/** Local System; its logon id is 0x3e7 on every host. */
export const LOCAL_SYSTEM = 'S-1-5-18';
const ANONYMOUS = 'S-1-5-7';

/** `WS01$`: computers and managed service accounts. */
export function isMachineName(name: string): boolean {
  return name.endsWith('$');
}

/** Service and session identities that every host has; never a person. */
export function isWellKnownSid(sid: string): boolean {
  return sid !== '' && !sid.startsWith('S-1-5-21-') && !sid.startsWith('S-1-12-1-');
}

/** True for the accounts that no person uses: machine accounts, Local System, anonymous, empty. */
export function isImpersonal(account: AccountRef | null): boolean {
  if (account === null || (account.name === '' && account.sid === '')) return true;
  return (
    isMachineName(account.name) ||
    isWellKnownSid(account.sid) ||
    account.sid === ANONYMOUS ||
    account.name.toUpperCase() === 'ANONYMOUS LOGON'
  );
}

/** The account named by `<prefix>UserSid`, `<prefix>UserName`, `<prefix>DomainName`; parts that are "-" count as empty. */
export function accountField(event: IdentityEvent, prefix: 'Subject' | 'Target'): AccountRef {
  return {
    sid: given(event.field(`${prefix}UserSid`) || event.field(`${prefix}Sid`)).toUpperCase(),
    name: given(event.field(`${prefix}UserName`)),
    domain: given(event.field(`${prefix}DomainName`)),
  };
}

/** Text without the "-" by which Windows says "none". */
export function given(value: string): string {
  return value === '-' || value === '(null)' ? '' : value;
}

/** Number of a field written in hexadecimal or decimal, status codes also as signed decimal; NaN when it is neither. */
export function numberField(event: IdentityEvent, name: string): number {
  const text = event.field(name).trim();
  if (/^-\d{1,10}$/.test(text)) return Number(text) >>> 0;
  return /^(0x[0-9a-f]{1,12}|\d{1,15})$/i.test(text) ? Number(text) : Number.NaN;
}

/** Last number of a SID; -1 when it is none. */
export function relativeId(sid: string): number {
  const found = /^S-1-5-(?:21-\d+-\d+-\d+|32)-(\d+)$/i.exec(sid);
  return found ? Number(found[1]) : -1;
}

/** `srv01.corp.example` and `SRV01` alike as `srv01`: how the same host writes itself in different logs. */
export function shortHost(computer: string): string {
  const dot = computer.indexOf('.');
  return (dot > 0 ? computer.slice(0, dot) : computer).toLowerCase();
}

/** Last part of a path with either slash. */
export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1);
}

export function clip(text: string, length = 200): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

/**
 * Where an act came from, as a key: the address, else the workstation name; empty when local or unknown. As logged, not the entity: whose
 * address it was changes with time and with what else is known.
 */
export function sourceKey(event: IdentityEvent): string {
  return event.sourceAddress || event.sourceHost.toLowerCase();
}

/** Who acted, for a sentence; what Windows itself wrote down in its own name says nothing of who. */
export function actorWords(event: IdentityEvent, name: (id: string, fallback: AccountRef | null) => string): string {
  const { actor } = event;
  if (actor === null || isWellKnownSid(actor.sid)) return actor?.sid === LOCAL_SYSTEM ? 'Local System' : 'Somebody';
  return name(event.actorEntity, actor);
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}
