import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { bodyTemplate, type Element, eventTemplate, SYSTEM, SYSTEM_VALUES, writeElement, writeFragmentHeader } from './binary-xml.ts';
import { ByteSink } from './byte-sink.ts';
import { type DemoEvent, type EventLayout, VALUE_TYPES } from './event-layout.ts';

export const CHUNK_BYTES = 65_536;
const HEADER_BYTES = 512;
const CHECKED_HEADER_BYTES = 120;
const NAME_TABLE = 128;
const NAME_BUCKETS = 64;
const TEMPLATE_TABLE = 384;
const TEMPLATE_BUCKETS = 32;
const RECORD_MAGIC = 0x2a2a;
const INSTANCE = 0x0c;
const END = 0x00;
const NESTED_XML = 0x21;
const NULL = 0x00;
const UINT8 = 0x04;

/** Only chosen so that equal definitions have equal ids; Windows draws them at random. */
function templateGuid(label: string): string {
  const digits = createHash('sha256').update(label).digest('hex').slice(0, 32);
  return `{${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(20)}}`;
}

type Template = { readonly element: Element; readonly guid: string };

/** One 64 KiB chunk: records with names and template definitions written where they are used first, as Windows does. */
export class ChunkBuilder {
  readonly #computer: string;
  /** Twice the size: a record is written and counts only if it ends inside the chunk. */
  readonly #out = new ByteSink(2 * CHUNK_BYTES + HEADER_BYTES);
  readonly #names = new Map<string, number>();
  readonly #definitions = new Map<string, number>();
  readonly #templates = new Map<EventLayout | 'data' | 'elements', Template>();
  #firstRecord = 0;
  #lastRecord = 0;
  #lastRecordAt = 0;
  #count = 0;

  constructor(computer: string) {
    this.#computer = computer;
    this.#clear();
  }

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  /** False when the record does not fit any more: the chunk is then as it was before. */
  append(event: DemoEvent, recordId: number): boolean {
    const out = this.#out;
    const start = out.at;
    const header = Buffer.from(out.bytes.subarray(0, HEADER_BYTES));
    this.#writeRecord(event, recordId);
    if (out.at > CHUNK_BYTES) {
      out.bytes.fill(0, start, out.at);
      header.copy(out.bytes);
      out.at = start;
      return false;
    }
    if (this.#count === 0) this.#firstRecord = recordId;
    this.#lastRecord = recordId;
    this.#lastRecordAt = start;
    this.#count += 1;
    return true;
  }

  /** The finished chunk; the builder begins a new one. `numberInFile` of the first record counts from 1, whatever its record id. */
  finish(numberInFile: number): Buffer {
    const out = this.#out;
    const end = out.at;
    out.at = 0;
    out.at += out.bytes.write('ElfChnk\0', 'latin1');
    out.u64(numberInFile);
    out.u64(numberInFile + this.#count - 1);
    out.u64(this.#firstRecord);
    out.u64(this.#lastRecord);
    out.u32(NAME_TABLE);
    out.u32(this.#lastRecordAt);
    out.u32(end);
    out.u32(crc32(out.bytes.subarray(HEADER_BYTES, end)));
    out.bytes.writeUInt32LE(1, CHECKED_HEADER_BYTES);
    const sum = crc32(out.bytes.subarray(NAME_TABLE, HEADER_BYTES), crc32(out.bytes.subarray(0, CHECKED_HEADER_BYTES)));
    out.bytes.writeUInt32LE(sum, CHECKED_HEADER_BYTES + 4);
    const chunk = Buffer.from(out.bytes.subarray(0, CHUNK_BYTES));
    this.#clear();
    return chunk;
  }

  #clear(): void {
    this.#out.bytes.fill(0);
    this.#out.at = HEADER_BYTES;
    this.#names.clear();
    this.#definitions.clear();
    this.#count = 0;
  }

  #writeRecord(event: DemoEvent, recordId: number): void {
    const out = this.#out;
    const start = out.at;
    out.u32(RECORD_MAGIC);
    out.u32(0);
    out.u64(recordId);
    out.filetime(event.at, event.tick);
    writeFragmentHeader(out);
    this.#writeInstance(this.#outerTemplate(event.layout), (at) => this.#writeSystemValues(event, recordId, at), SYSTEM_VALUES);
    out.u8(END);
    // Records begin at multiples of eight.
    out.at = (out.at + 4 + 7) & ~7;
    const size = out.at - start;
    out.bytes.writeUInt32LE(size, start + 4);
    out.bytes.writeUInt32LE(size, out.at - 4);
  }

  /** `writeValues` gets the place of the descriptors: two bytes of size, one of type, one unused for each value. */
  #writeInstance(template: Template, writeValues: (descriptorsAt: number) => void, count: number): void {
    const out = this.#out;
    out.u8(INSTANCE);
    out.u8(1);
    out.u32(Number.parseInt(template.guid.slice(1, 9), 16));
    const known = this.#definitions.get(template.guid);
    out.u32(known ?? out.at + 4);
    if (known === undefined) this.#writeDefinition(template);
    out.u32(count);
    const descriptorsAt = out.at;
    out.at += count * 4;
    writeValues(descriptorsAt);
  }

  #writeDefinition(template: Template): void {
    const out = this.#out;
    const start = out.at;
    this.#definitions.set(template.guid, start);
    const bucket = TEMPLATE_TABLE + 4 * (Number.parseInt(template.guid.slice(1, 9), 16) % TEMPLATE_BUCKETS);
    out.u32(out.bytes.readUInt32LE(bucket));
    out.bytes.writeUInt32LE(start, bucket);
    out.guid(template.guid);
    const sizeAt = out.at;
    out.u32(0);
    writeFragmentHeader(out);
    writeElement(out, template.element, (name) => this.#writeName(name));
    out.u8(END);
    out.bytes.writeUInt32LE(out.at - sizeAt - 4, sizeAt);
  }

  #writeName(name: string): void {
    const out = this.#out;
    const known = this.#names.get(name);
    out.u32(known ?? out.at + 4);
    if (known !== undefined) return;
    this.#names.set(name, out.at);
    const hash = hashName(name);
    const bucket = NAME_TABLE + 4 * (hash % NAME_BUCKETS);
    const start = out.at;
    out.u32(out.bytes.readUInt32LE(bucket));
    out.bytes.writeUInt32LE(start, bucket);
    out.u16(hash);
    out.u16(name.length);
    out.text(name);
    out.u16(0);
  }

  #writeSystemValues(event: DemoEvent, recordId: number, descriptorsAt: number): void {
    const out = this.#out;
    const { layout } = event;
    const put = (index: number, type: number, write: () => void): void => this.#describe(descriptorsAt, index, type, write);
    const { uint16, uint32, uint64, hex64, filetime, guid, sid, text } = VALUE_TYPES;
    put(SYSTEM.level, UINT8, () => out.u8(layout.level));
    put(SYSTEM.opcode, UINT8, () => out.u8(layout.opcode));
    put(SYSTEM.task, uint16, () => out.u16(layout.task));
    put(SYSTEM.eventId, uint16, () => out.u16(layout.eventId));
    if (layout.qualifiers >= 0) put(SYSTEM.qualifiers, uint16, () => out.u16(layout.qualifiers));
    put(SYSTEM.keywords, hex64, () => {
      out.u32(layout.keywords[1]);
      out.u32(layout.keywords[0]);
    });
    put(SYSTEM.time, filetime, () => out.filetime(event.at, event.tick));
    if (event.activity !== '') put(SYSTEM.activity, guid, () => out.guid(event.activity));
    put(SYSTEM.processId, uint32, () => out.u32(event.processId));
    put(SYSTEM.threadId, uint32, () => out.u32(event.threadId));
    put(SYSTEM.recordId, uint64, () => out.u64(recordId));
    put(SYSTEM.version, UINT8, () => out.u8(layout.version));
    if (event.userSid !== '') put(SYSTEM.userSid, sid, () => out.sid(event.userSid));
    put(SYSTEM.provider, text, () => out.text(layout.provider));
    if (layout.providerGuid !== '') put(SYSTEM.providerGuid, guid, () => out.guid(layout.providerGuid));
    put(SYSTEM.channel, text, () => out.text(layout.channel));
    put(SYSTEM.body, NESTED_XML, () => this.#writeBody(event));
    if (layout.eventSource !== '') put(SYSTEM.eventSource, text, () => out.text(layout.eventSource));
  }

  #writeBody({ layout, values }: DemoEvent): void {
    const out = this.#out;
    writeFragmentHeader(out);
    const { fields } = layout;
    const write = (descriptorsAt: number): void => {
      for (let index = 0; index < fields.length; index += 1) {
        const { type } = fields[index];
        const value = values[index] ?? '';
        const start = out.at;
        out.value(type, value);
        this.#setDescriptor(descriptorsAt, index, out.at === start && type !== 'text' ? NULL : VALUE_TYPES[type], out.at - start);
      }
    };
    this.#writeInstance(this.#bodyTemplate(layout), write, fields.length);
    out.u8(END);
  }

  #describe(descriptorsAt: number, index: number, type: number, write: () => void): void {
    const start = this.#out.at;
    write();
    this.#setDescriptor(descriptorsAt, index, type, this.#out.at - start);
  }

  #setDescriptor(descriptorsAt: number, index: number, type: number, size: number): void {
    this.#out.bytes.writeUInt16LE(size, descriptorsAt + 4 * index);
    this.#out.bytes.writeUInt16LE(type, descriptorsAt + 4 * index + 2);
  }

  #outerTemplate({ body }: EventLayout): Template {
    const isUserData = body.form === 'elements';
    return this.#template(body.form, () => eventTemplate(this.#computer, isUserData), `${this.#computer}|${body.form}`);
  }

  #bodyTemplate(layout: EventLayout): Template {
    return this.#template(layout, () => bodyTemplate(layout), `${layout.provider}|${layout.eventId}|${layout.version}`);
  }

  #template(key: EventLayout | 'data' | 'elements', build: () => Element, label: string): Template {
    const known = this.#templates.get(key);
    if (known !== undefined) return known;
    const template = { element: build(), guid: templateGuid(label) };
    this.#templates.set(key, template);
    return template;
  }
}

/** Hash by which Windows finds names in a chunk, described in the documentation of libevtx (J. Metz). */
function hashName(name: string): number {
  let hash = 0;
  for (let index = 0; index < name.length; index += 1) hash = (Math.imul(hash, 65_599) + name.charCodeAt(index)) >>> 0;
  return hash & 0xffff;
}
