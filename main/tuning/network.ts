import { isIP } from 'node:net';

/** An address range: `bits` leading bits of `start` are fixed. */
export type Network = { readonly family: 4 | 6; readonly start: bigint; readonly bits: number };

/** An address as a number. */
export type Address = { readonly family: 4 | 6; readonly value: bigint };

const WIDTH = { 4: 32, 6: 128 } as const;
/** RFC 4291, 2.5.5.2: how records of Windows write an IPv4 address in a field for IPv6. */
const MAPPED = 0xffffn << 32n;

/**
 * `10.1.2.3`, `10.1.0.0/16`, `fe80::/10`; null where the text is no address, the prefix does not fit, or bits behind the prefix are set (then it is
 * not sure what was meant). An IPv4 network written as IPv6 (`::ffff:10.0.0.0/104`) is that IPv4 network.
 */
export function parseNetwork(text: string): Network | null {
  const found = /^([^/%]+)(?:\/(\d{1,3}))?$/.exec(text.trim());
  if (!found) return null;
  const family = isIP(found[1]);
  if (family !== 4 && family !== 6) return null;
  const value = family === 4 ? valueOf4(found[1]) : valueOf6(found[1]);
  const bits = found[2] === undefined ? WIDTH[family] : Number(found[2]);
  if (bits > WIDTH[family]) return null;
  const behind = (1n << BigInt(WIDTH[family] - bits)) - 1n;
  if ((value & behind) !== 0n) return null;
  if (family === 6 && bits >= 96 && value >> 32n === MAPPED >> 32n) return { family: 4, start: value & 0xffffffffn, bits: bits - 96 };
  return { family, start: value, bits };
}

/** One way to write it, so that the same range is recognized: `10.1.0.0/16`, a single address without its prefix. */
export function formatNetwork({ family, start, bits }: Network): string {
  const address = family === 4 ? format4(start) : format6(start);
  return bits === WIDTH[family] ? address : `${address}/${bits}`;
}

/** Whether the address lies in the range; what is no address lies in none. IPv4 and IPv6 do not mix, but for IPv4 in a field for IPv6. */
export function isInNetwork(network: Network, address: Address | null): boolean {
  if (address === null || address.family !== network.family) return false;
  const behind = BigInt(WIDTH[network.family] - network.bits);
  return address.value >> behind === network.start >> behind;
}

/** One address of a record; null where it is none. */
export function parseAddress(text: string): Address | null {
  // The zone of a link-local address names an interface of the host that wrote the record.
  const plain = text.trim().split('%', 1)[0];
  const family = isIP(plain);
  if (family === 4) return { family, value: valueOf4(plain) };
  if (family !== 6) return null;
  const value = valueOf6(plain);
  return value >> 32n === MAPPED >> 32n ? { family: 4, value: value & 0xffffffffn } : { family: 6, value };
}

function valueOf4(text: string): bigint {
  return text.split('.').reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}

function valueOf6(text: string): bigint {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  const tail = dotted ? valueOf4(dotted[2]) : 0n;
  const plain = dotted ? `${dotted[1]}${(tail >> 16n).toString(16)}:${(tail & 0xffffn).toString(16)}` : text;
  const [head, rest] = plain.split('::');
  const parts = (side: string | undefined) => (side ? side.split(':') : []);
  const before = parts(head);
  const after = parts(rest);
  const zeros = rest === undefined ? [] : new Array<string>(8 - before.length - after.length).fill('0');
  return [...before, ...zeros, ...after].reduce((value, part) => (value << 16n) | BigInt(`0x${part}`), 0n);
}

function format4(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 0xffn).join('.');
}

/** RFC 5952: the longest run of two or more zero groups, the first of equals, becomes `::`. */
function format6(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, position) => ((value >> BigInt(112 - position * 16)) & 0xffffn).toString(16));
  let best = { from: 0, length: 1 };
  for (let from = 0; from < 8; from++) {
    let length = 0;
    while (from + length < 8 && groups[from + length] === '0') length++;
    if (length > best.length) best = { from, length };
  }
  if (best.length < 2) return groups.join(':');
  return `${groups.slice(0, best.from).join(':')}::${groups.slice(best.from + best.length).join(':')}`;
}
