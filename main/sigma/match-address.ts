import { BlockList, isIP } from 'node:net';

/** `10.0.0.0/8`, `fe80::/10`. Throws where the text is no network. */
export function cidrTest(network: string): (value: string) => boolean {
  const [address, bits] = network.split('/');
  const version = isIP(address ?? '');
  const prefix = Number(bits ?? (version === 4 ? 32 : 128));
  if (version === 0 || !Number.isInteger(prefix) || prefix < 0 || prefix > (version === 4 ? 32 : 128))
    throw new Error(`"${network}" is no network address`);
  const list = new BlockList();
  list.addSubnet(address, prefix, version === 4 ? 'ipv4' : 'ipv6');
  return (value) => {
    const text = value.replace(/^::ffff:(?=\d+\.)/i, '');
    const family = isIP(text);
    return family !== 0 && list.check(text, family === 4 ? 'ipv4' : 'ipv6');
  };
}
