import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCaptured } from './run-captured.examples.ts';

let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'keepwatch-sigma-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

async function sigma(...args: string[]) {
  const { code, out, error } = await runCaptured(['sigma', ...args]);
  const lines = out
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { code, lines, error };
}

function write(name: string, text: string): string {
  const path = join(folder, name);
  fs.writeFileSync(path, text);
  return path;
}

/** Logons as a collector would ship them: record number, second, event id, account. */
function logons(name: string, list: readonly (readonly [number, number, number, string])[]): string {
  const rows = list.map(([record, second, eventId, account]) => ({
    '@timestamp': `2024-03-04T10:00:${String(second).padStart(2, '0')}.000Z`,
    winlog: {
      channel: 'Security',
      provider_name: 'Microsoft-Windows-Security-Auditing',
      event_id: String(eventId),
      record_id: record,
      computer_name: 'DC01.corp.example',
      event_data: { TargetUserName: account, TargetDomainName: 'CORP', LogonType: '3', IpAddress: '10.0.0.66' },
    },
  }));
  return write(name, `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`);
}

const RULES = `title: Failures, then a success
id: guessed
level: high
correlation:
  type: temporal_ordered
  rules: [many, ok]
  group-by: [TargetUserName]
  timespan: 1m
---
title: Many failures
name: many
correlation:
  type: event_count
  rules: [failed]
  group-by: [TargetUserName]
  timespan: 1m
  condition: { gte: 3 }
---
title: A failure
name: failed
logsource: { product: windows, service: security }
detection: { s: { EventID: 4625 }, condition: s }
---
title: A success
name: ok
logsource: { product: windows, service: security }
detection: { s: { EventID: 4624 }, condition: s }
---
title: An administrator
id: admin
logsource: { product: windows, service: security }
detection: { s: { EventID: 4624, TargetUserName|expand: '%Administrators%' }, condition: s }
`;

describe('keepwatch sigma', () => {
  it('correlates across files in the order of time, whatever their order', async () => {
    const rules = write('rules.yml', RULES);
    const later = logons('a-later.json', [[9, 30, 4624, 'eve']]);
    const sooner = logons(
      'b-sooner.json',
      [1, 2, 3].map((n) => [n, n, 4625, 'Eve'] as const),
    );
    const { code, lines, error } = await sigma(later, sooner, '--rules', rules, '--status');
    expect(code).toBe(0);
    const hit = lines.find((line) => line.correlation === 'guessed' && 'records' in line) as {
      records: { recordId: number; file: string }[];
    };
    expect(hit).toMatchObject({
      level: 'high',
      time: '2024-03-04T10:00:30.0000000Z',
      group: { TargetUserName: expect.stringMatching(/eve/i) },
      events: 4,
    });
    expect(hit.records.map(({ recordId }) => recordId)).toEqual([1, 2, 3, 9]);
    const states = lines.filter((line) => 'status' in line).map(({ title, status }) => [title, status]);
    expect(states).toEqual([
      ['A failure', 'fired'],
      ['A success', 'fired'],
      ['Many failures', 'loaded'],
      ['Failures, then a success', 'fired'],
      ['An administrator', 'not supported'],
    ]);
    // Only the correlation is reported: what it names is not, unless it says so.
    expect(lines.filter((line) => 'records' in line || 'recordId' in line)).toHaveLength(1);
    expect(error).toContain('3 of 4 rules matched; 1 do not run here');
  });

  it('fills placeholders from a file and tells what each rule took', async () => {
    const rules = write('rules.yml', RULES);
    const values = write('names.yml', 'Administrators: [root, eve]\n');
    const log = logons('a.json', [[9, 30, 4624, 'eve']]);
    const { lines } = await sigma(log, '--rules', rules, '--placeholders', values, '--cost');
    expect(lines.find((line) => line.rule === 'admin')).toMatchObject({
      title: 'An administrator',
      recordId: 9,
      computer: 'DC01.corp.example',
    });
    expect(lines.find((line) => line.cost === 'admin')).toMatchObject({ asked: 1, matched: 1 });
  });

  it.each([
    ['[a, b]', /lines of the form/],
    ['a: { b: c }', /no text/],
    ['a: [', /not valid YAML/],
    ['a: &x [1]\nb: *x', /alias/i],
  ])('says what is wrong with placeholders %s', async (text, reason) => {
    const { code, error } = await sigma(folder, '--rules', write('rules.yml', RULES), '--placeholders', write('names.yml', text));
    expect(code).toBe(2);
    expect(error).toMatch(reason);
  });

  it('says where no rules are', async () => {
    const { code, error } = await sigma(logons('a.json', []), '--rules', write('rules.txt', ''));
    expect(code).toBe(3);
    expect(error).toMatch(/no Sigma rules/);
  });
});
