import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Analysis } from './analysis.ts';
import { runCaptured } from './run-captured.examples.ts';

let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'keepwatch-cli-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** A failed network logon as a collector would ship it. */
function failedLogon(recordId: number, account: string): string {
  const second = String(recordId % 60).padStart(2, '0');
  return JSON.stringify({
    '@timestamp': `2024-03-04T10:00:${second}.123Z`,
    winlog: {
      channel: 'Security',
      provider_name: 'Microsoft-Windows-Security-Auditing',
      event_id: '4625',
      record_id: recordId,
      computer_name: 'DC01.corp.example',
      event_data: {
        TargetUserName: account,
        TargetDomainName: 'CORP',
        TargetUserSid: 'S-1-0-0',
        Status: '0xc000006d',
        SubStatus: '0xc000006a',
        LogonType: '3',
        IpAddress: '10.0.0.66',
        WorkstationName: 'KALI',
      },
    },
  });
}

function writeEvidence(name: string, count = 30): string {
  const path = join(folder, name);
  fs.writeFileSync(path, `${Array.from({ length: count }, (_, n) => failedLogon(n + 1, `user${n + 1}`)).join('\n')}\n`);
  return path;
}

describe('usage', () => {
  test('help and version', async () => {
    const help = await runCaptured(['--help']);
    expect(help.code).toBe(0);
    for (const word of ['analyze PATH...', 'events PATH...', 'demo DIR', 'verify FILE', 'score MANIFEST', 'Exit codes'])
      expect(help.out).toContain(word);
    expect((await runCaptured(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect((await runCaptured(['events', '--help'])).out).toContain('Usage: keepwatch events');
  });

  test.each([
    [[], 'no command'],
    [['analyse'], 'no command "analyse"'],
    [['analyze'], 'at least one file'],
    [['events'], 'at least one file'],
    [['why-not', 'kerberoasting'], 'name a detection and an entity'],
    [['why-not', 'kerberoasting', 'DC01'], 'name the evidence, or a store'],
    [['why-not', 'kerberoasting', 'DC01', 'x', '--from', 'noon'], '--from is a time'],
    [['analyze', 'x', '--format', 'xml'], '--format is one of json, table; found "xml"'],
    [['analyze', 'x', '--colour'], '--colour'],
    [['analyze', 'x', '--out'], '--out'],
    [['events', 'x', '--format', 'csv', '--format', 'jsonl'], 'twice'],
    [['demo'], 'one folder, found 0'],
    [['verify', 'a', 'b'], 'one case file, found 2'],
  ])('%j is refused with exit code 2', async (args, words) => {
    const { code, out, error } = await runCaptured(args);
    expect([code, out]).toEqual([2, '']);
    expect(error).toContain(words);
    expect(error).toContain('Usage: keepwatch');
  });
});

describe('why-not', () => {
  test('one sentence first, then the numbers that were not reached', async () => {
    const path = writeEvidence('few.json', 3);
    const { code, out } = await runCaptured(['why-not', 'password-spraying', 'DC01', path]);
    expect(code).toBe(0);
    expect(out).toMatch(/^3 records of DC01 matched, but were too few: 3 of 5, /);
    expect(out).toContain('3 of 5, or 3 of 8, or 3 of 25 records');
    const answer = JSON.parse((await runCaptured(['why-not', 'password-spraying', 'dc01', path, '--json'])).out);
    expect(answer).toMatchObject({ detection: { id: 'password-spraying' }, why: { matched: 3 }, alertsTotal: 0 });
  });

  test('an entity that is not there, with those that are near', async () => {
    const { code, error } = await runCaptured(['why-not', 'password-spraying', 'DC', writeEvidence('few.json', 3)]);
    expect(code).toBe(1);
    expect(error).toContain('No entity is named DC. Name one by its id: DC01 (host:dc01.corp.example)');
  });
});

describe('events', () => {
  test('one JSON object a line, with the time as precise as the record', async () => {
    const path = writeEvidence('logons.json', 3);
    const { code, out, error } = await runCaptured(['events', path]);
    expect([code, error]).toEqual([0, '']);
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatchObject({
      time: '2024-03-04T10:00:02.1230000Z',
      computer: 'DC01.corp.example',
      channel: 'Security',
      provider: 'Microsoft-Windows-Security-Auditing',
      eventId: 4625,
      recordId: 2,
      fields: { TargetUserName: 'user2', IpAddress: '10.0.0.66' },
    });
    expect(Object.keys(lines[1])).toEqual(['time', 'computer', 'channel', 'provider', 'eventId', 'recordId', 'fields']);
  });

  test('CSV', async () => {
    const path = join(folder, 'one.json');
    fs.writeFileSync(path, `${failedLogon(1, 'a,"b"').replace('DC01.corp.example', '=1+1')}\n`);
    const { out } = await runCaptured(['events', path, '--format', 'csv']);
    const [head, line] = out.split('\r\n');
    expect(head).toBe('time,computer,channel,provider,eventId,recordId,fields');
    expect(line).toMatch(/^2024-03-04T10:00:01\.1230000Z,'=1\+1,Security,Microsoft-Windows-Security-Auditing,4625,1,"\{/);
  });

  test('a reader that goes away ends it quietly', async () => {
    const path = writeEvidence('logons.json', 2000);
    const gone = new Writable({ write: (_chunk, _encoding, done) => done(Object.assign(new Error('gone'), { code: 'EPIPE' })) });
    expect(await runCaptured(['events', path], gone)).toMatchObject({ code: 0, error: '' });
  });

  test('what is missing, unknown or cut off is named with its place', async () => {
    fs.writeFileSync(join(folder, 'notes.txt'), 'hello');
    const whole = writeEvidence('cut.json', 3);
    fs.appendFileSync(whole, failedLogon(4, 'user4').slice(0, 40));
    const nothing = await runCaptured(['events', join(folder, 'notes.txt'), join(folder, 'absent.evtx')]);
    expect(nothing.code).toBe(3);
    expect(nothing.error).toMatch(/notes\.txt: No source recognizes/);
    expect(nothing.error).toMatch(/absent\.evtx: .*no such file/);
    const cut = await runCaptured(['events', whole]);
    expect(cut.code).toBe(0);
    expect(cut.out.trimEnd().split('\n')).toHaveLength(3);
    expect(cut.error).toMatch(/cut\.json: at byte \d+/);
  });
});

describe('analyze', () => {
  test('reports files, alerts with their evidence, incidents, and what could not have fired', async () => {
    const path = writeEvidence('logons.json');
    const { code, out } = await runCaptured(['analyze', path, path]);
    expect(code).toBe(0);
    const found = JSON.parse(out) as Analysis;
    expect(found.imports.map(({ path: name, read, stored, duplicate, rejected }) => ({ name, read, stored, duplicate, rejected }))).toEqual(
      [
        { name: path, read: 30, stored: 30, duplicate: 0, rejected: 0 },
        { name: path, read: 30, stored: 0, duplicate: 30, rejected: 0 },
      ],
    );
    const spraying = found.alerts.find(({ detection }) => detection === 'password-spraying')!;
    expect(spraying).toMatchObject({ firstAt: '2024-03-04T10:00:01.1230000Z' });
    expect(spraying.evidence[0]).toMatchObject({ file: path, recordId: 1, eventId: 4625, computer: 'DC01.corp.example' });
    expect(found.incidents.flatMap(({ alertIds }) => alertIds)).toContain(spraying.id);
    expect(found.cannotFire.find(({ detection }) => detection === 'dcsync')?.reason).toMatch(/4662/);
  });

  test('as a table, into a file, with a store that stays', async () => {
    const path = writeEvidence('logons.json');
    const out = join(folder, 'found.txt');
    const store = join(folder, 'store');
    const first = await runCaptured(['analyze', path, '--format', 'table', '--out', out, '--store', store]);
    expect([first.code, first.out]).toEqual([0, '']);
    expect(fs.readFileSync(out, 'utf8')).toMatch(/FILES\n.*path.*\n.*logons\.json.*30.*\n\nALERTS[\s\S]*password-spraying/);
    const again = JSON.parse((await runCaptured(['analyze', path, '--store', store])).out) as Analysis;
    expect(again.imports[0]).toMatchObject({ state: 'already-imported', stored: 0 });
    expect(again.alerts.length).toBeGreaterThan(0);
  });

  test('a terminal is not moved by what evidence is called', async () => {
    const path = join(folder, 'bad\u001b[2Jname');
    fs.writeFileSync(path, 'x');
    const { code, error } = await runCaptured(['analyze', path]);
    expect(code).toBe(3);
    expect(error).toContain('bad\\u001b[2Jname');
  });

  test('a store that cannot be used', async () => {
    const store = join(folder, 'file');
    fs.writeFileSync(store, '');
    const { code, error } = await runCaptured(['analyze', writeEvidence('logons.json'), '--store', store]);
    expect(code).toBe(1);
    expect(error).toMatch(/^keepwatch: /);
  });

  test('leaves no temporary store', async () => {
    const temporary = join(folder, 'temporary');
    fs.mkdirSync(temporary);
    vi.stubEnv(process.platform === 'win32' ? 'TEMP' : 'TMPDIR', temporary);
    await runCaptured(['analyze', writeEvidence('logons.json')]);
    vi.unstubAllEnvs();
    expect(fs.readdirSync(temporary)).toEqual([]);
  });
});

test('the demo evidence: written, analyzed to a case file, verified, and refused after a change', async () => {
  const demo = join(folder, 'demo');
  const zip = join(folder, 'case.zip');
  const unpacked = join(folder, 'case');
  expect((await runCaptured(['demo', demo])).code).toBe(0);
  const analyzed = await runCaptured(['analyze', demo, '--case', zip]);
  expect(analyzed.code).toBe(0);
  const { alerts, incidents } = JSON.parse(analyzed.out) as Analysis;
  expect(alerts.length).toBeGreaterThan(10);
  expect(incidents.length).toBeGreaterThan(0);
  expect(await runCaptured(['verify', zip])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^intact: \d+ files of the case "Analysis of demo"/),
  });
  expect((await runCaptured(['analyze', demo, '--case', unpacked])).code).toBe(0);
  expect((await runCaptured(['verify', unpacked])).code).toBe(0);
  fs.appendFileSync(join(unpacked, 'timeline.csv'), ' ');
  const changed = await runCaptured(['verify', unpacked]);
  expect([changed.code, changed.out]).toEqual([1, expect.stringMatching(/^NOT INTACT, 1 problem:/)]);
  expect(changed.error).toContain('timeline.csv');
  expect((await runCaptured(['verify', join(demo, 'nothing.zip')])).code).toBe(3);
});

test('the same evidence gives the same answer', async () => {
  const path = writeEvidence('logons.json', 200);
  const first = await runCaptured(['analyze', path]);
  expect((await runCaptured(['analyze', path])).out).toBe(first.out);
});
