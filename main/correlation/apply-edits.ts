import type { IncidentEdit } from '../../shared/model/incident.ts';

/** What all edits together say: groups that belong together, the newest first, and what stands apart from what. */
export type HandMade = {
  readonly together: readonly (readonly string[])[];
  readonly apart: readonly { readonly own: ReadonlySet<string>; readonly rest: ReadonlySet<string> }[];
};

/**
 * Takes the edits in the order in which they were made: a split takes its alerts out of every group made before, a merge lifts the splits
 * between what it joins. Pure: neither the order in which edits are given nor alerts that they do not name change the result.
 */
export function applyEdits(edits: readonly IncidentEdit[]): HandMade {
  let together: string[][] = [];
  let apart: { own: Set<string>; rest: Set<string> }[] = [];
  for (const edit of [...edits].sort((a, b) => a.id - b.id)) {
    const own = new Set(edit.alertIds);
    if (edit.kind === 'split') {
      together = together.flatMap((group) => [group.filter((id) => own.has(id)), group.filter((id) => !own.has(id))]);
      const rest = edit.restIds.filter((id) => !own.has(id));
      apart.push({ own, rest: new Set(rest) });
      // Links go from neighbor to neighbor: without those in between the rest would fall apart, which nobody asked for.
      together.unshift([...new Set(rest)].sort());
    } else {
      apart = apart.map((cut) => withoutMerged(cut, own));
    }
    together.unshift([...own].sort());
  }
  return { together: together.filter((group) => group.length > 1), apart: apart.filter(({ own, rest }) => own.size > 0 && rest.size > 0) };
}

function withoutMerged(cut: { own: Set<string>; rest: Set<string> }, merged: ReadonlySet<string>): { own: Set<string>; rest: Set<string> } {
  const touchesBoth = [...cut.own].some((id) => merged.has(id)) && [...cut.rest].some((id) => merged.has(id));
  return touchesBoth ? { own: cut.own, rest: new Set([...cut.rest].filter((id) => !merged.has(id))) } : cut;
}
