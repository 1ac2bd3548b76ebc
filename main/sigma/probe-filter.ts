import { ANY_FIELD } from './compile-tests.ts';
import { plainRenames, type RowEvent } from './row-event.ts';
import type { IndexedRule } from './rule-index.ts';
import { TextScanner } from './text-scanner.ts';

const NONE: readonly number[] = [];

/** What the rules ask of one field: exact values, and texts within. */
type FieldProbes = { readonly field: string; readonly exact: ReadonlyMap<string, readonly number[]>; readonly scanner: TextScanner | null };

/**
 * Of the rules for one kind of event, those that an event could match: the ones of which it satisfies a probe, and those that have none. The fields that
 * probes name are looked at once each, however many rules there are.
 */
export class ProbeFilter {
  readonly #entries: readonly IndexedRule[];
  readonly #always: readonly number[];
  readonly #fields: readonly FieldProbes[];
  readonly #marks: Uint32Array;
  #mark = 0;

  constructor(entries: readonly IndexedRule[]) {
    this.#entries = entries;
    this.#marks = new Uint32Array(entries.length);
    this.#always = entries.flatMap(({ rule }, number) => (rule.probes === null ? [number] : []));
    this.#fields = fieldsOf(entries);
  }

  /** In the order in which the rules were given. */
  candidates(event: RowEvent): readonly IndexedRule[] {
    const found: number[] = [...this.#always];
    const marks = this.#marks;
    if (this.#mark === 0xffffffff) marks.fill(0);
    this.#mark = (this.#mark + 1) >>> 0 || 1;
    const mark = this.#mark;
    for (const { field, exact, scanner } of this.#fields) {
      for (const value of field === ANY_FIELD ? lower(event.values()) : event.ownFolded(field)) {
        for (const number of exact.get(value) ?? NONE) {
          if (marks[number] === mark) continue;
          marks[number] = mark;
          found.push(number);
        }
        scanner?.scan(value, marks, mark, found);
      }
    }
    if (found.length > 1) found.sort((a, b) => a - b);
    return found.map((number) => this.#entries[number]);
  }
}

function* lower(values: Iterable<string>): Generator<string> {
  for (const value of values) yield value.toLowerCase();
}

function fieldsOf(entries: readonly IndexedRule[]): FieldProbes[] {
  const byField = new Map<string, { exact: Map<string, number[]>; texts: { text: string; owner: number }[] }>();
  for (const [owner, { rule, place }] of entries.entries()) {
    const renamed = place.rename === undefined ? null : plainRenames(place.rename);
    for (const { field, how, text } of rule.probes ?? []) {
      const own = renamed?.get(field) ?? field;
      const held = byField.get(own) ?? { exact: new Map<string, number[]>(), texts: [] };
      byField.set(own, held);
      if (how === 'contains') held.texts.push({ text, owner });
      else held.exact.set(text, [...(held.exact.get(text) ?? []), owner]);
    }
  }
  return [...byField].map(([field, { exact, texts }]) => ({ field, exact, scanner: texts.length > 0 ? new TextScanner(texts) : null }));
}
