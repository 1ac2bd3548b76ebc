import { BOUNDS } from '../../shared/contract/bounds.ts';
import type { AlertEvidence } from '../../shared/model/alert.ts';
import type { IdentityEvent } from '../../shared/model/event.ts';
import type { Micros } from '../../shared/model/time.ts';
import { sessionsOf } from '../correlation/sessions-of.ts';
import type { Detection } from '../detections/detection.ts';
import type { FactSource } from '../detections/facts.ts';
import { detectionRegistry } from '../detections/registry.ts';
import { type AlertDraft, type DetectionFailure, eventIdsRead, runDetections } from '../detections/run.ts';
import type { Workspace } from '../engine/workspace.ts';
import type { FoundAlert } from '../store/alert-store.ts';
import { scaleOver } from '../tuning/scale-threshold.ts';
import { withLinkedSessions } from './linked-sessions.ts';
import { settleAlerts } from './settle-alerts.ts';

/** A run gives way to questions after this long; a window never waits longer for its answer than this and its own work. */
const TURN_MS = 8;
/** An act is in few sessions: the first records of an alert name them. */
const RECORDS_FOR_SESSIONS = 40;

export type Detected = { readonly alerts: number; readonly failures: readonly DetectionFailure[] };

/**
 * Runs every detection over all stored events that any of them reads, links the alerts into incidents and saves both whole. Always from the
 * beginning: the same events give the same alerts in whatever order they came, and late records correct earlier conclusions.
 */
export async function detect(workspace: Workspace, now: () => Micros, isStopped: () => boolean): Promise<Detected | null> {
  workspace.settle();
  const detections = tunedDetections(workspace);
  const run = runDetections(detections, { events: eventsToRead(workspace, detections), facts: factsOf(workspace) });
  const turn = await inTurns(run, isStopped);
  if (turn === null) return null;
  const found = await inTurns(describeAlerts(workspace, turn.alerts), isStopped);
  if (found === null) return null;
  settleAlerts(workspace, found, now());
  for (const alert of turn.alerts) workspace.markReplication(alert.id);
  return { alerts: workspace.alerts.count, failures: turn.failures };
}

/** All that are not off, each with the thresholds of its level. */
function tunedDetections(workspace: Workspace): Detection[] {
  return detectionRegistry.flatMap((detection) => {
    const { level, mode } = workspace.tuning.of(detection.id);
    return mode === 'off' ? [] : [{ ...detection, over: scaleOver(detection.over, level) }];
  });
}

async function inTurns<Value>(run: Generator<void, Value>, isStopped: () => boolean): Promise<Value | null> {
  for (;;) {
    const until = performance.now() + TURN_MS;
    do {
      const step = run.next();
      if (step.done) return step.value;
    } while (performance.now() < until);
    await new Promise((resolve) => setImmediate(resolve));
    if (isStopped()) return null;
  }
}

function* eventsToRead(workspace: Workspace, detections: readonly Detection[]): Generator<IdentityEvent> {
  const wanted = new Uint8Array(65_536);
  for (const id of eventIdsRead(detections)) wanted[id] = 1;
  const { table } = workspace.events;
  // The order as of the start: events that come meanwhile are seen by the next run.
  const rows = workspace.order.rows();
  for (let position = 0; position < rows.length; position++) {
    const index = rows[position];
    if (wanted[table.segmentOf(index).eventId[index & 0xffff]] === 1) yield workspace.event(index);
  }
}

function factsOf(workspace: Workspace): FactSource {
  return {
    isDomainController: (id) => (workspace.entity(id)?.roles.has('domain controller') ? true : undefined),
    isHoneytoken: (id) => workspace.tagsOf(id).includes('honeytoken'),
    isSensitive: (id) => workspace.tagsOf(id).includes('sensitive'),
    // Known from directory data alone, which is no source yet.
    isSynchronizationAccount: () => false,
    label: (id) => {
      const entity = workspace.entity(id);
      return entity ? { name: entity.name, kind: entity.kind } : null;
    },
  };
}

function* describeAlerts(workspace: Workspace, drafts: readonly AlertDraft[]): Generator<void, FoundAlert[]> {
  const found: FoundAlert[] = [];
  for (const draft of drafts) {
    found.push(foundAlert(workspace, draft));
    yield;
  }
  return yield* withLinkedSessions(workspace, found);
}

/** Its incident is found later, when all alerts are known. */
function foundAlert(workspace: Workspace, draft: AlertDraft): FoundAlert {
  const detection = detectionRegistry.find((candidate) => candidate.id === draft.detection)!;
  const { evidence, conditions, ...row } = draft;
  return {
    row: { ...row, incidentId: '', isTest: workspace.tuning.of(draft.detection).mode === 'test', hiddenBy: [] },
    sessions: sessionsOf(evidence.slice(0, RECORDS_FOR_SESSIONS).map((item) => workspace.event(item.eventIndex))),
    evidence: evidence.slice(0, BOUNDS.evidencePerAlert).map((item): AlertEvidence => {
      const event = workspace.event(item.eventIndex);
      const file = workspace.imports.file(workspace.events.blockOf(item.eventIndex).fileId);
      return {
        eventIndex: item.eventIndex,
        eventKey: workspace.events.table.key(item.eventIndex),
        at: event.at,
        tick: event.tick,
        eventId: event.eventId,
        computer: event.computer,
        file: file?.path ?? '',
        recordId: event.recordId,
        fields: item.fields,
      };
    }),
    whatHappened: detection.whatItSees,
    whyItMatters: detection.whyItMatters,
    benignCauses: detection.benignCauses,
    firstResponse: detection.firstResponse,
    conditions,
  };
}
