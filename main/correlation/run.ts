import { createHash } from 'node:crypto';
import type { AlertEntity } from '../../shared/model/alert.ts';
import type { IncidentEdit, IncidentRow } from '../../shared/model/incident.ts';
import { tacticsInOrder } from '../../shared/model/technique.table.ts';
import { AlertGroups } from './alert-groups.ts';
import { applyEdits, type HandMade } from './apply-edits.ts';
import { findLinks, type Link, oldestFirst } from './find-links.ts';
import { incidentSeverity } from './incident-severity.ts';
import { titleOf } from './incident-title.ts';
import { type EntityFacts, isLight, type LinkableAlert, NOTHING_KNOWN, telling } from './link-rule.ts';

/** An incident as found, without what people say of it. */
export type IncidentDraft = Omit<IncidentRow, 'status' | 'classification'>;

/** What people and the rest of the product know, beside the alerts. */
export type CorrelationContext = { readonly facts: EntityFacts; readonly edits: readonly IncidentEdit[] };

const NO_CONTEXT: CorrelationContext = { facts: NOTHING_KNOWN, edits: [] };
const ENTITIES_PER_INCIDENT = 100;

/**
 * Alerts that belong together. Pure: the same alerts and edits in any order give the same incidents with the same ids. Light alerts
 * (see `isLight`) join an incident, they never make or bridge one, and those of Sigma rules neither name, grade nor date it. Edits by hand go before links.
 */
export function correlate(
  alerts: readonly LinkableAlert[],
  { facts, edits }: CorrelationContext = NO_CONTEXT,
): { incidents: IncidentDraft[]; links: Link[] } {
  const links = findLinks(alerts, facts);
  const byId = new Map(alerts.map((alert) => [alert.id, alert]));
  const weighty = new Set(alerts.filter((alert) => !isLight(alert)).map((alert) => alert.id));
  const isWeighty = (id: string): boolean => weighty.has(id);
  const handMade = applyEdits(edits);
  const groups = new AlertGroups(byId.keys(), handMade);
  joinByHand(groups, handMade);
  for (const { from, to } of links) if (isWeighty(from) && isWeighty(to)) groups.join(from, to);
  attachInformational(links, groups, isWeighty, new Set(handMade.together.flat()));
  const members = new Map<string, LinkableAlert[]>();
  for (const alert of [...alerts].sort(oldestFirst)) {
    const root = groups.rootOf(alert.id);
    const held = members.get(root);
    if (held) held.push(alert);
    else members.set(root, [alert]);
  }
  const named = namedBy(edits);
  const isIncident = (group: readonly LinkableAlert[]) =>
    group.some((alert) => isWeighty(alert.id) || handMade.apart.some(({ own }) => own.has(alert.id)));
  const incidents = [...members.values()].filter(isIncident).map((group) => describeIncident(group, facts, named));
  return { incidents: incidents.sort((a, b) => a.firstAt - b.firstAt || (a.id < b.id ? -1 : 1)), links };
}

/** The id of the incident that begins with this alert: what comes later joins it without a new id. */
export function incidentIdOf(firstAlertId: string): string {
  return createHash('sha256').update(`incident\n${firstAlertId}`).digest('hex').slice(0, 32);
}

/** The newest first: where two edits cannot both hold, the later one does. */
function joinByHand(groups: AlertGroups, { together }: HandMade): void {
  for (const group of together) {
    const present = group.filter((id) => groups.has(id));
    for (const id of present.slice(1)) groups.join(present[0], id);
  }
}

/** Each to the first weighty neighbor that a split does not keep it from, in the order of links, which does not depend on the order of alerts. */
function attachInformational(
  links: readonly Link[],
  groups: AlertGroups,
  isWeighty: (id: string) => boolean,
  placed: ReadonlySet<string>,
): void {
  for (const { from, to } of links) {
    if (isWeighty(from) === isWeighty(to)) continue;
    const [light, weighty] = isWeighty(from) ? [to, from] : [from, to];
    if (groups.isSingle(light) && !placed.has(light)) groups.join(weighty, light);
  }
}

/** By alert: the edits that name it. */
function namedBy(edits: readonly IncidentEdit[]): Map<string, number[]> {
  const named = new Map<string, number[]>();
  for (const { id, alertIds, restIds } of edits) {
    for (const alert of new Set([...alertIds, ...restIds])) named.set(alert, [...(named.get(alert) ?? []), id]);
  }
  return named;
}

function describeIncident(group: readonly LinkableAlert[], facts: EntityFacts, named: ReadonlyMap<string, number[]>): IncidentDraft {
  const ours = telling(group);
  const tactics = tacticsInOrder(ours.flatMap((alert) => alert.tactics));
  const { severity, reasons } = incidentSeverity(ours, facts);
  return {
    id: incidentIdOf(ours[0].id),
    title: titleOf(ours, tactics),
    severity,
    firstAt: ours[0].firstAt,
    lastAt: ours.reduce((last, alert) => Math.max(last, alert.lastAt), ours[0].lastAt),
    alertIds: group.map((alert) => alert.id),
    entities: entitiesOf([...ours, ...group]),
    tactics,
    severityReasons: reasons,
    editIds: [...new Set(group.flatMap((alert) => named.get(alert.id) ?? []))].sort((a, b) => a - b),
  };
}

function entitiesOf(group: readonly LinkableAlert[]): AlertEntity[] {
  const found = new Map<string, AlertEntity>();
  for (const alert of group) {
    for (const entity of alert.entities) if (!found.has(entity.id) && found.size < ENTITIES_PER_INCIDENT) found.set(entity.id, entity);
  }
  return [...found.values()];
}
