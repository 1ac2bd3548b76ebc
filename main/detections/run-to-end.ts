import type { Detection } from './detection.ts';
import { type DetectionInput, type DetectionResult, runDetections } from './run.ts';

/** The whole run in one go, for callers that have nothing else to do meanwhile. */
export function runToEnd(detections: readonly Detection[], input: DetectionInput): DetectionResult {
  const run = runDetections(detections, input);
  for (;;) {
    const turn = run.next();
    if (turn.done) return turn.value;
  }
}
