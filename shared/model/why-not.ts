import type { Micros } from './time.ts';

/** A record that is read but did not match: of the step that it came nearest to, what held and what failed, in words. */
export type Miss = {
  readonly eventIndex: number;
  readonly at: Micros;
  readonly eventId: number;
  readonly computer: string;
  readonly step: string;
  readonly held: readonly string[];
  readonly failed: readonly string[];
};

/** Records that matched but were too few, or lacked a step that has to be there. */
export type FailedThreshold = {
  readonly key: string;
  readonly firstAt: Micros;
  readonly lastAt: Micros;
  readonly count: number;
  readonly distinct: number;
  /** What `distinct` counts; empty where nothing is asked to be distinct. */
  readonly distinctWords: string;
  /** `found`: most records inside `within`, of the first and last that are held. */
  readonly thresholds: readonly {
    readonly within: Micros;
    readonly atLeast: number;
    readonly distinct: number;
    readonly found: number;
  }[];
  readonly missingSteps: readonly string[];
  /** How much of the nearest threshold was reached, 0 to 1. */
  readonly share: number;
  readonly sampleIndexes: readonly number[];
};

export type WhyNot = {
  /** Records in question that the detection reads at all. */
  readonly asked: number;
  /** Of these, records that are one of its steps. */
  readonly matched: number;
  /** Nearest first. */
  readonly nearest: readonly Miss[];
  readonly belowThreshold: readonly FailedThreshold[];
};
