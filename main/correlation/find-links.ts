import type { AlertEntity } from '../../shared/model/alert.ts';
import type { LinkableAlert, LinkRule } from './link-rule.ts';
import { linkRuleRegistry } from './registry.ts';

export type Link = { readonly from: string; readonly to: string; readonly reason: string };

/** An address behind which so many different accounts stand is a gateway, not a person's host. */
const ACCOUNTS_BEHIND_GATEWAY = 10;

type Appearance = { readonly alert: LinkableAlert; readonly entity: AlertEntity };

export function oldestFirst(a: LinkableAlert, b: LinkableAlert): number {
  return a.firstAt - b.firstAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/**
 * Links between alerts, each with its reason; between two alerts at most one. For each entity only neighbors in time are linked: the rest
 * follows from these, so the work grows with the number of appearances, not with its square.
 */
export function findLinks(alerts: readonly LinkableAlert[]): Link[] {
  const byEntity = appearances(alerts);
  const links = new Map<string, Link>();
  for (const rule of linkRuleRegistry) {
    for (const held of byEntity.values()) linkNeighbors(rule, held, links);
  }
  return [...links.values()];
}

function appearances(alerts: readonly LinkableAlert[]): Map<string, Appearance[]> {
  const byEntity = new Map<string, Appearance[]>();
  for (const alert of [...alerts].sort(oldestFirst)) {
    for (const entity of alert.entities) {
      if (entity.kind === 'well-known' || entity.role === 'host') continue;
      const held = byEntity.get(entity.id);
      if (held) held.push({ alert, entity });
      else byEntity.set(entity.id, [{ alert, entity }]);
    }
  }
  for (const [id, held] of byEntity) if (isGateway(held)) byEntity.delete(id);
  return byEntity;
}

function isGateway(held: readonly Appearance[]): boolean {
  if (held.length <= ACCOUNTS_BEHIND_GATEWAY || held.some(({ entity }) => entity.role !== 'source')) return false;
  const actors = new Set(
    held.flatMap(({ alert }) => alert.entities.filter((entity) => entity.role === 'actor').map((entity) => entity.id)),
  );
  return actors.size > ACCOUNTS_BEHIND_GATEWAY;
}

/**
 * Ordinary work lies between the steps of an intrusion: an informational alert is linked to its weighty neighbors but never stands between two
 * of them.
 */
function linkNeighbors(rule: LinkRule, held: readonly Appearance[], links: Map<string, Link>): void {
  let lastWeighty: Appearance | null = null;
  let lastLight: Appearance | null = null;
  for (const appearance of held) {
    if (!rule.kinds.includes(appearance.entity.kind)) return;
    const isLight = appearance.alert.severity === 'informational';
    linkTo(rule, lastWeighty, appearance, links);
    if (!isLight) linkTo(rule, lastLight, appearance, links);
    if (!rule.earlier.includes(appearance.entity.role)) continue;
    // A long alert stays the neighbor of all that begins before its end.
    if (isLight) lastLight = laterEnd(lastLight, appearance);
    else lastWeighty = laterEnd(lastWeighty, appearance);
  }
}

function laterEnd(last: Appearance | null, next: Appearance): Appearance {
  return last === null || next.alert.lastAt >= last.alert.lastAt ? next : last;
}

function linkTo(rule: LinkRule, last: Appearance | null, { alert, entity }: Appearance, links: Map<string, Link>): void {
  if (last === null || !rule.later.includes(entity.role) || last.alert.id === alert.id) return;
  if (alert.firstAt - last.alert.lastAt > rule.within) return;
  const key = `${last.alert.id}|${alert.id}`;
  if (!links.has(key)) links.set(key, { from: last.alert.id, to: alert.id, reason: rule.reason(entity.name) });
}
