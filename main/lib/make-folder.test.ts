import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeFolder } from './make-folder.ts';

it('creates a folder with its parents, and again is nothing', () => {
  const root = mkdtempSync(join(tmpdir(), 'keepwatch-folder-'));
  makeFolder(join(root, 'a', 'b', 'c'));
  makeFolder(join(root, 'a', 'b', 'c'));
  expect(statSync(join(root, 'a', 'b', 'c')).isDirectory()).toBe(true);
  rmSync(root, { recursive: true });
});

it('says why it cannot, instead of trying for ever', () => {
  const root = mkdtempSync(join(tmpdir(), 'keepwatch-folder-'));
  writeFileSync(join(root, 'file'), '');
  expect(() => makeFolder(join(root, 'file', 'below'))).toThrow(/ENOTDIR|EEXIST/);
  if (existsSync('/proc/self')) expect(() => makeFolder('/proc/keepwatch-store')).toThrow(/ENOENT|EACCES|EPERM/);
  rmSync(root, { recursive: true });
});
