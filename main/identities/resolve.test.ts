import { describe, expect, it } from 'vitest';
import { Dictionary } from '../events/dictionary.ts';
import { EventTable } from '../events/event-table.ts';
import { type ExampleEvent, exampleBatch } from '../events/example-batch.ts';
import { type Resolution, resolveIdentities } from './resolve.ts';
import { Sightings } from './sightings.ts';

const SID = 'S-1-5-21-1-2-3';
const alice = { sid: `${SID}-1104`, name: 'alice', domain: 'CORP' };

function resolve(events: readonly ExampleEvent[]): { resolution: Resolution; dictionary: Dictionary; ids: string[] } {
  const batch = exampleBatch(events);
  const dictionary = new Dictionary();
  const table = new EventTable();
  const sightings = new Sightings();
  const texts = Uint32Array.from(batch.texts, (text) => dictionary.textId(text));
  const accounts = Uint32Array.from(batch.accounts, (account) => dictionary.accountId(account));
  for (let row = 0; row < batch.count; row++) sightings.add(table, dictionary, table.append(batch, row, 1, texts, accounts));
  const resolution = resolveIdentities(dictionary, sightings);
  return { resolution, dictionary, ids: resolution.entities.slice(1).map((entity) => entity.id) };
}

const logon = (at: number, rest: Partial<ExampleEvent>): ExampleEvent => ({ at, kind: 'logon', eventId: 4624, logonType: 3, ...rest });

describe('identities', () => {
  it('joins SID, domain name and UPN of one account', () => {
    const { ids } = resolve([
      logon(1, { target: alice }),
      logon(2, { target: { sid: '', name: 'ALICE', domain: 'corp' } }),
      { at: 3, kind: 'service-ticket-request', target: { sid: '', name: 'alice@CORP.EXAMPLE', domain: 'CORP.EXAMPLE' } },
      logon(4, { target: { sid: `${SID}-1105`, name: 'bob', domain: 'CORP.EXAMPLE' } }),
    ]);
    expect(ids).toEqual(['host:srv01.corp.example', `sid:${SID}-1104`, `sid:${SID}-1105`]);
  });

  it('keeps accounts of the same name in different domains and hosts apart', () => {
    const { ids } = resolve([
      logon(1, { target: { sid: `${SID}-500`, name: 'Administrator', domain: 'CORP' } }),
      logon(2, { target: { sid: 'S-1-5-21-9-9-9-500', name: 'Administrator', domain: 'WS01' } }),
      logon(3, { target: { sid: '', name: 'Administrator', domain: '' } }),
    ]);
    expect(ids).toContain(`sid:${SID}-500`);
    expect(ids).toContain('sid:S-1-5-21-9-9-9-500');
    expect(ids).toContain('account:administrator');
  });

  it('joins a short name, an FQDN and the machine account of one host', () => {
    const { resolution } = resolve([
      logon(1, { computer: 'ws01.corp.example', target: alice }),
      logon(2, { sourceHost: 'WS01', target: alice }),
      logon(3, { target: { sid: `${SID}-1200`, name: 'WS01$', domain: 'CORP' } }),
    ]);
    const hosts = resolution.entities.filter((entity) => entity.kind === 'computer').map((entity) => entity.id);
    expect(hosts).toEqual(['host:ws01.corp.example', 'host:srv01.corp.example']);
    expect(resolution.entities[resolution.byId.get('host:ws01.corp.example')!].claims.has(`sid:${SID}-1200`)).toBe(true);
  });

  it('gives an address to the host that used it at that time', () => {
    const { resolution, dictionary } = resolve([
      logon(10, { sourceAddress: '10.0.0.5', target: { sid: '', name: 'WS01$', domain: 'CORP' } }),
      logon(20, { sourceAddress: '10.0.0.5', target: { sid: '', name: 'WS01$', domain: 'CORP' } }),
      logon(30, { sourceAddress: '10.0.0.5', target: { sid: '', name: 'WS02$', domain: 'CORP' } }),
    ]);
    const address = dictionary.findText('10.0.0.5');
    expect([5, 25, 35].map((at) => resolution.entities[resolution.entityOfAddress(address, at)].id)).toEqual([
      'host:ws01',
      'host:ws01',
      'host:ws02',
    ]);
  });

  it('leaves an address alone that several hosts claim at the same time', () => {
    const claim = (at: number, sourceHost: string) => logon(at, { sourceAddress: '10.0.0.9', sourceHost, target: alice });
    const { resolution, dictionary } = resolve([claim(1, 'WS01'), claim(2, 'WS02'), claim(3, 'WS01')]);
    expect(resolution.entities[resolution.entityOfAddress(dictionary.findText('10.0.0.9'), 2)].id).toBe('address:10.0.0.9');
  });

  it('believes the machine account rather than what a client says of itself', () => {
    const { resolution, dictionary } = resolve([
      logon(1, { sourceAddress: '10.0.0.5', target: { sid: '', name: 'WS01$', domain: 'CORP' } }),
      logon(2, { sourceAddress: '10.0.0.5', sourceHost: 'kali', target: alice }),
      logon(3, { sourceAddress: '10.0.0.5', target: { sid: '', name: 'WS01$', domain: 'CORP' } }),
    ]);
    expect(resolution.entities[resolution.entityOfAddress(dictionary.findText('10.0.0.5'), 2)].id).toBe('host:ws01');
  });

  it('takes no server for the client of its own remote desktop', () => {
    const { resolution, dictionary } = resolve([
      logon(1, { logonType: 10, sourceAddress: '10.0.0.7', sourceHost: 'SRV01', target: alice }),
    ]);
    expect(resolution.entities[resolution.entityOfAddress(dictionary.findText('10.0.0.7'), 1)].id).toBe('address:10.0.0.7');
  });

  it('makes a domain controller of the host that answers Kerberos, and a group of what members join', () => {
    const { resolution } = resolve([
      { at: 1, kind: 'tgt-request', computer: 'dc01.corp.example', target: alice },
      { at: 2, kind: 'member-added', target: alice, counterpart: { sid: `${SID}-512`, name: 'Domain Admins', domain: 'CORP' } },
    ]);
    expect(resolution.entities[resolution.byId.get('host:dc01.corp.example')!].roles.has('domain controller')).toBe(true);
    expect(resolution.entities[resolution.byId.get(`sid:${SID}-512`)!].kind).toBe('group');
  });
});
