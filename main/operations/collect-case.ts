import packageJson from '../../package.json' with { type: 'json' };
import type { CaseEvidence, GraphSnapshot } from '../../shared/model/case-file.ts';
import type { IncidentDetail } from '../../shared/model/incident.ts';
import type { Micros } from '../../shared/model/time.ts';
import type { Workspace } from '../engine/workspace.ts';
import type { CaseEvent, CaseFileContent, EvidenceFile } from '../exports/case-file.ts';
import { buildView } from '../graph/build-view.ts';
import { viewRequest } from './graph.ts';
import { incidentDetail } from './incident-detail.ts';
import { eventRow } from './label.ts';

/**
 * What goes into the file of a case: the chosen incidents with their alerts, the chosen alerts, every record that any of them rests on, the chosen
 * records, the graphs as they were taken (or one of each incident where none was), and the files that all this comes from. Null when the case is gone.
 */
export function collectCase(workspace: Workspace, caseId: number, now: Micros): CaseFileContent | null {
  const found = workspace.cases.get(caseId);
  if (!found) return null;
  const keys = (kind: CaseEvidence['kind']) => found.evidence.filter((item) => item.kind === kind).map((item) => item.key);
  const gathered = keys('incident')
    .map((id) => incidentDetail(workspace, id))
    .filter((incident) => incident !== null);
  // Two that were merged since are one now.
  const incidents = [...new Map(gathered.map((incident) => [incident.row.id, incident])).values()];
  const alertIds = new Set([...incidents.flatMap((incident) => incident.row.alertIds), ...keys('alert')]);
  const alerts = [...alertIds].map((id) => workspace.alerts.detail(id)).filter((alert) => alert !== null);
  alerts.sort((a, b) => a.row.firstAt - b.row.firstAt || (a.row.id < b.row.id ? -1 : 1));
  const alertsOf = new Map<string, string[]>();
  for (const alert of alerts)
    for (const item of alert.evidence) alertsOf.set(item.eventKey, [...(alertsOf.get(item.eventKey) ?? []), alert.row.id]);
  const notes = new Map(found.evidence.filter((item) => item.kind === 'event').map((item) => [item.key, item.note]));
  const indexes = indexesOf(workspace, new Set([...alertsOf.keys(), ...keys('event')]));
  return {
    title: found.row.title,
    author: found.row.author,
    summary: found.summary,
    createdAt: found.row.createdAt,
    exportedAt: now,
    version: packageJson.version,
    notes: found.notes,
    alerts,
    incidents,
    graphs: graphsOf(workspace, caseId, incidents, now),
    evidenceFiles: evidenceFiles(workspace, indexes),
    eventCount: indexes.length,
    *events() {
      for (const index of indexes) yield caseEvent(workspace, index, alertsOf, notes);
    },
  };
}

/** Rows of the events with these keys, oldest first. */
function indexesOf(workspace: Workspace, keys: ReadonlySet<string>): number[] {
  const { table } = workspace.events;
  const first = new Set([...keys].map((key) => Number.parseInt(key.slice(0, 8), 16)));
  const indexes: number[] = [];
  for (const index of workspace.order.rows()) {
    if (first.has(table.segmentOf(index).identity[(index & 0xffff) * 2]) && keys.has(table.key(index))) indexes.push(index);
  }
  return indexes;
}

function caseEvent(
  workspace: Workspace,
  index: number,
  alertsOf: ReadonlyMap<string, string[]>,
  notes: ReadonlyMap<string, string>,
): CaseEvent {
  const row = eventRow(workspace, index);
  const block = workspace.events.blockOf(index);
  const file = workspace.imports.file(block.fileId);
  return {
    id: row.id,
    at: row.at,
    tick: row.tick,
    computer: row.computer,
    channel: row.channel,
    provider: row.provider,
    eventId: row.eventId,
    recordId: row.recordId,
    summary: row.summary,
    note: notes.get(row.id) ?? '',
    alerts: alertsOf.get(row.id) ?? [],
    fields: block.fields.fields(workspace.events.rowOf(index)),
    file: file?.path ?? '',
    sha256: file?.sha256 ?? '',
    offset: block.columns.offset[workspace.events.rowOf(index)],
  };
}

function evidenceFiles(workspace: Workspace, indexes: readonly number[]): EvidenceFile[] {
  const wanted = new Set(indexes.map((index) => workspace.events.blockOf(index).fileId));
  const reports = workspace.imports.list().flatMap((row) => workspace.imports.files(row.id));
  return reports
    .filter((file) => wanted.has(file.fileId))
    .map(({ path, sha256, bytes, format, read, rejected }) => ({ path, sha256, bytes, format, read, rejected }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function graphsOf(workspace: Workspace, caseId: number, incidents: readonly IncidentDetail[], now: Micros): GraphSnapshot[] {
  const taken = workspace.cases.snapshots(caseId).map((snapshot) => JSON.parse(snapshot) as GraphSnapshot);
  if (taken.length > 0) return taken;
  return incidents.map((incident) => ({
    title: incident.row.title,
    takenAt: now,
    view: buildView(viewRequest(workspace, { incidentId: incident.row.id, maxNodes: 40 })),
    positions: [],
  }));
}
