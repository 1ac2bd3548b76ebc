import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { acquireLock, LOCK_NAME } from './lock.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'keepwatch-lock-'));
  path = join(folder, LOCK_NAME);
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

function take() {
  const result = acquireLock(folder);
  if (!result.ok) throw new Error(`${result.code}: ${result.message}`);
  return result.value;
}

function leave(change: object): void {
  if (!fs.existsSync(path)) take();
  fs.writeFileSync(path, JSON.stringify({ ...JSON.parse(fs.readFileSync(path, 'utf8')), ...change }));
}

describe('a lock', () => {
  test('holds until it is released, and leaves nothing', () => {
    const lock = take();
    expect(lock.afterCrash).toBe(false);
    expect(acquireLock(folder)).toMatchObject({ ok: false, code: 'store-locked' });
    expect(fs.readdirSync(folder)).toEqual([LOCK_NAME]);
    lock.release();
    lock.release();
    expect(fs.readdirSync(folder)).toEqual([]);
    take();
  });

  test('that is not ours any more is not released', () => {
    const lock = take();
    leave({ token: 'of another' });
    lock.release();
    expect(fs.existsSync(path)).toBe(true);
  });

  test('of a living process holds, and is named', async () => {
    const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
    try {
      leave({ pid: other.pid, processStart: '' });
      const result = acquireLock(folder);
      expect(result).toMatchObject({ code: 'store-locked' });
      expect(!result.ok && result.message).toMatch(`process ${other.pid}, since`);
    } finally {
      other.kill();
    }
  });

  test('of another computer holds', () => {
    leave({ host: `not-${hostname()}`, pid: 999_999 });
    const result = acquireLock(folder);
    expect(!result.ok && result.message).toContain(`on the computer not-${hostname()}`);
  });

  test.each([
    ['from before the computer was started', { lockedAtMs: 1_000_000 }],
    ['of a process number that is used again', { processStart: '1' }],
    ['of an earlier start', { boot: 'another' }],
  ])('%s does not hold', (_name, change) => {
    if (process.platform !== 'linux' && !('lockedAtMs' in change)) return;
    leave(change);
    expect(take().afterCrash).toBe(true);
    expect(fs.readdirSync(folder)).toEqual([LOCK_NAME]);
  });

  test('that is no lock holds only while it may still be written', () => {
    fs.writeFileSync(path, '');
    expect(acquireLock(folder)).toMatchObject({ code: 'store-locked' });
    fs.utimesSync(path, 1, 1);
    expect(take().afterCrash).toBe(true);
  });

  test('is not taken over by two', () => {
    leave({ processStart: '1', boot: 'another' });
    fs.writeFileSync(`${path}-takeover`, '');
    expect(acquireLock(folder)).toMatchObject({ code: 'store-locked' });
    fs.utimesSync(`${path}-takeover`, 1, 1);
    expect(take().afterCrash).toBe(true);
  });
});

test('a folder that is not there', () => {
  fs.rmSync(folder, { recursive: true });
  expect(acquireLock(folder)).toMatchObject({ ok: false, code: 'failed' });
});
