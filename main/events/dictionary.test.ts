import { expect, it } from 'vitest';
import { ACCOUNT_MACHINE, ACCOUNT_WELL_KNOWN, Dictionary } from './dictionary.ts';

it('marks identities that every host has, also where the name carries its domain', () => {
  const dictionary = new Dictionary();
  const markOf = (name: string, sid = '') => dictionary.accountMarks[dictionary.accountId({ sid, name, domain: '' })];
  expect(markOf('SYSTEM')).toBe(ACCOUNT_WELL_KNOWN);
  expect(markOf('NT AUTHORITY\\NETWORK SERVICE')).toBe(ACCOUNT_WELL_KNOWN);
  expect(markOf('x', 'S-1-5-18')).toBe(ACCOUNT_WELL_KNOWN);
  expect(markOf('WS01$')).toBe(ACCOUNT_MACHINE);
  expect(markOf('CORP\\alice')).toBe(0);
  expect(markOf('system', 'S-1-5-21-1-2-3-1104')).toBe(0);
});
