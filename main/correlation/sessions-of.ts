import type { IdentityEvent } from '../../shared/model/event.ts';

/** Names under which records of Security and Sysmon carry the locally unique id of a logon session. */
const SESSION_FIELDS = ['SubjectLogonId', 'TargetLogonId', 'TargetLinkedLogonId', 'LogonId', 'LogonID', 'TargetLogonID'] as const;
/** Sessions that every host has: none, Local System, anonymous, Local Service, Network Service (SYSTEM_LUID and its neighbors in the Windows headers). */
const SESSIONS_OF_EVERY_HOST = new Set([0, 0x3e7, 0x3e6, 0x3e5, 0x3e4]);
const SESSIONS_PER_ALERT = 16;

/**
 * Logon sessions that these records belong to, as "0x51a2f on FS02": what one logon did on one host, until it ends. A session and the elevated
 * one beside it (TargetLinkedLogonId of the logon) are both named. At most sixteen, in the order they appear.
 */
export function sessionsOf(events: Iterable<IdentityEvent>): string[] {
  const found = new Set<string>();
  for (const event of events) {
    if (event.computer === '') continue;
    for (const name of SESSION_FIELDS) {
      const session = sessionName(event.computer, event.field(name));
      if (session !== '') found.add(session);
      if (found.size >= SESSIONS_PER_ALERT) return [...found];
    }
  }
  return [...found];
}

/** Empty for what is no session of its own. The host without its domain: the same host writes itself both ways. */
export function sessionName(computer: string, logonId: string): string {
  const text = logonId.trim();
  if (!/^(0x[0-9a-f]{1,16}|\d{1,19})$/i.test(text)) return '';
  const id = BigInt(text);
  if (id < 0x1_0000n && SESSIONS_OF_EVERY_HOST.has(Number(id))) return '';
  return `0x${id.toString(16)} on ${computer.split('.', 1)[0].toUpperCase()}`;
}
