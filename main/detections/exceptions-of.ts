import type { Detection } from './detection.ts';

/** The benign causes that a detection leaves out by itself, in words. Today none is stated apart from the rule that asks for it. */
export function exceptionsOf(_detection: Detection): readonly string[] {
  return [];
}
