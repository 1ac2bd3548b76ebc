import { expect, test } from 'vitest';
import { fileNameOf, findByPrefix, joinPath } from './file-names.ts';

test('paths keep the separator of their folder', () => {
  expect(joinPath('/home/a', 'x.zip')).toBe('/home/a/x.zip');
  expect(joinPath('/', 'x.zip')).toBe('/x.zip');
  expect(joinPath('C:\\Cases', 'x.zip')).toBe('C:\\Cases\\x.zip');
  expect(joinPath('C:\\', 'x.zip')).toBe('C:\\x.zip');
});

test('a title becomes a name that every file system takes', () => {
  expect(fileNameOf('DCSync by admin: CORP\\DC1 / "night"')).toBe('DCSync-by-admin-CORP-DC1-night');
  expect(fileNameOf('../../etc')).toBe('etc');
  expect(fileNameOf('***')).toBe('case');
  expect(fileNameOf('Überfall')).toBe('Überfall');
});

test('typing jumps to names, the same letter goes on', () => {
  const entries = ['alpha', 'beta', 'bravo', 'charlie'].map((name) => ({ name, path: name }));
  expect(findByPrefix(entries, 'b', null)?.name).toBe('beta');
  expect(findByPrefix(entries, 'b', 'beta')?.name).toBe('bravo');
  expect(findByPrefix(entries, 'bb', 'bravo')?.name).toBe('beta');
  expect(findByPrefix(entries, 'br', 'beta')?.name).toBe('bravo');
  expect(findByPrefix(entries, 'z', null)).toBeUndefined();
});
