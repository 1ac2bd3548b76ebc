import { type AlertRow, shelfOf } from '../../shared/model/alert.ts';
import type { Mode } from '../../shared/model/tuning.ts';
import type { FailedNumber, FailedThreshold, WhyNot } from '../../shared/model/why-not.ts';
import { durationWords } from '../detections/words.ts';

type Told = {
  readonly title: string;
  readonly entity: string;
  readonly mode: Mode;
  readonly byWords: string;
  readonly why: WhyNot;
  readonly alerts: readonly AlertRow[];
  readonly alertsTotal: number;
  readonly blind: number;
  /** Why it cannot fire on this evidence at all, else empty. */
  readonly cannotFire: string;
  /** Whether a span was asked about, or all of the evidence. */
  readonly isSpan: boolean;
};

/** Why a detection did not fire, in one plain sentence; the first reason that suffices. */
export function whyNotWords(told: Told): string {
  const { title, entity, why, alerts, mode } = told;
  const inTime = timeWords(told);
  if (alerts.length > 0) return firedWords(told);
  if (mode === 'off') return `“${title}” is switched off in Settings, so nothing makes it fire.`;
  if (why.failures.length > 0) return `“${title}” could not be asked to the end: it ${why.failures[0]}.`;
  if (told.cannotFire !== '' && why.matched === 0) return `“${title}” cannot fire on this evidence at all: ${told.cannotFire}.`;
  const [group] = why.belowThreshold;
  if (group !== undefined) return `${counted(why.matched, 'record')} of ${entity} matched, but ${failedWords(group, told.byWords)}.`;
  if (why.matched > 0)
    return `${counted(why.matched, 'record')} of ${entity} matched and belongs to alerts of this detection that do not name ${entity} ${inTime}.`;
  const [miss] = why.nearest;
  if (miss !== undefined)
    return `None of ${counted(why.asked, 'record')} of ${entity} matched; the nearest failed ${counted(miss.failed.length, 'condition')}: ${miss.failed.map((one) => `“${one}”`).join(', ')}.`;
  const none = `No record that “${title}” reads names ${entity} ${inTime}`;
  return told.blind > 0
    ? `${none}, and the logs that would hold one have blind spots there.`
    : `${none}; the logs that would hold one were there.`;
}

function timeWords({ isSpan }: Told): string {
  return isSpan ? 'in this time' : 'in the evidence';
}

function firedWords(told: Told): string {
  const { alerts, alertsTotal, entity, title } = told;
  const shelves = new Set(alerts.map(shelfOf));
  if (shelves.has('queue'))
    return `It did fire: ${counted(alertsTotal, 'alert')} “${title}” ${alertsTotal === 1 ? 'names' : 'name'} ${entity} ${timeWords(told)}.`;
  if (shelves.has('hidden')) return `It did fire on ${entity}, but an exclusion hides what it found.`;
  return `It did fire on ${entity}, but the detection is in test and its alerts are set apart.`;
}

/** What a group of matching records lacks: "7 of 20 records within 30 minutes (same source)". */
function failedWords(group: FailedThreshold, byWords: string): string {
  if (group.missingSteps.length > 0 && group.share >= 1) return `${listed(group.missingSteps)} did not come with them`;
  if (group.excludedBy.length > 0 && group.share >= 1)
    return `${listed(group.excludedBy)} came with them, and another detection tells of such an act`;
  const nearest = [...group.thresholds].sort((a, b) => shareOf(b) - shareOf(a))[0];
  return `were too few: ${numberWords(nearest, group.distinctWords)} (${byWords})`;
}

function numberWords({ found, atLeast, within, step, distinct, foundDistinct }: FailedNumber, distinctWords: string): string {
  const kinds = distinct > 0 ? `, with ${foundDistinct} of ${distinct} ${distinctWords},` : '';
  const what = step === '' ? '' : ` “${step.replaceAll('-', ' ')}”`;
  return `${Math.min(found, atLeast)} of ${atLeast}${what}${kinds} within ${durationWords(within)}`;
}

function shareOf({ found, atLeast, foundDistinct, distinct }: FailedNumber): number {
  return Math.min(1, found / atLeast, distinct === 0 ? 1 : foundDistinct / distinct);
}

function listed(steps: readonly string[]): string {
  return steps.map((step) => `“${step.replaceAll('-', ' ')}”`).join(' and ');
}

function counted(count: number, one: string): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : `${one}s`}`;
}
