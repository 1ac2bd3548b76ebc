import { plainName, type SigmaEvent } from './sigma-event.ts';

/** What every record has beside its own fields, under the names that rules use. `time` is ISO 8601 in UTC. */
export type RecordHead = {
  readonly eventId: number;
  readonly channel: string;
  readonly provider: string;
  readonly computer: string;
  readonly time?: () => string;
};

/** The fields of a record one at a time. The list of names is the same object for all records of one form. */
export type FieldReader = {
  readonly names: readonly string[];
  value(place: number): string;
  /** The value in lower case, where the reader has it at hand. */
  folded?(place: number): string;
};

type Pairs = () => readonly (readonly [name: string, value: string])[];
const NONE: readonly string[] = [];

/** A record for the tests of rules: a field is read when the first of them asks for it, names in any case. */
export class RowEvent implements SigmaEvent {
  readonly eventId: number;
  readonly #head: RecordHead;
  readonly #fields: Pairs | FieldReader;
  #reader: FieldReader | null = null;
  #places: ReadonlyMap<string, readonly number[]> | null = null;
  readonly #read = new Map<string, readonly string[]>();
  readonly #lower = new Map<string, readonly string[]>();
  /** Set for the rule under test: the name that a log source gives a field. */
  rename: Readonly<Record<string, string>> | undefined;

  constructor(head: RecordHead, fields: Pairs | FieldReader) {
    this.eventId = head.eventId;
    this.#head = head;
    this.#fields = fields;
  }

  field(name: string): readonly string[] {
    return this.own(this.#ownName(name));
  }

  folded(name: string): readonly string[] {
    return this.ownFolded(this.#ownName(name));
  }

  /** Values by the record's own plain name. */
  own(plain: string): readonly string[] {
    const known = this.#read.get(plain);
    if (known !== undefined) return known;
    const reader = this.#open();
    const places = this.#places?.get(plain);
    const values = places === undefined ? this.#ofHead(plain) : places.map((place) => reader.value(place));
    this.#read.set(plain, values);
    return values;
  }

  ownFolded(plain: string): readonly string[] {
    const known = this.#lower.get(plain);
    if (known !== undefined) return known;
    const reader = this.#open();
    const places = reader.folded === undefined ? undefined : this.#places?.get(plain);
    const lower = places?.map((place) => reader.folded?.(place) ?? '') ?? this.own(plain).map((value) => value.toLowerCase());
    this.#lower.set(plain, lower);
    return lower;
  }

  *values(): Iterable<string> {
    this.#open();
    for (const name of this.#places?.keys() ?? []) yield* this.own(name);
    yield this.#head.provider;
  }

  #ownName(name: string): string {
    const plain = plainName(name);
    return this.rename === undefined ? plain : (plainRenames(this.rename).get(plain) ?? plain);
  }

  #ofHead(plain: string): readonly string[] {
    if (plain === 'eventid') return [String(this.#head.eventId)];
    if (plain === 'channel') return [this.#head.channel];
    if (plain === 'provider_name') return [this.#head.provider];
    if (plain === 'timecreated' || plain === 'timecreated_systemtime') return this.#head.time === undefined ? NONE : [this.#head.time()];
    return plain === 'computer' || plain === 'computername' ? [this.#head.computer] : NONE;
  }

  #open(): FieldReader {
    if (this.#reader !== null) return this.#reader;
    const reader = typeof this.#fields === 'function' ? listed(this.#fields()) : this.#fields;
    this.#reader = reader;
    this.#places = placesOf(reader.names);
    return reader;
  }
}

function listed(pairs: readonly (readonly [name: string, value: string])[]): FieldReader {
  return { names: pairs.map(([name]) => name), value: (place) => pairs[place][1] };
}

/** Where each plain name stands, by the list of names: records of one form share it. */
const placesByNames = new WeakMap<readonly string[], ReadonlyMap<string, readonly number[]>>();

function placesOf(names: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const known = placesByNames.get(names);
  if (known !== undefined) return known;
  const places = new Map<string, number[]>();
  for (const [place, name] of names.entries()) {
    const plain = plainName(name);
    const held = places.get(plain);
    if (held) held.push(place);
    else places.set(plain, [place]);
  }
  placesByNames.set(names, places);
  return places;
}

const renames = new WeakMap<object, ReadonlyMap<string, string>>();

/** What a log source renames, by plain names. */
export function plainRenames(rename: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const known = renames.get(rename);
  if (known !== undefined) return known;
  const plain = new Map(Object.entries(rename).map(([name, own]) => [plainName(name), plainName(own)]));
  renames.set(rename, plain);
  return plain;
}
