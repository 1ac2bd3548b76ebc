import type { AlertEntity } from '../../shared/model/alert.ts';
import type { Micros } from '../../shared/model/time.ts';
import type { Exclusion, ExclusionScope } from '../../shared/model/tuning.ts';
import { type Address, isInNetwork, type Network, parseNetwork } from './network.ts';

/** What an exclusion asks of an alert. */
export type ExcludableAlert = {
  readonly detection: string;
  readonly entities: readonly AlertEntity[];
  /** Source addresses of the records that it rests on, null for one that is none; asked only where an exclusion names a range. */
  addresses(): readonly (Address | null)[];
};

/**
 * `hidden`: the alert is left out. `shared`: it names the entity or the range, but others of the same kind play the same part (one of forty accounts
 * that were sprayed, one of two sources), so that hiding it would hide what they did or suffered too. `other`: not meant.
 */
export type ExclusionMatch = 'hidden' | 'shared' | 'other';

/** A scope made ready to be asked of many alerts. One without any condition, or with a broken range, means no alert. */
export function compileScope(scope: ExclusionScope): (alert: ExcludableAlert) => ExclusionMatch {
  const network = scope.network === '' ? null : parseNetwork(scope.network);
  const isEmpty = scope.detection === '' && scope.entity === '' && scope.network === '';
  if (isEmpty || (scope.network !== '' && network === null)) return () => 'other';
  return (alert) => {
    if (scope.detection !== '' && scope.detection !== alert.detection) return 'other';
    const byEntity = scope.entity === '' ? 'hidden' : matchEntity(scope, alert.entities);
    if (byEntity === 'other' || network === null) return byEntity;
    const byNetwork = matchNetwork(network, alert.addresses());
    return byNetwork === 'hidden' ? byEntity : byNetwork;
  };
}

type HidingScope = ExclusionScope & Pick<Exclusion, 'id' | 'expiresAt'>;

/**
 * Ids of the exclusions that hide an alert at a moment. Asked of many alerts, so each is only held against exclusions that can mean it: those of its
 * entities, of its detection, and those that name neither.
 */
export function findHiding(exclusions: readonly HidingScope[], now: Micros): (alert: ExcludableAlert) => number[] {
  type Ready = { readonly id: number; readonly match: ReturnType<typeof compileScope> };
  const byKey = new Map<string, Ready[]>();
  for (const exclusion of exclusions) {
    if (isExpired(exclusion, now)) continue;
    const key = exclusion.entity === '' ? `detection ${exclusion.detection}` : `entity ${exclusion.entity}`;
    const ready = { id: exclusion.id, match: compileScope(exclusion) };
    const held = byKey.get(key);
    if (held) held.push(ready);
    else byKey.set(key, [ready]);
  }
  return (alert) => {
    const keys = new Set(['detection ', `detection ${alert.detection}`, ...alert.entities.map(({ id }) => `entity ${id}`)]);
    const asked = [...keys].flatMap((key) => byKey.get(key) ?? []);
    return asked
      .filter(({ match }) => match(alert) === 'hidden')
      .map(({ id }) => id)
      .sort((a, b) => a - b);
  };
}

/** Whether it still holds at a moment of the workstation's clock. */
export function isExpired({ expiresAt }: Pick<Exclusion, 'expiresAt'>, now: Micros): boolean {
  return expiresAt !== null && expiresAt <= now;
}

function matchEntity({ entity, role }: ExclusionScope, entities: readonly AlertEntity[]): ExclusionMatch {
  const places = entities.filter((place) => place.id === entity && (role === 'any' || place.role === role));
  if (places.length === 0) return 'other';
  const isAlone = (place: AlertEntity) =>
    entities.every((other) => other.id === place.id || other.role !== place.role || other.kind !== place.kind);
  return places.some(isAlone) ? 'hidden' : 'shared';
}

/** All addresses must lie in the range: an alert that comes from elsewhere too is no expected activity of the range. */
function matchNetwork(network: Network, addresses: readonly (Address | null)[]): ExclusionMatch {
  const inside = addresses.filter((address) => isInNetwork(network, address)).length;
  if (inside === 0) return 'other';
  return inside === addresses.length ? 'hidden' : 'shared';
}
