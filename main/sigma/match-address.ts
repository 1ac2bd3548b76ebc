import { isIP } from 'node:net';

/** An address as groups of 16 bits: two of IPv4, eight of IPv6. */
type Address = readonly number[];

/** `10.0.0.0/8`, `fe80::/10`. Throws where the text is no network. An IPv4 address written as IPv6 (`::ffff:10.0.0.1`) counts as IPv4. */
export function cidrTest(network: string): (value: string) => boolean {
  const [text, bits] = network.split('/');
  const address = parseAddress(text ?? '');
  const size = (address?.length ?? 0) * 16;
  const prefix = bits === undefined ? size : /^\d{1,3}$/.test(bits) ? Number(bits) : -1;
  if (address === null || prefix < 0 || prefix > size) throw new Error(`"${network}" is no network address`);
  const masks = address.map((_, i) => (0xffff << (16 - Math.min(16, Math.max(0, prefix - i * 16)))) & 0xffff);
  const wanted = address.map((group, i) => group & masks[i]);
  return (value) => {
    const found = parseAddress(value);
    return found !== null && found.length === wanted.length && wanted.every((group, i) => (found[i] & masks[i]) === group);
  };
}

function parseAddress(text: string): Address | null {
  const family = isIP(text);
  if (family === 4) return parseFour(text);
  if (family !== 6) return null;
  const lower = text.toLowerCase().split('%', 1)[0];
  if (lower.startsWith('::ffff:') && isIP(lower.slice(7)) === 4) return parseFour(lower.slice(7));
  const [head, tail] = lower.split('::');
  const before = groupsOf(head);
  if (tail === undefined) return before;
  const after = groupsOf(tail);
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}

function parseFour(text: string): Address {
  const [a, b, c, d] = text.split('.').map(Number);
  return [(a << 8) | b, (c << 8) | d];
}

/** Groups of an IPv6 address, whose last may be an IPv4 address. */
function groupsOf(text: string): number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => (group.includes('.') ? [...parseFour(group)] : [Number.parseInt(group, 16)]));
}
