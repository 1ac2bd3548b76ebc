/** One measured number. `atMost` or `atLeast` is what the project has set itself to reach. */
export type Figure = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly atMost?: number;
  readonly atLeast?: number;
  readonly note?: string;
};

export const MEGABYTE = 1_000_000;

/** The value below which `share` of the times lie. */
export function percentile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

export function isReached({ value, atMost, atLeast }: Figure): boolean | null {
  if (atMost !== undefined) return value < atMost;
  if (atLeast !== undefined) return value >= atLeast;
  return null;
}

/** The most memory that this process ever held, in bytes. */
export function peakMemoryBytes(): number {
  return process.resourceUsage().maxRSS * 1024;
}
