import { shelfOf } from '../../shared/model/alert.ts';
import { type CorrelationContext, correlate } from '../correlation/run.ts';
import type { Workspace } from '../engine/workspace.ts';
import type { FoundAlert, FoundIncident } from '../store/alert-store.ts';

/** What the store knows beside the alerts: facts of entities, and what people said of which alerts belong together. */
export function correlationContext(workspace: Workspace): CorrelationContext {
  return {
    facts: {
      isDomainController: (id) => workspace.entity(id)?.roles.has('domain controller') ?? false,
      markOf: (id) => {
        const tags = workspace.tagsOf(id);
        return tags.includes('honeytoken') ? 'decoy' : tags.includes('sensitive') ? 'sensitive' : null;
      },
    },
    edits: workspace.incidentEdits.all(),
  };
}

/**
 * Links the alerts of a run that count into incidents, edits by hand included; edits follow alerts whose id has moved. Changes nothing else: what comes back is
 * to be saved.
 */
export function groupAlerts(workspace: Workspace, found: readonly FoundAlert[]): { alerts: FoundAlert[]; incidents: FoundIncident[] } {
  workspace.incidentEdits.follow(workspace.alerts.heirs(new Map(found.map((alert) => [alert.row.id, alert]))));
  const counting = found.filter(({ row }) => shelfOf(row) === 'queue');
  const linkable = counting.map(({ row, sessions }) => ({ ...row, sessions: sessions ?? [] }));
  const { incidents } = correlate(linkable, correlationContext(workspace));
  const incidentOf = new Map(incidents.flatMap((incident) => incident.alertIds.map((id) => [id, incident.id] as const)));
  const alerts = found.map((alert) => ({ ...alert, row: { ...alert.row, incidentId: incidentOf.get(alert.row.id) ?? '' } }));
  return { alerts, incidents };
}

/** Groups the stored alerts anew, without a run: after an edit by hand. */
export function regroupAlerts(workspace: Workspace): void {
  const { incidents } = correlate(workspace.alerts.linkable(), correlationContext(workspace));
  workspace.alerts.regroup(incidents);
}
