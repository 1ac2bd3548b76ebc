import { BLIND_DEGREES, type BlindDegree, type BlindSpot } from '../../../shared/model/blind-spot.ts';
import { formatMoment } from '../../../shared/model/time.ts';
import type { Tone } from '../../ui/badge.tsx';
import type { CsvColumn } from '../../ui/csv.ts';

/** A sign for those who do not tell the colors apart, a word, and a sentence for the legend. */
export const DEGREE: Readonly<
  Record<BlindDegree, { readonly sign: string; readonly word: string; readonly meaning: string; readonly tone: Tone }>
> = {
  sees: { sign: '·', word: 'Whole', meaning: 'nothing is known to be missing', tone: 'good' },
  partly: { sign: '◐', word: 'Partly', meaning: 'a part of the day or some records are missing', tone: 'neutral' },
  probably: { sign: '?', word: 'Probably blind', meaning: 'auditing seems to be off', tone: 'warning' },
  blind: { sign: '✕', word: 'Blind', meaning: 'the records cannot be there', tone: 'danger' },
  absent: { sign: '–', word: 'No records', meaning: 'no record at all of this host on this day', tone: 'neutral' },
};

export function degreeAt(index: number): BlindDegree {
  return BLIND_DEGREES[index] ?? 'sees';
}

export const BLIND_CSV: readonly CsvColumn<BlindSpot>[] = [
  { title: 'host', value: (spot) => spot.hostName },
  { title: 'host id', value: (spot) => spot.host },
  { title: 'domain controller', value: (spot) => (spot.isController ? 'yes' : 'no') },
  { title: 'day (UTC)', value: (spot) => formatMoment(spot.day).slice(0, 10) },
  { title: 'from (UTC)', value: (spot) => formatMoment(spot.from) },
  { title: 'to (UTC)', value: (spot) => formatMoment(spot.to) },
  { title: 'log', value: (spot) => spot.channel || 'all' },
  { title: 'audit subcategory', value: (spot) => spot.subcategory },
  { title: 'how much', value: (spot) => DEGREE[spot.degree].word },
  { title: 'reason', value: (spot) => spot.reason },
  { title: 'in words', value: (spot) => spot.words },
];
