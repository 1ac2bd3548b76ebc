import type { AlertEntity } from '../../shared/model/alert.ts';
import { SEVERITIES, type Severity, severityRank } from '../../shared/model/severity.ts';
import { TACTICS, tacticsInOrder } from '../../shared/model/technique.table.ts';
import type { EntityFacts, LinkableAlert } from './link-rule.ts';
import { listNames } from './list-names.ts';

/** So many different intentions are worse than the worst of the steps. */
const TACTICS_THAT_RAISE = 3;

/**
 * The severity of an incident, and why. The worst alert gives it; it is one step higher when several serious alerts together (medium or worse, of
 * more than one kind) show three tactics, reach a domain controller, or concern an account that somebody marked. One alert alone is as bad as
 * its detection says.
 */
export function incidentSeverity(
  group: readonly LinkableAlert[],
  facts: EntityFacts,
): { readonly severity: Severity; readonly reasons: readonly string[] } {
  const worst = [...group].sort((a, b) => severityRank(b.severity) - severityRank(a.severity) || a.firstAt - b.firstAt)[0];
  const serious = group.filter((alert) => severityRank(alert.severity) >= severityRank('medium'));
  const causes = new Set(serious.map((alert) => `${alert.detection}|${leadingTactic(alert)}`)).size > 1 ? causesOf(serious, facts) : [];
  const rank = severityRank(worst.severity);
  const severity = SEVERITIES[Math.min(causes.length > 0 ? rank + 1 : rank, SEVERITIES.length - 1)];
  const first =
    severity === worst.severity
      ? `its worst alert is ${worst.severity} (${worst.title})`
      : `raised from ${worst.severity}, the worst of its alerts (${worst.title})`;
  return { severity, reasons: [first, ...causes] };
}

function causesOf(serious: readonly LinkableAlert[], facts: EntityFacts): string[] {
  const causes: string[] = [];
  const tactics = tacticsInOrder(serious.map((alert) => leadingTactic(alert)));
  if (tactics.length >= TACTICS_THAT_RAISE) causes.push(`${tactics.length} tactics in its serious alerts (${tactics.join(', ')})`);
  const controllers = named(serious, ({ id, kind, role }) => kind === 'computer' && role === 'target' && facts.isDomainController(id));
  if (controllers.length > 0)
    causes.push(`the domain controller${controllers.length > 1 ? 's' : ''} ${listNames(controllers)} ${wasOrWere(controllers)} reached`);
  for (const mark of ['decoy', 'sensitive'] as const) {
    const marked = named(serious, ({ id, role }) => role !== 'host' && facts.markOf(id) === mark);
    if (marked.length > 0) causes.push(`${listNames(marked)}, marked as ${mark === 'decoy' ? 'a decoy' : 'sensitive'}, took part`);
  }
  return causes;
}

/** The first tactic that an alert names is what the act is for; the others are what it is good for besides. */
function leadingTactic({ tactics }: LinkableAlert): string {
  return tactics.find((name) => TACTICS.some((tactic) => tactic.name === name)) ?? '';
}

function named(alerts: readonly LinkableAlert[], isWanted: (entity: AlertEntity) => boolean): string[] {
  return [...new Set(alerts.flatMap((alert) => alert.entities.filter(isWanted).map((entity) => entity.name)))];
}

function wasOrWere(names: readonly string[]): string {
  return names.length === 1 ? 'was' : 'were';
}
