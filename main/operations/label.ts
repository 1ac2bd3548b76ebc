import type { EntityRow } from '../../shared/model/entity.ts';
import { type EntityLabel, EVENT_KINDS, type EventRow, OUTCOMES } from '../../shared/model/event.ts';
import { type Severity, severityRank } from '../../shared/model/severity.ts';
import type { Workspace } from '../engine/workspace.ts';
import { summarize } from '../events/summarize.ts';
import type { Entity } from '../identities/resolve.ts';

export function labelOf(workspace: Workspace, number: number): EntityLabel | null {
  if (number === 0) return null;
  const entity = workspace.resolution().entities[number];
  return entity ? { id: entity.id, name: entity.name } : null;
}

/** One line of the event stream. */
export function eventRow(workspace: Workspace, index: number): EventRow {
  const { table, dictionary } = workspace.events;
  const segment = table.segmentOf(index);
  const row = index & 0xffff;
  const resolution = workspace.resolution();
  const at = segment.at[row];
  const account = (id: number) => labelOf(workspace, resolution.accountEntity[id] ?? 0);
  const address = segment.sourceAddress[row];
  const source = address !== 0 ? resolution.entityOfAddress(address, at) : workspace.entityOfHost(segment.sourceHost[row]);
  const parts = {
    kind: EVENT_KINDS[segment.kind[row]],
    eventId: segment.eventId[row],
    channel: dictionary.texts[segment.channel[row]],
    logonType: segment.logonType[row],
    outcome: OUTCOMES[segment.outcome[row]],
    object: dictionary.texts[segment.object[row]],
  };
  const actor = account(segment.actor[row]);
  const target = account(segment.target[row]);
  const counterpart = account(segment.counterpart[row]);
  const from = segment.sourceHost[row] === 0 && address === 0 ? null : labelOf(workspace, source);
  const host = labelOf(workspace, workspace.entityOfHost(segment.computer[row]));
  return {
    ...parts,
    index,
    id: table.key(index),
    at,
    tick: segment.tick[row],
    provider: workspace.reader.provider(index),
    computer: dictionary.texts[segment.computer[row]],
    recordId: workspace.reader.recordId(index),
    actor,
    target,
    counterpart,
    source: from,
    host,
    summary: summarize({
      ...parts,
      actor: actor?.name ?? '',
      target: target?.name ?? '',
      counterpart: counterpart?.name ?? '',
      source: from?.name ?? '',
      host: host?.name ?? dictionary.texts[segment.computer[row]],
    }),
  };
}

export type AlertTally = {
  readonly count: number;
  readonly severity: string;
  /** Alerts in which the entity is one of few in its role: one of forty accounts that were sprayed is not what the alert is about. */
  readonly principal: number;
};

const FEW_IN_A_ROLE = 6;

/** Alerts per entity: how many, and the worst. */
export function alertTallies(workspace: Workspace): Map<string, AlertTally> {
  const tallies = new Map<string, AlertTally>();
  for (const alert of workspace.alerts.all()) {
    const inRole = new Map<string, number>();
    for (const { role } of alert.entities) inRole.set(role, (inRole.get(role) ?? 0) + 1);
    const principals = new Set(alert.entities.filter(({ role }) => inRole.get(role)! <= FEW_IN_A_ROLE).map(({ id }) => id));
    for (const id of new Set(alert.entities.map((entity) => entity.id))) {
      const known = tallies.get(id);
      const worse = !known || severityRank(alert.severity) > severityRank(known.severity as Severity);
      tallies.set(id, {
        count: (known?.count ?? 0) + 1,
        severity: worse ? alert.severity : known.severity,
        principal: (known?.principal ?? 0) + (principals.has(id) ? 1 : 0),
      });
    }
  }
  return tallies;
}

export function entityRow(workspace: Workspace, entity: Entity, tallies: ReadonlyMap<string, AlertTally>): EntityRow {
  const tally = tallies.get(entity.id);
  return {
    id: entity.id,
    kind: entity.roles.has('service account') && entity.kind === 'user' && !entity.roles.has('active') ? 'service' : entity.kind,
    name: entity.name,
    domain: entity.domain,
    tags: workspace.tagsOf(entity.id),
    roles: [...entity.roles].filter((role) => role !== 'active').sort(),
    firstAt: entity.firstAt,
    lastAt: entity.lastAt,
    eventCount: workspace.eventCounts()[workspace.resolution().byId.get(entity.id) ?? 0],
    alertCount: tally?.count ?? 0,
    highestSeverity: tally?.severity ?? '',
  };
}
