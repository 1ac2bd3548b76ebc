import type { AlertEntity } from '../../shared/model/alert.ts';
import { severityRank } from '../../shared/model/severity.ts';
import type { Micros } from '../../shared/model/time.ts';
import type { LinkableAlert } from './link-rule.ts';

/** How sure it is that two acts on one host are of one visitor; zero: they are not, or nothing says so. */
const SAME_ORIGIN = 2;
const MAY_BE = 1;

/**
 * The earlier act on a host that `alert` belongs to: of one that comes from the same place or account the latest, else for what ran on the host
 * itself the weightiest visit before it. Two known accounts from two known places are strangers. Null where none fits.
 */
export function closestVisit(earlier: readonly LinkableAlert[], alert: LinkableAlert, within: Micros): LinkableAlert | null {
  let best: LinkableAlert | null = null;
  let bestKinship = 0;
  for (const visit of earlier) {
    if (visit.id === alert.id || alert.firstAt - visit.lastAt > within) continue;
    const kinship = kinshipOf(visit, alert);
    if (kinship === 0 || kinship < bestKinship) continue;
    const isWeightier = best === null || kinship > bestKinship || severityRank(visit.severity) >= severityRank(best.severity);
    if (kinship === SAME_ORIGIN || isWeightier) {
      best = visit;
      bestKinship = kinship;
    }
  }
  return best;
}

function kinshipOf(earlier: LinkableAlert, later: LinkableAlert): number {
  const sources = [placesOf(earlier), placesOf(later)] as const;
  const accounts = [accountsOf(earlier), accountsOf(later)] as const;
  if (overlap(...sources) || overlap(...accounts)) return SAME_ORIGIN;
  // What runs on the host itself (no source) may belong to whoever came before; who comes after it is drawn in only by weight of his own.
  if (sources[1].length === 0) return MAY_BE;
  if (sources[0].length === 0) return severityRank(later.severity) >= severityRank('medium') ? MAY_BE : 0;
  return accounts[0].length === 0 || accounts[1].length === 0 ? MAY_BE : 0;
}

function placesOf(alert: LinkableAlert): readonly AlertEntity[] {
  return alert.entities.filter(({ role }) => role === 'source');
}

function accountsOf(alert: LinkableAlert): readonly AlertEntity[] {
  return alert.entities.filter(isAccount);
}

function overlap(left: readonly AlertEntity[], right: readonly AlertEntity[]): boolean {
  const ids = new Set(left.map(({ id }) => id));
  return right.some(({ id }) => ids.has(id));
}

/** A person's or service's account that acted or was acted upon; what Windows does in its own name is nobody's. */
export function isAccount({ kind, role }: AlertEntity): boolean {
  return kind === 'user' && (role === 'actor' || role === 'target');
}
