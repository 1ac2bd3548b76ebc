import { BOUNDS } from '../../shared/contract/bounds.ts';
import type { BlindSpot } from '../../shared/model/blind-spot.ts';
import type { Micros } from '../../shared/model/time.ts';
import { ok, problem } from '../../shared/result.ts';
import { listBlindSpots } from '../blind-spots/blind-matrix.ts';
import { wantedOf } from '../blind-spots/wanted.ts';
import type { Detection } from '../detections/detection.ts';
import { detectionRegistry } from '../detections/registry.ts';
import type { Workspace } from '../engine/workspace.ts';
import { askWhyNot } from '../sync/ask-why-not.ts';
import { inTurns } from '../sync/detect.ts';
import { scaleOver } from '../tuning/scale-threshold.ts';
import { hostsAround } from './hosts-around.ts';
import { knownBlindSpots, whenReloaded } from './known-blind-spots.ts';
import type { Operations } from './operation.ts';
import { whyNotWords } from './why-not-words.ts';

type Span = { readonly from: Micros | null; readonly to: Micros | null };
const GONE = problem('failed', 'The evidence changed while this was looked at. Ask again.');
/** The question that runs, by workspace: a newer one ends it, so that questions in a row do not pile up. */
const RUNNING = new WeakMap<Workspace, object>();

export const whyNotOperations: Operations<'detections.whyNot'> = {
  'detections.whyNot': async ({ detection: id, entity: entityId, span }, { workspace, runner }) => {
    const declared = detectionRegistry.find((candidate) => candidate.id === id);
    if (declared === undefined) return problem('not-found', `There is no detection ${id}. Choose one from the list.`);
    const entity = workspace.entity(entityId);
    if (entity === null) return problem('not-found', 'Nothing in the stored records names this entity any more.');
    const { level, mode } = workspace.tuning.of(id);
    const detection = { ...declared, over: scaleOver(declared.over, level) };
    const turn = {};
    RUNNING.set(workspace, turn);
    const isReloaded = whenReloaded(workspace);
    const isStopped = (): boolean => isReloaded() || RUNNING.get(workspace) !== turn;
    const asked = await inTurns(askWhyNot(workspace, detection, { entity: entityId, ...span }), isStopped);
    if (asked === null)
      return RUNNING.get(workspace) === turn ? GONE : problem('cancelled', 'A newer question took the place of this one.');
    const alerts = alertsOf(workspace, detection, entityId, span);
    const blindSpots = await blindSpotsAround(workspace, detection, entityId, span, isReloaded);
    if (blindSpots === null) return GONE;
    const { title, over, reads } = detection;
    const cannotFire = runner.cannotFire().find((one) => one.detection === id)?.reason ?? '';
    const about = {
      title,
      entity: entity.name,
      mode,
      byWords: over.byWords,
      cannotFire,
      isSpan: span.from !== null || span.to !== null,
      ...asked,
    };
    return ok({
      detection: { id, title, mode, eventIds: [...new Set(reads.flatMap((reading) => reading.eventIds))].sort((a, b) => a - b) },
      entity: { id: entityId, name: entity.name, kind: entity.kind },
      cannotFire,
      sentence: whyNotWords({ ...about, alerts, alertsTotal: alerts.length, blind: blindSpots.length }),
      ...asked,
      alerts: alerts.slice(0, BOUNDS.whyNotRows),
      alertsTotal: alerts.length,
      blindSpots: blindSpots.slice(0, BOUNDS.whyNotRows),
      blindSpotsTotal: blindSpots.length,
    });
  },
};

function alertsOf(workspace: Workspace, { id }: Detection, entity: string, { from, to }: Span) {
  return workspace.alerts
    .everything()
    .filter((alert) => alert.detection === id && alert.entities.some((one) => one.id === entity))
    .filter((alert) => (from === null || alert.lastAt >= from) && (to === null || alert.firstAt < to))
    .sort((a, b) => a.firstAt - b.firstAt);
}

const WORST_FIRST: readonly BlindSpot['degree'][] = ['absent', 'blind', 'probably', 'partly', 'sees'];

async function blindSpotsAround(
  workspace: Workspace,
  detection: Detection,
  entity: string,
  span: Span,
  isStopped: () => boolean,
): Promise<BlindSpot[] | null> {
  const spots = await knownBlindSpots(workspace);
  if (spots === null) return null;
  const wanted = wantedOf(detection.reads);
  const hosts = hostsAround(workspace, spots, entity, wanted);
  const list = await inTurns(listBlindSpots(spots, { wanted, span, hosts }), isStopped);
  return list === null
    ? null
    : [...list.spots].sort((a, b) => WORST_FIRST.indexOf(a.degree) - WORST_FIRST.indexOf(b.degree) || a.from - b.from);
}
