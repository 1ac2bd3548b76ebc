import type { AlertEntity } from '../../shared/model/alert.ts';
import { isSigmaDetection } from '../../shared/model/sigma.ts';
import type { LinkableAlert } from './link-rule.ts';
import { isAccount } from './origin.ts';

export type Appearance = { readonly alert: LinkableAlert; readonly entity: AlertEntity };

/** A place from which so many different accounts come is a gateway or a jump host, not a person's host. */
const ACCOUNTS_BEHIND_GATEWAY = 10;
/** An account that comes from so many different places is shared by them: a service's, a scanner's, an agent's. */
const PLACES_OF_SHARED_ACCOUNT = 10;

/**
 * The appearances of one entity that may tie alerts together. What everybody passes through says nothing: of a gateway those as a source are
 * left out (that it was reached itself still counts), of a shared account those as actor and target. Alerts about such entities are still
 * linked by whatever else they have in common.
 */
export function withoutCrowd(held: readonly Appearance[]): readonly Appearance[] {
  const { kind } = held[0].entity;
  // Judged by our own alerts alone: rules that an analyst adds do not change how these belong together.
  const own = held.filter(({ alert }) => !isSigmaDetection(alert.detection));
  if (kind === 'user') return isSharedAccount(own) ? [] : held;
  return isGateway(own) ? held.filter(({ entity }) => entity.role !== 'source') : held;
}

function isGateway(held: readonly Appearance[]): boolean {
  const behind = new Set<string>();
  for (const { alert, entity } of held) {
    if (entity.role !== 'source') continue;
    const account = onlyOne(alert.entities.filter(isAccount));
    if (account !== null) behind.add(account.id);
  }
  return behind.size > ACCOUNTS_BEHIND_GATEWAY;
}

function isSharedAccount(held: readonly Appearance[]): boolean {
  const places = new Set<string>();
  for (const { alert, entity } of held) {
    if (!isAccount(entity)) continue;
    const place = onlyOne(alert.entities.filter(({ role }) => role === 'source'));
    if (place !== null) places.add(place.id);
  }
  return places.size > PLACES_OF_SHARED_ACCOUNT;
}

/** An alert that names several (a sprayed list) is one act of one person: it does not speak of a crowd. */
function onlyOne(entities: readonly AlertEntity[]): AlertEntity | null {
  return entities.length === 1 ? entities[0] : null;
}
