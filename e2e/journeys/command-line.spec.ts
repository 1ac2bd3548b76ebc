import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { turnOneBit, writeDamagedLog } from '../evidence.ts';
import { keepwatch } from '../lab/command-line.ts';
import { expect, logsBelow, test } from '../lab/journey.ts';

type Analysis = {
  readonly imports: readonly Record<string, unknown>[];
  readonly alerts: readonly Record<string, unknown>[];
  readonly incidents: readonly Record<string, unknown>[];
  readonly cannotFire: readonly Record<string, unknown>[];
};

test('analyze tells what the demo holds, and writes a case file that verify finds intact until a bit turns', async ({
  demoLogs,
  scratch,
}) => {
  const [report, caseFile] = [join(scratch, 'report.json'), join(scratch, 'case.zip')];
  const ended = await keepwatch(['analyze', demoLogs, '--format', 'json', '--out', report, '--case', caseFile]);
  expect(ended, ended.errors).toMatchObject({ code: 0, out: '' });
  const analysis: Analysis = JSON.parse(readFileSync(report, 'utf8'));
  for (const row of analysis.imports.filter(({ format }) => format === 'evtx'))
    expect(row).toMatchObject({
      path: expect.stringMatching(/\.evtx$/),
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      read: expect.any(Number),
      stored: row.read,
      duplicate: 0,
      rejected: 0,
      reasons: [],
    });
  expect(analysis.imports.filter(({ format }) => format === 'evtx')).toHaveLength(logsBelow(demoLogs).length);
  const detections = new Set(analysis.alerts.map(({ detection }) => detection));
  for (const id of [
    'kerberoasting',
    'as-rep-roasting',
    'password-spraying',
    'pass-the-hash',
    'psexec',
    'dcsync',
    'sensitive-group-change',
    'log-cleared',
  ])
    expect(detections, id).toContain(id);
  for (const alert of analysis.alerts) {
    expect(alert).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f]+$/),
      title: expect.any(String),
      severity: expect.stringMatching(/^(informational|low|medium|high)$/),
      confidence: expect.stringMatching(/^(low|medium|high)$/),
      firstAt: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T.*Z$/),
      lastAt: expect.stringMatching(/Z$/),
    });
    expect(alert).toHaveProperty('externalId');
    expect((alert.techniques as string[])[0]).toMatch(/^T\d{4}/);
    expect((alert.entities as unknown[]).length).toBeGreaterThan(0);
    expect((alert.evidence as Record<string, unknown>[])[0]).toMatchObject({
      file: expect.stringMatching(/\.evtx$/),
      recordId: expect.any(Number),
    });
  }
  expect(analysis.incidents.length).toBeGreaterThan(0);
  for (const { detection, reason } of analysis.cannotFire) expect([typeof detection, typeof reason]).toEqual(['string', 'string']);

  expect(await keepwatch(['verify', caseFile])).toMatchObject({ code: 0, out: expect.stringMatching(/^intact: \d+ files/) });
  turnOneBit(caseFile, Math.floor(readFileSync(caseFile).length / 2));
  expect((await keepwatch(['verify', caseFile])).code).not.toBe(0);
});

test('analyze says the same whatever the order of its files, and twice the same adds nothing to a kept store', async ({
  demoLogs,
  scratch,
}) => {
  const logs = logsBelow(demoLogs);
  const ids = (out: string) => (JSON.parse(out) as Analysis).alerts.map(({ id }) => id).sort();
  const there = await keepwatch(['analyze', ...logs, '--format', 'json', '--store', join(scratch, 'store')]);
  const back = await keepwatch(['analyze', ...[...logs].reverse(), '--format', 'json']);
  expect([there.code, back.code]).toEqual([0, 0]);
  expect(ids(there.out).length).toBeGreaterThan(5);
  expect(ids(back.out)).toEqual(ids(there.out));
  const again = await keepwatch(['analyze', ...logs, '--format', 'json', '--store', join(scratch, 'store')]);
  expect(again.code).toBe(0);
  for (const row of (JSON.parse(again.out) as Analysis).imports) expect(row).toMatchObject({ stored: 0 });
  expect(ids(again.out)).toEqual(ids(there.out));
});

test('events prints one record a line, with all digits of its time', async ({ demoLogs }) => {
  const log = logsBelow(demoLogs).at(-1)!;
  const lines = await keepwatch(['events', log, '--format', 'jsonl']);
  expect(lines, lines.errors).toMatchObject({ code: 0 });
  const rows = lines.out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows) {
    expect(Object.keys(row)).toEqual(['time', 'computer', 'channel', 'provider', 'eventId', 'recordId', 'fields']);
    expect(row.time).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{7}Z$/);
  }
  const table = await keepwatch(['events', log, '--format', 'csv']);
  expect(table.out.split('\r\n')[0]).toBe('time,computer,channel,provider,eventId,recordId,fields');
  expect(table.out.trimEnd().split('\r\n')).toHaveLength(rows.length + 1);
});

test('damage is named with file and offset, and what lies behind it is read', async ({ demoLogs, scratch }) => {
  const damaged = writeDamagedLog(logsBelow(demoLogs)[0]!, join(scratch, 'damaged.evtx'), 3);
  const ended = await keepwatch(['analyze', damaged, '--format', 'json']);
  expect(ended.code).toBe(0);
  expect(ended.errors).toContain('damaged.evtx');
  expect(ended.errors).toMatch(new RegExp(`0x${(4_096 + 3 * 65_536).toString(16)}|${4_096 + 3 * 65_536}`));
  const [row] = (JSON.parse(ended.out) as Analysis).imports;
  expect(row!.rejected).toBeGreaterThan(0);
  expect(row!.stored).toBeGreaterThan(100);
});

test('exit codes: usage is 2, nothing readable is 3', async ({ scratch }) => {
  writeFileSync(join(scratch, 'letter.txt'), 'Dear reader');
  const codes = async (...args: string[]) => (await keepwatch(args)).code;
  expect(await codes()).toBe(2);
  expect(await codes('analyse', scratch)).toBe(2);
  expect(await codes('analyze')).toBe(2);
  expect(await codes('analyze', scratch, '--format', 'xml')).toBe(2);
  expect(await codes('--help')).toBe(0);
  for (const command of ['analyze', 'events']) {
    const ended = await keepwatch([command, join(scratch, 'letter.txt')]);
    expect(ended.code, command).toBe(3);
    expect(ended.errors).toContain('letter.txt');
    expect(await codes(command, join(scratch, 'gone.evtx')), command).toBe(3);
  }
  expect(await codes('verify', join(scratch, 'letter.txt'))).toBe(3);
});

test('the demo is the same bytes every time', async ({ demoLogs, scratch }) => {
  const folder = join(scratch, 'demo');
  expect((await keepwatch(['demo', folder])).code).toBe(0);
  const names = (root: string) => readdirSync(root, { recursive: true }).map(String).sort();
  expect(names(folder)).toEqual(names(demoLogs));
  for (const log of logsBelow(demoLogs)) {
    const other = join(folder, log.slice(demoLogs.length + 1));
    expect(readFileSync(other).equals(readFileSync(log)), other).toBe(true);
  }
});
