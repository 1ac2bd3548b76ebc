import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { corpusPath } from '../../build/corpus.ts';
import type { EvidenceInput } from './evidence-input.ts';
import { findEvidence } from './find-files.ts';
import { closeIdleArchives } from './open-archives.ts';
import { openInput } from './open-input.ts';
import { parseFile } from './parse-file.ts';

const event = (id: number) =>
  `${JSON.stringify({ EventID: id, Channel: 'Security', Computer: 'A', TimeCreated: '2026-03-01T10:00:00Z' })}\n`;

async function zip(members: Record<string, string | Buffer>): Promise<Buffer> {
  const file = new ZipFile();
  for (const [name, content] of Object.entries(members)) file.addBuffer(Buffer.from(content), name, { mtime: new Date(0) });
  file.end();
  return buffer(file.outputStream as NodeJS.ReadableStream);
}

async function find(...paths: string[]): Promise<EvidenceInput[]> {
  const found: EvidenceInput[] = [];
  for await (const input of findEvidence(paths)) found.push(input);
  return found;
}

async function contentOf(input: EvidenceInput): Promise<string> {
  const parts: Buffer[] = [];
  for await (const piece of openInput(input)) parts.push(Buffer.from(piece));
  return Buffer.concat(parts).toString();
}

async function parse(input: EvidenceInput) {
  const reasons: string[] = [];
  let events = 0;
  const outcome = await parseFile(input, {
    signal: new AbortController().signal,
    onBatch: async (batch) => {
      events += batch.count;
    },
    onReject: ({ reason }) => reasons.push(reason),
    onProgress: () => {},
  });
  return { outcome, reasons, events };
}

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keepwatch-test-'));
});
afterEach(async () => {
  await closeIdleArchives();
  rmSync(folder, { recursive: true, force: true });
});
afterAll(() => {
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith('keepwatch-archive-'))).toEqual([]);
});

describe('finding', () => {
  it('walks folders in the order of names, and links that lead back only once', async () => {
    mkdirSync(join(folder, 'b', 'c'), { recursive: true });
    writeFileSync(join(folder, 'b', 'c', '2.json'), event(2));
    writeFileSync(join(folder, 'a.json'), event(1));
    symlinkSync(folder, join(folder, 'b', 'up'));
    symlinkSync(join(folder, 'nowhere'), join(folder, 'broken'));
    const found = await find(folder, join(folder, 'missing'));
    const base = folder.split('/').pop();
    expect(found.map(({ displayPath }) => displayPath)).toEqual([`${base}/a.json`, `${base}/b/c/2.json`, `${base}/broken`, 'missing']);
    expect(found.map(({ problem }) => problem === null)).toEqual([true, true, false, false]);
    expect(found[3].problem).toContain('no such file');
  });

  it('opens archives inside archives, with their original paths', async () => {
    const innermost = await zip({ 'x/Security.json': event(3) });
    const inner = await zip({ 'deep.zip': innermost, 'other.json': event(2) });
    writeFileSync(join(folder, 'outer.zip'), await zip({ 'inner.zip': inner, 'first.json': event(1) }));
    const found = await find(join(folder, 'outer.zip'));
    expect(found.map(({ displayPath, problem }) => [displayPath, problem])).toEqual([
      ['outer.zip/inner.zip/deep.zip/x/Security.json', null],
      ['outer.zip/inner.zip/other.json', null],
      ['outer.zip/first.json', null],
    ]);
    expect(await Promise.all(found.map(contentOf))).toEqual([event(3), event(2), event(1)]);
    const { outcome, events } = await parse(found[0]);
    expect(outcome).toMatchObject({
      state: 'done',
      format: 'windows-json',
      read: 1,
      sha256: createHash('sha256').update(event(3)).digest('hex'),
    });
    expect(events).toBe(1);
  });

  it('opens archives with bytes after their end', async () => {
    writeFileSync(join(folder, 'mailed.zip'), Buffer.concat([await zip({ 'a.json': event(1) }), Buffer.from('\n')]));
    const [found] = await find(join(folder, 'mailed.zip'));
    expect(await contentOf(found)).toBe(event(1));
  });

  it('stops at four archives inside one another', async () => {
    let inner = await zip({ 'e.json': event(1) });
    for (let depth = 0; depth < 6; depth += 1) inner = await zip({ 'n.zip': inner });
    writeFileSync(join(folder, 'n.zip'), inner);
    const found = await find(join(folder, 'n.zip'));
    expect(found.map(({ displayPath, problem }) => [displayPath, problem === null])).toEqual([['n.zip/n.zip/n.zip/n.zip/n.zip', false]]);
  });
});

describe('hostile archives', () => {
  it('does not open an inner archive that overflows', async () => {
    const inner = await zip({ 'zeros.json': Buffer.alloc(64) });
    writeFileSync(join(folder, 'bomb.zip'), await zip({ 'inner.zip': Buffer.concat([inner, Buffer.alloc(8 * 1024 * 1024)]) }));
    const [found] = await find(join(folder, 'bomb.zip'));
    expect(found.problem).toContain('times its size');
  });

  it('refuses a member that holds more than it declares', async () => {
    const bytes = await zip({ 'big.json': event(1).repeat(5000) });
    // The uncompressed size in the central directory, made small.
    const directory = bytes.indexOf(Buffer.from('PK\u0001\u0002'));
    bytes.writeUInt32LE(100, directory + 24);
    writeFileSync(join(folder, 'lies.zip'), bytes);
    const [found] = await find(join(folder, 'lies.zip'));
    const { outcome, reasons } = await parse(found);
    expect(outcome).toMatchObject({ state: 'unreadable', sha256: '' });
    expect(reasons.length).toBe(1);
  });

  it('names encrypted members and damaged archives instead of failing', async () => {
    const bytes = await zip({ 'a.json': event(1), 'b.json': event(2) });
    bytes[bytes.indexOf(Buffer.from('PK\u0001\u0002')) + 8] |= 1;
    writeFileSync(join(folder, 'secret.zip'), bytes);
    const found = await find(join(folder, 'secret.zip'));
    expect(found.map(({ problem }) => problem?.includes('encrypted') ?? null)).toEqual([true, null]);
    expect((await parse(found[0])).outcome.state).toBe('unreadable');

    writeFileSync(join(folder, 'cut.zip'), bytes.subarray(0, bytes.length - 30));
    const [cut] = await find(join(folder, 'cut.zip'));
    expect(cut.problem).toContain('Cannot be opened');
    expect((await parse(cut)).reasons.length).toBe(1);
  });

  it('lists names that lead out of the archive, for nothing is unpacked to a name', async () => {
    const bytes = await zip({ 'aa/evil.json': event(1) });
    for (let at = bytes.indexOf('aa/evil'); at >= 0; at = bytes.indexOf('aa/evil', at)) bytes.write('../evil', at);
    writeFileSync(join(folder, 'names.zip'), bytes);
    const [found] = await find(join(folder, 'names.zip'));
    expect(found).toMatchObject({ displayPath: 'names.zip/../evil.json', problem: null });
    expect(await contentOf(found)).toBe(event(1));
  });

  it('survives flipped bytes anywhere', async () => {
    const good = await zip({ 'a.json': event(1), 'inner.zip': await zip({ 'b.json': event(2) }) });
    for (let at = 0; at < good.length; at += 3) {
      const bytes = Buffer.from(good);
      bytes[at] ^= 0x55;
      writeFileSync(join(folder, 'flipped.zip'), bytes);
      for (const input of await find(join(folder, 'flipped.zip'))) await parse(input);
      await closeIdleArchives();
    }
  });
});

describe('parsing a file', () => {
  it('hashes what no source recognizes, and says when a file is empty', async () => {
    writeFileSync(join(folder, 'text.txt'), 'hello');
    writeFileSync(join(folder, 'empty.evtx'), '');
    const [empty, text] = await find(folder);
    expect((await parse(empty)).outcome).toMatchObject({ state: 'not-recognized', note: 'The file is empty.' });
    expect((await parse(text)).outcome).toMatchObject({
      state: 'not-recognized',
      bytes: 5,
      sha256: createHash('sha256').update('hello').digest('hex'),
    });
  });

  it('ends at once when cancelled', async () => {
    writeFileSync(join(folder, 'many.json'), event(1).repeat(20_000));
    const [input] = await find(join(folder, 'many.json'));
    const abort = new AbortController();
    let events = 0;
    const outcome = await parseFile(input, {
      signal: abort.signal,
      onBatch: async (batch) => {
        events += batch.count;
        abort.abort();
      },
      onReject: () => {},
      onProgress: () => {},
    });
    expect(outcome.state).toBe('cancelled');
    expect(events).toBeLessThan(20_000);
    expect(outcome.read).toBe(events);
  });

  it('waits for a slow receiver', async () => {
    writeFileSync(join(folder, 'many.json'), event(1).repeat(40_000));
    const [input] = await find(join(folder, 'many.json'));
    let under = 0;
    let most = 0;
    const outcome = await parseFile(input, {
      signal: new AbortController().signal,
      onBatch: async () => {
        most = Math.max(most, ++under);
        await new Promise((resolve) => setTimeout(resolve, 1));
        under -= 1;
      },
      onReject: () => {},
      onProgress: () => {},
    });
    expect(outcome).toMatchObject({ state: 'done', read: 40_000 });
    expect(most).toBeLessThan(16);
  });

  it('reports at most a thousand rejects, and counts all', async () => {
    writeFileSync(join(folder, 'broken.json'), `${event(1)}${'{"EventID":\n'.repeat(3000)}`);
    const [input] = await find(join(folder, 'broken.json'));
    const { outcome, reasons } = await parse(input);
    expect([outcome.read, outcome.rejected, reasons.length]).toEqual([1, 3000, 1000]);
  });

  it.skipIf(process.getuid?.() === 0)('names a file that may not be read', async () => {
    writeFileSync(join(folder, 'closed.json'), event(1));
    chmodSync(join(folder, 'closed.json'), 0);
    const [input] = await find(join(folder, 'closed.json'));
    expect(input.problem).toContain('permission denied');
  });
});

const corpus = corpusPath();
describe.skipIf(corpus === null)('the corpus (skipped where ../shared/corpus is absent)', () => {
  it('reads every file of JSON events in its packs, whole', async () => {
    const entries = JSON.parse(readFileSync(join(corpus!, 'manifest.json'), 'utf8')).files as {
      path: string;
      format: string;
      packed_in?: string;
    }[];
    const wanted = entries.filter(({ format, packed_in }) => format === 'windows-event-json' && packed_in !== undefined);
    const paths = new Set(wanted.map(({ path }) => path));
    let seen = 0;
    for (const pack of new Set(wanted.map(({ packed_in }) => packed_in!))) {
      for (const input of await find(join(corpus!, pack))) {
        if (!paths.has(input.members[0])) continue;
        const { outcome, events } = await parse(input);
        expect([input.displayPath, outcome.format, outcome.rejected, events > 0]).toEqual([input.displayPath, 'windows-json', 0, true]);
        seen += 1;
      }
    }
    expect(seen).toBe(wanted.length);
  });
});
