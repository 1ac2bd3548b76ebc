import { filetimeOfMoment } from '../../../shared/model/time.ts';
import type { Value, ValueType } from './event-layout.ts';

const SIDS_HELD = 4096;

/** Little-endian writes at a moving position into a buffer that is larger than what may be kept, so that a record is tried first and kept if it fits. */
export class ByteSink {
  readonly bytes: Buffer;
  at = 0;
  readonly #sids = new Map<string, Buffer>();

  constructor(size: number) {
    this.bytes = Buffer.alloc(size);
  }

  u8(value: number): void {
    this.bytes[this.at++] = value;
  }

  u16(value: number): void {
    this.at = this.bytes.writeUInt16LE(value, this.at);
  }

  u32(value: number): void {
    this.at = this.bytes.writeUInt32LE(value >>> 0, this.at);
  }

  /** Exact up to 2^53. */
  u64(value: number): void {
    this.u32(value % 0x1_0000_0000);
    this.u32(Math.floor(value / 0x1_0000_0000));
  }

  text(value: string): void {
    this.at += this.bytes.write(value, this.at, 'utf16le');
  }

  filetime(at: number, tick: number): void {
    const { low, high } = filetimeOfMoment(at, tick);
    this.u32(low);
    this.u32(high);
  }

  /** `{00112233-4455-6677-8899-aabbccddeeff}`: the first three groups are little-endian numbers. */
  guid(text: string): void {
    const digits = text.replace(/[{}-]/g, '');
    this.u32(Number.parseInt(digits.slice(0, 8), 16));
    this.u16(Number.parseInt(digits.slice(8, 12), 16));
    this.u16(Number.parseInt(digits.slice(12, 16), 16));
    this.at += this.bytes.write(digits.slice(16), this.at, 'hex');
  }

  sid(text: string): void {
    let encoded = this.#sids.get(text);
    if (encoded === undefined) {
      encoded = encodeSid(text);
      if (this.#sids.size >= SIDS_HELD) this.#sids.clear();
      this.#sids.set(text, encoded);
    }
    this.at += encoded.copy(this.bytes, this.at);
  }

  /** A substitution value; an empty string is written as nothing. */
  value(type: ValueType, value: Value): void {
    if (value === '') return;
    switch (type) {
      case 'text':
        this.text(String(value));
        break;
      case 'uint16':
        this.u16(Number(value));
        break;
      case 'boolean':
      case 'uint32':
      case 'hex32':
        this.u32(Number(value));
        break;
      case 'uint64':
      case 'hex64':
        this.u64(Number(value));
        break;
      case 'guid':
        this.guid(String(value));
        break;
      case 'filetime':
        this.filetime(Number(value), 0);
        break;
      case 'sid':
        this.sid(String(value));
        break;
      case 'binary':
        this.at += this.bytes.write(String(value), this.at, 'hex');
    }
  }
}

/** [MS-DTYP] 2.4.2.2. */
function encodeSid(text: string): Buffer {
  const [, revision, authority, ...rest] = text.split('-').map(Number);
  const encoded = Buffer.alloc(8 + rest.length * 4);
  encoded[0] = revision;
  encoded[1] = rest.length;
  encoded.writeUIntBE(authority, 2, 6);
  rest.forEach((part, index) => {
    encoded.writeUInt32LE(part, 8 + index * 4);
  });
  return encoded;
}
