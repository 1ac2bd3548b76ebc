import type { AlertFilter } from '../../shared/contract/inputs.ts';
import type { Page } from '../../shared/contract/operations.ts';
import { type AlertRow, type AlertSource, shelfOf } from '../../shared/model/alert.ts';
import { isImportedDetection } from '../../shared/model/imported-alert.ts';
import type { IncidentRow } from '../../shared/model/incident.ts';
import { severityRank } from '../../shared/model/severity.ts';
import { isSigmaDetection } from '../../shared/model/sigma.ts';
import { ok, problem } from '../../shared/result.ts';
import type { Workspace } from '../engine/workspace.ts';
import { incidentDetail } from './incident-detail.ts';
import type { Operations } from './operation.ts';

type Names = 'alerts.page' | 'alerts.get' | 'alerts.update' | 'incidents.page' | 'incidents.get' | 'incidents.update';

/** Like alerts beside an alert: the same detection or two entities in common. */
const MOST_SIMILAR = 10;

export const alertOperations: Operations<Names> = {
  'alerts.page': ({ filter, sort, cursor, limit }, { workspace }) => {
    const incidentId = filter.incidentId && (workspace.incident(filter.incidentId)?.id ?? filter.incidentId);
    const rows = workspace.alerts
      .everything()
      .filter((alert) => matchesAlert(alert, { ...filter, incidentId }))
      .sort(ORDERS[sort]);
    return ok(pageOf(rows, cursor, limit));
  },

  'alerts.get': ({ id }, { workspace }) => {
    const detail = workspace.alerts.detail(id);
    if (!detail)
      return problem('not-found', 'This alert is no longer there: its evidence was removed, or later records changed the conclusion.');
    const sameAct = sameActAs(workspace, detail.row);
    return ok({ ...detail, ...(sameAct.length > 0 && { sameAct }), similar: similarTo(workspace, detail.row) });
  },

  'alerts.update': ({ ids, status, classification, comment }, { workspace, now, hint }) => {
    const changed = workspace.alerts.judge(ids, defined({ status, classification, comment }), now());
    hint('alerts.changed', { alerts: workspace.alerts.count });
    return ok({ changed });
  },

  'incidents.page': ({ filter, cursor, limit }, { workspace }) => {
    const rows = workspace.alerts.incidents().filter((incident) => matchesIncident(workspace, incident, filter));
    rows.sort(
      (a, b) =>
        severityRank(b.severity) - severityRank(a.severity) ||
        b.alertIds.length - a.alertIds.length ||
        b.lastAt - a.lastAt ||
        (a.id < b.id ? -1 : 1),
    );
    return ok(pageOf(rows, cursor, limit));
  },

  'incidents.get': ({ id }, { workspace }) => {
    const detail = incidentDetail(workspace, id);
    if (!detail)
      return problem('not-found', 'This incident is no longer there: its alerts were removed or belong to another incident now.');
    return ok(detail);
  },

  'incidents.update': ({ ids, status, classification }, { workspace, now, hint }) => {
    const changed = workspace.alerts.judgeIncidents(ids, defined({ status, classification }), now());
    hint('alerts.changed', { alerts: workspace.alerts.count });
    return ok({ changed });
  },
};

type Order = (a: AlertRow, b: AlertRow) => number;
const byId: Order = (a, b) => (a.id < b.id ? -1 : 1);
const ORDERS: Readonly<Record<'severity' | 'newest' | 'oldest' | 'title' | 'detection' | 'status', Order>> = {
  severity: (a, b) =>
    severityRank(b.severity) - severityRank(a.severity) ||
    // Of equals, what our own detections say first: rules that somebody added are many and less sure.
    Number(isSigmaDetection(a.detection)) - Number(isSigmaDetection(b.detection)) ||
    b.lastAt - a.lastAt ||
    byId(a, b),
  newest: (a, b) => b.lastAt - a.lastAt || byId(a, b),
  oldest: (a, b) => a.firstAt - b.firstAt || byId(a, b),
  title: (a, b) => a.title.localeCompare(b.title) || byId(a, b),
  detection: (a, b) => a.detection.localeCompare(b.detection) || byId(a, b),
  status: (a, b) => STATUS_RANK[a.status] - STATUS_RANK[b.status] || severityRank(b.severity) - severityRank(a.severity) || byId(a, b),
};
const STATUS_RANK = { new: 0, 'in-progress': 1, resolved: 2 };

/** Pages of a list that is short enough to be held: the cursor is the position. */
export function pageOf<Row>(rows: readonly Row[], cursor: string | null, limit: number): Page<Row> {
  const from = Number(cursor ?? 0) || 0;
  const next = from + limit < rows.length ? String(from + limit) : null;
  return { rows: rows.slice(from, from + limit), next, total: rows.length, searched: 1 };
}

/** Leaves out what is undefined, so that a partial change does not overwrite. */
function defined<Shape extends object>(change: Shape): { [Key in keyof Shape]?: Exclude<Shape[Key], undefined> } {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as never;
}

function anyOf<Item>(wanted: readonly Item[] | undefined, value: Item): boolean {
  return !wanted?.length || wanted.includes(value);
}

function matchesAlert(alert: AlertRow, filter: AlertFilter): boolean {
  if (shelfOf(alert) !== (filter.shown ?? 'queue')) return false;
  if (filter.exclusionId !== undefined && !alert.hiddenBy.includes(filter.exclusionId)) return false;
  if (filter.span?.from != null && alert.lastAt < filter.span.from) return false;
  if (filter.span?.to != null && alert.firstAt >= filter.span.to) return false;
  if (!anyOf(filter.severities, alert.severity) || !anyOf(filter.confidences, alert.confidence)) return false;
  if (!anyOf(filter.statuses, alert.status) || !anyOf(filter.classifications, alert.classification)) return false;
  // What a Sigma rule matched together with one of ours is found by the rule as well.
  const named = [alert.detection, ...(alert.alsoMatched ?? []).map((match) => match.detection)];
  if (filter.detections?.length && !named.some((detection) => filter.detections!.includes(detection))) return false;
  if (!anyOf(filter.sources, sourceOf(alert))) return false;
  if (filter.tactics?.length && !filter.tactics.some((tactic) => alert.tactics.includes(tactic))) return false;
  if (filter.entities?.length && !alert.entities.some((entity) => filter.entities!.includes(entity.id))) return false;
  if (filter.incidentId && alert.incidentId !== filter.incidentId) return false;
  return (
    !filter.text ||
    containsWords(
      `${alert.title} ${alert.summary} ${alert.detection} ${alert.entities.map((entity) => entity.name).join(' ')}`,
      filter.text,
    )
  );
}

/** An incident stands in the list when one of its alerts does; its own status counts, not theirs. */
function matchesIncident(workspace: Workspace, incident: IncidentRow, filter: AlertFilter): boolean {
  if (
    !anyOf(filter.statuses, incident.status) ||
    !anyOf(filter.classifications, incident.classification) ||
    !anyOf(filter.severities, incident.severity)
  )
    return false;
  const { statuses, classifications, severities, ...rest } = filter;
  return incident.alertIds.some((id) => {
    const alert = workspace.alerts.row(id);
    return alert !== null && matchesAlert(alert, rest);
  });
}

export function containsWords(text: string, words: string): boolean {
  const lower = text.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => lower.includes(word));
}

function sourceOf({ detection }: AlertRow): AlertSource {
  if (isSigmaDetection(detection)) return 'sigma';
  return isImportedDetection(detection) ? 'imported' : 'keepwatch';
}

/** Both ways: the alerts of ours that an imported one names, and the imported ones that name one of ours. */
function sameActAs(workspace: Workspace, { id, alsoSeenBy = [] }: AlertRow): AlertRow[] {
  return workspace.alerts.everything().filter((other) => alsoSeenBy.includes(other.id) || other.alsoSeenBy?.includes(id));
}

function similarTo(workspace: Workspace, alert: AlertRow): AlertRow[] {
  const own = new Set(alert.entities.map((entity) => entity.id));
  const likeness = (other: AlertRow) =>
    (other.detection === alert.detection ? 2 : 0) + other.entities.filter((entity) => own.has(entity.id)).length;
  return workspace.alerts
    .all()
    .filter((other) => other.id !== alert.id && likeness(other) >= 2)
    .sort((a, b) => likeness(b) - likeness(a) || Math.abs(a.firstAt - alert.firstAt) - Math.abs(b.firstAt - alert.firstAt) || byId(a, b))
    .slice(0, MOST_SIMILAR);
}
