import type { AlertRow } from './alert.ts';
import type { BlindSpot } from './blind-spot.ts';
import type { EntityKind } from './entity.ts';
import type { Micros } from './time.ts';
import type { Mode } from './tuning.ts';

/** A record that is read but did not match: of the step that it came nearest to, what held and what failed, in words. */
export type Miss = {
  readonly eventIndex: number;
  readonly at: Micros;
  readonly eventId: number;
  readonly computer: string;
  readonly step: string;
  readonly held: readonly string[];
  readonly failed: readonly string[];
  /** Records that failed the very same conditions of this step; the one told is the first of them. */
  readonly alike: number;
};

/** One threshold and how near the group came, counted over the first and last records that are held. */
export type FailedNumber = {
  readonly within: Micros;
  readonly atLeast: number;
  /** Zero where nothing is asked to be distinct. */
  readonly distinct: number;
  /** The only step that counts; empty where every counted one does. */
  readonly step: string;
  /** Most records inside `within`, and most distinct values. */
  readonly found: number;
  readonly foundDistinct: number;
};

/** Records that matched but were too few, lacked a step that has to be there, or came with one that must not be. */
export type FailedThreshold = {
  readonly key: string;
  readonly firstAt: Micros;
  readonly lastAt: Micros;
  readonly count: number;
  readonly distinct: number;
  /** What `distinct` counts; empty where nothing is asked to be distinct. */
  readonly distinctWords: string;
  readonly thresholds: readonly FailedNumber[];
  readonly missingSteps: readonly string[];
  /** Steps that are there and must not be: another detection tells of the same act. */
  readonly excludedBy: readonly string[];
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
  /** Why the detection itself broke, where it did; then the rest is not the whole answer. */
  readonly failures: readonly string[];
};

/** The answer to "why did it not fire" for one detection, one entity and one stretch of time. */
export type WhyNotAnswer = {
  readonly detection: { readonly id: string; readonly title: string; readonly mode: Mode; readonly eventIds: readonly number[] };
  readonly entity: { readonly id: string; readonly name: string; readonly kind: EntityKind };
  /** Why the detection cannot fire on this evidence at all, else empty. */
  readonly cannotFire: string;
  /** The answer in one plain sentence. */
  readonly sentence: string;
  readonly why: WhyNot;
  /** Alerts of this detection that name the entity and touch the time, hidden ones and those in test too; at most `BOUNDS.whyNotRows`. */
  readonly alerts: readonly AlertRow[];
  readonly alertsTotal: number;
  /** What the logs in question could not see in that time, worst first; at most `BOUNDS.whyNotRows`. */
  readonly blindSpots: readonly BlindSpot[];
  readonly blindSpotsTotal: number;
  /** First moment that was looked at where there were too many records before the end of the time; else null. */
  readonly readFrom: Micros | null;
};
