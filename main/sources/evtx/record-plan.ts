import type { Shape } from '../row-writer.ts';
import { type Binder, SIGNATURE_ARRAY, SIGNATURE_END } from './bind.ts';
import { Damage } from './damage.ts';
import { FieldNames } from './field-names.ts';
import type { Attribute, Content, Element, Piece, Template } from './template.ts';
import { isRepeatable } from './template.ts';

/** No source: the record's template has no such element. */
export const ABSENT = -0x40000000;
/** Sources from here on are composites. */
export const COMPOSITE = 0x100000;

/** Where the fixed parts of a record come from; a source as in `RecordPlan.sources`, or `ABSENT`. */
export type SystemSources = {
  eventId: number;
  time: number;
  recordId: number;
  channel: number;
  provider: number;
  computer: number;
  userSid: number;
};

/**
 * How all records of one signature are read. A source is the position of a value of the `Binder` (0 and up), the complement of a
 * position in `constants` (negative), or `COMPOSITE` plus a position in `composites`, which are lists of the first two.
 */
export type RecordPlan = {
  readonly signature: Int32Array;
  readonly names: readonly string[];
  readonly sources: Int32Array;
  /** Positions in `sources` of facts of `System` that records of this signature may lack. */
  readonly optional: Int32Array;
  /** By bits for the optional facts that are absent; made when first met. */
  readonly variants: (PlanVariant | undefined)[];
  readonly constants: readonly Uint8Array[];
  readonly constantTexts: readonly string[];
  readonly composites: readonly Int32Array[];
  readonly system: SystemSources;
};

/** A plan without the facts of `System` that a record does not have: they would be empty fields by the million. */
export type PlanVariant = { readonly shape: Shape; readonly sources: Int32Array };

const MOST_FIELDS = 4096;
/** Bits of the mask of absent facts; `System` has about a dozen. */
const MOST_OPTIONAL = 12;
/** A value is at most 64 KiB long; this keeps what a record can unfold to at 4 MiB. */
const MOST_USES = 64;
/** Fragments put into one another may unfold without end. */
const MOST_STEPS = 65_536;
/** The same for all records of a chunk: some hundred times what an honest one takes. */
const MOST_CHUNK_STEPS = 1_048_576;

type Bound = {
  readonly template: Template;
  readonly base: number;
  readonly nested: Map<number, Bound>;
  readonly items: Map<number, { base: number; count: number }>;
};
type Placed = { readonly content: Content; readonly bound: Bound };

/** What is left of the work that the records of one chunk may cause. */
export type LinkBudget = { steps: number };

export function newLinkBudget(): LinkBudget {
  return { steps: MOST_CHUNK_STEPS };
}

/** Works out the plan of the record that the binder holds. `textOf` gives a value as text, for names that are values. */
export function linkPlan(binder: Binder, budget: LinkBudget, textOf: (value: number) => string): RecordPlan {
  return new Linker(binder, budget, textOf).link();
}

/** The variant of a plan for the optional facts that `absent` says are not there. */
export function variantOf(plan: RecordPlan, absent: number, shapeOf: (names: string[]) => Shape): PlanVariant {
  const left = new Set<number>();
  for (let bit = 0; bit < plan.optional.length; bit += 1) if (absent & (1 << bit)) left.add(plan.optional[bit]!);
  const variant = {
    shape: shapeOf(plan.names.filter((_, place) => !left.has(place))),
    sources: plan.sources.filter((_, place) => !left.has(place)),
  };
  plan.variants[absent] = variant;
  return variant;
}

class Linker {
  readonly #binder: Binder;
  readonly #textOf: (value: number) => string;
  readonly #constants: Uint8Array[] = [];
  readonly #constantTexts: string[] = [];
  readonly #constantOf = new Map<string, number>();
  readonly #composites: Int32Array[] = [];
  readonly #uses = new Map<number, number>();
  readonly #fields = new FieldNames(MOST_FIELDS);
  readonly #system: SystemSources = {
    eventId: ABSENT,
    time: ABSENT,
    recordId: ABSENT,
    channel: ABSENT,
    provider: ABSENT,
    computer: ABSENT,
    userSid: ABSENT,
  };
  #signatureAt = 0;
  #templateAt = 0;
  #base = 0;
  readonly #budget: LinkBudget;
  #steps = 0;

  constructor(binder: Binder, budget: LinkBudget, textOf: (value: number) => string) {
    this.#binder = binder;
    this.#budget = budget;
    this.#textOf = textOf;
  }

  link(): RecordPlan {
    const root = this.#readBound();
    for (const placed of this.#expand(root.template.content, root)) {
      if (placed.content.kind !== 'element') continue;
      if (placed.content.name !== 'Event') this.#addSection(placed.content, placed.bound);
      else
        for (const section of this.#expand(placed.content.content, placed.bound))
          if (section.content.kind === 'element') this.#addSection(section.content, section.bound);
    }
    const { names, sources, systemFrom } = this.#fields.finish();
    const isOptional = (source: number, place: number): boolean => place >= systemFrom && source >= 0 && source < COMPOSITE;
    const optional = sources.flatMap((source, place) => (isOptional(source, place) ? [place] : [])).slice(0, MOST_OPTIONAL);
    return {
      signature: this.#binder.signature.slice(0, this.#binder.signatureLength),
      names,
      sources: Int32Array.from(sources),
      optional: Int32Array.from(optional),
      variants: [],
      constants: this.#constants,
      constantTexts: this.#constantTexts,
      composites: this.#composites,
      system: this.#system,
    };
  }

  /** Rebuilds from the signature what the binder did, with the same positions of values. */
  #readBound(): Bound {
    const { signature, templates } = this.#binder;
    const template = templates[this.#templateAt]!;
    this.#templateAt += 1;
    this.#signatureAt += 1;
    const bound: Bound = { template, base: this.#base, nested: new Map(), items: new Map() };
    this.#base += template.slots;
    while (signature[this.#signatureAt] !== SIGNATURE_END) {
      const slot = signature[this.#signatureAt]!;
      const next = signature[this.#signatureAt + 1]!;
      this.#signatureAt += 1;
      if (next <= SIGNATURE_ARRAY) {
        const count = SIGNATURE_ARRAY - next;
        bound.items.set(slot, { base: this.#base, count });
        this.#base += count;
        this.#signatureAt += 1;
      } else {
        bound.nested.set(slot, this.#readBound());
      }
    }
    this.#signatureAt += 1;
    return bound;
  }

  /** Content with the nested fragments put in the place of their substitutions. */
  #expand(content: readonly Content[], bound: Bound): Placed[] {
    const placed: Placed[] = [];
    for (const piece of content) {
      const nested = piece.kind === 'substitution' ? bound.nested.get(piece.index) : undefined;
      if (nested === undefined) placed.push({ content: piece, bound });
      else placed.push(...this.#expand(nested.template.content, nested));
      this.#steps += 1;
      this.#budget.steps -= 1;
      if (this.#steps > MOST_STEPS || this.#budget.steps < 0) throw new Damage(0, 'expected fewer elements in a record');
    }
    return placed;
  }

  #addSection(section: Element, bound: Bound): void {
    if (section.name === 'System') {
      for (const child of this.#expand(section.content, bound))
        if (child.content.kind === 'element') this.#addSystem(child.content, child.bound);
      return;
    }
    const isPlain = section.name === 'EventData' || section.name === 'UserData';
    this.#addAttributes(section, bound, section.name);
    const text: Placed[] = [];
    for (const child of this.#expand(section.content, bound)) {
      if (child.content.kind === 'element')
        this.#addElement(child.content, child.bound, isPlain ? '' : `${section.name}.`, section.name, 0);
      else if (!isBlank(child.content)) text.push(child);
    }
    if (text.length > 0) this.#fields.add(section.name, '', this.#sourceOf(text));
  }

  #addElement(element: Element, bound: Bound, prefix: string, parent: string, depth: number): void {
    if (depth > 64) throw new Damage(0, 'expected at most 64 nested elements');
    const named = element.name === 'Data' ? element.attributes.find((attribute) => attribute.name === 'Name') : undefined;
    const name = (named && this.#nameOf(named, bound)) || element.name;
    const items = isRepeatable(element) ? bound.items.get((element.content[0] as { index: number }).index) : undefined;
    if (items !== undefined) {
      for (let item = 0; item < items.count; item += 1) this.#fields.add(prefix + name, '', this.#use(items.base + item));
      return;
    }
    this.#addAttributes(element, bound, prefix + name, named);
    const text: Placed[] = [];
    let elements = 0;
    for (const child of this.#expand(element.content, bound)) {
      if (child.content.kind !== 'element') {
        text.push(child);
      } else {
        elements += 1;
        this.#addElement(child.content, child.bound, prefix, name, depth + 1);
      }
    }
    if (elements > 0 && text.every((piece) => isBlank(piece.content))) return;
    const carriesAttributes = element.attributes.some((attribute) => attribute !== named && !isNamespace(attribute.name));
    if (text.length === 0 && carriesAttributes) return;
    this.#fields.add(prefix + name, element.name === 'Data' ? '' : `${prefix}${parent}.${name}`, this.#sourceOf(text));
  }

  #addAttributes(element: Element, bound: Bound, name: string, except?: Attribute): void {
    for (const attribute of element.attributes) {
      if (attribute === except || isNamespace(attribute.name)) continue;
      this.#fields.add(`${name}.${attribute.name}`, '', this.#attributeSource(attribute, bound));
    }
  }

  #addSystem(element: Element, bound: Bound): void {
    const system = this.#system;
    for (const attribute of element.attributes) {
      if (isNamespace(attribute.name)) continue;
      const source = this.#attributeSource(attribute, bound);
      const place = `${element.name}@${attribute.name}`;
      if (place === 'Provider@Name') system.provider = source;
      else if (place === 'TimeCreated@SystemTime') system.time = source;
      else this.#fields.addSystem(place === 'Provider@Guid' ? 'ProviderGuid' : attribute.name, source);
      if (place === 'Security@UserID') system.userSid = source;
    }
    const text = this.#expand(element.content, bound).filter((child) => child.content.kind !== 'element');
    if (text.length === 0) return;
    const source = this.#sourceOf(text);
    if (element.name === 'EventID') system.eventId = source;
    else if (element.name === 'EventRecordID') system.recordId = source;
    else if (element.name === 'Channel') system.channel = source;
    else if (element.name === 'Computer') system.computer = source;
    else this.#fields.addSystem(element.name, source);
  }

  #nameOf(attribute: Attribute, bound: Bound): string {
    return attribute.content
      .map((piece) => {
        if (piece.kind === 'literal') return piece.text;
        // A name that is a value: right for this record only.
        this.#binder.cacheable = false;
        return piece.index < bound.template.slots ? this.#textOf(bound.base + piece.index) : '';
      })
      .join('')
      .slice(0, 256);
  }

  #attributeSource(attribute: Attribute, bound: Bound): number {
    return this.#sourceOf(attribute.content.map((content) => ({ content, bound })));
  }

  #sourceOf(pieces: readonly Placed[]): number {
    if (pieces.length === 1) return this.#pieceSource(pieces[0]!.content as Piece, pieces[0]!.bound);
    const literals = pieces.filter((piece) => piece.content.kind === 'literal');
    if (literals.length === pieces.length)
      return this.#constant(literals.map((piece) => (piece.content as { text: string }).text).join(''));
    this.#composites.push(Int32Array.from(pieces, (piece) => this.#pieceSource(piece.content as Piece, piece.bound)));
    return COMPOSITE + this.#composites.length - 1;
  }

  #pieceSource(piece: Piece, bound: Bound): number {
    if (piece.kind === 'literal') return this.#constant(piece.text);
    return piece.index < bound.template.slots ? this.#use(bound.base + piece.index) : this.#constant('');
  }

  #use(value: number): number {
    const uses = (this.#uses.get(value) ?? 0) + 1;
    if (uses > MOST_USES) throw new Damage(0, `expected a value to be used at most ${MOST_USES} times`);
    this.#uses.set(value, uses);
    return value;
  }

  #constant(text: string): number {
    const known = this.#constantOf.get(text);
    if (known !== undefined) return known;
    this.#constantTexts.push(text);
    const source = ~(this.#constants.push(new TextEncoder().encode(text)) - 1);
    this.#constantOf.set(text, source);
    return source;
  }
}

function isBlank(content: Content): boolean {
  return content.kind === 'literal' && content.text.trim() === '';
}

/** Namespace declarations say nothing about the event. */
function isNamespace(name: string): boolean {
  return name === 'xmlns' || name.startsWith('xmlns:');
}
