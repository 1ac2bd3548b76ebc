import { TOKEN, TYPE } from './binxml.table.ts';
import { Damage } from './damage.ts';
import { i32, u16, u32 } from './little-endian.ts';
import { type Template, USE_REPEAT, USE_TEXT } from './template.ts';
import type { TemplateCache } from './template-cache.ts';
import { FRAGMENT_BYTES } from './tokens.ts';

/** Ends the list of the dynamic values of one template in a signature. */
export const SIGNATURE_END = -1;
/** An array of n items in a signature is this minus n. */
export const SIGNATURE_ARRAY = -2;

const MOST_VALUES = 16_384;
const MOST_DEPTH = 16;
/** Longer arrays stay one value of joined lines. */
const MOST_REPEATS = 256;
const INSTANCE_BYTES = 10;
const DEFINITION_BYTES = 24;

/**
 * Locates and types the substitution values of one record, in nested template instances too. The signature says which templates were met
 * where: records of equal signature share a plan. Values lie one template after the other, in the order in which the signature names them.
 */
export class Binder {
  readonly types = new Uint8Array(MOST_VALUES);
  readonly starts = new Int32Array(MOST_VALUES);
  readonly sizes = new Int32Array(MOST_VALUES);
  readonly signature = new Int32Array(5 * MOST_VALUES);
  signatureLength = 0;
  /** Templates in the order of the signature. */
  readonly templates: Template[] = [];
  /** False when a part was written without a template: its plan serves this record only. */
  cacheable = true;
  readonly #bytes: Uint8Array;
  readonly #cache: TemplateCache;
  #used = 0;
  #instanceEnd = 0;

  constructor(bytes: Uint8Array, cache: TemplateCache) {
    this.#bytes = bytes;
    this.#cache = cache;
  }

  /** Binds the fragment of a record, `[start, end)`; its top template is `templates[0]`. */
  bind(start: number, end: number): Template {
    this.#used = 0;
    this.signatureLength = 0;
    this.templates.length = 0;
    this.cacheable = true;
    this.#bindFragment(start, end, 0);
    return this.templates[0]!;
  }

  #bindFragment(start: number, end: number, depth: number): void {
    if (depth > MOST_DEPTH) throw new Damage(start, `expected at most ${MOST_DEPTH} nested fragments`);
    const bytes = this.#bytes;
    const at = start + FRAGMENT_BYTES <= end && bytes[start] === TOKEN.fragment ? start + FRAGMENT_BYTES : start;
    if (at < end && bytes[at] === TOKEN.instance) {
      const { signatureLength } = this;
      const used = this.#used;
      const count = this.templates.length;
      this.#bindInstance(at, end, depth);
      const next = this.#instanceEnd < end ? bytes[this.#instanceEnd]! : 0;
      if (depth === 0 || (next !== TOKEN.instance && (next & 0x3f) !== TOKEN.openElement && next !== TOKEN.fragment)) return;
      this.signatureLength = signatureLength;
      this.#used = used;
      this.templates.length = count;
    }
    this.#bindPlain(at, end, depth);
  }

  /** A fragment written out without a template: compiled for this one time. */
  #bindPlain(at: number, end: number, depth: number): void {
    const template = this.#cache.compilePlain(at, end);
    this.cacheable = false;
    this.#open(template, at);
    const base = this.#allocate(template.slots, at);
    this.types.fill(TYPE.none, base, base + template.slots);
    for (let slot = 0; slot < template.instances.length; slot += 1) {
      this.#sign(slot);
      this.#bindInstance(template.instances[slot]!, end, depth + 1);
    }
    this.#sign(SIGNATURE_END);
  }

  #bindInstance(at: number, end: number, depth: number): void {
    if (depth > MOST_DEPTH) throw new Damage(at, `expected at most ${MOST_DEPTH} nested template instances`);
    const bytes = this.#bytes;
    if (at + INSTANCE_BYTES > end) throw new Damage(at, 'expected a template instance, found the end of its fragment');
    const definition = u32(bytes, at + 6);
    const template = this.#cache.at(definition);
    let from = at + INSTANCE_BYTES;
    if (definition === from) from += DEFINITION_BYTES + u32(bytes, from + 20);
    const count = from + 4 <= end ? u32(bytes, from) : -1;
    let value = from + 4 + count * 4;
    if (count < 0 || value > end) throw new Damage(from, 'expected the list of substitution values inside its fragment');
    const { slots } = template;
    const base = this.#allocate(slots, at);
    let dynamic = 0;
    const { types, starts, sizes } = this;
    let entry = from + 4;
    const kept = count < slots ? count : slots;
    for (let slot = base; slot < base + kept; slot += 1) {
      const descriptor = i32(bytes, entry);
      entry += 4;
      const size = descriptor & 0xffff;
      const type = (descriptor >> 16) & 0xff;
      types[slot] = type;
      starts[slot] = value;
      sizes[slot] = size;
      value += size;
      if (type === TYPE.binxml || type === (TYPE.array | TYPE.utf16)) dynamic += 1;
    }
    for (let slot = kept; slot < count; slot += 1) {
      value += u16(bytes, entry);
      entry += 4;
    }
    for (let slot = base + kept; slot < base + slots; slot += 1) types[slot] = TYPE.none;
    if (value > end) throw new Damage(from, `expected substitution values up to chunk offset ${end}, found them up to ${value}`);
    this.#open(template, at);
    if (dynamic > 0) this.#bindDynamic(template, base, depth);
    this.#sign(SIGNATURE_END);
    this.#instanceEnd = value;
  }

  /** Values that bring names or fields of their own: nested BinXML, and arrays that become several elements. */
  #bindDynamic(template: Template, base: number, depth: number): void {
    for (let slot = 0; slot < template.slots; slot += 1) {
      const at = base + slot;
      const use = template.uses[slot]!;
      const size = this.sizes[at]!;
      if (this.types[at] === TYPE.binxml && use !== USE_TEXT && size > 0) {
        this.#sign(slot);
        this.#bindFragment(this.starts[at]!, this.starts[at]! + size, depth + 1);
      } else if (this.types[at] === (TYPE.array | TYPE.utf16) && use === USE_REPEAT) {
        this.#bindArray(slot, this.starts[at]!, size);
      }
    }
  }

  /** Strings one after the other, each ended by a zero unit; the last may go without. */
  #bindArray(slot: number, start: number, size: number): void {
    const end = start + (size & ~1);
    const base = this.#used;
    let from = start;
    for (let at = start; at < end; at += 2) {
      if (this.#bytes[at] !== 0 || this.#bytes[at + 1] !== 0) continue;
      this.#addItem(from, at);
      from = at + 2;
    }
    if (from < end) this.#addItem(from, end);
    const count = this.#used - base;
    if (count === 0 || count > MOST_REPEATS) {
      this.#used = base;
      return;
    }
    this.#sign(slot);
    this.#sign(SIGNATURE_ARRAY - count);
  }

  #addItem(start: number, end: number): void {
    const slot = this.#allocate(1, start);
    this.types[slot] = TYPE.utf16;
    this.starts[slot] = start;
    this.sizes[slot] = end - start;
  }

  #allocate(slots: number, at: number): number {
    const base = this.#used;
    if (base + slots > MOST_VALUES) throw new Damage(at, `expected at most ${MOST_VALUES} values in a record`);
    this.#used = base + slots;
    return base;
  }

  #open(template: Template, at: number): void {
    // Half of the room, so that the entries of one template always fit.
    if (this.signatureLength > 2 * MOST_VALUES) throw new Damage(at, 'expected fewer nested template instances in a record');
    this.templates.push(template);
    this.#sign(template.serial);
  }

  #sign(item: number): void {
    this.signature[this.signatureLength] = item;
    this.signatureLength += 1;
  }
}

/** Where the template instance at `at` ends, without reading its values. */
export function findInstanceEnd(bytes: Uint8Array, at: number, limit: number): number {
  let from = at + INSTANCE_BYTES;
  if (from + 4 > limit) throw new Damage(at, 'expected a template instance, found the end of its fragment');
  if (u32(bytes, at + 6) === from) {
    if (from + DEFINITION_BYTES > limit) throw new Damage(from, 'expected a template definition, found the end of its fragment');
    from += DEFINITION_BYTES + u32(bytes, from + 20);
  }
  const count = from + 4 <= limit ? u32(bytes, from) : -1;
  let end = from + 4 + count * 4;
  if (count < 0 || end > limit) throw new Damage(from, 'expected the list of substitution values inside its fragment');
  for (let entry = from + 4, last = end; entry < last; entry += 4) end += u16(bytes, entry);
  if (end > limit) throw new Damage(from, 'expected substitution values inside their fragment');
  return end;
}
