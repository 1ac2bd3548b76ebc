import type { IncidentDetail } from '../../shared/model/incident.ts';
import { tellStory } from '../correlation/tell-story.ts';
import type { Workspace } from '../engine/workspace.ts';

/** An incident with its alerts, oldest first, and its story; null when it is gone. */
export function incidentDetail(workspace: Workspace, id: string): IncidentDetail | null {
  const row = workspace.alerts.incident(id);
  if (!row) return null;
  const alerts = row.alertIds.map((alert) => workspace.alerts.row(alert)).filter((alert) => alert !== null);
  alerts.sort((a, b) => a.firstAt - b.firstAt || (a.id < b.id ? -1 : 1));
  return { row, alerts, ...tellStory(alerts) };
}
