import { type AuditOff, auditOffSpans, readAuditChange } from '../blind-spots/audit-changes.ts';
import { BlindSpots } from '../blind-spots/blind-spots.ts';
import { type HostLogs, readLogHistory } from '../blind-spots/log-history.ts';
import { findHoles } from '../blind-spots/log-holes.ts';
import type { Workspace } from '../engine/workspace.ts';

/** What the stored logs could not see, as of now; yields so that it gives way. */
export function* readBlindSpots(workspace: Workspace): Generator<void, BlindSpots> {
  workspace.settle();
  const { events } = workspace;
  const resolution = workspace.resolution();
  const history = yield* readLogHistory({
    table: events.table,
    rows: workspace.order.rows(),
    texts: events.dictionary.texts,
    entityOfComputer: (text) => resolution.hostEntity.get(text) ?? 0,
    idOf: (entity) => resolution.entities[entity].id,
    field: (index, name) => events.field(index, name),
  });
  const holes = yield* findHoles(history, (index) => workspace.event(index).recordId);
  const auditOff = new Map<HostLogs, AuditOff[]>();
  for (const host of history.hosts) {
    const changes = host.auditChanges.map((index) => readAuditChange(events.table.at(index), index, (name) => events.field(index, name)));
    auditOff.set(host, auditOffSpans(changes.filter((change) => change !== null)));
    yield;
  }
  return new BlindSpots({
    history,
    holes,
    auditOff,
    describe: (entity) => {
      const { id, name, roles } = resolution.entities[entity];
      return { id, name, isController: roles.has('domain controller') };
    },
  });
}
