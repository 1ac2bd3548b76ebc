import type { BlindReason } from '../../shared/model/blind-spot.ts';
import { DAY, HOUR, MINUTE } from '../../shared/model/time.ts';
import { clip, type FoundSpot } from './found-spot.ts';
import type { DayNumber, LogSeries } from './log-history.ts';
import type { KnownHole } from './log-holes.ts';
import { holeWords, lostWords } from './spot-words.ts';

/** What one log of a host could not tell on a day: its holes, and records that its numbers say are missing. */
export function logSpots(log: LogSeries, holes: readonly KnownHole[], day: DayNumber): FoundSpot[] {
  if (day > log.knownUntil) return [];
  const own = log.days.find((one) => one.day === day);
  const found = holes.map((hole) => holeSpot(log, hole, day, own !== undefined)).filter((spot) => spot !== null);
  if (own === undefined || own.lost === 0 || own.lastAt <= own.firstAt) return found;
  const about = { channel: log.channel, subcategory: '', eventIndex: null, words: lostWords(log.channel, own.lost, own.count) };
  return [...found, { ...clip(day, own.firstAt, own.lastAt), ...about, reason: 'lost-records', degree: 'partly' }];
}

function holeSpot(log: LogSeries, hole: KnownHole, day: DayNumber, hasRecords: boolean): FoundSpot | null {
  const part = clip(day, hole.from, hole.to);
  const isCleared = hole.kind === 'cleared';
  if (part.to - part.from < (isCleared ? MINUTE : HOUR)) return null;
  // At the ends of a log a pause counts from the record next to it up to the far end of the day.
  const length = hole.kind === 'starts' ? hole.to - part.from : hole.kind === 'ends' ? part.to - hole.from : hole.to - hole.from;
  if (!isCleared && length <= log.rhythm.longestUsual()) return null;
  const isWhole = !hasRecords && part.to - part.from >= DAY - HOUR;
  const reason = reasonOf(hole, isWhole);
  return {
    ...part,
    channel: log.channel,
    subcategory: '',
    reason,
    degree: isWhole ? 'blind' : 'partly',
    words: holeWords(log.channel, hole, reason, log.rhythm.usualGap()),
    eventIndex: isCleared ? hole.after : null,
  };
}

function reasonOf(hole: KnownHole, isWhole: boolean): BlindReason {
  if (hole.kind === 'cleared') return 'cleared';
  if (isWhole) return 'no-log';
  return hole.kind === 'starts' ? 'starts-late' : hole.kind === 'ends' ? 'ends-early' : 'gap';
}
