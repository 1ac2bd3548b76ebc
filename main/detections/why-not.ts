import type { IdentityEvent } from '../../shared/model/event.ts';
import type { FailedThreshold, Miss, WhyNot } from '../../shared/model/why-not.ts';
import { type Detection, isOfStep, type Step } from './detection.ts';
import type { Facts } from './facts.ts';
import { failedThreshold } from './failed-threshold.ts';
import { type DetectionInput, runDetections } from './run.ts';
import { longestWithin } from './window.ts';

const MISSES_TOLD = 5;
const MISSES_HELD = 2_000;
const GROUPS_TOLD = 5;
/** Alerts held by a run (20,000) and some more. */
const GROUPS_HELD = 25_000;

/**
 * Why a detection did not fire on some records: those that came nearest, each with the conditions that held and that failed; and the groups
 * of records that did match but were too few. One ordered pass over the same events that a run of the detection sees; gives way as a run does.
 * `isAsked` tells the records that the question is about (an entity, a span of time).
 */
export function* whyNot(detection: Detection, input: DetectionInput, isAsked: (event: IdentityEvent) => boolean): Generator<void, WhyNot> {
  const probe = new Probe(detection, isAsked);
  const { failures } = yield* runDetections([probe.misses(), probe.groups(), probe.alerts()], input);
  return { ...probe.answer(), failures: [...new Set(failures.map(({ reason }) => reason))] };
}

/** Three detections of the same records: one that matches nothing and takes notes, one that any matching record fires, and the one in question. */
class Probe {
  readonly #detection: Detection;
  readonly #isAsked: (event: IdentityEvent) => boolean;
  /** By step and what failed: a thousand records that lack the same are one answer. */
  readonly #misses = new Map<string, Miss>();
  /** With the position of the first record: that of a group that fired is known only later. */
  readonly #groups: { readonly anchor: number; readonly failed: FailedThreshold }[] = [];
  /** Positions of the first records of groups that fired. */
  readonly #fired = new Set<number>();
  #asked = 0;
  #matched = 0;

  constructor(detection: Detection, isAsked: (event: IdentityEvent) => boolean) {
    this.#detection = detection;
    this.#isAsked = isAsked;
  }

  misses(): Detection {
    const note = (event: IdentityEvent, facts: Facts): boolean => {
      if (this.#isAsked(event)) this.#note(event, facts);
      return false;
    };
    const eventIds = this.#detection.reads.flatMap((reading) => reading.eventIds);
    return { ...this.#detection, steps: [{ name: 'noted', eventIds, conditions: [{ that: '', isException: false, holds: note }] }] };
  }

  groups(): Detection {
    const { over } = this.#detection;
    const thresholds = [{ within: longestWithin(over), atLeast: 1 }];
    const { requires: _requires, excludes: _excludes, ...rest } = over;
    return {
      ...this.#detection,
      over: { ...rest, thresholds },
      grade: (group, facts) => {
        if (group.sample.some(({ event }) => this.#isAsked(event)))
          this.#keep({ anchor: group.anchor.index, failed: failedThreshold(this.#detection, group, facts) });
        return {};
      },
    };
  }

  alerts(): Detection {
    return {
      ...this.#detection,
      grade: (group) => {
        this.#fired.add(group.anchor.index);
        return {};
      },
    };
  }

  answer(): Omit<WhyNot, 'failures'> {
    const groups = this.#groups.filter(({ anchor }) => !this.#fired.has(anchor)).map(({ failed }) => failed);
    groups.sort((a, b) => b.share - a.share || a.firstAt - b.firstAt);
    return {
      asked: this.#asked,
      matched: this.#matched,
      nearest: [...this.#misses.values()].sort(nearestFirst).slice(0, MISSES_TOLD),
      belowThreshold: groups.slice(0, GROUPS_TOLD),
    };
  }

  /** Of very many groups the nearest are kept; there is room for all that fire, which are told from the rest only at the end. */
  #keep(group: { readonly anchor: number; readonly failed: FailedThreshold }): void {
    this.#groups.push(group);
    if (this.#groups.length < GROUPS_HELD * 2) return;
    this.#groups.sort((a, b) => b.failed.share - a.failed.share || a.failed.firstAt - b.failed.firstAt);
    this.#groups.length = GROUPS_HELD;
  }

  #note(event: IdentityEvent, facts: Facts): void {
    this.#asked++;
    const tried = this.#detection.steps.filter((step) => isOfStep(step, event)).map((step) => missOf(step, event, facts));
    if (tried.some((miss) => miss.failed.length === 0)) {
      this.#matched++;
      return;
    }
    for (const miss of tried) {
      const key = `${miss.step}\n${miss.failed.join('\n')}`;
      const first = this.#misses.get(key);
      if (first !== undefined) this.#misses.set(key, { ...first, alike: first.alike + 1 });
      else if (this.#misses.size < MISSES_HELD) this.#misses.set(key, miss);
    }
  }
}

function missOf(step: Step, event: IdentityEvent, facts: Facts): Miss {
  const held: string[] = [];
  const failed: string[] = [];
  for (const condition of step.conditions) {
    const words = condition.isException ? `not: ${condition.that}` : condition.that;
    if (condition.holds(event, facts)) held.push(words);
    else failed.push(condition.isException ? `left out because ${condition.that}` : condition.that);
  }
  return {
    eventIndex: event.index,
    at: event.at,
    eventId: event.eventId,
    computer: event.computer,
    step: step.name,
    held,
    failed,
    alike: 1,
  };
}

/** Fewest failed conditions first, of equals the one with more that held, then the earliest. */
function nearestFirst(a: Miss, b: Miss): number {
  return a.failed.length - b.failed.length || b.held.length - a.held.length || a.at - b.at || a.eventIndex - b.eventIndex;
}
