import type { BlindReason } from '../../shared/model/blind-spot.ts';
import { DAY, HOUR, MINUTE, type Micros, SECOND } from '../../shared/model/time.ts';
import type { KnownHole } from './log-holes.ts';

const count = (number: number): string => number.toLocaleString('en-US');

/** `3 s`, `20 min`: rough, as a rhythm is. */
export function roughly(span: Micros): string {
  if (span < 90 * SECOND) return `${Math.max(1, Math.round(span / SECOND))} s`;
  if (span < 90 * MINUTE) return `${Math.round(span / MINUTE)} min`;
  return span < 36 * HOUR ? `${Math.round(span / HOUR)} h` : `${Math.round(span / DAY)} days`;
}

/** What a stretch without records means, in one sentence. */
export function holeWords(channel: string, hole: KnownHole, reason: BlindReason, usualGap: Micros): string {
  const missing = hole.missing > 0 ? `; its record numbers say that ${count(hole.missing)} are missing` : '';
  const usual = `It usually has a record every ${roughly(usualGap)}`;
  if (reason === 'cleared') return `The ${channel} log was cleared, and what it held before is not in the evidence.`;
  if (reason === 'no-log') return `No ${channel} record of this host on this day, though there are some on other days${missing}.`;
  if (reason === 'starts-late') return `The ${channel} log begins only here: what came before is not in the evidence.`;
  if (reason === 'ends-early') return `The ${channel} log ends here: what came after is not in the evidence.`;
  return `The ${channel} log has a gap. ${usual}${missing}.`;
}

export function lostWords(channel: string, lost: number, held: number): string {
  return `Of ${count(lost + held)} record numbers of the ${channel} log on this day, ${count(lost)} are missing in the evidence.`;
}

export function neverHadWords(channel: string): string {
  return `There is no ${channel} log of this host in the evidence.`;
}

export const ABSENT_WORDS = 'There is no record at all of this host on this day.';

export function auditOffWords(name: string, outcome: 'success' | 'failure'): string {
  return `"Audit ${name}" was switched off for ${outcome === 'success' ? 'what succeeds' : 'what fails'}, as a record (4719) says.`;
}

export function silentWords(name: string, peers: number, isController: boolean, hadOtherDay: boolean): string {
  const others = `${count(peers)} other ${isController ? (peers === 1 ? 'domain controller' : 'domain controllers') : peers === 1 ? 'host' : 'hosts'}`;
  const why = peers > 0 ? `${others} wrote some on this day` : 'it wrote some on most other days';
  return `No record of "Audit ${name}" although ${why}${peers > 0 && hadOtherDay ? ', and it did on other days' : ''}: probably not audited.`;
}

export function neverSeenWords(channel: string, ids: readonly number[], peers: number): string {
  const which = ids.length === 1 ? `event ${ids[0]}` : `any of the events ${ids.slice(0, 8).join(', ')}`;
  return `The ${channel} log of this host never has ${which}, while that of ${count(peers)} other hosts does: probably not recorded here.`;
}
