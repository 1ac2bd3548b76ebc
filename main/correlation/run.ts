import { createHash } from 'node:crypto';
import type { AlertEntity } from '../../shared/model/alert.ts';
import type { IncidentRow } from '../../shared/model/incident.ts';
import { SEVERITIES, type Severity, severityRank } from '../../shared/model/severity.ts';
import { tacticsInOrder } from '../../shared/model/technique.table.ts';
import { findLinks, type Link, oldestFirst } from './find-links.ts';
import { titleOf } from './incident-title.ts';
import type { LinkableAlert } from './link-rule.ts';

/** An incident as found, without what people say of it. */
export type IncidentDraft = Omit<IncidentRow, 'status' | 'classification'>;

const ENTITIES_PER_INCIDENT = 100;
/** So many steps of an intrusion are worse than the worst of them. */
const TACTICS_THAT_RAISE = 3;

/**
 * Alerts that belong together. Pure: the same alerts in any order give the same incidents with the same ids. Informational alerts are
 * ordinary work until something else is found near them: they join an incident, they never make or bridge one.
 */
export function correlate(alerts: readonly LinkableAlert[]): { incidents: IncidentDraft[]; links: Link[] } {
  const links = findLinks(alerts);
  const byId = new Map(alerts.map((alert) => [alert.id, alert]));
  const isWeighty = (id: string): boolean => byId.get(id)?.severity !== 'informational';
  const parents = new Map(alerts.map((alert) => [alert.id, alert.id]));
  for (const { from, to } of links) if (isWeighty(from) && isWeighty(to)) join(parents, from, to);
  attachInformational(links, parents, isWeighty);
  const groups = new Map<string, LinkableAlert[]>();
  for (const alert of [...alerts].sort(oldestFirst)) {
    const root = rootOf(parents, alert.id);
    const held = groups.get(root);
    if (held) held.push(alert);
    else groups.set(root, [alert]);
  }
  const incidents = [...groups.values()].filter((group) => group.some((alert) => isWeighty(alert.id))).map(describeIncident);
  return { incidents: incidents.sort((a, b) => a.firstAt - b.firstAt || (a.id < b.id ? -1 : 1)), links };
}

/** Each to the first weighty neighbor, in the order of links, which does not depend on the order of alerts. */
function attachInformational(links: readonly Link[], parents: Map<string, string>, isWeighty: (id: string) => boolean): void {
  for (const { from, to } of links) {
    if (isWeighty(from) === isWeighty(to)) continue;
    const [light, weighty] = isWeighty(from) ? [to, from] : [from, to];
    if (parents.get(light) === light) parents.set(light, rootOf(parents, weighty));
  }
}

function rootOf(parents: Map<string, string>, id: string): string {
  let root = id;
  while (parents.get(root) !== root) root = parents.get(root) ?? root;
  for (let at = id; at !== root; ) {
    const next = parents.get(at) ?? root;
    parents.set(at, root);
    at = next;
  }
  return root;
}

function join(parents: Map<string, string>, a: string, b: string): void {
  const left = rootOf(parents, a);
  const right = rootOf(parents, b);
  if (left !== right) parents.set(right, left);
}

function describeIncident(group: readonly LinkableAlert[]): IncidentDraft {
  const tactics = tacticsInOrder(group.flatMap((alert) => alert.tactics));
  return {
    // The first alert names the incident: what comes later joins it without a new id.
    id: createHash('sha256').update(`incident\n${group[0].id}`).digest('hex').slice(0, 32),
    title: titleOf(group, tactics),
    severity: severityOf(group),
    firstAt: group[0].firstAt,
    lastAt: Math.max(...group.map((alert) => alert.lastAt)),
    alertIds: group.map((alert) => alert.id),
    entities: entitiesOf(group),
    tactics,
  };
}

function severityOf(group: readonly LinkableAlert[]): Severity {
  const worst = Math.max(...group.map((alert) => severityRank(alert.severity)));
  const serious = group.filter((alert) => severityRank(alert.severity) >= severityRank('medium'));
  const raised = new Set(serious.map((alert) => alert.tactics[0])).size >= TACTICS_THAT_RAISE ? worst + 1 : worst;
  return SEVERITIES[Math.min(raised, SEVERITIES.length - 1)];
}

function entitiesOf(group: readonly LinkableAlert[]): AlertEntity[] {
  const found = new Map<string, AlertEntity>();
  for (const alert of group) {
    for (const entity of alert.entities) if (!found.has(entity.id) && found.size < ENTITIES_PER_INCIDENT) found.set(entity.id, entity);
  }
  return [...found.values()];
}
