import type { BlindDegree, BlindSpot } from '../../shared/model/blind-spot.ts';
import { DAY, type Micros } from '../../shared/model/time.ts';
import type { DayNumber } from './log-history.ts';
import { ABSENT_WORDS, neverHadWords } from './spot-words.ts';

/** A reason before it is said of which host and day. */
export type FoundSpot = Omit<BlindSpot, 'host' | 'hostName' | 'isController' | 'day'>;

const RANKS: Readonly<Record<BlindDegree, number>> = { sees: 0, partly: 1, probably: 2, blind: 3, absent: 4 };

export function rankOf(degree: BlindDegree): number {
  return RANKS[degree];
}

/** The worst of several reasons that hold together. */
export function worstDegree(spots: readonly { readonly degree: BlindDegree }[]): BlindDegree {
  return spots.reduce<BlindDegree>((worst, { degree }) => (RANKS[degree] > RANKS[worst] ? degree : worst), 'sees');
}

/** What of a stretch lies on the day. */
export function clip(day: DayNumber, from: Micros, to: Micros): { from: Micros; to: Micros } {
  return { from: Math.max(from, day * DAY), to: Math.min(to, (day + 1) * DAY) };
}

export function wholeDay(day: DayNumber): { from: Micros; to: Micros; subcategory: string; eventIndex: null } {
  return { from: day * DAY, to: (day + 1) * DAY, subcategory: '', eventIndex: null };
}

export function absentSpot(day: DayNumber): FoundSpot {
  return { ...wholeDay(day), channel: '', reason: 'no-log', degree: 'absent', words: ABSENT_WORDS };
}

export function neverHadSpot(channel: string, day: DayNumber): FoundSpot {
  return { ...wholeDay(day), channel, reason: 'no-log', degree: 'blind', words: neverHadWords(channel) };
}
