import { ANY_FIELD } from './compile-tests.ts';
import { plainRenames, type RowEvent } from './row-event.ts';
import type { IndexedRule } from './rule-index.ts';
import { TextScanner } from './text-scanner.ts';

const NONE: readonly number[] = [];
/** Bounds of what is remembered for each field: hostile logs repeat nothing. */
const VALUES_KNOWN = 256;
const LETTERS_KNOWN = 600;
/** Well below what the arrays hold: one event takes as many marks as it has values. */
const LAST_MARK = 0xf0000000;

/** What the rules ask of one field: exact values, and texts within. */
type FieldProbes = {
  readonly field: string;
  readonly exact: ReadonlyMap<string, readonly number[]>;
  readonly scanner: TextScanner | null;
  readonly known: Map<string, readonly number[]>;
};

/**
 * Of the rules for one kind of event, those that an event could match: the ones of which it satisfies a probe, and those that have none. The fields that
 * probes name are looked at once each, however many rules there are.
 */
export class ProbeFilter {
  readonly #entries: readonly IndexedRule[];
  readonly #always: readonly number[];
  readonly #fields: readonly FieldProbes[];
  readonly #marks: Uint32Array;
  readonly #scanMarks: Uint32Array;
  #mark = 0;

  constructor(entries: readonly IndexedRule[]) {
    this.#entries = entries;
    this.#marks = new Uint32Array(entries.length);
    this.#scanMarks = new Uint32Array(entries.length);
    this.#always = entries.flatMap(({ rule }, number) => (rule.probes === null ? [number] : []));
    this.#fields = fieldsOf(entries);
  }

  /** In the order in which the rules were given. */
  candidates(event: RowEvent): readonly IndexedRule[] {
    const found: number[] = [...this.#always];
    const marks = this.#marks;
    // Marks of both arrays are taken from one count: none is used twice.
    if (this.#mark > LAST_MARK) {
      marks.fill(0);
      this.#scanMarks.fill(0);
      this.#mark = 0;
    }
    const mark = ++this.#mark;
    for (const probes of this.#fields) {
      for (const value of probes.field === ANY_FIELD ? lower(event.values()) : event.ownFolded(probes.field)) {
        for (const number of this.#ownersOf(probes, value)) {
          if (marks[number] === mark) continue;
          marks[number] = mark;
          found.push(number);
        }
      }
    }
    if (found.length > 1) found.sort((a, b) => a - b);
    return found.map((number) => this.#entries[number]);
  }

  /** Rules of which the value satisfies a probe. Values come again and again: what was found is remembered for short ones. */
  #ownersOf({ exact, scanner, known }: FieldProbes, value: string): readonly number[] {
    const remembered = known.get(value);
    if (remembered !== undefined) return remembered;
    const owners: number[] = [...(exact.get(value) ?? NONE)];
    scanner?.scan(value, this.#scanMarks, ++this.#mark, owners);
    if (value.length <= LETTERS_KNOWN) {
      if (known.size >= VALUES_KNOWN) known.clear();
      known.set(value, owners);
    }
    return owners;
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
  return [...byField].map(([field, { exact, texts }]) => ({
    field,
    exact,
    scanner: texts.length > 0 ? new TextScanner(texts) : null,
    known: new Map(),
  }));
}
