import { TOKEN, TYPE_BYTES } from './binxml.table.ts';
import { Damage } from './damage.ts';
import type { RecordPlan } from './record-plan.ts';
import { nameBytes, nameStart, TOKEN_WIDTH, type Tokens, VALUE_TOKEN } from './tokens.ts';

export type Substitution = { readonly kind: 'substitution'; readonly index: number };
export type Literal = { readonly kind: 'literal'; readonly text: string };
export type Attribute = { readonly name: string; readonly content: Piece[] };
export type Element = { readonly kind: 'element'; readonly name: string; readonly attributes: Attribute[]; readonly content: Content[] };
export type Piece = Substitution | Literal;
export type Content = Piece | Element;

/** What a substitution is used for when its value turns out to be BinXML or an array. */
export const USE_TEXT = 0;
/** Between tags: BinXML becomes elements. */
const USE_CONTENT = 1;
/** The only content of an unnamed `Data`: an array becomes several `Data`, as Windows renders it. */
export const USE_REPEAT = 2;

/** A compiled definition: it holds no offsets, so it serves in every chunk in which the same definition occurs. */
export type Template = {
  /** Identifies it in the signatures of records. */
  readonly serial: number;
  readonly content: readonly Content[];
  /** Number of substitutions it uses. */
  readonly slots: number;
  readonly uses: Uint8Array;
  /** Fragments written without a template: where the template instances inside them start; they are numbered as substitutions. */
  readonly instances: readonly number[];
  /** Plans of records that have this template at the top, the last used first. */
  readonly plans: RecordPlan[];
};

const MOST_DEPTH = 64;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const NAME_DECODER = new TextDecoder('utf-16le');

/** Builds the tree of a fragment that `Tokens` has read. `textOf` renders the value of a text token that is no string. */
export function buildTemplate(
  bytes: Uint8Array,
  tokens: Tokens,
  serial: number,
  textOf: (type: number, at: number, size: number) => string,
): Template {
  const content: Content[] = [];
  const open: Element[] = [];
  const instances: number[] = [];
  let target: Content[] | Piece[] = content;
  const textAt = (at: number, length: number): string => NAME_DECODER.decode(bytes.subarray(at, at + length));
  const nameAt = (offset: number): string => textAt(nameStart(offset), nameBytes(bytes, offset));
  const addText = (text: string): void => {
    target.push({ kind: 'literal', text });
  };
  for (let at = 0; at < tokens.length; at += TOKEN_WIDTH) {
    const first = tokens.items[at + 1]!;
    const second = tokens.items[at + 2]!;
    switch (tokens.items[at]) {
      case TOKEN.openElement: {
        if (open.length >= MOST_DEPTH) throw new Damage(first, `expected at most ${MOST_DEPTH} nested elements`);
        const element: Element = { kind: 'element', name: nameAt(first), attributes: [], content: [] };
        (open.at(-1)?.content ?? content).push(element);
        open.push(element);
        target = element.content;
        break;
      }
      case TOKEN.attribute: {
        const attribute: Attribute = { name: nameAt(first), content: [] };
        open.at(-1)?.attributes.push(attribute);
        target = attribute.content;
        break;
      }
      case TOKEN.closeStart:
        target = open.at(-1)?.content ?? content;
        break;
      case TOKEN.closeEmpty:
      case TOKEN.endElement:
        open.pop();
        target = open.at(-1)?.content ?? content;
        break;
      case TOKEN.text:
      case TOKEN.cdata:
        addText(textAt(first, second));
        break;
      case VALUE_TOKEN:
        addText(textOf(first, second, TYPE_BYTES[first] ?? 0));
        break;
      case TOKEN.character:
        addText(String.fromCharCode(first));
        break;
      case TOKEN.entity:
        addText(ENTITIES[nameAt(first)] ?? `&${nameAt(first)};`);
        break;
      case TOKEN.substitution:
        target.push({ kind: 'substitution', index: first });
        break;
      case TOKEN.instance:
        target.push({ kind: 'substitution', index: instances.push(first) - 1 });
        break;
    }
  }
  return { serial, content, ...usesOf(content), instances, plans: [] };
}

function usesOf(content: readonly Content[]): { slots: number; uses: Uint8Array } {
  const uses = new Map<number, number>();
  const visit = (pieces: readonly Content[], use: number): void => {
    for (const piece of pieces) {
      if (piece.kind === 'substitution') uses.set(piece.index, Math.max(use, uses.get(piece.index) ?? 0));
      if (piece.kind !== 'element') continue;
      for (const attribute of piece.attributes) visit(attribute.content, USE_TEXT);
      visit(piece.content, isRepeatable(piece) ? USE_REPEAT : USE_CONTENT);
    }
  };
  visit(content, USE_CONTENT);
  const slots = uses.size === 0 ? 0 : Math.max(...uses.keys()) + 1;
  const table = new Uint8Array(slots);
  for (const [index, use] of uses) table[index] = use;
  return { slots, uses: table };
}

export function isRepeatable(element: Element): boolean {
  return (
    element.name === 'Data' &&
    element.attributes.length === 0 &&
    element.content.length === 1 &&
    element.content[0]!.kind === 'substitution'
  );
}

/**
 * Two 32-bit hashes of what a definition says, names and text by their characters, for offsets differ from chunk to chunk. Not against an
 * attacker: the cache lives as long as one file, so a collision could only spoil the file that was made to have it.
 */
export function fingerprint(bytes: Uint8Array, tokens: Tokens): string {
  let one = 0x811c9dc5;
  let two = 0x9e3779b9;
  const items = tokens.items;
  for (let at = 0; at < tokens.length; at += TOKEN_WIDTH) {
    const code = items[at]!;
    let start = 0;
    let length = 0;
    if (code === TOKEN.openElement || code === TOKEN.attribute || code === TOKEN.entity) {
      start = nameStart(items[at + 1]!);
      length = nameBytes(bytes, items[at + 1]!);
    } else if (code === TOKEN.text || code === TOKEN.cdata) {
      start = items[at + 1]!;
      length = items[at + 2]!;
    } else if (code === VALUE_TOKEN) {
      start = items[at + 2]!;
      length = TYPE_BYTES[items[at + 1]!] ?? 0;
    }
    const operands = code === TOKEN.substitution || code === TOKEN.character ? items[at + 1]! : length;
    one = Math.imul(one ^ (code + (operands << 8)), 0x01000193);
    two = Math.imul(two + code + (operands << 8), 0x85ebca6b);
    two ^= two >>> 13;
    for (let i = start; i < start + length; i += 1) {
      one = Math.imul(one ^ bytes[i]!, 0x01000193);
      two = Math.imul(two, 31) + bytes[i]!;
    }
  }
  return `${one}:${two}`;
}
