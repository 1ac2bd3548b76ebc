import type { Severity } from '../../shared/model/severity.ts';
import { DAY, HOUR, type Micros } from '../../shared/model/time.ts';
import type { EventView } from '../events/event-view.ts';
import type { LibraryRule } from './sigma-library.ts';

/** Records that one rule matched on one host under one account, none further from the next than `gap`. */
export type SigmaGroup = {
  readonly rule: LibraryRule;
  readonly severity: Severity;
  /** The earliest `SAMPLE` of them, oldest first. */
  readonly sample: EventView[];
  readonly firstAt: Micros;
  lastAt: Micros;
  count: number;
  readonly gap: Micros;
};

/** As many records as an alert of ours keeps. */
const SAMPLE = 200;
/** How far apart the records of one group may be, in the order in which it is tried. */
const GAPS: readonly Micros[] = [HOUR, DAY, Number.POSITIVE_INFINITY];
const GROUPS_PER_RULE = 50;

/** `critical` is a level of Sigma alone; a level that nobody knows counts as medium. */
export function severityOfLevel(level: string): Severity {
  if (level === 'critical' || level === 'high') return 'high';
  return level === 'low' || level === 'informational' ? level : 'medium';
}

export type GroupedHits = { readonly groups: SigmaGroup[]; readonly gap: Micros; readonly isCut: boolean };

/**
 * Groups the records that a rule matched; `events` in the order of time. A rule that makes more than `GROUPS_PER_RULE` groups is noise here: its
 * records are grouped by day, then as a whole, and of what is still too many the first are kept, which `isCut` says.
 */
export function groupHits(rule: LibraryRule, events: readonly EventView[]): GroupedHits {
  for (const gap of GAPS) {
    const groups = groupWithin(rule, events, gap);
    if (groups.length <= GROUPS_PER_RULE) return { groups, gap, isCut: false };
  }
  const gap = Number.POSITIVE_INFINITY;
  return { groups: groupWithin(rule, events, gap).slice(0, GROUPS_PER_RULE), gap, isCut: true };
}

function groupWithin(rule: LibraryRule, events: readonly EventView[], gap: Micros): SigmaGroup[] {
  const groups: SigmaGroup[] = [];
  const open = new Map<string, SigmaGroup>();
  for (const event of events) {
    const host = event.computerEntity || event.computer.toLowerCase();
    const key = `${host}|${event.actorEntity || event.targetEntity}`;
    const known = open.get(key);
    if (known === undefined || event.at - known.lastAt > gap) {
      const group = { rule, severity: severityOfLevel(rule.level), sample: [event], firstAt: event.at, lastAt: event.at, count: 1, gap };
      groups.push(group);
      open.set(key, group);
      continue;
    }
    known.lastAt = event.at;
    known.count++;
    if (known.sample.length < SAMPLE) known.sample.push(event);
  }
  return groups;
}
