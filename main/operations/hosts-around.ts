import type { BlindSpots } from '../blind-spots/blind-spots.ts';
import type { Wanted } from '../blind-spots/wanted.ts';
import type { Workspace } from '../engine/workspace.ts';

/**
 * Hosts whose logs would tell of an entity: the host itself; for others the hosts that it was seen with, and the domain controllers, which
 * see every account of their domain. Where neither is known, all hosts (null).
 */
export function hostsAround(workspace: Workspace, spots: BlindSpots, id: string, wanted: Wanted | null): ReadonlySet<string> | null {
  const { byId, entities } = workspace.resolution();
  const number = byId.get(id);
  if (number === undefined) return null;
  const controllers = spots.hosts.filter((host) => spots.isController(host)).map((host) => spots.describe(host).id);
  const isHost = entities[number].kind === 'computer' && spots.hosts.some((host) => spots.describe(host).id === id);
  // A detection that lives on the logs of controllers sees the host as an account of its domain.
  if (isHost) return new Set(wanted?.controllersOnly === true ? controllers : [id]);
  const around = new Set(controllers);
  if (wanted?.controllersOnly !== true) {
    for (const edge of workspace.graph().edges) {
      if (edge.from === number && entities[edge.to].kind === 'computer') around.add(entities[edge.to].id);
      if (edge.to === number && entities[edge.from].kind === 'computer') around.add(entities[edge.from].id);
    }
  }
  return around.size === 0 ? null : around;
}
