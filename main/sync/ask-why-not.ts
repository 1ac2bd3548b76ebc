import type { IdentityEvent } from '../../shared/model/event.ts';
import type { Micros } from '../../shared/model/time.ts';
import type { WhyNot } from '../../shared/model/why-not.ts';
import type { Detection } from '../detections/detection.ts';
import { eventIdsRead } from '../detections/run.ts';
import { whyNot } from '../detections/why-not.ts';
import { longestWithin } from '../detections/window.ts';
import type { Workspace } from '../engine/workspace.ts';
import { factsOf } from './detect.ts';

/** More records than that before the end of the time are not read: the oldest are left out. */
const ROWS_READ = 4_000_000;

/** `[from, to)`; null ends are open. */
export type WhyNotQuestion = { readonly entity: string; readonly from: Micros | null; readonly to: Micros | null };
type Asked = { readonly why: WhyNot; readonly readFrom: Micros | null };

/**
 * Why a detection did not fire on an entity: over the events that a run would see up to the end of the time, and one window of the detection
 * further, so that a group which fires just after it is not taken for one that does not. Yields as a run does.
 */
export function* askWhyNot(workspace: Workspace, detection: Detection, question: WhyNotQuestion): Generator<void, Asked> {
  const { entity, from, to } = question;
  const rows = workspace.order.rows();
  const end = to === null ? rows.length : workspace.order.positionOf(to + longestWithin(detection.over));
  const start = Math.max(0, end - ROWS_READ);
  const isAsked = (event: IdentityEvent): boolean =>
    (from === null || event.at >= from) && (to === null || event.at < to) && names(event, entity);
  const input = { events: eventsBetween(workspace, detection, start, end), facts: factsOf(workspace) };
  const why = yield* whyNot(detection, input, isAsked);
  return { why, readFrom: start === 0 ? null : workspace.events.table.at(rows[start]) };
}

function names(event: IdentityEvent, entity: string): boolean {
  return (
    event.actorEntity === entity ||
    event.targetEntity === entity ||
    event.computerEntity === entity ||
    event.sourceEntity === entity ||
    event.counterpartEntity === entity
  );
}

function* eventsBetween(workspace: Workspace, detection: Detection, start: number, end: number): Generator<IdentityEvent> {
  const wanted = new Uint8Array(65_536);
  for (const id of eventIdsRead([detection])) wanted[id] = 1;
  const { table } = workspace.events;
  const rows = workspace.order.rows();
  for (let position = start; position < end; position++) {
    const index = rows[position];
    if (wanted[table.segmentOf(index).eventId[index & 0xffff]] === 1) yield workspace.event(index);
  }
}
