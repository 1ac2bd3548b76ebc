/** Severity says how bad it is if true, confidence how surely it is true: two things, never mixed. */
export const SEVERITIES = ['informational', 'low', 'medium', 'high'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const CONFIDENCES = ['low', 'medium', 'high'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** Higher is worse; for sorting and for the severity of an incident. */
export function severityRank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}
