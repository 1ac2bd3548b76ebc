import type { AlertEntity } from '../../shared/model/alert.ts';
import { severityRank } from '../../shared/model/severity.ts';
import type { LinkableAlert } from './link-rule.ts';

/** What, by whom, where: "Multi-stage incident (Execution, Credential Access, Lateral Movement) by alice from WS03 to SRV01 and 2 more". */
export function titleOf(group: readonly LinkableAlert[], tactics: readonly string[]): string {
  const who =
    mostNamed(group, (entity) => entity.role === 'actor' && entity.kind === 'user') ??
    mostNamed(group, (entity) => entity.role === 'target' && entity.kind === 'user');
  const sources = namesOf(group, (entity) => entity.role === 'source');
  const targets = namesOf(group, (entity) => entity.kind === 'computer' && entity.role === 'target').filter(
    (name) => !sources.includes(name),
  );
  const parts = [whatOf(group, tactics)];
  if (who !== null) parts.push(`by ${who}`);
  if (sources.length > 0) parts.push(`from ${few(sources)}`);
  if (targets.length > 0) parts.push(`${sources.length > 0 ? 'to' : 'on'} ${few(targets)}`);
  return parts.join(' ');
}

function whatOf(group: readonly LinkableAlert[], tactics: readonly string[]): string {
  const titles = new Set(group.map((alert) => alert.title));
  const worst = [...group].sort((a, b) => severityRank(b.severity) - severityRank(a.severity) || a.firstAt - b.firstAt)[0];
  if (titles.size === 1) return worst.title;
  if (titles.size === 2 || tactics.length < 3) return `${worst.title} and ${titles.size - 1} more`;
  return `Multi-stage incident (${tactics.slice(0, 3).join(', ')}${tactics.length > 3 ? ', …' : ''})`;
}

function mostNamed(group: readonly LinkableAlert[], isWanted: (entity: AlertEntity) => boolean): string | null {
  const counts = new Map<string, number>();
  for (const alert of group)
    for (const entity of alert.entities) if (isWanted(entity)) counts.set(entity.name, (counts.get(entity.name) ?? 0) + 1);
  // Of equals the first in time: a Map keeps the order in which names came.
  return [...counts].reduce<[string, number] | null>((best, one) => (best === null || one[1] > best[1] ? one : best), null)?.[0] ?? null;
}

function namesOf(group: readonly LinkableAlert[], isWanted: (entity: AlertEntity) => boolean): string[] {
  return [...new Set(group.flatMap((alert) => alert.entities.filter(isWanted).map((entity) => entity.name)))];
}

function few(names: readonly string[]): string {
  return names.length === 1 ? names[0] : `${names[0]} and ${names.length - 1} more`;
}
