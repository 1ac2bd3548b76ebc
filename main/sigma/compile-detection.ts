import { allOf, anyOf, noneOf } from './combine-tests.ts';
import { compileTests, isMap } from './compile-tests.ts';
import { type Condition, parseCondition } from './condition.ts';
import type { Placeholders } from './placeholders.ts';
import { within } from './rule-fault.ts';
import type { CompiledTest } from './sigma-event.ts';

/** A detection ready to run: its test, and the event ids without which it cannot pass (null: any). */
export type CompiledDetection = CompiledTest & { readonly eventIds: ReadonlySet<number> | null; readonly condition: Condition };

/** The selections of a `detection` or `filter` and their condition. Throws a RuleFault. `besides`: keys that are no selections. */
export function compileDetection(
  detection: Record<string, unknown>,
  placeholders: Placeholders,
  besides: readonly string[] = [],
): CompiledDetection {
  const selections = new Map<string, CompiledTest>();
  const ids = new Map<string, ReadonlySet<number> | null>();
  for (const [name, selection] of Object.entries(detection)) {
    if (name === 'condition' || name === 'timeframe' || besides.includes(name)) continue;
    selections.set(
      name,
      within(name, () => compileTests(selection, placeholders)),
    );
    ids.set(name, eventIdsOf(selection));
  }
  return within('condition', () => {
    const texts = Array.isArray(detection.condition) ? detection.condition : [detection.condition];
    if (texts.length === 0) throw new Error('the condition is empty');
    const conditions = texts.map((condition) => parseCondition(String(condition ?? ''), [...selections.keys()]));
    const condition: Condition = conditions.length === 1 ? conditions[0] : { kind: 'or', of: conditions };
    return { ...testOf(condition, selections), eventIds: requiredIds(condition, ids), condition };
  });
}

function testOf(condition: Condition, selections: ReadonlyMap<string, CompiledTest>): CompiledTest {
  if (condition.kind === 'name') return selections.get(condition.name) ?? { test: () => false, probes: [] };
  if (condition.kind === 'not') return noneOf(testOf(condition.of, selections));
  const parts = condition.of.map((part) => testOf(part, selections));
  return condition.kind === 'and' ? allOf(parts) : anyOf(parts);
}

/** Event ids that a selection asks for; null where it may match any. */
function eventIdsOf(selection: unknown): ReadonlySet<number> | null {
  if (Array.isArray(selection)) {
    const sets = selection.map(eventIdsOf);
    return sets.every((set) => set !== null) ? new Set(sets.flatMap((set) => [...(set ?? [])])) : null;
  }
  if (!isMap(selection) || !('EventID' in selection)) return null;
  const ids = (Array.isArray(selection.EventID) ? selection.EventID : [selection.EventID]).map(Number);
  return ids.every(Number.isInteger) ? new Set(ids) : null;
}

function requiredIds(condition: Condition, ids: ReadonlyMap<string, ReadonlySet<number> | null>): ReadonlySet<number> | null {
  if (condition.kind === 'name') return ids.get(condition.name) ?? null;
  if (condition.kind === 'not') return null;
  const sets = condition.of.map((part) => requiredIds(part, ids));
  if (condition.kind === 'and') {
    const known = sets.filter((set) => set !== null);
    return known.length === 0 ? null : new Set([...known[0]].filter((id) => known.every((set) => set.has(id))));
  }
  return sets.every((set) => set !== null) ? new Set(sets.flatMap((set) => [...(set ?? [])])) : null;
}
