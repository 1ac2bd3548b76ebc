import type { Topic, Topics } from '../../shared/contract/topics.ts';
import type { Micros } from '../../shared/model/time.ts';
import { ProblemError } from '../../shared/result.ts';
import type { Workspace } from '../engine/workspace.ts';
import type { FoundAlert } from '../store/alert-store.ts';
import { type ExcludableAlert, findHiding } from '../tuning/match-exclusion.ts';
import { parseAddress } from '../tuning/network.ts';
import { groupAlerts } from './group-alerts.ts';

/** Says of each alert which exclusions hide it at this moment, links those that count into incidents, and saves both whole. */
export function settleAlerts(workspace: Workspace, alerts: readonly FoundAlert[], now: Micros): void {
  const hiding = findHiding(workspace.exclusions.all(), now);
  workspace.exclusions.markSettled(now);
  const marked = alerts.map((alert): FoundAlert => {
    return { ...alert, row: { ...alert.row, hiddenBy: hiding(excludable(workspace, alert)) } };
  });
  const { alerts: grouped, incidents } = groupAlerts(workspace, marked);
  workspace.alerts.replace(grouped, incidents, now);
}

/** Brings back what a just expired exclusion hid. Asked before every question, so that no clock of its own has to run. */
export function settleExpired(
  workspace: Workspace,
  now: Micros,
  hint: <Name extends Topic>(topic: Name, hint: Topics[Name]) => void,
): void {
  if (!workspace.exclusions.isDue(now)) return;
  try {
    settleAlerts(workspace, workspace.alerts.found(), now);
    hint('alerts.changed', { alerts: workspace.alerts.count });
  } catch (error) {
    // A disk that refuses must not keep every question from its answer; the next run settles it.
    if (!(error instanceof ProblemError)) throw error;
  }
}

/** An alert as exclusions ask of it. Of a long one, the addresses are those of the records that are kept as its evidence. */
export function excludable(workspace: Workspace, { row, evidence }: FoundAlert): ExcludableAlert {
  const { detection, entities } = row;
  let known: ReturnType<ExcludableAlert['addresses']> | null = null;
  const addresses = () => {
    if (known !== null) return known;
    const held = evidence.filter(({ eventIndex }) => eventIndex < workspace.events.table.count);
    const written = new Set(held.map(({ eventIndex }) => workspace.event(eventIndex).sourceAddress));
    known = [...written].filter((address) => address !== '').map(parseAddress);
    return known;
  };
  return { detection, entities, addresses };
}
