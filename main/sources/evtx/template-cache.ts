import { findInstanceEnd } from './bind.ts';
import { Damage } from './damage.ts';
import { u32 } from './little-endian.ts';
import { buildTemplate, fingerprint, type Template } from './template.ts';
import { Tokens } from './tokens.ts';

const DEFINITION_BYTES = 24;
/** Honest files have some hundreds; past this the table is emptied. */
const MOST_TEMPLATES = 4096;
/** A chunk is 64 KiB; definitions that overlap to make work are refused past this many bytes read in one chunk. */
const MOST_COMPILED_BYTES = 512 * 1024;

/**
 * Template definitions by their offset in the current chunk, and across chunks by GUID and what they say, so that each is compiled once per
 * file although every chunk repeats it.
 */
export class TemplateCache {
  readonly #bytes: Uint8Array;
  readonly #tokens: Tokens;
  readonly #textOf: (type: number, at: number, size: number) => string;
  /** Position in `#here` plus one, by offset in the chunk. */
  readonly #slotAt = new Int32Array(65_536);
  readonly #here: Template[] = [];
  readonly #offsets: number[] = [];
  readonly #known = new Map<string, Template>();
  #serial = 0;
  #compiledBytes = 0;

  constructor(bytes: Uint8Array, textOf: (type: number, at: number, size: number) => string) {
    this.#bytes = bytes;
    this.#textOf = textOf;
    this.#tokens = new Tokens((at, limit) => findInstanceEnd(bytes, at, limit));
  }

  startChunk(): void {
    for (const offset of this.#offsets) this.#slotAt[offset] = 0;
    this.#offsets.length = 0;
    this.#here.length = 0;
    this.#compiledBytes = 0;
  }

  /** Lets go of all templates but those of the current chunk. */
  forget(): void {
    this.#known.clear();
  }

  at(offset: number): Template {
    const slot = offset < 65_536 ? this.#slotAt[offset]! : 0;
    return slot > 0 ? this.#here[slot - 1]! : this.#load(offset);
  }

  /** A fragment `[at, end)` without a template; it is not kept. */
  compilePlain(at: number, end: number): Template {
    this.#spend(at, end - at);
    this.#tokens.read(this.#bytes, at, end);
    this.#serial += 1;
    return buildTemplate(this.#bytes, this.#tokens, this.#serial, this.#textOf);
  }

  #load(offset: number): Template {
    const bytes = this.#bytes;
    const size = offset + DEFINITION_BYTES <= bytes.length ? u32(bytes, offset + 20) : -1;
    const start = offset + DEFINITION_BYTES;
    if (size < 0 || start + size > bytes.length) throw new Damage(0, `expected a template definition at chunk offset ${offset}`);
    this.#spend(offset, size);
    this.#tokens.read(bytes, start, start + size);
    const guid = [4, 8, 12, 16].map((at) => u32(bytes, offset + at)).join('-');
    const key = `${guid}:${fingerprint(bytes, this.#tokens)}`;
    const template = this.#known.get(key) ?? this.#compile(key, offset);
    this.#offsets.push(offset);
    this.#slotAt[offset] = this.#here.push(template);
    return template;
  }

  #compile(key: string, offset: number): Template {
    this.#serial += 1;
    const template = buildTemplate(this.#bytes, this.#tokens, this.#serial, this.#textOf);
    if (template.instances.length > 0) throw new Damage(offset, 'expected no template instance inside a template definition');
    if (this.#known.size >= MOST_TEMPLATES) this.#known.clear();
    this.#known.set(key, template);
    return template;
  }

  #spend(at: number, size: number): void {
    this.#compiledBytes += size;
    if (this.#compiledBytes > MOST_COMPILED_BYTES) throw new Damage(at, 'expected fewer template definitions in a chunk');
  }
}
