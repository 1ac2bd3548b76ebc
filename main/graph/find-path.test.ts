import { expect, it } from 'vitest';
import { Dictionary } from '../events/dictionary.ts';
import { EventTable } from '../events/event-table.ts';
import { type ExampleEvent, exampleBatch } from '../events/example-batch.ts';
import { mergeByEntity } from './entity-edges.ts';
import { findEarliestPath } from './find-path.ts';
import { ObservedEdges } from './observed-edges.ts';

const SID = 'S-1-5-21-1-2-3';
const alice = { sid: `${SID}-1104`, name: 'alice', domain: 'CORP' };
const admin = { sid: `${SID}-1105`, name: 'admin', domain: 'CORP' };

/** Accounts are entities 1000 + id, hosts and addresses their text ids. */
function graphOf(events: readonly ExampleEvent[]) {
  const batch = exampleBatch(events);
  const dictionary = new Dictionary();
  const table = new EventTable();
  const observed = new ObservedEdges();
  const texts = Uint32Array.from(batch.texts, (text) => dictionary.textId(text));
  const accounts = Uint32Array.from(batch.accounts, (account) => dictionary.accountId(account));
  for (let row = 0; row < batch.count; row++) observed.add(table, dictionary, table.append(batch, row, 1, texts, accounts));
  const graph = mergeByEntity(observed.edges, {
    entityOfAccount: (id) => 1000 + id,
    entityOfHost: (id) => id,
    entityOfAddress: (id) => id,
  });
  const path = (from: number, to: number) =>
    findEarliestPath(
      table,
      Uint32Array.from({ length: table.count }, (_, i) => i),
      graph,
      from,
      to,
      null,
    ).map(({ edge, event }) => `${graph.edges[edge].kind}@${table.at(event)}`);
  return { path, host: (name: string) => dictionary.findText(name), account: (ref: typeof alice) => 1000 + dictionary.accountId(ref) };
}

const interactive = (at: number, computer: string, target: typeof alice): ExampleEvent => ({
  at,
  kind: 'logon',
  logonType: 2,
  computer,
  target,
});
const network = (at: number, computer: string, sourceHost: string, target: typeof alice): ExampleEvent => ({
  at,
  kind: 'logon',
  logonType: 3,
  computer,
  sourceHost,
  target,
});

it('follows a host to an account that logged on there, and on to where that account went', () => {
  const { path, host, account } = graphOf([
    network(1, 'srv01', 'ws01', alice),
    interactive(2, 'srv01', admin),
    network(3, 'dc01', 'srv09', admin),
  ]);
  expect(path(host('ws01'), host('dc01'))).toEqual(['remote-session@1', 'logon-interactive@2', 'logon-network@3']);
  expect(path(account(alice), host('dc01'))).toHaveLength(3);
});

it('never goes back in time', () => {
  const { path, host } = graphOf([network(1, 'dc01', 'srv01', admin), network(2, 'srv01', 'ws01', alice)]);
  expect(path(host('ws01'), host('dc01'))).toEqual([]);
});

it('takes no failed logon for a movement', () => {
  const failure: ExampleEvent = { at: 1, kind: 'logon-failure', logonType: 3, computer: 'dc01', sourceHost: 'ws01', target: alice };
  const { path, host } = graphOf([failure]);
  expect(path(host('ws01'), host('dc01'))).toEqual([]);
});
