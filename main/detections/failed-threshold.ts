import type { Micros } from '../../shared/model/time.ts';
import type { FailedNumber, FailedThreshold } from '../../shared/model/why-not.ts';
import type { Detection, Group, GroupSample, Threshold } from './detection.ts';
import type { Facts } from './facts.ts';

const SAMPLES_TOLD = 20;

/** What a group of matching records lacked to be an alert: numbers, steps that have to be there, steps that must not. */
export function failedThreshold(detection: Detection, group: Group, facts: Facts): FailedThreshold {
  const { over } = detection;
  const counted = group.sample.filter(({ step }) => detection.steps.some((one) => one.name === step && one.accompanies !== true));
  const thresholds = over.thresholds.map((threshold) => numberOf(detection, threshold, counted, facts));
  return {
    key: group.key,
    firstAt: group.firstAt,
    lastAt: group.lastAt,
    count: group.count,
    distinct: group.distinct,
    distinctWords: over.distinct?.words ?? '',
    thresholds,
    missingSteps: missingOf(over.requires ?? [], group.steps),
    excludedBy: (over.excludes ?? []).filter((step) => group.steps.has(step)),
    share: Math.max(...thresholds.map(shareOf)),
    sampleIndexes: group.sample.slice(0, SAMPLES_TOLD).map(({ event }) => event.index),
  };
}

function numberOf(detection: Detection, threshold: Threshold, counted: readonly GroupSample[], facts: Facts): FailedNumber {
  const { within, atLeast, distinct = 0, step = '' } = threshold;
  const records = step === '' ? counted : counted.filter((one) => one.step === step);
  const times = records.map(({ event }) => event.at);
  const of = detection.over.distinct?.of;
  const values = distinct > 0 && of ? records.map(({ event }) => of(event, facts)) : [];
  return { within, atLeast, distinct, step, found: mostWithin(times, within), foundDistinct: mostDistinctWithin(times, values, within) };
}

/** Of the number that is further away, 0 to 1. */
function shareOf({ found, atLeast, foundDistinct, distinct }: FailedNumber): number {
  return Math.min(1, found / atLeast, distinct === 0 ? 1 : foundDistinct / distinct);
}

/** Most moments inside `within`. `times` ascend. */
function mostWithin(times: readonly Micros[], within: Micros): number {
  let most = 0;
  for (let from = 0, to = 0; from < times.length; from++) {
    while (to < times.length && times[to] <= times[from] + within) to++;
    most = Math.max(most, to - from);
  }
  return most;
}

/** Most different values inside `within`; `values` stand beside their `times`. */
function mostDistinctWithin(times: readonly Micros[], values: readonly string[], within: Micros): number {
  const inside = new Map<string, number>();
  let most = 0;
  for (let from = 0, to = 0; from < values.length; from++) {
    for (; to < values.length && times[to] <= times[from] + within; to++) inside.set(values[to], (inside.get(values[to]) ?? 0) + 1);
    most = Math.max(most, inside.size);
    const left = (inside.get(values[from]) ?? 1) - 1;
    if (left === 0) inside.delete(values[from]);
    else inside.set(values[from], left);
  }
  return most;
}

/** Of the set that lacks least. */
function missingOf(sets: readonly Readonly<Record<string, number>>[], steps: ReadonlyMap<string, number>): string[] {
  const lacks = sets.map((set) =>
    Object.entries(set)
      .filter(([name, atLeast]) => (steps.get(name) ?? 0) < atLeast)
      .map(([name]) => name),
  );
  return lacks.reduce<string[] | null>((best, one) => (best === null || one.length < best.length ? one : best), null) ?? [];
}
