import type { IdentityEvent } from '../../shared/model/event.ts';
import type { Micros } from '../../shared/model/time.ts';
import type { Detection } from '../detections/detection.ts';
import type { FactSource } from '../detections/facts.ts';
import { detectionRegistry } from '../detections/registry.ts';
import { type DetectionFailure, eventIdsRead, runDetections } from '../detections/run.ts';
import type { Workspace } from '../engine/workspace.ts';
import { scaleOver } from '../tuning/scale-threshold.ts';
import { describeAlerts } from './describe-alerts.ts';
import { detectImported } from './detect-imported.ts';
import { runSigma, type SigmaResult, type SigmaStage } from './detect-sigma.ts';
import { settleAlerts } from './settle-alerts.ts';

/** A run gives way to questions after this long; a window never waits longer for its answer than this and its own work. */
const TURN_MS = 8;

const NO_SIGMA: SigmaResult = { alerts: [], matches: new Map(), failures: [] };

export type Detected = { readonly alerts: number; readonly failures: readonly DetectionFailure[] };

/**
 * Runs every detection over all stored events that any of them reads, then the Sigma rules, reads the imported alerts of other products, links the alerts into incidents and saves both
 * whole. Always from the beginning: the same events give the same alerts in whatever order they came, and late records correct earlier conclusions.
 */
export async function detect(
  workspace: Workspace,
  now: () => Micros,
  isStopped: () => boolean,
  sigmaStage: SigmaStage | null = null,
): Promise<Detected | null> {
  workspace.settle();
  const detections = tunedDetections(workspace);
  const run = runDetections(detections, { events: eventsToRead(workspace, detections), facts: factsOf(workspace) });
  const turn = await inTurns(run, isStopped);
  if (turn === null) return null;
  const sigma = sigmaStage === null ? NO_SIGMA : await inTurns(runSigma(workspace, turn.alerts, sigmaStage), isStopped);
  if (sigma === null) return null;
  const found = await inTurns(describeAlerts(workspace, turn.alerts, sigma), isStopped);
  if (found === null) return null;
  const imported = await inTurns(detectImported(workspace, turn.alerts), isStopped);
  if (imported === null) return null;
  settleAlerts(workspace, [...found, ...imported.alerts], now());
  for (const alert of turn.alerts) workspace.markReplication(alert.id);
  return { alerts: workspace.alerts.count, failures: [...turn.failures, ...sigma.failures, ...imported.failures] };
}

/** All that are not off, each with the thresholds of its level. */
function tunedDetections(workspace: Workspace): Detection[] {
  return detectionRegistry.flatMap((detection) => {
    const { level, mode } = workspace.tuning.of(detection.id);
    return mode === 'off' ? [] : [{ ...detection, over: scaleOver(detection.over, level) }];
  });
}

/** Runs a stage to its end, giving way to questions; null when it was stopped. */
export async function inTurns<Value>(run: Generator<void, Value>, isStopped: () => boolean): Promise<Value | null> {
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

/** What the workspace knows of entities, for detections. */
export function factsOf(workspace: Workspace): FactSource {
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
