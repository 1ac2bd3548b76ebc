import { sessionName } from '../correlation/sessions-of.ts';
import type { Workspace } from '../engine/workspace.ts';
import type { FoundAlert } from '../store/alert-store.ts';

const LOGON = 4624;
/** Logons at a screen: interactive, unlock, remote interactive, cached. Only these have an elevated session beside the ordinary one. */
const SCREEN_LOGONS = new Set([2, 7, 10, 11]);
const LOGONS_PER_TURN = 200;

/**
 * Gives alerts the second session of an administrator's logon, where one of the two is among theirs: Windows opens an ordinary and an elevated
 * one, each naming the other as TargetLinkedLogonId (event 4624 version 2), and what is done in both is done by one person. Yields now and then.
 */
export function* withLinkedSessions(workspace: Workspace, alerts: readonly FoundAlert[]): Generator<void, FoundAlert[]> {
  const wanted = new Set(alerts.flatMap(({ sessions }) => sessions ?? []));
  if (wanted.size === 0) return [...alerts];
  const hosts = new Set([...wanted].map((session) => session.slice(session.indexOf(' on '))));
  const other = new Map<string, string>();
  const { table } = workspace.events;
  let read = 0;
  for (let index = 0; index < table.count; index++) {
    const segment = table.segmentOf(index);
    const row = index & 0xffff;
    if (row === 0) yield;
    if (segment.eventId[row] !== LOGON || !SCREEN_LOGONS.has(segment.logonType[row])) continue;
    const event = workspace.event(index);
    if (!hosts.has(` on ${event.computer.split('.', 1)[0].toUpperCase()}`)) continue;
    if (++read % LOGONS_PER_TURN === 0) yield;
    const own = sessionName(event.computer, event.field('TargetLogonId'));
    const linked = sessionName(event.computer, event.field('TargetLinkedLogonId'));
    if (own === '' || linked === '' || (!wanted.has(own) && !wanted.has(linked))) continue;
    other.set(own, linked).set(linked, own);
  }
  return alerts.map((alert) => withSecond(alert, other));
}

function withSecond(alert: FoundAlert, other: ReadonlyMap<string, string>): FoundAlert {
  const sessions = alert.sessions ?? [];
  const added = sessions.map((session) => other.get(session)).filter((session) => session !== undefined);
  return added.length === 0 ? alert : { ...alert, sessions: [...new Set([...sessions, ...added])] };
}
