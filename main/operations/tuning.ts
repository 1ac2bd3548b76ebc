import type { DetectionRow } from '../../shared/contract/operations.ts';
import { LEVELS, type Level } from '../../shared/model/tuning.ts';
import { ok, problem } from '../../shared/result.ts';
import type { Detection, Over } from '../detections/detection.ts';
import { exceptionsOf } from '../detections/exceptions-of.ts';
import { detectionRegistry } from '../detections/registry.ts';
import { durationWords } from '../detections/words.ts';
import type { Workspace } from '../engine/workspace.ts';
import { hasLevels, scaleCount, scaleOver } from '../tuning/scale-threshold.ts';
import type { Operations } from './operation.ts';

export const tuningOperations: Operations<'tuning.get' | 'tuning.set'> = {
  'tuning.get': (_input, { workspace }) => ok(detectionRegistry.map(({ id }) => workspace.tuning.of(id))),

  'tuning.set': ({ detection, level, mode }, { workspace, runner, now }) => {
    if (!detectionRegistry.some(({ id }) => id === detection))
      return problem('not-found', `There is no detection ${detection}. It may have been renamed: open Settings > Detections again.`);
    const tuned = workspace.tuning.set(detection, { level, mode }, now());
    // The run takes as long as the evidence is large; the hint at its end brings the alerts up to date.
    runner.detectSoon();
    return ok(tuned);
  },
};

/** The tuning of a detection, as its row tells it. */
export function tuningOf(workspace: Workspace, detection: Detection): Pick<DetectionRow, 'level' | 'mode' | 'levels' | 'exceptions'> {
  const { level, mode } = workspace.tuning.of(detection.id);
  const levels = hasLevels(detection.over) ? LEVELS.map((one) => ({ level: one, words: numbersOf(detection.over, one) })) : [];
  return { level, mode, levels, exceptions: exceptionsOf(detection) };
}

/** "20 within 30 min", "10 with 10 distinct accounts within 5 min"; then steps of which more than one is asked. */
function numbersOf(declared: Over, level: Level): string[] {
  const { thresholds, distinct, requires = [] } = scaleOver(declared, level);
  const counted = thresholds
    .filter(({ atLeast }) => atLeast > 1)
    .map((threshold) => {
      const kinds = threshold.distinct !== undefined && distinct ? ` with ${threshold.distinct} ${distinct.words}` : '';
      return `${threshold.atLeast} records${kinds} within ${durationWords(threshold.within)}`;
    });
  // Steps that no level changes say nothing about levels.
  const steps = (declared.requires ?? []).flatMap((set, position) =>
    Object.entries(set)
      .filter(([, count]) => scaleCount(count, 'low') < count)
      .map(([step]) => `“${step.replaceAll('-', ' ')}” ${requires[position][step]} times`),
  );
  return [...counted, ...new Set(steps)];
}
