import type { IdentityEvent } from '../../shared/model/event.ts';
import type { Confidence, Severity } from '../../shared/model/severity.ts';
import type { Micros } from '../../shared/model/time.ts';
import type { Facts } from './facts.ts';

/** Records that a detection wants to see. Provider decides; channel is asked only where a record names no provider. */
export type Reading = {
  readonly channel: string;
  readonly provider: string;
  readonly eventIds: readonly number[];
  /** What must be switched on, and where, for these records to exist; completes "needs ...". */
  readonly needs: string;
  /** True for records that only accompany others: without them the detection still works. */
  readonly optional?: true;
};

/** One thing that must hold of a record: asked in a run, told in an alert, searched for the nearest miss, and dropped one by one by the mutation check. */
export type Condition = {
  /** As a statement: "the ticket is encrypted with RC4 or DES". Of an exception: the benign cause, "a domain controller replicates". */
  readonly that: string;
  holds(event: IdentityEvent, facts: Facts): boolean;
  /** Only leaves out a known benign cause; shown as a built-in exception. */
  readonly isException: boolean;
};

/** What one record can be to a detection. It is the first step of which all conditions hold. */
export type Step = {
  readonly name: string;
  /** Some of those that `reads` names. */
  readonly eventIds: readonly number[];
  /** Where the same id is read in several channels. */
  readonly channel?: string;
  /** Does not count toward the threshold, only joins an open group (a success after many failures). */
  readonly accompanies?: true;
  /** Cheapest first. One thing each: what is joined by "and" is two conditions. */
  readonly conditions: readonly Condition[];
};

/** Reached when both numbers are met inside any `within`. */
export type Threshold = {
  readonly within: Micros;
  readonly atLeast: number;
  readonly distinct?: number;
  /** Counts only records of this step. */
  readonly step?: string;
};

/** Counting as data: one runner does it for all detections. */
export type Over = {
  /** Group key; the empty string leaves the event out. */
  by(event: IdentityEvent, facts: Facts): string;
  /** The same in words: "same source". */
  byWords: string;
  /** Any one suffices; events of a group stay in one alert while gaps are no longer than the longest `within`. */
  thresholds: readonly Threshold[];
  /** What `Threshold.distinct` counts. */
  distinct?: { of(event: IdentityEvent, facts: Facts): string; words: string };
  /** Steps that a group must have, each at least so often; where there are several sets, any one suffices. */
  requires?: readonly Readonly<Record<string, number>>[];
  /** Steps that a group must not have: then another detection tells of the same act. */
  excludes?: readonly string[];
};

/** Field name, value, and what the detection reads out of it. */
export type Explained = readonly [name: string, value: string, meaning: string];

export type GroupSample = { readonly event: IdentityEvent; readonly step: string };

/** The events that one alert rests on. */
export type Group = {
  readonly key: string;
  /** First counted event. */
  readonly anchor: IdentityEvent;
  readonly firstAt: Micros;
  readonly lastAt: Micros;
  /** Of the last counted event; `lastAt` may belong to one that only accompanies. */
  readonly countedUntil: Micros;
  /** Counted events; `sample` may hold fewer. */
  readonly count: number;
  readonly distinct: number;
  readonly steps: ReadonlyMap<string, number>;
  /** The first and the last events, oldest first. */
  readonly sample: readonly GroupSample[];
};

/** What an alert says that depends on the very case. Everything left out stays as the detection declares it. */
type Grade = { readonly severity?: Severity; readonly confidence?: Confidence; readonly title?: string; readonly because?: string };

export type Detection = {
  readonly id: string;
  /** Number in the reference catalogue of identity alerts; null where it has none. */
  readonly externalId: number | null;
  /** Row of that catalogue, by its name, that severity, tactics and techniques follow; empty where it has none. */
  readonly catalogueName: string;
  readonly title: string;
  readonly whatItSees: string;
  readonly whyItMatters: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly tactics: readonly string[];
  readonly techniques: readonly string[];
  readonly reads: readonly Reading[];
  /** Asked in this order. */
  readonly steps: readonly Step[];
  readonly over: Over;
  /** `step`: name of the step that the record was found to be. */
  explain(event: IdentityEvent, facts: Facts, step: string): readonly Explained[];
  grade?(group: Group, facts: Facts): Grade;
  /** One sentence: who, what, where, how many. */
  summary(group: Group, facts: Facts): string;
  readonly benignCauses: readonly string[];
  readonly firstResponse: readonly string[];
  /** A condition beside the records, for `cannotFire`: the reason while it does not hold, else empty. */
  missing?(facts: { readonly honeytokens: number }): string;
};

export function when(that: string, holds: Condition['holds']): Condition {
  return { that, holds, isException: false };
}

/** A known benign cause: the condition holds where it does not apply. */
export function unless(cause: string, applies: Condition['holds']): Condition {
  return { that: cause, holds: (event, facts) => !applies(event, facts), isException: true };
}

/** The step that the record is, or null. */
export function stepOf(steps: readonly Step[], event: IdentityEvent, facts: Facts): Step | null {
  return steps.find((step) => isOfStep(step, event) && step.conditions.every((condition) => condition.holds(event, facts))) ?? null;
}

/** Whether the record is of the kind that the step asks; its conditions are not looked at. */
export function isOfStep(step: Step, event: IdentityEvent): boolean {
  return (
    step.eventIds.includes(event.eventId) && (step.channel === undefined || step.channel.toLowerCase() === event.channel.toLowerCase())
  );
}
