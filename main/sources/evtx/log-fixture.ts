import { crc32 } from 'node:zlib';

/** Assembles small logs for the tests of this source, from the other end of the format. */

export type Node = string | { sub: number } | { instance: Template; values: Value[] } | ElementNode;
export type ElementNode = { name: string; attributes: [name: string, value: string | { sub: number }][]; content: Node[] };
export type Template = { id: number; root: ElementNode };
export type Value = { type: number; bytes: Uint8Array };

export function element(name: string, attributes: ElementNode['attributes'], ...content: Node[]): ElementNode {
  return { name, attributes, content };
}

export function text(value: string): Value {
  return { type: 0x01, bytes: Buffer.from(value, 'utf16le') };
}

export function integer(type: number, size: number, value: bigint | number): Value {
  const bytes = new Uint8Array(size);
  for (let at = 0, rest = BigInt.asUintN(64, BigInt(value)); at < size; at += 1, rest >>= 8n) bytes[at] = Number(rest & 0xffn);
  return { type, bytes };
}

/** One chunk of a log: names are written where they are first used, template definitions likewise. */
export class ChunkFixture {
  readonly bytes = Buffer.alloc(65_536);
  #at = 512;
  readonly #names = new Map<string, number>();
  readonly #templates = new Map<number, number>();
  #first = -1;
  #last = -1;
  #lastAt = 0;

  record(number: number, filetime: bigint, content: Node): this {
    const start = this.#at;
    this.bytes.writeUInt32LE(0x2a2a, start);
    this.bytes.writeBigUInt64LE(BigInt(number), start + 8);
    this.bytes.writeBigUInt64LE(filetime, start + 16);
    this.#at = start + 24;
    this.#fragment(content);
    while ((this.#at - start + 4) % 8 !== 0) this.#byte(0);
    const size = this.#at - start + 4;
    this.bytes.writeUInt32LE(size, start + 4);
    this.#integer(size);
    if (this.#first < 0) this.#first = number;
    this.#last = number;
    this.#lastAt = start;
    return this;
  }

  /** Writes the header over all records so far; records added later are such as the header does not count. */
  seal(): this {
    const { bytes } = this;
    bytes.write('ElfChnk\0', 0, 'latin1');
    for (const at of [8, 24]) bytes.writeBigUInt64LE(BigInt(this.#first), at);
    for (const at of [16, 32]) bytes.writeBigUInt64LE(BigInt(this.#last), at);
    bytes.writeUInt32LE(128, 40);
    bytes.writeUInt32LE(this.#lastAt, 44);
    bytes.writeUInt32LE(this.#at, 48);
    bytes.writeUInt32LE(crc32(bytes.subarray(512, this.#at)), 52);
    bytes.writeUInt32LE(crc32(bytes.subarray(128, 512), crc32(bytes.subarray(0, 120))), 124);
    return this;
  }

  #fragment(content: Node): void {
    this.#put(Buffer.of(0x0f, 1, 1, 0));
    this.#node(content);
    this.#byte(0);
  }

  #node(node: Node): void {
    if (typeof node === 'string') {
      this.#put(Buffer.of(0x05, 0x01, node.length & 0xff, node.length >> 8));
      this.#put(Buffer.from(node, 'utf16le'));
    } else if ('sub' in node) {
      this.#put(Buffer.of(0x0e, node.sub, 0, 0));
    } else if ('instance' in node) {
      this.#instance(node.instance, node.values);
    } else {
      this.#element(node);
    }
  }

  #element({ name, attributes, content }: ElementNode): void {
    this.#byte(attributes.length > 0 ? 0x41 : 0x01);
    this.#put(Buffer.of(0xff, 0xff));
    const sizeAt = this.#at;
    this.#integer(0);
    this.#name(name);
    if (attributes.length > 0) {
      const listAt = this.#at;
      this.#integer(0);
      attributes.forEach(([attribute, value], index) => {
        this.#byte(index < attributes.length - 1 ? 0x46 : 0x06);
        this.#name(attribute);
        this.#node(value);
      });
      this.bytes.writeUInt32LE(this.#at - listAt - 4, listAt);
    }
    this.#byte(content.length === 0 ? 0x03 : 0x02);
    for (const child of content) this.#node(child);
    if (content.length > 0) this.#byte(0x04);
    this.bytes.writeUInt32LE(this.#at - sizeAt - 4, sizeAt);
  }

  #instance({ id, root }: Template, values: Value[]): void {
    this.#put(Buffer.of(0x0c, 1));
    this.#integer(id);
    const known = this.#templates.get(id);
    this.#integer(known ?? this.#at + 4);
    if (known === undefined) {
      this.#templates.set(id, this.#at);
      this.#put(new Uint8Array(20).fill(id, 4));
      const sizeAt = this.#at;
      this.#integer(0);
      this.#fragment(root);
      this.bytes.writeUInt32LE(this.#at - sizeAt - 4, sizeAt);
    }
    this.values(values);
  }

  /** The substitution values of an instance, in the place where the log is now. */
  values(values: readonly Value[]): void {
    this.#integer(values.length);
    const list = this.#at;
    this.#at += values.length * 4;
    values.forEach((value, index) => {
      const start = this.#at;
      // An empty BinXML value is filled with a fragment that is known by its own place only.
      if (value instanceof NestedValue) this.#fragment(value.content);
      else this.#put(value.bytes);
      this.bytes.writeUInt16LE(this.#at - start, list + index * 4);
      this.bytes[list + index * 4 + 2] = value.type;
    });
  }

  #name(name: string): void {
    const known = this.#names.get(name);
    this.#integer(known ?? this.#at + 4);
    if (known !== undefined) return;
    this.#names.set(name, this.#at);
    this.#put(new Uint8Array(6));
    this.#put(Buffer.of(name.length, 0));
    this.#put(Buffer.from(`${name}\0`, 'utf16le'));
  }

  #integer(value: number): void {
    this.bytes.writeUInt32LE(value, this.#at);
    this.#at += 4;
  }

  #byte(value: number): void {
    this.bytes[this.#at] = value;
    this.#at += 1;
  }

  #put(bytes: Uint8Array): void {
    this.bytes.set(bytes, this.#at);
    this.#at += bytes.length;
  }
}

class NestedValue implements Value {
  readonly type = 0x21;
  readonly bytes = new Uint8Array(0);
  readonly content: Node;

  constructor(content: Node) {
    this.content = content;
  }
}

/** A substitution value that is BinXML itself. */
export function nested(content: Node): Value {
  return new NestedValue(content);
}

/** A log of sealed chunks; the header counts `counted` of them. */
export function logOf(chunks: readonly ChunkFixture[], counted = chunks.length): Buffer {
  const header = Buffer.alloc(4096);
  header.write('ElfFile\0', 0, 'latin1');
  header.writeUInt32LE(128, 32);
  header.writeUInt16LE(1, 36);
  header.writeUInt16LE(3, 38);
  header.writeUInt16LE(4096, 40);
  header.writeUInt16LE(counted, 42);
  header.writeUInt32LE(crc32(header.subarray(0, 120)), 124);
  return Buffer.concat([header, ...chunks.map((chunk) => chunk.bytes)]);
}
