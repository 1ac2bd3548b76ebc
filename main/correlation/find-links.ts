import { isSigmaDetection } from '../../shared/model/sigma.ts';
import { DAY, HOUR, type Micros } from '../../shared/model/time.ts';
import { type Appearance, withoutCrowd } from './crowd.ts';
import { type EntityFacts, isLight, type LinkableAlert, type LinkRule, NOTHING_KNOWN } from './link-rule.ts';
import { closestVisit } from './origin.ts';
import { linkRuleRegistry } from './registry.ts';

export type Link = { readonly from: string; readonly to: string; readonly reason: string };
type Links = Map<string, Link>;

/** Ids of sessions begin anew when a host starts, so that the same number much later is another session. */
const SESSION_WITHIN: Micros = 2 * DAY;
/** Ordinary work is drawn in by what comes shortly after it; what an account did the day before it was taken is its own. */
const ORDINARY_BEFORE: Micros = HOUR;
/** So many visits to a host are looked back upon for the one that a later act belongs to. */
const VISITS_HELD = 8;

export function oldestFirst(a: LinkableAlert, b: LinkableAlert): number {
  return a.firstAt - b.firstAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/**
 * Links between alerts, each with its reason; between two alerts at most one. For each entity and session only neighbors in time are linked: the
 * rest follows from these, so the work grows with the number of appearances, not with its square. The order of links does not depend on that
 * of the alerts.
 */
export function findLinks(alerts: readonly LinkableAlert[], facts: EntityFacts = NOTHING_KNOWN): Link[] {
  const sorted = [...alerts].sort(oldestFirst);
  const links: Links = new Map();
  linkSameActs(sorted, links);
  for (const [session, held] of bySession(sorted)) linkSession(session, held, links);
  const byEntity = appearances(sorted);
  for (const rule of linkRuleRegistry) {
    for (const held of byEntity.values()) linkNeighbors(rule, held, facts, links);
  }
  return [...links.values()];
}

/** Of one act two products speak: whatever else they name, both belong to it. */
function linkSameActs(sorted: readonly LinkableAlert[], links: Links): void {
  const byId = new Map(sorted.map((alert) => [alert.id, alert]));
  for (const alert of sorted) {
    for (const other of (alert.alsoSeenBy ?? []).map((id) => byId.get(id))) {
      if (other === undefined) continue;
      const [first, second] = [alert, other].sort(oldestFirst);
      addLink(links, first, second, 'both saw the same act');
    }
  }
}

function appearances(sorted: readonly LinkableAlert[]): Map<string, readonly Appearance[]> {
  const byEntity = new Map<string, Appearance[]>();
  for (const alert of sorted) {
    for (const entity of alert.entities) {
      if (entity.kind !== 'well-known' && entity.role !== 'host') push(byEntity, entity.id, { alert, entity });
    }
  }
  const held = new Map<string, readonly Appearance[]>();
  for (const [id, all] of byEntity) {
    const telling = withoutCrowd(all);
    if (telling.length > 0) held.set(id, telling);
  }
  return held;
}

function bySession(sorted: readonly LinkableAlert[]): Map<string, LinkableAlert[]> {
  const held = new Map<string, LinkableAlert[]>();
  for (const alert of sorted) for (const session of alert.sessions ?? []) push(held, session, alert);
  return held;
}

function push<Item>(held: Map<string, Item[]>, key: string, item: Item): void {
  const known = held.get(key);
  if (known) known.push(item);
  else held.set(key, [item]);
}

/** Neighbors as below: what has no weight never stands between two that have. */
function linkSession(session: string, held: readonly LinkableAlert[], links: Links): void {
  let lastWeighty: LinkableAlert | null = null;
  let lastLight: LinkableAlert | null = null;
  for (const alert of held) {
    const light = isLight(alert);
    for (const last of light ? [lastWeighty] : [lastWeighty, lastLight]) {
      if (last !== null && last.id !== alert.id && alert.firstAt - last.lastAt <= SESSION_WITHIN)
        addLink(links, last, alert, `the same logon session ${session}`);
    }
    if (light) lastLight = alert;
    else lastWeighty = alert;
  }
}

/**
 * Ordinary work lies between the steps of an intrusion: a light alert is linked to its weighty neighbors but never stands between two
 * of them.
 */
function linkNeighbors(rule: LinkRule, held: readonly Appearance[], facts: EntityFacts, links: Links): void {
  const { id, kind } = held[0].entity;
  if (!rule.kinds.includes(kind)) return;
  const within = rule.withinOnController !== undefined && facts.isDomainController(id) ? rule.withinOnController : rule.within;
  if (rule.needsCommonOrigin) {
    linkVisits(rule, within, held, links);
    return;
  }
  let lastWeighty: Appearance | null = null;
  let lastLight: Appearance | null = null;
  // Apart, so that a Sigma alert never takes the place of one of ours.
  let lastSigma: Appearance | null = null;
  for (const appearance of held) {
    const light = isLight(appearance.alert);
    linkTo(rule, within, lastWeighty, appearance, links);
    if (!light) for (const before of [lastLight, lastSigma]) linkTo(rule, Math.min(within, ORDINARY_BEFORE), before, appearance, links);
    if (!rule.earlier.includes(appearance.entity.role)) continue;
    // A long alert stays the neighbor of all that begins before its end.
    if (isSigmaDetection(appearance.alert.detection)) lastSigma = laterEnd(lastSigma, appearance);
    else if (light) lastLight = laterEnd(lastLight, appearance);
    else lastWeighty = laterEnd(lastWeighty, appearance);
  }
}

/** Of the visitors of a host each act is linked to the one that it may belong to, not just to the last one. */
function linkVisits(rule: LinkRule, within: Micros, held: readonly Appearance[], links: Links): void {
  const weighty: LinkableAlert[] = [];
  const light: LinkableAlert[] = [];
  for (const { alert, entity } of held) {
    const isLight = alert.severity === 'informational';
    if (rule.later.includes(entity.role)) {
      const before = closestVisit(weighty, alert, within);
      if (before !== null) addLink(links, before, alert, rule.reason(entity.name));
      const ordinary = isLight ? null : closestVisit(light, alert, Math.min(within, ORDINARY_BEFORE));
      if (ordinary !== null) addLink(links, ordinary, alert, rule.reason(entity.name));
    }
    if (!rule.earlier.includes(entity.role)) continue;
    const visits = isLight ? light : weighty;
    visits.push(alert);
    if (visits.length > VISITS_HELD) visits.shift();
  }
}

function laterEnd(last: Appearance | null, next: Appearance): Appearance {
  return last === null || next.alert.lastAt >= last.alert.lastAt ? next : last;
}

function linkTo(rule: LinkRule, within: Micros, last: Appearance | null, { alert, entity }: Appearance, links: Links): void {
  if (last === null || !rule.later.includes(entity.role) || last.alert.id === alert.id) return;
  if (alert.firstAt - last.alert.lastAt > within) return;
  addLink(links, last.alert, alert, rule.reason(entity.name));
}

function addLink(links: Links, from: LinkableAlert, to: LinkableAlert, reason: string): void {
  const key = `${from.id}|${to.id}`;
  if (!links.has(key)) links.set(key, { from: from.id, to: to.id, reason });
}
