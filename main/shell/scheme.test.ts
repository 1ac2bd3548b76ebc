import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerRequest } from './scheme.ts';
import { CONTENT_POLICY } from './security.ts';

let outside: string;
let folder: string;
beforeAll(() => {
  outside = mkdtempSync(join(tmpdir(), 'keepwatch-scheme-'));
  folder = join(outside, 'renderer');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(outside, 'secret.html'), 'secret');
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'assets', 'main.js'), '1');
  writeFileSync(join(folder, 'notes.txt'), 'no type');
  symlinkSync(join(outside, 'secret.html'), join(folder, 'link.html'));
});
afterAll(() => rmSync(outside, { recursive: true }));

const ask = (address: string, method = 'GET') => answerRequest({ url: address, method } as Request, folder);

test('its own files are served with their type and the content policy', async () => {
  const page = await ask('keepwatch://console/index.html');
  expect(page.status).toBe(200);
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(page.headers.get('content-security-policy')).toBe(CONTENT_POLICY);
  expect((await ask('keepwatch://console/assets/main.js?v=1#x')).headers.get('content-type')).toBe('text/javascript; charset=utf-8');
});

test.each([
  'keepwatch://console/../secret.html',
  'keepwatch://console/%2e%2e/secret.html',
  'keepwatch://console/assets/..%2f..%2fsecret.html',
  'keepwatch://console/..%5csecret.html',
  'keepwatch://console/%00',
  'keepwatch://console/%zz',
  'keepwatch://console//etc/passwd',
  'keepwatch://console/link.html',
  'keepwatch://console/notes.txt',
  'keepwatch://console/assets',
  'keepwatch://console/',
  'keepwatch://console/missing.html',
])('%s is refused', async (address) => {
  expect((await ask(address)).status).toBe(404);
});

test('other hosts and methods are refused', async () => {
  expect((await ask('keepwatch://other/index.html')).status).toBe(403);
  expect((await ask('https://console/index.html')).status).toBe(403);
  expect((await ask('keepwatch://console/index.html', 'POST')).status).toBe(403);
});
