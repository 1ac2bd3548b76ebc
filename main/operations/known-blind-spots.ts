import type { BlindSpots } from '../blind-spots/blind-spots.ts';
import type { Workspace } from '../engine/workspace.ts';
import { inTurns } from '../sync/detect.ts';
import { readBlindSpots } from '../sync/read-blind-spots.ts';

type Known = { readonly version: number; readonly spots: Promise<BlindSpots | null> };
const KNOWN = new WeakMap<Workspace, Known>();

/** What the stored logs could not see, read once for each state of the events; null when the events went away meanwhile. */
export function knownBlindSpots(workspace: Workspace): Promise<BlindSpots | null> {
  const { version } = workspace.events.table;
  const known = KNOWN.get(workspace);
  if (known?.version === version) return known.spots;
  const spots = inTurns(readBlindSpots(workspace), whenReloaded(workspace));
  KNOWN.set(workspace, { version, spots });
  // What failed or was stopped is tried again by the next question.
  const forget = (): void => {
    if (KNOWN.get(workspace)?.spots === spots) KNOWN.delete(workspace);
  };
  spots.then((found) => found === null && forget(), forget);
  return spots;
}

/** True from when the events were read anew on: then positions mean other records. */
export function whenReloaded(workspace: Workspace): () => boolean {
  const { segments } = workspace.events.table;
  const [first] = segments;
  return () => segments[0] !== first;
}
