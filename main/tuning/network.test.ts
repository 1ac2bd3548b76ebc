import { BlockList } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatNetwork, isInNetwork, parseAddress, parseNetwork } from './network.ts';

const written = (text: string) => {
  const network = parseNetwork(text);
  return network === null ? null : formatNetwork(network);
};
const holds = (network: string, address: string) => isInNetwork(parseNetwork(network)!, parseAddress(address));

describe('a range', () => {
  test('is written in one way', () => {
    expect(written(' 10.1.2.3 ')).toBe('10.1.2.3');
    expect(written('10.1.2.3/32')).toBe('10.1.2.3');
    expect(written('10.0.0.0/8')).toBe('10.0.0.0/8');
    expect(written('0.0.0.0/0')).toBe('0.0.0.0/0');
    expect(written('FE80:0:0::/10')).toBe('fe80::/10');
    expect(written('2001:db8:0:0:1:0:0:1')).toBe('2001:db8::1:0:0:1');
    expect(written('::')).toBe('::');
    expect(written('::ffff:10.0.0.0/104')).toBe('10.0.0.0/8');
    expect(written('::ffff:a01:203')).toBe('10.1.2.3');
  });

  test.each([
    '',
    '10.1.2',
    '10.1.2.3/33',
    '10.1.2.3/8',
    '10.1.2.3/',
    '10.1.2.3/-1',
    'fe80::/129',
    'fe80::1/10',
    'fe80::1%3',
    '010.1.2.3',
    'host',
    '1.2.3.4/8/8',
    '/8',
  ])('is refused where it is none: "%s"', (text) => {
    expect(parseNetwork(text)).toBeNull();
  });

  test('holds its ends and not their neighbors', () => {
    expect(['10.1.0.0', '10.1.255.255', '10.0.255.255', '10.2.0.0'].map((address) => holds('10.1.0.0/16', address))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(['fe80::', 'febf:ffff::1', 'fec0::'].map((address) => holds('fe80::/10', address))).toEqual([true, true, false]);
    expect(holds('0.0.0.0/0', '255.255.255.255')).toBe(true);
    expect(holds('10.1.2.3', '10.1.2.4')).toBe(false);
  });

  test('takes IPv4 in a field for IPv6, and an address with its zone', () => {
    expect(holds('10.0.0.0/8', '::ffff:10.9.9.9')).toBe(true);
    expect(holds('fe80::/10', 'fe80::1%12')).toBe(true);
    expect(holds('::/0', '10.9.9.9')).toBe(false);
    expect(holds('0.0.0.0/0', 'fe80::1')).toBe(false);
    expect(holds('0.0.0.0/0', 'WORKSTATION')).toBe(false);
  });

  test('agrees with the block list of Node on any address', () => {
    const v4 = fc.ipV4();
    const v6 = fc.ipV6();
    const check = (family: 4 | 6, address: string, other: string, bits: number) => {
      const name = family === 4 ? 'ipv4' : 'ipv6';
      const base = parseNetwork(address)!;
      if (base.family !== family) return;
      const behind = BigInt((family === 4 ? 32 : 128) - bits);
      const network = { family, bits, start: (base.start >> behind) << behind };
      const list = new BlockList();
      list.addSubnet(address, bits, name);
      expect(isInNetwork(network, parseAddress(other))).toBe(parseNetwork(other)!.family === family && list.check(other, name));
      expect(parseNetwork(formatNetwork(network))).toEqual(network);
    };
    fc.assert(fc.property(v4, v4, fc.integer({ min: 1, max: 32 }), (address, other, bits) => check(4, address, other, bits)));
    fc.assert(fc.property(v6, v6, fc.integer({ min: 1, max: 128 }), (address, other, bits) => check(6, address, other, bits)));
    fc.assert(fc.property(v4, fc.integer({ min: 1, max: 32 }), (address, bits) => check(4, address, address, bits)));
  });
});
