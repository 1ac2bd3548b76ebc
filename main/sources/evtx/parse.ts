import { parseMoment } from '../../../shared/model/time.ts';
import type { RecordSystem, RowWriter, Shape } from '../row-writer.ts';
import { Binder } from './bind.ts';
import { TYPE } from './binxml.table.ts';
import { formatValue, integerOf, mostTextBytes, trimZeros } from './format-value.ts';
import { u16, u32, u64 } from './little-endian.ts';
import { ABSENT, COMPOSITE, linkPlan, newLinkBudget, type RecordPlan, variantOf } from './record-plan.ts';
import { TemplateCache } from './template-cache.ts';
import { TextMemo } from './text-memo.ts';

const TWO_32 = 4_294_967_296;
/** 1601-01-01 to 1970-01-01 in microseconds. */
const FILETIME_EPOCH_MICROS = 11_644_473_600_000_000;
const MOST_PLANS = 64;
/** Field names kept in plans and shapes, some hundred times what honest logs have; past it all are made anew. */
const MOST_KEPT_NAMES = 500_000;
const DECODER = new TextDecoder();

/**
 * Reads the BinXML of records of one chunk buffer into a `RowWriter`. Templates are compiled once and records pull typed values by
 * plan; no XML text is made. Throws `Damage`, always before anything is begun in the writer.
 */
export class RecordParser {
  readonly #bytes: Uint8Array;
  readonly #binder: Binder;
  readonly #cache: TemplateCache;
  readonly #shapes = new Map<string, Shape>();
  readonly #memo: TextMemo;
  #budget = newLinkBudget();
  #keptNames = 0;
  /** Room for the longest value; composites grow it. */
  #scratch = new Uint8Array(mostTextBytes(65_536));
  readonly #system: RecordSystem = {
    at: 0,
    tick: 0,
    eventId: 0,
    recordId: 0,
    offset: 0,
    channel: '',
    provider: '',
    computer: '',
    userSid: '',
  };

  /** `bytes` is the 64 KiB buffer that each chunk in turn is copied into. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#memo = new TextMemo(bytes);
    this.#cache = new TemplateCache(bytes, (type, at, size) => this.#render(type, at, size));
    this.#binder = new Binder(bytes, this.#cache);
  }

  startChunk(): void {
    this.#budget = newLinkBudget();
    if (this.#keptNames > MOST_KEPT_NAMES) {
      this.#keptNames = 0;
      this.#shapes.clear();
      this.#cache.forget();
    }
    this.#cache.startChunk();
  }

  /** Whether the BinXML `[start, end)` holds together, without writing anything. */
  check(start: number, end: number): void {
    this.#planOf(start, end);
  }

  /** `offset`: the record's place in the file; `writtenAt`: chunk offset of the time in the record's header, used where `System` has none. */
  parse(start: number, end: number, offset: number, writtenAt: number, number: number, writer: RowWriter): void {
    const plan = this.#planOf(start, end);
    this.#readSystem(plan, offset, writtenAt, number);
    const { types, starts, sizes } = this.#binder;
    const absent = this.#absentOf(plan);
    const { shape, sources } = plan.variants[absent] ?? variantOf(plan, absent, (names) => this.#shapeOf(names));
    writer.begin(shape);
    for (let field = 0; field < sources.length; field += 1) {
      const source = sources[field]!;
      if (source >= COMPOSITE) {
        const length = this.#compose(plan, source);
        writer.utf8(this.#scratch, 0, length);
      } else if (source >= 0) {
        this.#write(writer, types[source]!, starts[source]!, sizes[source]!);
      } else {
        const constant = plan.constants[~source]!;
        if (constant.length === 0) writer.empty();
        else writer.utf8(constant, 0, constant.length);
      }
    }
    writer.commit(this.#system);
  }

  #absentOf({ optional, sources }: RecordPlan): number {
    const { types, sizes } = this.#binder;
    let absent = 0;
    for (let bit = 0; bit < optional.length; bit += 1) {
      const value = sources[optional[bit]!]!;
      if (types[value] === TYPE.none || sizes[value] === 0) absent |= 1 << bit;
    }
    return absent;
  }

  #write(writer: RowWriter, type: number, at: number, size: number): void {
    const bytes = this.#bytes;
    if (type === TYPE.utf16) {
      const end = size > 1 && bytes[at + size - 2] === 0 ? trimZeros(bytes, at, size) : at + size;
      if (end === at) writer.empty();
      else writer.utf16(bytes, at, end);
    } else if (type === TYPE.none || size === 0) {
      writer.empty();
    } else if (type === TYPE.uint8) {
      writer.integer(bytes[at]!);
    } else if (type === TYPE.uint16 && size === 2) {
      writer.integer(u16(bytes, at));
    } else if (type === TYPE.uint32 && size === 4) {
      writer.integer(u32(bytes, at));
    } else {
      const length = formatValue(bytes, type, at, size, this.#scratch, 0);
      writer.utf8(this.#scratch, 0, length);
    }
  }

  #planOf(start: number, end: number): RecordPlan {
    const binder = this.#binder;
    const top = binder.bind(start, end);
    const { plans } = top;
    if (binder.cacheable) {
      for (let index = 0; index < plans.length; index += 1) {
        const plan = plans[index]!;
        if (!isSame(plan.signature, binder.signature, binder.signatureLength)) continue;
        if (index > 0) {
          plans[index] = plans[index - 1]!;
          plans[index - 1] = plan;
        }
        return plan;
      }
    }
    const plan = linkPlan(binder, this.#budget, (value) => this.#render(binder.types[value]!, binder.starts[value]!, binder.sizes[value]!));
    if (binder.cacheable) {
      this.#keptNames += plan.names.length + 1;
      if (plans.length >= MOST_PLANS) plans.pop();
      plans.push(plan);
    }
    return plan;
  }

  #shapeOf(names: string[]): Shape {
    this.#keptNames += names.length + 1;
    const key = names.join('\n');
    const known = this.#shapes.get(key);
    if (known !== undefined) return known;
    const shape: Shape = { names };
    this.#shapes.set(key, shape);
    return shape;
  }

  #readSystem(plan: RecordPlan, offset: number, writtenAt: number, number: number): void {
    const system = this.#system;
    const from = plan.system;
    system.offset = offset;
    system.eventId = this.#integer(plan, from.eventId, 0) & 0xffff;
    system.recordId = this.#integer(plan, from.recordId, number);
    system.channel = this.#text(plan, from.channel);
    system.provider = this.#text(plan, from.provider);
    system.computer = this.#text(plan, from.computer);
    system.userSid = from.userSid === ABSENT ? '' : this.#text(plan, from.userSid);
    const { time } = from;
    if (time >= 0 && time < COMPOSITE && this.#binder.types[time] === TYPE.filetime && this.#binder.sizes[time] === 8) {
      const at = this.#binder.starts[time]!;
      // Zero is no time; the record's header has one still.
      this.#setFiletime(u32(this.#bytes, at + 4) === 0 ? writtenAt : at);
      return;
    }
    const moment = time === ABSENT ? null : parseMoment(this.#text(plan, time));
    if (moment === null) {
      this.#setFiletime(writtenAt);
    } else {
      system.at = moment.at;
      system.tick = moment.tick;
    }
  }

  /** Same as `momentOfFiletime`, without an object for each record. */
  #setFiletime(at: number): void {
    const high = u32(this.#bytes, at + 4);
    const rest = (high % 10) * TWO_32 + u32(this.#bytes, at);
    this.#system.at = Math.floor(high / 10) * TWO_32 - FILETIME_EPOCH_MICROS + Math.floor(rest / 10);
    this.#system.tick = rest % 10;
  }

  #integer(plan: RecordPlan, source: number, otherwise: number): number {
    if (source === ABSENT) return otherwise;
    if (source >= 0 && source < COMPOSITE) {
      const type = this.#binder.types[source]!;
      const at = this.#binder.starts[source]!;
      const size = this.#binder.sizes[source]!;
      if (type === TYPE.uint16 && size === 2) return u16(this.#bytes, at);
      if ((type === TYPE.uint64 || type === TYPE.int64) && size === 8) return u64(this.#bytes, at);
      if (type >= TYPE.int8 && type <= TYPE.uint32 && size >= 4) return integerOf(this.#bytes, type, at);
    }
    const text = this.#text(plan, source).trim();
    return /^\d{1,20}$/.test(text) ? Number(text) : otherwise;
  }

  #text(plan: RecordPlan, source: number): string {
    if (source === ABSENT) return '';
    if (source < 0) return plan.constantTexts[~source]!;
    if (source >= COMPOSITE) return DECODER.decode(this.#scratch.subarray(0, this.#compose(plan, source)));
    const type = this.#binder.types[source]!;
    const at = this.#binder.starts[source]!;
    const size = this.#binder.sizes[source]!;
    if (type === TYPE.none || size === 0) return '';
    const known = this.#memo.find(source, type, at, size);
    return known ?? this.#memo.remember(source, type, at, size, this.#render(type, at, size));
  }

  #render(type: number, at: number, size: number): string {
    return DECODER.decode(this.#scratch.subarray(0, formatValue(this.#bytes, type, at, size, this.#scratch, 0)));
  }

  /** Renders a composite into the scratch and returns its length. */
  #compose(plan: RecordPlan, source: number): number {
    const { types, starts, sizes } = this.#binder;
    let length = 0;
    for (const part of plan.composites[source - COMPOSITE]!) {
      const size = part < 0 ? plan.constants[~part]!.length : sizes[part]!;
      this.#reserve(length + mostTextBytes(size));
      if (part >= 0) {
        length = formatValue(this.#bytes, types[part]!, starts[part]!, size, this.#scratch, length);
      } else {
        this.#scratch.set(plan.constants[~part]!, length);
        length += size;
      }
    }
    return length;
  }

  #reserve(size: number): void {
    if (size <= this.#scratch.length) return;
    const grown = new Uint8Array(size * 2);
    grown.set(this.#scratch);
    this.#scratch = grown;
  }
}

function isSame(known: Int32Array, signature: Int32Array, length: number): boolean {
  if (known.length !== length) return false;
  for (let index = 0; index < length; index += 1) if (known[index] !== signature[index]) return false;
  return true;
}
