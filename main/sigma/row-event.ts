import type { SigmaEvent } from './compile-selection.ts';

/** What every record has beside its own fields, under the names that rules use. */
export type RecordHead = { readonly eventId: number; readonly channel: string; readonly provider: string; readonly computer: string };

/** A record for the tests of rules: its fields are listed when the first of them is asked for, names in any case. */
export class RowEvent implements SigmaEvent {
  readonly eventId: number;
  readonly #head: RecordHead;
  readonly #fields: () => readonly (readonly [name: string, value: string])[];
  #byName: Map<string, string[]> | null = null;
  /** Set for the rule under test: the name that a log source gives a field. */
  rename: Readonly<Record<string, string>> | undefined;

  constructor(head: RecordHead, fields: () => readonly (readonly [name: string, value: string])[]) {
    this.eventId = head.eventId;
    this.#head = head;
    this.#fields = fields;
  }

  field(name: string): readonly string[] {
    const own = this.rename !== undefined && Object.hasOwn(this.rename, name) ? this.rename[name] : name;
    const lower = plainName(own);
    const found = this.#named().get(lower);
    if (found !== undefined) return found;
    if (lower === 'eventid') return [String(this.#head.eventId)];
    if (lower === 'channel') return [this.#head.channel];
    if (lower === 'provider_name') return [this.#head.provider];
    return lower === 'computer' || lower === 'computername' ? [this.#head.computer] : [];
  }

  *values(): Iterable<string> {
    for (const list of this.#named().values()) yield* list;
    yield this.#head.provider;
  }

  #named(): Map<string, string[]> {
    if (this.#byName !== null) return this.#byName;
    const byName = new Map<string, string[]>();
    for (const [name, value] of this.#fields()) {
      const list = byName.get(plainName(name));
      if (list) list.push(value);
      else byName.set(plainName(name), [value]);
    }
    this.#byName = byName;
    return byName;
  }
}

/** Rules name the fields of some providers without the blanks that their records have ("Threat Name"). */
function plainName(name: string): string {
  return name.replaceAll(' ', '').toLowerCase();
}
