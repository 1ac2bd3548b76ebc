import type { IdentityEvent } from '../../shared/model/event.ts';
import type { Reading } from './detection.ts';
import { given, SECURITY, SYSMON } from './record.ts';

const SESSIONS = 'Microsoft-Windows-TerminalServices-LocalSessionManager';
const CONNECTIONS = 'Microsoft-Windows-TerminalServices-RemoteConnectionManager';
const CORE = 'Microsoft-Windows-RemoteDesktopServices-RdpCoreTS';
export const DESKTOP_CLIENT = 'Microsoft-Windows-TerminalServices-RDPClient';
export const DESKTOP_PORT = '3389';
const LOGON_REMOTE_INTERACTIVE = 10;
const LOGON_UNLOCK = 7;
/** What a tunnel that keeps no address of its caller leaves in its place. */
const NO_CALLER = /^::%\d+$/;

/** Records of a host that somebody reached over Remote Desktop. */
export const DESKTOP_READS: readonly Reading[] = [
  { ...SECURITY, eventIds: [4624, 4778], needs: 'Security logs with "Audit Logon" on' },
  { channel: `${SESSIONS}/Operational`, provider: SESSIONS, eventIds: [21, 25], needs: `the log ${SESSIONS}/Operational` },
  { channel: `${CONNECTIONS}/Operational`, provider: CONNECTIONS, eventIds: [1149], needs: `the log ${CONNECTIONS}/Operational` },
  { channel: `${CORE}/Operational`, provider: CORE, eventIds: [131], needs: `the log ${CORE}/Operational` },
  { ...SYSMON, eventIds: [3], needs: 'Sysmon with network connections on' },
];

/** "[10.0.0.21]:50111", "10.0.0.21:50111": the address without its port. */
function withoutPort(client: string): string {
  return client.startsWith('[') ? client.slice(1, client.indexOf(']')) : client.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1');
}

/** From where a session of Remote Desktop was opened, and the field that says so; null where the record speaks of something else. */
export function desktopCaller(event: IdentityEvent): { readonly field: string; readonly address: string } | null {
  switch (event.eventId) {
    case 4624:
      return logonCaller(event);
    case 4778:
      return /^rdp-/i.test(event.field('SessionName')) ? caller('ClientAddress', event.field('ClientAddress')) : null;
    case 21:
    case 25:
      return event.channel.startsWith(SESSIONS) ? caller('Address', event.field('Address')) : null;
    case 1149:
      return caller('Param3', event.field('Param3'));
    case 131:
      return caller('ClientIP', withoutPort(event.field('ClientIP')));
    case 3:
      return event.field('DestinationPort') === DESKTOP_PORT ? caller('SourceIp', event.field('SourceIp')) : null;
    default:
      return null;
  }
}

function logonCaller(event: IdentityEvent): ReturnType<typeof desktopCaller> {
  // Of every logon of a host: the type is at hand, the address must be looked up.
  const type = event.logonType;
  if (type !== LOGON_REMOTE_INTERACTIVE && type !== LOGON_UNLOCK) return null;
  const address = event.field('IpAddress');
  if (type === LOGON_REMOTE_INTERACTIVE) return caller('IpAddress', address);
  // Reconnecting unlocks a session; at the keyboard there is no address, or the own one.
  return given(address) !== '' && !isLoopback(address) ? caller('IpAddress', address) : null;
}

function caller(field: string, logged: string): ReturnType<typeof desktopCaller> {
  const address = given(logged.trim()).replace(/^::ffff:/i, '');
  return address === '' || /^(?:local|unknown|0\.0\.0\.0)$/i.test(address) ? null : { field, address };
}

export function isLoopback(address: string): boolean {
  return /^127\./.test(address) || /^(?:0:){7}1$|^::1$/.test(address);
}

/** True where whoever called stands behind something on this very host. */
export function isTunnelled(address: string): boolean {
  return isLoopback(address) || NO_CALLER.test(address);
}

/** Who opened the session, as the record names it; empty where it does not. */
export function desktopUser(event: IdentityEvent): string {
  const name =
    given(event.field('TargetUserName')) || given(event.field('AccountName')) || given(event.field('User')) || given(event.field('Param1'));
  return event.eventId === 3 ? '' : name.slice(name.lastIndexOf('\\') + 1);
}
