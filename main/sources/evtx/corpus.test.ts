import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { corpusPath } from '../../../build/corpus.ts';
import { formatMoment } from '../../../shared/model/time.ts';
import { readLog } from './row-collector.ts';

type File = { path: string; format: string; bytes: number; records?: number; packed_in?: string; edge_case?: string };
type Reference = { path: string; file: string };
type Tuple = [eventId: number, recordId: number, time: string, computer: string];

const corpus = corpusPath();
if (corpus === null) console.log('skipped: the evidence corpus is not beside the project');

function readMember(file: File): Buffer {
  if (file.packed_in === undefined) return readFileSync(join(corpus!, file.path));
  // Members may have characters that unzip takes for patterns.
  const name = file.path.replace(/[[\]*?\\]/g, '\\$&');
  return execFileSync('unzip', ['-p', join(corpus!, file.packed_in), name], { maxBuffer: 1 << 30 });
}

function readJson<Value>(path: string): Value {
  return JSON.parse(readFileSync(join(corpus!, path), 'utf8')) as Value;
}

describe.skipIf(corpus === null)('real logs', () => {
  const files = corpus === null ? [] : readJson<{ files: File[] }>('manifest.json').files.filter((file) => file.path.endsWith('.evtx'));
  const fileOf = new Map(files.map((file) => [file.path, file]));
  const references = corpus === null ? [] : readJson<{ evtx: Reference[] }>('reference/index.json').evtx;

  test.each(references.map((reference) => [reference.path.split('/').at(-1), reference] as const))(
    '%s equals its reference',
    async (_name, reference) => {
      const file = fileOf.get(reference.path)!;
      const { records } = readJson<{ records: Tuple[] }>(`reference/${reference.file}`);
      const { rows } = await readLog(readMember(file));
      const timeOf = new Map(rows.map((row) => [row.recordId, formatMoment(row.at, row.tick)]));
      // Where the reference has no time, for the value is zero, ours is that of the record's header.
      const wanted = records.map(([id, record, time, computer]) =>
        [id, record, time === '' ? timeOf.get(record) : time.replace(/00Z$/, 'Z'), computer].join('|'),
      );
      const found = rows.map((row) => [row.eventId, row.recordId, formatMoment(row.at, row.tick), row.computer].join('|'));
      if (file.edge_case === 'damaged') expect(found).toEqual(expect.arrayContaining(wanted));
      else expect(found.toSorted()).toEqual(wanted.toSorted());
    },
  );

  test('every log is read, with as many records as it has', { timeout: 120_000 }, async () => {
    for (const file of files.filter((one) => one.packed_in === undefined)) {
      const { rows, rejects } = await readLog(readMember(file));
      // Of damaged logs more is recovered than other readers find.
      if (file.edge_case === 'damaged') expect.soft(rows.length, file.path).toBeGreaterThanOrEqual(file.records ?? 0);
      else if (file.records !== undefined) expect.soft(rows.length, file.path).toBe(file.records);
      if (file.edge_case === 'templateless-or-nested-binxml') expect.soft(rejects, file.path).toEqual([]);
    }
  });
});
