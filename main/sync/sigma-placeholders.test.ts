import { expect, it } from 'vitest';
import type { IdentifierClaim } from '../../shared/model/entity.ts';
import { compileFile } from '../sigma/compile-file.ts';
import { sigmaPlaceholders } from './sigma-placeholders.ts';

function entity(
  kind: 'computer' | 'user',
  name: string,
  roles: readonly string[],
  claims: readonly (readonly [IdentifierClaim['type'], string])[],
) {
  const rest = { firstAt: 0, lastAt: 0, count: 1, evidence: -1 };
  return {
    kind,
    name,
    domain: 'corp',
    roles: new Set(roles),
    claims: new Map(claims.map(([type, value]) => [`${type} ${value}`, { type, value, ...rest }])),
  };
}

const ENTITIES = [
  entity(
    'computer',
    'DC01',
    ['domain controller'],
    [
      ['host-name', 'dc01.corp.example'],
      ['address', '10.0.0.1'],
      ['account-name', 'CORP\\DC01$'],
    ],
  ),
  entity('computer', 'WS01', [], [['address', '10.0.0.9']]),
  entity('user', 'eve', [], [['account-name', 'CORP\\Eve']]),
  entity('user', 'bob', [], [['account-name', 'CORP\\bob']]),
];
const source = sigmaPlaceholders(ENTITIES, (one) => one.name === 'eve');

it.each([
  ['domaincontrollers', ['dc01', 'dc01.corp.example']],
  ['dc_ip_addresses', ['10.0.0.1']],
  ['dc_machine_accounts', ['dc01$']],
  ['known_cdcs', ['10.0.0.1', 'dc01', 'dc01.corp.example']],
  ['administrators', ['eve']],
  ['workstations', null],
  ['constructor', null],
])('%s are %s', (name, values) => {
  expect(source(name)).toEqual(values);
});

it('is null where nothing is known, so that no rule fires on everybody', () => {
  expect(sigmaPlaceholders([], () => true)('domaincontrollers')).toBeNull();
});

it('makes rules run that need it', () => {
  const text =
    "title: T\nlogsource: { product: windows, service: security }\ndetection:\n  s: { ServiceName|expand: '%dc_machine_accounts%' }\n  f: { IpAddress|expand: '%dc_ip_addresses%' }\n  condition: s and not f\n";
  expect(compileFile('r.yml', text, source).rules).toHaveLength(1);
  expect(compileFile('r.yml', text, new Map()).refused[0]).toMatchObject({ line: 4 });
});
