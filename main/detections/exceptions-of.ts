import type { Detection } from './detection.ts';

/** The known benign causes that a detection leaves out by itself, in words, each once. */
export function exceptionsOf(detection: Detection): string[] {
  const conditions = detection.steps.flatMap((step) => step.conditions);
  return [...new Set(conditions.filter((condition) => condition.isException).map((condition) => condition.that))];
}
