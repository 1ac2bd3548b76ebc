import type { Level } from '../../shared/model/tuning.ts';

/** Share of the declared number that a level asks for. */
const SHARES: Readonly<Record<Level, number>> = { high: 1, medium: 0.6, low: 0.35 };

/** Below these, counting would no longer tell a pattern from an accident. */
const FEWEST_EVENTS = 3;
const FEWEST_DISTINCT = 2;

/** The part of a threshold that a level changes; windows stay as they are. */
type Scalable = { readonly atLeast: number; readonly distinct?: number };
type ScalableOver = { readonly thresholds: readonly Scalable[]; readonly requires?: readonly Readonly<Record<string, number>>[] };

/** A number of events at a level: never more than declared, never below three (two where the detection declares two). */
export function scaleCount(declared: number, level: Level, fewest: number = FEWEST_EVENTS): number {
  // 20 * 0.35 is 7.000000000000001 in binary: what is a whole number but for that is not rounded up.
  return Math.max(Math.min(declared, fewest), Math.ceil(declared * SHARES[level] - 1e-9));
}

export function scaleThreshold<Threshold extends Scalable>(threshold: Threshold, level: Level): Threshold {
  const { atLeast, distinct } = threshold;
  return {
    ...threshold,
    atLeast: scaleCount(atLeast, level),
    ...(distinct === undefined ? {} : { distinct: scaleCount(distinct, level, FEWEST_DISTINCT) }),
  };
}

/** What a detection counts, at a level: thresholds and the steps that a group must have. */
export function scaleOver<Over extends ScalableOver>(over: Over, level: Level): Over {
  if (level === 'high') return over;
  const scaleSteps = (set: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(set).map(([step, count]) => [step, scaleCount(count, level)]));
  return {
    ...over,
    thresholds: over.thresholds.map((threshold) => scaleThreshold(threshold, level)),
    ...(over.requires ? { requires: over.requires.map(scaleSteps) } : {}),
  };
}

/** False where every level asks for the same: a single record (or two) suffices. */
export function hasLevels({ thresholds, requires = [] }: ScalableOver): boolean {
  const events = [...thresholds.map(({ atLeast }) => atLeast), ...requires.flatMap((set) => Object.values(set))];
  const isLowered = (declared: number, fewest?: number) => scaleCount(declared, 'low', fewest) < declared;
  return (
    events.some((count) => isLowered(count)) ||
    thresholds.some(({ distinct }) => distinct !== undefined && isLowered(distinct, FEWEST_DISTINCT))
  );
}
