import type { SigmaCount, SigmaRuleRow, SigmaState } from '../../shared/model/sigma.ts';
import { SIGMA_PREFIX } from '../../shared/model/sigma.ts';
import type { Workspace } from '../engine/workspace.ts';
import type { SigmaRule } from '../sigma/compile-rule.ts';
import type { LogPlace } from '../sigma/log-source.table.ts';
import type { ImportRunner } from '../sync/import-runner.ts';
import type { LibraryRule } from '../sync/sigma-library.ts';

/** Event ids that are stored, by channel in lower case. */
type Stored = ReadonlyMap<string, ReadonlySet<number>>;

/** Every rule with what became of it on the evidence at hand, in the order in which they were added. */
export function sigmaRows(workspace: Workspace, runner: ImportRunner): SigmaRuleRow[] {
  const stored = storedIds(workspace);
  const alerts = alertsByDetection(workspace);
  const failures = runner.sigma.scan.failures();
  const first = new Map<string, LibraryRule>();
  return runner.sigma.library.rules().map((rule) => {
    const twin = first.get(rule.key);
    const count = alerts.get(SIGMA_PREFIX + rule.key) ?? 0;
    let [state, reason] = stateOf(rule, runner.sigma.library.offBecause(rule), count, stored);
    if (state !== 'unsupported' && state !== 'off') {
      const failure = failures.get(rule.key);
      if (twin !== undefined)
        [state, reason] = ['off', `Another rule has the same id and runs in its place: “${twin.title}” in ${twin.path}.`];
      else if (failure !== undefined) [state, reason] = ['off', `It stopped in the last run: ${failure}.`];
      if (twin === undefined) first.set(rule.key, rule);
    }
    const { fileId, key, title, level, status, tags, path, setId, line } = rule;
    return { fileId, key, title, level, status, tags, path, setId, state, reason, line, alerts: state === 'fired' ? count : 0 };
  });
}

function stateOf(rule: LibraryRule, off: string, alerts: number, stored: Stored): [SigmaState, string] {
  if (rule.rule === null) return ['unsupported', rule.reason];
  if (off !== '') return ['off', off];
  if (alerts > 0) return ['fired', ''];
  const missing = missingRecords(rule.rule, stored);
  return missing === '' ? ['loaded', ''] : ['cannot-fire', missing];
}

/** Why no stored record can match, whatever it says; empty where one could. */
function missingRecords(rule: SigmaRule, stored: Stored): string {
  const needed = rule.places.map((place) => ({ place, ids: idsAt(rule, place) }));
  const isSeen = ({ place, ids }: (typeof needed)[number]) => {
    const seen = stored.get(place.channel);
    return seen !== undefined && (ids === null || ids.some((id) => seen.has(id)));
  };
  if (needed.some(isSeen)) return '';
  const without = needed.filter(({ place }) => !stored.has(place.channel));
  if (without.length === needed.length) return `No log of ${listed(without.map(({ place }) => place.channel))} was imported.`;
  const never = needed.filter(({ place }) => stored.has(place.channel));
  return never
    .map(
      ({ place, ids }) =>
        `${ids?.length === 1 ? 'Event' : 'Events'} ${listed((ids ?? []).map(String))} never seen in the log ${place.channel}.`,
    )
    .join(' ');
}

/** Event ids that the log source and the rule both allow; null: any. */
export function idsAt(rule: SigmaRule, place: LogPlace): readonly number[] | null {
  if (place.eventIds === null) return rule.eventIds === null ? null : [...rule.eventIds];
  return place.eventIds.filter((id) => rule.eventIds?.has(id) ?? true);
}

function listed(items: readonly string[]): string {
  const unique = [...new Set(items)];
  return unique.length <= 6 ? unique.join(', ') : `${unique.slice(0, 6).join(', ')} and ${unique.length - 6} more`;
}

function storedIds(workspace: Workspace): Stored {
  const stored = new Map<string, Set<number>>();
  for (const { channel, eventId } of workspace.coverage()) {
    const held = stored.get(channel.toLowerCase()) ?? new Set();
    stored.set(channel.toLowerCase(), held.add(eventId));
  }
  return stored;
}

function alertsByDetection(workspace: Workspace): Map<string, number> {
  const counts = new Map<string, number>();
  for (const alert of workspace.alerts.all())
    for (const detection of [alert.detection, ...(alert.alsoMatched ?? []).map((match) => match.detection)])
      counts.set(detection, (counts.get(detection) ?? 0) + 1);
  return counts;
}

/** How many rules have each value, most first. */
export function countValues(rows: readonly SigmaRuleRow[], valuesOf: (row: SigmaRuleRow) => readonly string[]): SigmaCount[] {
  const counts = new Map<string, number>();
  for (const row of rows) for (const value of new Set(valuesOf(row))) if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, rules]) => ({ value, rules })).sort((a, b) => b.rules - a.rules || (a.value < b.value ? -1 : 1));
}

/** Tags that are worth a switch: tactics and other groups; of techniques and single vulnerabilities there are too many. */
export function switchableTags({ tags }: SigmaRuleRow): string[] {
  return tags
    .map((tag) => tag.toLowerCase().split('.').slice(0, 2).join('.'))
    .filter((tag) => !/^(attack\.[tgs]\d{4}|c(ve|ar)\.)/.test(tag));
}
