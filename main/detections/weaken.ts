import type { Detection, Threshold } from './detection.ts';

export type Weakened = { readonly words: string; readonly detection: Detection };

/**
 * The detection with one condition less, once for every condition that it has: of each step, of each threshold, of each set of steps that it
 * requires. The examples must tell every one of them from the detection itself, else the condition is not shown to be needed.
 */
export function* weaken(detection: Detection): Generator<Weakened> {
  yield* weakenSteps(detection);
  const { over } = detection;
  for (const [index, threshold] of over.thresholds.entries()) {
    for (const [words, change] of lowered(threshold)) {
      const thresholds = over.thresholds.map((one, at) => (at === index ? { ...one, ...change } : one));
      yield { words: `threshold ${index + 1}: ${words}`, detection: { ...detection, over: { ...over, thresholds } } };
    }
  }
  for (const [index, set] of (over.requires ?? []).entries()) {
    for (const [name, atLeast] of Object.entries(set)) {
      const { [name]: _dropped, ...rest } = set;
      const requires = over.requires!.map((one, at) => (at === index ? (atLeast > 1 ? { ...set, [name]: atLeast - 1 } : rest) : one));
      yield { words: `steps ${index + 1}: fewer of "${name}"`, detection: { ...detection, over: { ...over, requires } } };
    }
  }
  for (const dropped of over.excludes ?? []) {
    const excludes = over.excludes!.filter((step) => step !== dropped);
    yield { words: `without "${dropped}"`, detection: { ...detection, over: { ...over, excludes } } };
  }
}

/** A condition that several steps share is one condition. */
function* weakenSteps(detection: Detection): Generator<Weakened> {
  const conditions = new Set(detection.steps.flatMap((step) => step.conditions));
  for (const dropped of conditions) {
    const holders = detection.steps.filter((step) => step.conditions.includes(dropped)).map((step) => step.name);
    const steps = detection.steps.map((step) => ({ ...step, conditions: step.conditions.filter((condition) => condition !== dropped) }));
    yield { words: `${holders.join(', ')}: ${dropped.isException ? 'unless ' : ''}${dropped.that}`, detection: { ...detection, steps } };
  }
}

function* lowered({ atLeast, distinct, within }: Threshold): Generator<readonly [words: string, change: Partial<Threshold>]> {
  const isDistinctFirst = distinct !== undefined && distinct > 1;
  // So many different values need as many events: the two numbers are lowered together where they are the same.
  if (atLeast > 1 && !(isDistinctFirst && distinct >= atLeast)) yield ['one event fewer', { atLeast: atLeast - 1 }];
  if (isDistinctFirst) yield ['one value fewer', { distinct: distinct - 1, atLeast: Math.min(atLeast, Math.max(atLeast - 1, 1)) }];
  if (atLeast > 1 || isDistinctFirst) yield ['twice the time', { within: within * 2 }];
}
