import { formatMoment, momentOfFiletime } from '../../../shared/model/time.ts';
import { appendUtf16 } from '../../lib/utf16-bytes.ts';
import { TYPE, TYPE_BYTES } from './binxml.table.ts';
import { i32, u16, u32 } from './little-endian.ts';

const LOWER_HEX = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
const UPPER_HEX = Uint8Array.from('0123456789ABCDEF', (digit) => digit.charCodeAt(0));
const GUID_ORDER = [3, 2, 1, 0, -1, 5, 4, -1, 7, 6, -1, 8, 9, -1, 10, 11, 12, 13, 14, 15];
const MINUS = 0x2d;
const NEW_LINE = 0x0a;
const MOST_SUBAUTHORITIES = 15;
/** Windows-1252 from 0x80 to 0x9F, undefined ones as the C1 controls of the WHATWG encoding standard; not every runtime decodes them. */
const ANSI_80_9F = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const ENCODER = new TextEncoder();

/**
 * Most bytes that a value of `size` bytes becomes as text: the worst are bytes of an array of booleans, numbers and hexadecimal digits.
 */
export function mostTextBytes(size: number): number {
  return size * 8 + 256;
}

/** Writes the value `[at, at + size)` of a BinXML type as UTF-8 text into `out` from `to`, as Windows shows it, and returns the end. */
export function formatValue(bytes: Uint8Array, type: number, at: number, size: number, out: Uint8Array, to: number): number {
  if (size === 0 || type === TYPE.none) return to;
  if (type === TYPE.utf16) return appendUtf16(out, to, bytes, at, trimZeros(bytes, at, size));
  if (type === TYPE.sid) return formatSid(bytes, at, size, out, to);
  if (type & TYPE.array) return formatArray(bytes, type & ~TYPE.array, at, size, out, to);
  // A value that is shorter than its type is shown as it stands, in hexadecimal.
  const needed = type < TYPE_BYTES.length ? TYPE_BYTES[type]! : 0;
  if (size < needed) return formatHexBytes(bytes, at, size, out, to);
  switch (type) {
    case TYPE.ansi:
      return formatAnsi(bytes, at, size, out, to);
    case TYPE.int64:
    case TYPE.uint64:
      return formatInteger64(bytes, at, type === TYPE.int64, out, to);
    case TYPE.guid:
      return formatGuid(bytes, at, out, to);
    case TYPE.hex32:
      return formatHexNumber(u32(bytes, at), 0, out, to);
    case TYPE.hex64:
      return formatHexNumber(u32(bytes, at), u32(bytes, at + 4), out, to);
    case TYPE.size:
    case TYPE.handle:
      if (size !== 4 && size !== 8) return formatHexBytes(bytes, at, size, out, to);
      return formatHexNumber(u32(bytes, at), size === 8 ? u32(bytes, at + 4) : 0, out, to);
    case TYPE.boolean:
      return put(u32(bytes, at) === 0 ? 'false' : 'true', out, to);
    case TYPE.real32:
    case TYPE.real64:
    case TYPE.filetime:
    case TYPE.systemtime:
      return put(textOfRare(bytes, type, at), out, to);
    case TYPE.int8:
    case TYPE.uint8:
    case TYPE.int16:
    case TYPE.uint16:
    case TYPE.int32:
    case TYPE.uint32:
      return formatInteger(integerOf(bytes, type, at), out, to);
    default:
      return formatHexBytes(bytes, at, size, out, to);
  }
}

/** End of the text without the zero units that some writers count in. */
export function trimZeros(bytes: Uint8Array, at: number, size: number): number {
  let end = at + (size & ~1);
  while (end > at && bytes[end - 1] === 0 && bytes[end - 2] === 0) end -= 2;
  return end;
}

/** An integer of at most 32 bits. */
export function integerOf(bytes: Uint8Array, type: number, at: number): number {
  switch (type) {
    case TYPE.int8:
      return (bytes[at]! << 24) >> 24;
    case TYPE.uint8:
      return bytes[at]!;
    case TYPE.int16:
      return (u16(bytes, at) << 16) >> 16;
    case TYPE.uint16:
      return u16(bytes, at);
    case TYPE.int32:
      return i32(bytes, at);
    default:
      return u32(bytes, at);
  }
}

/** Decimal digits of an integer of at most 53 bits. */
function formatInteger(value: number, out: Uint8Array, to: number): number {
  let rest = value;
  let at = to;
  if (rest < 0) {
    out[at++] = MINUS;
    rest = -rest;
  }
  let digits = 1;
  for (let power = 10; power <= rest; power *= 10) digits += 1;
  const end = at + digits;
  for (let place = end - 1; place >= at; place -= 1) {
    const next = Math.floor(rest / 10);
    out[place] = 0x30 + (rest - next * 10);
    rest = next;
  }
  return end;
}

function formatInteger64(bytes: Uint8Array, at: number, signed: boolean, out: Uint8Array, to: number): number {
  const high = signed ? i32(bytes, at + 4) : u32(bytes, at + 4);
  if (high >= -0x200000 && high < 0x200000) return formatInteger(high * 4_294_967_296 + u32(bytes, at), out, to);
  return put(String(BigInt(high) * 4_294_967_296n + BigInt(u32(bytes, at))), out, to);
}

/** Lower-case digits without leading zeros, as Windows shows logon ids and masks. */
function formatHexNumber(low: number, high: number, out: Uint8Array, to: number): number {
  out[to] = 0x30;
  out[to + 1] = 0x78;
  let at = to + 2;
  let started = false;
  for (let shift = 60; shift >= 0; shift -= 4) {
    const digit = ((shift >= 32 ? high >>> (shift - 32) : low >>> shift) & 15) >>> 0;
    if (digit === 0 && !started && shift > 0) continue;
    started = true;
    out[at++] = LOWER_HEX[digit]!;
  }
  return at;
}

function formatHexBytes(bytes: Uint8Array, at: number, size: number, out: Uint8Array, to: number): number {
  let place = to;
  for (let from = at; from < at + size; from += 1) {
    out[place++] = UPPER_HEX[bytes[from]! >> 4]!;
    out[place++] = UPPER_HEX[bytes[from]! & 15]!;
  }
  return place;
}

function formatGuid(bytes: Uint8Array, at: number, out: Uint8Array, to: number): number {
  let place = to;
  out[place++] = 0x7b;
  for (let index = 0; index < GUID_ORDER.length; index += 1) {
    const from = GUID_ORDER[index]!;
    if (from < 0) {
      out[place++] = MINUS;
    } else {
      const byte = bytes[at + from]!;
      out[place++] = UPPER_HEX[byte >> 4]!;
      out[place++] = UPPER_HEX[byte & 15]!;
    }
  }
  out[place++] = 0x7d;
  return place;
}

/** [MS-DTYP] 2.4.2.1: an authority of 2^32 or more is shown in hexadecimal. */
function formatSid(bytes: Uint8Array, at: number, size: number, out: Uint8Array, to: number): number {
  const count = size >= 8 ? bytes[at + 1]! : 255;
  if (count > MOST_SUBAUTHORITIES || 8 + count * 4 > size) return formatHexBytes(bytes, at, size, out, to);
  out[to] = 0x53;
  out[to + 1] = MINUS;
  let place = formatInteger(bytes[at]!, out, to + 2);
  out[place++] = MINUS;
  const high = (bytes[at + 2]! << 8) | bytes[at + 3]!;
  const low = ((bytes[at + 4]! << 24) | (bytes[at + 5]! << 16) | (bytes[at + 6]! << 8) | bytes[at + 7]!) >>> 0;
  place = high === 0 ? formatInteger(low, out, place) : formatHexNumber(low, high, out, place);
  for (let part = 0; part < count; part += 1) {
    out[place++] = MINUS;
    place = formatInteger(u32(bytes, at + 8 + part * 4), out, place);
  }
  return place;
}

/** Items on a line each. */
function formatArray(bytes: Uint8Array, type: number, at: number, size: number, out: Uint8Array, to: number): number {
  if (type === TYPE.utf16) {
    const end = trimZeros(bytes, at, size);
    let place = to;
    for (let from = at, next = at; from < end; from = next + 2) {
      if (from > at) out[place++] = NEW_LINE;
      for (next = from; next < end && (bytes[next] !== 0 || bytes[next + 1] !== 0); ) next += 2;
      place = appendUtf16(out, place, bytes, from, next);
    }
    return place;
  }
  const step = type < TYPE_BYTES.length ? TYPE_BYTES[type]! : 0;
  if (step === 0 || size % step !== 0) return formatHexBytes(bytes, at, size, out, to);
  let place = to;
  for (let from = at; from < at + size; from += step) {
    if (from > at) out[place++] = NEW_LINE;
    place = formatValue(bytes, type, from, step, out, place);
  }
  return place;
}

function formatAnsi(bytes: Uint8Array, at: number, size: number, out: Uint8Array, to: number): number {
  let end = at + size;
  while (end > at && bytes[end - 1] === 0) end -= 1;
  let place = to;
  for (let from = at; from < end; from += 1) {
    const byte = bytes[from]!;
    if (byte < 0x80) out[place++] = byte;
    else place = put(byte < 0xa0 ? ANSI_80_9F[byte - 0x80]! : String.fromCharCode(byte), out, place);
  }
  return place;
}

function textOfRare(bytes: Uint8Array, type: number, at: number): string {
  if (type === TYPE.filetime) {
    const moment = momentOfFiletime(u32(bytes, at), u32(bytes, at + 4));
    return formatMoment(moment.at, moment.tick);
  }
  if (type === TYPE.systemtime) return textOfSystemtime(bytes, at);
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, type === TYPE.real32 ? 4 : 8);
  return type === TYPE.real32 ? String(Number(view.getFloat32(0, true).toPrecision(8))) : String(view.getFloat64(0, true));
}

function textOfSystemtime(bytes: Uint8Array, at: number): string {
  const digits = (index: number, width: number): string => String(u16(bytes, at + index * 2)).padStart(width, '0');
  return `${digits(0, 4)}-${digits(1, 2)}-${digits(3, 2)}T${digits(4, 2)}:${digits(5, 2)}:${digits(6, 2)}.${digits(7, 3)}0000Z`;
}

function put(text: string, out: Uint8Array, to: number): number {
  return to + ENCODER.encodeInto(text, out.subarray(to)).written;
}
