import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCaptured } from '../run-captured.examples.ts';

let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'keepwatch-score-test-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

function score(...args: readonly string[]) {
  return runCaptured(['score', join(folder, 'manifest.json'), ...args]);
}

function write(name: string, content: unknown): void {
  fs.writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
}

function clearedLog(recordId: number): string {
  return JSON.stringify({
    '@timestamp': '2024-03-04T10:00:00.123Z',
    winlog: {
      channel: 'Security',
      provider_name: 'Microsoft-Windows-Eventlog',
      event_id: '1102',
      record_id: recordId,
      computer_name: 'DC01.corp.example',
      user_data: {
        SubjectUserSid: 'S-1-5-21-1-2-3-1104',
        SubjectUserName: 'eve',
        SubjectDomainName: 'CORP',
        SubjectLogonId: '0x3e9',
      },
    },
  });
}

const LABELS = { labels: { 'log-cleared': ['log-cleared'], dcsync: ['dcsync'], 'other-c2': ['other-c2'] } };
const ATTACK = {
  path: 'attack.json',
  format: 'windows-event-json',
  class: 'attack',
  expected: ['log-cleared', 'dcsync', 'other-c2', 'sigma:1'],
  evidence: 'content',
};
const BENIGN = { path: 'benign.json', format: 'windows-event-json', class: 'benign', expected: [], allowed: [] };

function writeCorpus(files: readonly unknown[]): void {
  write('attack.json', `${clearedLog(1)}\n`);
  write('benign.json', `${clearedLog(2)}\n`);
  write('labels.json', LABELS);
  write('manifest.json', { files });
}

test('counts what is found, missed, and beyond', async () => {
  writeCorpus([ATTACK, BENIGN, { path: 'x.pcap', format: 'pcap', class: 'benign' }]);
  const { code, out, error } = await score('--json');
  expect({ code, error }).toEqual({ code: 0, error: '' });
  const found = JSON.parse(out);
  expect(found).toMatchObject({
    files: 2,
    events: 2,
    labels: [
      { label: 'dcsync', content: { expected: 1, found: 0, missed: ['attack.json'], recallPercent: 0 } },
      { label: 'log-cleared', content: { expected: 1, found: 1, missed: [], recallPercent: 100 }, name: { expected: 0 } },
    ],
    total: { content: { expected: 2, found: 1, recallPercent: 50 } },
    benign: { files: 1, events: 1, beyond: [{ detection: 'log-cleared', path: 'benign.json' }] },
  });
  expect(found.benign.bySeverity[found.benign.beyond[0].severity]).toEqual({ alerts: 1, per100000Events: 100_000 });
  const table = (await score()).out;
  expect(table).toMatch(/log-cleared +1 +1 +100 %/);
  expect(table).toContain('missed (content): attack.json');
  expect((await score('--files', 'benign')).out).toContain('1 files, 1 events');
});

test('what the labels allow is not beyond, and a file that is absent is told', async () => {
  writeCorpus([
    { ...BENIGN, allowed: ['log-cleared'] },
    { ...ATTACK, path: 'gone.json' },
  ]);
  const { code, out, error } = await score('--json');
  expect(code).toBe(0);
  expect(error).toContain('gone.json: ');
  expect(JSON.parse(out).benign.beyond).toEqual([]);
});

test.each([
  ['{"files": [\n  {"path": oops}]}', 'manifest.json: line 2, column 12: not JSON'],
  ['{"files": [', 'manifest.json: line 1, column 12: not JSON'],
  ['[]', 'manifest.json: the whole: expected an object, found a list'],
  [{}, 'files: expected a list, found nothing'],
  [{ files: [BENIGN, { ...BENIGN, path: '../../etc/passwd' }] }, 'files[1].path: expected a path inside the folder'],
  [{ files: [{ ...BENIGN, packed_in: '/etc/passwd' }] }, 'files[0].packed_in: expected a path inside'],
  [{ files: [{ ...BENIGN, expected: [7] }] }, 'files[0].expected[0]: expected text, found a value of type number'],
  [{ files: [{ ...BENIGN, expected: Array(1001).fill('a') }] }, 'files[0].expected: expected at most 1000, found 1001'],
  [{ files: [{ ...BENIGN, bytes: -1 }] }, 'files[0].bytes: expected a number of bytes, found -1'],
])('a manifest that is not one: %j', async (manifest, message) => {
  write('manifest.json', manifest);
  write('labels.json', LABELS);
  const { code, out, error } = await score();
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(error).toContain(message);
});

test('absent manifest or labels', async () => {
  expect(await score()).toMatchObject({ code: 2, error: expect.stringContaining('manifest.json: could not be read') });
  write('manifest.json', { files: [] });
  expect(await score()).toMatchObject({ code: 2, error: expect.stringContaining('labels.json: could not be read') });
  write('labels.json', { labels: { a: 'b' } });
  expect(await score()).toMatchObject({ code: 2, error: expect.stringContaining('labels["a"]: expected a list') });
});
