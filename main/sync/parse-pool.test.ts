import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventBatch } from '../../shared/model/event-batch.ts';
import { FieldBlock } from '../lib/field-block.ts';
import type { EvidenceInput } from './evidence-input.ts';
import { createParsePool, type ParsePool } from './parse-pool.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const outDir = join(root, '.cache', `parse-worker-${process.pid}`);
const workerUrl = pathToFileURL(join(outDir, 'parse-worker.js'));
let folder = '';

function makeFile(name: string, id: number, count: number): EvidenceInput {
  const path = join(folder, name);
  const content = Array.from({ length: count }, (_, at) =>
    JSON.stringify({
      EventID: id,
      Channel: 'Security',
      Computer: 'A',
      RecordNumber: at + 1,
      TimeCreated: '2026-03-01T10:00:00Z',
      Note: `n${at}`,
    }),
  ).join('\n');
  writeFileSync(path, content);
  return { displayPath: name, path, members: [], sizeBytes: content.length, problem: null };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keepwatch-pool-'));
  mkdirSync(outDir, { recursive: true });
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      minify: false,
      rollupOptions: {
        input: { 'parse-worker': join(root, 'main/engine/parse-worker.ts') },
        external: ['yauzl', /^node:/],
        output: { format: 'es', entryFileNames: '[name].js' },
      },
    },
  });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(outDir, { recursive: true, force: true });
});

function parse(
  pool: ParsePool,
  input: EvidenceInput,
  onBatch: (batch: EventBatch) => Promise<void> = async () => {},
  signal = new AbortController().signal,
) {
  return pool.parse(input, { signal, onBatch, onReject: () => {}, onProgress: () => {} });
}

describe('parser threads', () => {
  it('read several files at a time and hand over whole batches', async () => {
    const pool = createParsePool({ workerUrl, size: 2 });
    const files = [1, 2, 3, 4].map((id) => makeFile(`f${id}.json`, 4000 + id, 1500 * id));
    const counts = new Map<number, number>();
    const outcomes = await Promise.all(
      files.map((file) =>
        parse(pool, file, async (batch) => {
          for (let row = 0; row < batch.count; row += 1) counts.set(batch.eventId[row], (counts.get(batch.eventId[row]) ?? 0) + 1);
          expect(FieldBlock.open(batch.payload).field(0, 'Note')).toBe(`n${batch.recordId[0] - 1}`);
        }),
      ),
    );
    expect(outcomes.map(({ state, read }) => [state, read])).toEqual([1500, 3000, 4500, 6000].map((read) => ['done', read]));
    expect([...counts].sort(([a], [b]) => a - b)).toEqual([
      [4001, 1500],
      [4002, 3000],
      [4003, 4500],
      [4004, 6000],
    ]);
    const inline = await parse(createParsePool({ workerUrl: null }), files[0]);
    expect(inline).toEqual(outcomes[0]);
    await pool.close();
  });

  it('wait for the receiver', async () => {
    const pool = createParsePool({ workerUrl, size: 1 });
    let under = 0;
    let most = 0;
    const { read } = await parse(pool, makeFile('slow.json', 1, 20_000), async () => {
      most = Math.max(most, ++under);
      await new Promise((resolve) => setTimeout(resolve, 2));
      under -= 1;
    });
    expect(read).toBe(20_000);
    expect(most).toBeLessThan(16);
    await pool.close();
  });

  it('stop when cancelled, and read the next file', async () => {
    const pool = createParsePool({ workerUrl, size: 1 });
    const abort = new AbortController();
    const cancelled = await parse(pool, makeFile('long.json', 1, 60_000), async () => abort.abort(), abort.signal);
    expect(cancelled.state).toBe('cancelled');
    expect((await parse(pool, makeFile('next.json', 2, 10))).read).toBe(10);
    await pool.close();
  });

  it('pass on what the receiver could not store', async () => {
    const pool = createParsePool({ workerUrl, size: 1 });
    const full = parse(pool, makeFile('full.json', 1, 5000), async () => Promise.reject(new Error('disk full')));
    await expect(full).rejects.toThrow('disk full');
    expect((await parse(pool, makeFile('after.json', 2, 10))).read).toBe(10);
    await pool.close();
  });

  it('that break cost their file only', async () => {
    const path = join(folder, 'breaks.mjs');
    writeFileSync(
      path,
      `import { parentPort } from 'node:worker_threads';
       parentPort.on('message', ({ type, input }) => {
         if (type === 'close') process.exit(0);
         if (type !== 'parse') return;
         if (input.displayPath === 'throws') throw new Error('broken');
         if (input.displayPath === 'exits') process.exit(3);
         parentPort.postMessage({ type: 'done', outcome: { format: 'x', sha256: '', bytes: 0, read: 1, rejected: 0, state: 'done', note: '' } });
         if (input.displayPath === 'leaves') setTimeout(() => process.exit(1), 1);
       });`,
    );
    const pool = createParsePool({ workerUrl: pathToFileURL(path), size: 1 });
    const file = (displayPath: string): EvidenceInput => ({ displayPath, path: '', members: [], sizeBytes: 0, problem: null });
    const outcomes = await Promise.all(['throws', 'exits', 'good', 'leaves'].map((name) => parse(pool, file(name))));
    expect(outcomes.map(({ state }) => state)).toEqual(['unreadable', 'unreadable', 'done', 'done']);
    expect(outcomes[0].note).toContain('broken');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await parse(pool, file('good'))).state).toBe('done');
    await pool.close();
    expect((await parse(pool, file('late'))).state).toBe('cancelled');
  });
});
