import type { SearchHit } from '../../shared/contract/operations.ts';
import { type EntityRow, IDENTIFIER_TYPES, type LogonSummary } from '../../shared/model/entity.ts';
import { type Severity, severityRank } from '../../shared/model/severity.ts';
import { ok, problem } from '../../shared/result.ts';
import type { Workspace } from '../engine/workspace.ts';
import type { Entity } from '../identities/resolve.ts';
import { containsWords, pageOf } from './alerts.ts';
import { alertTallies, entityRow } from './label.ts';
import type { Operations } from './operation.ts';

const MOST_LOGONS = 200;

export const entityOperations: Operations<'entities.page' | 'entities.get' | 'entities.tag' | 'search.everything'> = {
  'entities.page': ({ filter, sort, cursor, limit }, { workspace }) => {
    const rows = entityRows(workspace).filter(
      (row) =>
        (!filter.kinds?.length || filter.kinds.includes(row.kind)) &&
        (!filter.tags?.length || filter.tags.some((tag) => row.tags.includes(tag))) &&
        (!filter.withAlertsOnly || row.alertCount > 0) &&
        (!filter.text || containsWords(searchText(workspace, row), filter.text)),
    );
    return ok(pageOf(rows.sort(orderBy(workspace, sort)), cursor, limit));
  },

  'entities.get': ({ id }, { workspace }) => {
    const entity = workspace.entity(id);
    if (!entity) return problem('not-found', 'Nothing in the stored records names this entity any more.');
    return ok({
      row: entityRow(workspace, entity, alertTallies(workspace)),
      identifiers: [...entity.claims.values()].sort(
        (a, b) => IDENTIFIER_TYPES.indexOf(a.type) - IDENTIFIER_TYPES.indexOf(b.type) || b.count - a.count,
      ),
      logons: logonsOf(workspace, id),
      alertIds: workspace.alerts
        .all()
        .filter((alert) => alert.entities.some((candidate) => candidate.id === id))
        .sort((a, b) => b.lastAt - a.lastAt)
        .map((alert) => alert.id),
    });
  },

  'entities.tag': async ({ id, tag, on }, { workspace, now, hint, runner }) => {
    const entity = workspace.entity(id);
    if (!entity) return problem('not-found', 'Nothing in the stored records names this entity any more.');
    workspace.tags.set(id, tag, on, now());
    hint('entities.changed', { entities: workspace.resolution().entities.length });
    // Tags are facts that detections read.
    runner.detectSoon();
    return ok(entityRow(workspace, entity, alertTallies(workspace)));
  },

  'search.everything': ({ text, limit }, { workspace }) => {
    const hits: SearchHit[] = [];
    const rows = entityRows(workspace).filter((row) => containsWords(searchText(workspace, row), text));
    for (const row of rows.sort(orderBy(workspace, 'alerts')).slice(0, limit)) {
      hits.push({
        kind: 'entity',
        id: row.id,
        title: row.name,
        subtitle: [row.kind, row.domain, ...row.roles, ...row.tags].filter(Boolean).join(' · '),
      });
    }
    for (const alert of workspace.alerts.all()) {
      if (containsWords(`${alert.title} ${alert.summary}`, text))
        hits.push({ kind: 'alert', id: alert.id, title: alert.title, subtitle: alert.summary });
    }
    for (const incident of workspace.alerts.incidents()) {
      if (containsWords(incident.title, text))
        hits.push({ kind: 'incident', id: incident.id, title: incident.title, subtitle: `${incident.alertIds.length} alerts` });
    }
    for (const row of workspace.cases.list()) {
      if (containsWords(row.title, text))
        hits.push({ kind: 'case', id: String(row.id), title: row.title, subtitle: `${row.evidenceCount} pieces of evidence` });
    }
    return ok(hits.slice(0, limit));
  },
};

type Order = (a: EntityRow, b: EntityRow) => number;
const byId: Order = (a, b) => (a.id < b.id ? -1 : 1);
const ORDERS: Readonly<Record<'events' | 'name' | 'newest', Order>> = {
  events: (a, b) => b.eventCount - a.eventCount || byId(a, b),
  name: (a, b) => a.name.localeCompare(b.name) || byId(a, b),
  newest: (a, b) => b.lastAt - a.lastAt || byId(a, b),
};
const rankOf = (row: EntityRow): number => (row.highestSeverity === '' ? -1 : severityRank(row.highestSeverity as Severity));

function orderBy(workspace: Workspace, sort: 'alerts' | 'events' | 'name' | 'newest'): Order {
  if (sort !== 'alerts') return ORDERS[sort];
  // Whom the alerts are about comes before whom they only name among many.
  const tallies = alertTallies(workspace);
  const principal = (row: EntityRow): number => tallies.get(row.id)?.principal ?? 0;
  return (a, b) =>
    Number(principal(b) > 0) - Number(principal(a) > 0) ||
    rankOf(b) - rankOf(a) ||
    principal(b) - principal(a) ||
    b.alertCount - a.alertCount ||
    b.eventCount - a.eventCount ||
    byId(a, b);
}

function entityRows(workspace: Workspace): EntityRow[] {
  const tallies = alertTallies(workspace);
  return workspace
    .resolution()
    .entities.slice(1)
    .map((entity) => entityRow(workspace, entity, tallies));
}

function searchText(workspace: Workspace, row: EntityRow): string {
  const claims = (workspace.entity(row.id) as Entity).claims;
  return [row.name, row.domain, ...row.roles, ...row.tags, ...[...claims.values()].map((claim) => claim.value)].join(' ');
}

const LOGON_TYPE_OF_EDGE: Readonly<Record<string, number>> = {
  'logon-interactive': 2,
  'logon-network': 3,
  'logon-batch-or-service': 5,
  'logon-new-credentials': 9,
  'logon-remote-interactive': 10,
  'logon-failed': 0,
};

/** Logons between this entity and the other end, from the edges of the graph. */
function logonsOf(workspace: Workspace, id: string): LogonSummary[] {
  const { entities, byId: numbers } = workspace.resolution();
  const number = numbers.get(id);
  return workspace
    .graph()
    .edges.filter(
      (edge) => (edge.from === number || edge.to === number) && edge.kind in LOGON_TYPE_OF_EDGE && entities[edge.to].kind === 'computer',
    )
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_LOGONS)
    .map((edge) => ({
      account: { id: entities[edge.from].id, name: entities[edge.from].name },
      host: { id: entities[edge.to].id, name: entities[edge.to].name },
      logonType: LOGON_TYPE_OF_EDGE[edge.kind],
      outcome: edge.kind === 'logon-failed' ? 'failure' : 'success',
      count: edge.count,
      firstAt: edge.firstAt,
      lastAt: edge.lastAt,
    }));
}
