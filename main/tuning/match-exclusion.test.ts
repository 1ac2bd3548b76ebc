import { describe, expect, test } from 'vitest';
import type { AlertEntity, EntityRole } from '../../shared/model/alert.ts';
import type { ExclusionScope } from '../../shared/model/tuning.ts';
import { compileScope, findHiding, isExpired } from './match-exclusion.ts';
import { parseAddress } from './network.ts';

const NONE: ExclusionScope = { detection: '', entity: '', entityName: '', role: 'any', network: '' };

function entity(id: string, role: EntityRole, kind: AlertEntity['kind'] = 'user'): AlertEntity {
  return { id, name: id, kind, role };
}

const SCAN = {
  detection: 'ldap-recon',
  entities: [entity('sid:scanner', 'actor'), entity('host:scan01', 'source', 'computer'), entity('host:dc01', 'target', 'computer')],
  addresses: () => ['10.1.0.7', '::ffff:10.1.0.8'].map(parseAddress),
};

const match = (scope: Partial<ExclusionScope>, alert: typeof SCAN = SCAN) => compileScope({ ...NONE, ...scope })(alert);

describe('an exclusion hides', () => {
  test('what its detection finds', () => {
    expect(match({ detection: 'ldap-recon' })).toBe('hidden');
    expect(match({ detection: 'dcsync' })).toBe('other');
  });

  test('what its entity does or suffers, in the chosen role only', () => {
    expect(match({ entity: 'sid:scanner' })).toBe('hidden');
    expect(match({ entity: 'sid:scanner', role: 'actor' })).toBe('hidden');
    expect(match({ entity: 'sid:scanner', role: 'target' })).toBe('other');
    expect(match({ entity: 'host:dc01', role: 'target' })).toBe('hidden');
    expect(match({ entity: 'sid:other' })).toBe('other');
    expect(match({ entity: 'sid:scanner', detection: 'dcsync' })).toBe('other');
  });

  test('nothing that others of the kind have done or suffered beside its entity', () => {
    const spray = { ...SCAN, entities: [...SCAN.entities, entity('sid:alice', 'target'), entity('sid:bob', 'target')] };
    expect(match({ entity: 'sid:alice' }, spray)).toBe('shared');
    expect(match({ entity: 'host:dc01', role: 'target' }, spray)).toBe('hidden');
    const two = { ...SCAN, entities: [...SCAN.entities, entity('sid:mallory', 'actor')] };
    expect(match({ entity: 'sid:scanner' }, two)).toBe('shared');
    expect(match({ entity: 'host:scan01' }, two)).toBe('hidden');
  });

  test('what comes from its range and from nowhere else', () => {
    expect(match({ network: '10.1.0.0/16' })).toBe('hidden');
    expect(match({ network: '10.1.0.7' })).toBe('shared');
    expect(match({ network: '10.2.0.0/16' })).toBe('other');
    expect(match({ network: '10.1.0.0/16' }, { ...SCAN, addresses: () => [] })).toBe('other');
    expect(match({ network: '10.1.0.0/16', entity: 'sid:other' })).toBe('other');
  });

  test('nothing when it says nothing, or nothing that can be read', () => {
    expect(match({})).toBe('other');
    expect(match({ network: 'everywhere' })).toBe('other');
  });
});

test('it ends at its moment, by the clock', () => {
  expect([99, 100, 101].map((now) => isExpired({ expiresAt: 100 }, now))).toEqual([false, true, true]);
  expect(isExpired({ expiresAt: null }, Number.MAX_SAFE_INTEGER)).toBe(false);
});

test('of many exclusions those that hide an alert are found, as if each had been asked', () => {
  const scopes: readonly Partial<ExclusionScope>[] = [
    { detection: 'ldap-recon' },
    { detection: 'dcsync' },
    { entity: 'host:scan01', role: 'source' },
    { entity: 'host:scan01', role: 'target' },
    { entity: 'sid:scanner', detection: 'dcsync' },
    { network: '10.1.0.0/16' },
    { network: '10.1.0.0/16', entity: 'sid:scanner', detection: 'ldap-recon' },
  ];
  const stated = { expiresAt: null, reason: '', author: '', createdAt: 0, changedAt: 0 };
  const exclusions = scopes.map((scope, position) => ({ ...NONE, ...scope, ...stated, id: position + 1 }));
  expect(findHiding(exclusions, 0)(SCAN)).toEqual(scopes.flatMap((scope, position) => (match(scope) === 'hidden' ? [position + 1] : [])));
  expect(findHiding(exclusions, 0)(SCAN)).toEqual([1, 3, 6, 7]);
  expect(findHiding([{ ...exclusions[0]!, expiresAt: 5 }], 5)(SCAN)).toEqual([]);
});
