import { BlockList } from 'node:net';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cidrTest } from './match-address.ts';

it.each([
  ['10.0.0.0/8', '10.255.1.2', true],
  ['10.0.0.0/8', '11.0.0.0', false],
  ['10.1.2.3', '10.1.2.3', true],
  ['0.0.0.0/0', '200.1.2.3', true],
  ['0.0.0.0/0', 'fe80::1', false],
  ['192.168.0.0/16', '::ffff:192.168.1.1', true],
  ['::/0', '1:2::3', true],
  ['::1/128', '::1', true],
  ['fe80::/10', 'FEBF::1%eth0', true],
  ['2001:db8::/33', '2001:db8:8000::', false],
  ['64:ff9b::/96', '64:ff9b::1.2.3.4', true],
  ['10.0.0.0/8', '-', false],
  ['10.0.0.0/8', '', false],
])('%s holds %s: %s', (network, address, expected) => {
  expect(cidrTest(network)(address)).toBe(expected);
});

it.each(['', 'x', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/-1', '::/129', '10.0.0/8'])('%s is no network', (network) => {
  expect(() => cidrTest(network)).toThrow(/no network address/);
});

it('agrees with what Node says of networks', () => {
  const bytes = fc.tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 0, max: 255 }))).map((list) => list.join('.'));
  const six = fc.ipV6();
  const check = (network: string, prefix: number, address: string, family: 'ipv4' | 'ipv6') => {
    const list = new BlockList();
    list.addSubnet(network, prefix, family);
    expect(cidrTest(`${network}/${prefix}`)(address)).toBe(list.check(address, family));
  };
  fc.assert(
    fc.property(bytes, bytes, fc.integer({ min: 1, max: 12 }), (network, address, prefix) => check(network, prefix, address, 'ipv4')),
    { numRuns: 500 },
  );
  fc.assert(
    fc.property(six, six, fc.integer({ min: 1, max: 4 }), (network, address, prefix) => check(network, prefix, address, 'ipv6')),
    { numRuns: 500 },
  );
});
