import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { corpusPath } from '../../../build/corpus.ts';
import { damagedTexts } from '../damaged-texts.examples.ts';
import { EVTX_DUMP, NXLOG, read, recognizes, WINLOGBEAT } from './example-records.ts';

describe('what is no Windows event', () => {
  it('is not recognized', () => {
    for (const text of [
      '',
      'hello',
      '{}',
      '[]',
      '[1,2]',
      '{"type":"bundle","id":"bundle--1","objects":[{"id":"x"}]}',
      '{"id":"CVE-1","channel":"x"}',
      '{"a":',
    ])
      expect(recognizes(text), text).toBe(false);
    expect(recognizes(Buffer.from('ElfFile\0'))).toBe(false);
  });
});

describe('damage', () => {
  it('costs one line in JSON Lines, and says which', async () => {
    const good = JSON.stringify(NXLOG);
    const text = [good, good.slice(0, 90), '', good, '{"EventID":1}', good.slice(0, -1)].join('\n');
    const { rows, rejects } = await read(text, 64);
    expect(rows.length).toBe(2);
    expect(rejects.map(({ record }) => record)).toEqual([2, 5, 6]);
    expect(rejects.map(({ offset }) => offset)).toEqual([good.length + 1, text.indexOf('{"EventID":1}'), text.lastIndexOf('\n') + 1]);
    for (const { reason } of rejects) expect(reason).toMatch(/^Line \d+: Expected /);
  });

  it('costs one record where records are set for reading', async () => {
    const one = JSON.stringify(EVTX_DUMP, null, 2);
    const damaged = one.replace('"WS01"', '"WS01');
    const text = [one, damaged, one, one.slice(0, 400)].join('\n');
    const { rows, rejects } = await read(text);
    expect(rows.map(({ system }) => system.offset)).toEqual([0, one.length + damaged.length + 2]);
    expect(rejects.map(({ offset }) => offset)).toEqual([one.length + 1, one.length * 2 + damaged.length + 3]);
  });

  it('reports what lies among records and belongs to none', async () => {
    const good = JSON.stringify(NXLOG);
    const { rows, rejects } = await read(`[${good}}, garbage ${good}]`);
    expect(rows.length).toBe(2);
    expect(rejects.length).toBe(1);
  });

  it('refuses records that are too large without keeping them', async () => {
    const good = JSON.stringify(NXLOG);
    const large = JSON.stringify({ ...NXLOG, Message: 'x'.repeat(17 * 1024 * 1024) });
    for (const text of [`${good}\n${large}\n${good}`, `[${good},${large},${good}]`]) {
      const { rows, rejects } = await read(text);
      expect(rows.length).toBe(2);
      expect(rejects.length).toBe(1);
      expect(rejects[0].reason).toContain('16 MiB');
    }
    const deep = `${good}\n{"EventID":1,"Channel":"x","a":${'{"a":'.repeat(5000)}1${'}'.repeat(5001)}\n${good}`;
    expect((await read(deep)).rejects.length).toBe(1);
    const arrays = `${good}\n{"EventID":1,"Channel":"x","a":${'['.repeat(200_000)}{}${']'.repeat(200_000)}}\n${good}`;
    expect((await read(arrays)).rows.length).toBe(2);
    const wide = `${good}\n${JSON.stringify(Object.fromEntries(Array.from({ length: 3000 }, (_, at) => [`k${at}`, at])))}\n`;
    expect((await read(wide)).rejects.length).toBe(1);
  });

  it('never throws, whatever is cut or flipped, and accounts for every line', async () => {
    const texts = [
      `${JSON.stringify(NXLOG)}\n${JSON.stringify(EVTX_DUMP)}\n${JSON.stringify(WINLOGBEAT)}\n`,
      JSON.stringify([EVTX_DUMP, WINLOGBEAT, NXLOG], null, 2),
    ];
    await fc.assert(
      fc.asyncProperty(damagedTexts(texts), async ({ content, pieceBytes }) => {
        recognizes(content);
        const { rows, rejects } = await read(content, pieceBytes);
        expect(rows.length + rejects.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });
});

const corpus = corpusPath();
describe.skipIf(corpus === null)('the corpus (skipped where ../shared/corpus is absent)', () => {
  type Entry = { path: string; format: string; records?: number; event_ids?: [number, number][]; packed_in?: string };
  const entries = corpus === null ? [] : (JSON.parse(readFileSync(join(corpus, 'manifest.json'), 'utf8')).files as Entry[]);

  it('gives every record of the JSON files', async () => {
    const files = entries.filter(({ format, packed_in }) => format === 'windows-event-json' && packed_in === undefined);
    expect(files.length).toBeGreaterThan(0);
    for (const { path, records, event_ids } of files) {
      const bytes = readFileSync(join(corpus!, path));
      expect(recognizes(bytes), path).toBe(true);
      const { rows, rejects } = await read(bytes);
      expect([path, rows.length, rejects]).toEqual([path, records, []]);
      for (const [id, count] of event_ids ?? [])
        expect([id, rows.filter(({ system }) => system.eventId === id).length]).toEqual([id, count]);
    }
  });

  it('recognizes no other JSON', () => {
    for (const { path } of entries.filter(
      ({ format, packed_in, path }) => !/windows-event|archive/.test(format) && packed_in === undefined && path.endsWith('.json'),
    ))
      expect([path, recognizes(readFileSync(join(corpus!, path)))]).toEqual([path, false]);
  });
});
