import type { IncidentDetail } from '../../shared/model/incident.ts';
import { tellStory } from '../correlation/tell-story.ts';
import type { Workspace } from '../engine/workspace.ts';
import { correlationContext } from '../sync/group-alerts.ts';

/** An incident with its alerts, oldest first, its story, and what was done by hand; null when it is gone. */
export function incidentDetail(workspace: Workspace, id: string): IncidentDetail | null {
  const row = workspace.incident(id);
  if (!row) return null;
  const alerts = row.alertIds.map((alert) => workspace.alerts.row(alert)).filter((alert) => alert !== null);
  alerts.sort((a, b) => a.firstAt - b.firstAt || (a.id < b.id ? -1 : 1));
  const linkable = alerts.map((alert) => ({ ...alert, sessions: workspace.alerts.sessionsOf(alert.id) }));
  const edits = row.editIds.map((edit) => workspace.incidentEdits.get(edit)).filter((edit) => edit !== null);
  return { row, alerts, edits, ...tellStory(linkable, correlationContext(workspace).facts) };
}
