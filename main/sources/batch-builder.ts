import { hash } from 'node:crypto';
import { BATCH_EVENTS, BATCH_FIELD_BYTES, type EventBatch, type Reject } from '../../shared/model/event-batch.ts';
import { FieldPacker } from '../lib/field-packer.ts';
import { appendUtf16, UTF8_BYTES_PER_UNIT } from '../lib/utf16-bytes.ts';
import { BatchTexts, ROLE, type Role } from './batch-texts.ts';
import { EventColumns } from './event-columns.ts';
import { PlanCache, type PlanFor } from './plan-cache.ts';
import type { AccountFields, NormalizePlan, RecordSystem, RowWriter, Shape } from './row-writer.ts';

export type BatchReceiver = {
  planFor: PlanFor;
  onBatch(batch: EventBatch): void;
  onReject(reject: Reject): void;
};

/** A record whose fields come to more is a reject: no event log writes such, and a batch must fit into memory many times over. */
const MOST_ROW_BYTES = 16 * 1024 * 1024;
/** Records without an id whose repetition is noticed; in a longer file later repetitions count as duplicates. */
const MOST_REPEAT_KEYS = 1_000_000;
const SHORT_TEXT = 40;
const ZERO = 0x30;
const NINE = 0x39;
const LOWER_X = 0x78;
const OUTCOME_SUCCESS = 1;
const OUTCOME_FAILURE = 2;

/**
 * Collects records as batches of columns. Values of all rows of a batch lie one after the other in one buffer of UTF-8, so a row is hashed in one go and
 * normalization looks at single values where they are; only texts and accounts not yet seen in the batch become strings.
 */
export class BatchBuilder implements RowWriter {
  readonly #receiver: BatchReceiver;
  readonly #plans: PlanCache;
  readonly #columns = new EventColumns();
  readonly #texts = new BatchTexts();
  readonly #packer = new FieldPacker();
  #bytes = Buffer.alloc(BATCH_FIELD_BYTES + 256 * 1024);
  #view = new DataView(this.#bytes.buffer);
  #ends = new Int32Array(64 * 1024);
  #tables: Shape[] = [];
  readonly #tableOf = new Map<Shape, number>();
  readonly #tableOfRow = new Uint16Array(BATCH_EVENTS);
  #count = 0;
  #used = 0;
  #values = 0;
  #shape: Shape = { names: [] };
  #rowStart = 0;
  #firstValue = 0;
  #isTooLarge = false;
  #lastComputer = '';
  #lastChannel = '';
  #originBytes = Buffer.alloc(0);
  readonly #repeats = new Map<string, number>();

  constructor(receiver: BatchReceiver) {
    this.#receiver = receiver;
    this.#plans = new PlanCache(receiver.planFor);
    this.#texts.reset(this.#bytes);
  }

  begin(shape: Shape): void {
    this.#shape = shape;
    this.#rowStart = this.#used;
    this.#firstValue = this.#values;
    this.#isTooLarge = false;
    if (this.#values + shape.names.length > this.#ends.length) this.#growEnds(this.#values + shape.names.length);
  }

  utf16(bytes: Uint8Array, start: number, end: number): void {
    this.#reserve(((end - start) >> 1) * UTF8_BYTES_PER_UNIT);
    if (!this.#isTooLarge) this.#used = appendUtf16(this.#bytes, this.#used, bytes, start, end);
    this.#endValue();
  }

  utf8(bytes: Uint8Array, start: number, end: number): void {
    const length = end - start;
    this.#reserve(length);
    if (!this.#isTooLarge) {
      const to = this.#bytes;
      let at = this.#used;
      if (length > 64) to.set(bytes.subarray(start, end), at);
      else for (let from = start; from < end; from += 1) to[at++] = bytes[from]!;
      this.#used += length;
    }
    this.#endValue();
  }

  text(value: string): void {
    const { length } = value;
    this.#reserve(length * UTF8_BYTES_PER_UNIT);
    if (!this.#isTooLarge) {
      let place = 0;
      // For short ASCII a loop is quicker than a call out of JavaScript.
      if (length <= SHORT_TEXT) {
        for (; place < length; place += 1) {
          const code = value.charCodeAt(place);
          if (code > 0x7f) break;
          this.#bytes[this.#used + place] = code;
        }
      }
      this.#used += place === length ? length : this.#bytes.write(value, this.#used, 'utf8');
    }
    this.#endValue();
  }

  integer(value: number): void {
    if (!Number.isSafeInteger(value)) {
      this.text(String(value));
      return;
    }
    this.#reserve(20);
    let rest = value;
    if (rest < 0) {
      this.#bytes[this.#used++] = 0x2d;
      rest = -rest;
    }
    let digits = 1;
    for (let power = 10; power <= rest; power *= 10) digits += 1;
    for (let place = this.#used + digits - 1; place >= this.#used; place -= 1) {
      const next = Math.floor(rest / 10);
      this.#bytes[place] = ZERO + (rest - next * 10);
      rest = next;
    }
    this.#used += digits;
    this.#endValue();
  }

  empty(): void {
    this.#endValue();
  }

  abandon(): void {
    this.#used = this.#rowStart;
    this.#values = this.#firstValue;
  }

  reject(reject: Reject): void {
    this.#receiver.onReject(reject);
  }

  commit(system: RecordSystem): void {
    if (this.#values - this.#firstValue !== this.#shape.names.length)
      throw new Error(`${this.#values - this.#firstValue} values for ${this.#shape.names.length} names`);
    if (this.#isTooLarge || this.#used - this.#rowStart > MOST_ROW_BYTES) {
      this.abandon();
      this.reject({
        offset: system.offset,
        length: 0,
        record: system.recordId,
        reason: `expected fields of at most ${MOST_ROW_BYTES} bytes in a record`,
      });
      return;
    }
    const row = this.#count;
    const columns = this.#columns;
    const texts = this.#texts;
    const plan = this.#plans.find(this.#shape, system.channel, system.provider, system.eventId);
    columns.at[row] = system.at;
    columns.tick[row] = system.tick;
    columns.kind[row] = plan.kind;
    columns.eventId[row] = system.eventId;
    columns.recordId[row] = system.recordId;
    columns.offset[row] = system.offset;
    columns.channel[row] = texts.code(system.channel);
    columns.provider[row] = texts.code(system.provider);
    columns.computer[row] = texts.code(system.computer);
    columns.actor[row] = plan.actor === null ? (plan.actorIsSystemUser ? this.#systemUser(system.userSid) : 0) : this.#account(plan.actor);
    columns.target[row] = plan.target === null ? 0 : this.#account(plan.target);
    columns.counterpart[row] = plan.counterpart === null ? 0 : this.#account(plan.counterpart);
    columns.sourceHost[row] = this.#code(ROLE.host, plan.sourceHost);
    columns.sourceAddress[row] = this.#code(ROLE.address, plan.sourceAddress);
    columns.object[row] = this.#code(ROLE.text, plan.object);
    columns.logonType[row] = plan.logonType < 0 ? 0 : this.#logonType(plan.logonType);
    columns.outcome[row] = this.#outcome(plan.outcome);
    this.#identify(system, row);
    this.#tableOfRow[row] = this.#table();
    this.#count = row + 1;
    if (this.#count === BATCH_EVENTS || this.#used >= BATCH_FIELD_BYTES) this.flush();
  }

  /** Hands over what has been collected; the source calls it never, the reader of a file at its end. */
  flush(): void {
    const count = this.#count;
    if (count > 0) {
      const payload = this.#packer.pack({
        count,
        tables: this.#tables,
        tableOfRow: this.#tableOfRow,
        bytes: this.#bytes,
        ends: this.#ends,
        values: this.#values,
      });
      this.#receiver.onBatch(this.#columns.take(count, { texts: this.#texts.texts, accounts: this.#texts.accounts, payload }));
    }
    this.#count = 0;
    this.#used = 0;
    this.#values = 0;
    this.#tables = [];
    this.#tableOf.clear();
    this.#texts.reset(this.#bytes);
  }

  #table(): number {
    const known = this.#tableOf.get(this.#shape);
    if (known !== undefined) return known;
    const table = this.#tables.push(this.#shape) - 1;
    this.#tableOf.set(this.#shape, table);
    return table;
  }

  #startOf(value: number): number {
    return value === 0 ? 0 : this.#ends[value - 1]!;
  }

  #code(role: Role, field: number): number {
    if (field < 0) return 0;
    const value = this.#firstValue + field;
    return this.#texts.codeOf(role, this.#startOf(value), this.#ends[value]!);
  }

  #account(fields: AccountFields): number {
    return this.#texts.account(this.#code(ROLE.sid, fields.sid), this.#code(ROLE.name, fields.name), this.#code(ROLE.name, fields.domain));
  }

  #systemUser(sid: string): number {
    return sid === '' ? 0 : this.#texts.account(this.#texts.partCode(sid), 0, 0);
  }

  #logonType(field: number): number {
    const value = this.#firstValue + field;
    let type = 0;
    for (let at = this.#startOf(value); at < this.#ends[value]!; at += 1) {
      const digit = this.#bytes[at]!;
      if (digit < ZERO || digit > NINE) return 0;
      type = type * 10 + digit - ZERO;
      if (type > 255) return 0;
    }
    return type;
  }

  #outcome(outcome: NormalizePlan['outcome']): number {
    if ('fixed' in outcome) return outcome.fixed;
    if (outcome.status < 0) return 0;
    const value = this.#firstValue + outcome.status;
    const start = this.#startOf(value);
    const end = this.#ends[value]!;
    if (start === end || (end - start === 1 && this.#bytes[start] === 0x2d)) return 0;
    for (let at = start; at < end; at += 1) {
      const byte = this.#bytes[at]!;
      if (byte !== ZERO && !(at === start + 1 && (byte | 0x20) === LOWER_X)) return OUTCOME_FAILURE;
    }
    return OUTCOME_SUCCESS;
  }

  /**
   * SHA-256 over the values, their lengths, record id, time, computer and channel, all of which lie one after the other for the moment: the
   * same record has the same identity in every copy of a log.
   */
  #identify(system: RecordSystem, row: number): void {
    const count = this.#values - this.#firstValue;
    const needed = this.#used + count * 4 + 17 + this.#origin(system).length;
    if (needed > this.#bytes.length) this.#grow(needed);
    const view = this.#view;
    let at = this.#used;
    let start = this.#rowStart;
    for (let value = this.#firstValue; value < this.#values; value += 1) {
      const end = this.#ends[value]!;
      view.setUint32(at, end - start, true);
      start = end;
      at += 4;
    }
    view.setFloat64(at, system.recordId, true);
    view.setFloat64(at + 8, system.at, true);
    view.setUint8(at + 16, system.tick);
    at += 17;
    at += this.#originBytes.copy(this.#bytes, at);
    const own = hash('sha256', this.#bytes.subarray(this.#rowStart, at), 'binary');
    const digest = system.recordId === 0 ? this.#numberRepeats(own) : own;
    this.#columns.identity[2 * row] = word(digest, 0);
    this.#columns.identity[2 * row + 1] = word(digest, 4);
  }

  /**
   * Exports without record ids repeat themselves to the last byte where two records differ only in what was left out. The second such record of a file
   * is an event of its own, and the same one again when the file comes again.
   */
  #numberRepeats(digest: string): string {
    const key = digest.slice(0, 8);
    const repeats = this.#repeats.get(key) ?? 0;
    if (repeats > 0 || this.#repeats.size < MOST_REPEAT_KEYS) this.#repeats.set(key, repeats + 1);
    return repeats === 0 ? digest : hash('sha256', `${digest}${repeats}`, 'binary');
  }

  #origin(system: RecordSystem): Buffer {
    if (system.computer !== this.#lastComputer || system.channel !== this.#lastChannel) {
      this.#lastComputer = system.computer;
      this.#lastChannel = system.channel;
      this.#originBytes = Buffer.from(`${system.computer}\0${system.channel}`);
    }
    return this.#originBytes;
  }

  #endValue(): void {
    if (this.#values >= this.#ends.length) this.#growEnds(this.#values + 1);
    this.#ends[this.#values] = this.#used;
    this.#values += 1;
  }

  #growEnds(atLeast: number): void {
    const grown = new Int32Array(atLeast * 2);
    grown.set(this.#ends);
    this.#ends = grown;
  }

  #reserve(size: number): void {
    const needed = this.#used + size;
    if (needed <= this.#bytes.length) return;
    // `size` is the most that a value may take: three times what it mostly takes.
    if (needed - this.#rowStart > UTF8_BYTES_PER_UNIT * MOST_ROW_BYTES) this.#isTooLarge = true;
    else this.#grow(needed);
  }

  #grow(needed: number): void {
    const grown = Buffer.alloc(needed + BATCH_FIELD_BYTES);
    this.#bytes.copy(grown, 0, 0, this.#used);
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
    this.#texts.moveTo(grown);
  }
}

function word(digest: string, at: number): number {
  return (
    ((digest.charCodeAt(at) << 24) | (digest.charCodeAt(at + 1) << 16) | (digest.charCodeAt(at + 2) << 8) | digest.charCodeAt(at + 3)) >>> 0
  );
}
