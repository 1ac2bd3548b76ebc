/** A record as Sigma sees it. Names of fields are taken in any case and with or without blanks. */
export type SigmaEvent = {
  readonly eventId: number;
  /** Every value of the field, empty where the record has none. */
  field(name: string): readonly string[];
  /** The same in lower case: rules compare so unless they say `cased`. */
  folded(name: string): readonly string[];
  /** All values, for keywords. */
  values(): Iterable<string>;
};

export type EventTest = (event: SigmaEvent) => boolean;

/** What a value must be or hold, in lower case and never empty. `field` is a plain name. */
export type Probe = { readonly field: string; readonly how: 'equals' | 'contains'; readonly text: string };

/** A test, and what the index may ask first: an event that passes satisfies at least one of the probes. Null: nothing is known. */
export type CompiledTest = { readonly test: EventTest; readonly probes: readonly Probe[] | null };

const known = new Map<string, string>();
const KNOWN_ALLOWED = 10_000;

/** A field's name as it is compared: rules name the fields of some providers without the blanks that their records have ("Threat Name"). */
export function plainName(name: string): string {
  const found = known.get(name);
  if (found !== undefined) return found;
  // Names come from records too, which are hostile: what is remembered stays bounded.
  if (known.size >= KNOWN_ALLOWED) known.clear();
  const plain = name.replaceAll(' ', '').toLowerCase();
  known.set(name, plain);
  return plain;
}
