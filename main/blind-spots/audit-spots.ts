import type { BlindDegree } from '../../shared/model/blind-spot.ts';
import { DAY, MINUTE } from '../../shared/model/time.ts';
import { type AuditOff, effectOnId } from './audit-changes.ts';
import { SUBCATEGORIES, SUBCATEGORY_OF_ID } from './audit-subcategories.table.ts';
import { clip, type FoundSpot, wholeDay } from './found-spot.ts';
import type { DayNumber, HostLogs } from './log-history.ts';
import type { Peers } from './peers.ts';
import { auditOffWords, silentWords } from './spot-words.ts';

/** What the audit policy of hosts kept out of their Security logs: as records (4719) say, else as other hosts suggest. */
export class AuditSpots {
  readonly #off: ReadonlyMap<HostLogs, readonly AuditOff[]>;
  readonly #peers: Peers;

  constructor(off: ReadonlyMap<HostLogs, readonly AuditOff[]>, peers: Peers) {
    this.#off = off;
    this.#peers = peers;
  }

  ofDay(host: HostLogs, day: DayNumber): FoundSpot[] {
    return SUBCATEGORIES.flatMap((_one, subcategory) => this.#ofSubcategory(host, day, subcategory, null));
  }

  /** Of ids of several subcategories: as long as one of them is whole, the others do not matter. */
  ofIds(host: HostLogs, day: DayNumber, eventIds: readonly number[]): FoundSpot[] {
    const numbers = new Set(eventIds.map((id) => SUBCATEGORY_OF_ID[id]));
    if (numbers.has(0)) return [];
    const each = [...numbers].map((number) => {
      const ids = eventIds.filter((id) => SUBCATEGORY_OF_ID[id] === number);
      return this.#ofSubcategory(host, day, number - 1, ids);
    });
    return each.some((spots) => spots.length === 0) ? [] : each.flat();
  }

  /** `ids`: those that matter; null where anything of the subcategory does. */
  #ofSubcategory(host: HostLogs, day: DayNumber, subcategory: number, ids: readonly number[] | null): FoundSpot[] {
    const { name } = SUBCATEGORIES[subcategory];
    const found: FoundSpot[] = [];
    for (const off of this.#off.get(host) ?? []) {
      const part = clip(day, off.from, off.to);
      const effect = off.subcategory === subcategory ? effectOf(off, ids) : null;
      if (effect === null || part.to <= part.from) continue;
      const degree = part.to - part.from >= DAY - MINUTE ? effect : 'partly';
      const about = { channel: 'Security', subcategory: name, words: auditOffWords(name, off.outcome), eventIndex: off.index };
      found.push({ ...part, ...about, reason: 'audit-off', degree });
    }
    if (found.length > 0) return found;
    const silence = this.#peers.silence(host, day, subcategory);
    if (silence === null) return [];
    const words = silentWords(name, silence.peers, this.#peers.isController(host), silence.hadOtherDay);
    return [{ ...wholeDay(day), channel: 'Security', subcategory: name, reason: 'audit-silent', degree: 'probably', words }];
  }
}

const RISING: readonly BlindDegree[] = ['partly', 'probably', 'blind'];

/** Of several ids the one that suffers least decides: it may still be written. Null where one is written as ever. */
function effectOf(off: AuditOff, ids: readonly number[] | null): BlindDegree | null {
  if (ids === null) return off.outcome === 'success' ? 'blind' : 'partly';
  const effects = ids.map((id) => effectOnId(off, id));
  return effects.includes(null) ? null : (RISING.find((degree) => effects.some((effect) => effect === degree)) ?? null);
}
