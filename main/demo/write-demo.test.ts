import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AlertRow } from '../../shared/model/alert.ts';
import { MINUTE } from '../../shared/model/time.ts';
import { detectionRegistry } from '../detections/registry.ts';
import { askEngine, openStore } from '../engine/open-store.examples.ts';
import { DEMO_STORY } from './story.ts';
import { writeDemo } from './write-demo.ts';

let scratch = '';
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'keepwatch-demo-'));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** All alerts after an import of everything below a folder, or of the demo itself. */
async function alertsOf(folder: string | null): Promise<readonly AlertRow[]> {
  const engine = await openStore(mkdtempSync(join(scratch, 'store-')));
  try {
    const { importId } =
      folder === null ? await askEngine(engine, 'imports.startDemo', {}) : await askEngine(engine, 'imports.start', { paths: [folder] });
    while ((await askEngine(engine, 'imports.report', { importId })).row.state === 'running')
      await new Promise((resolve) => setTimeout(resolve, 25));
    const report = await askEngine(engine, 'imports.report', { importId });
    expect(report.row).toMatchObject({ state: 'done', rejected: 0, duplicate: 0 });
    const page = await askEngine(engine, 'alerts.page', { filter: {}, sort: 'oldest', cursor: null, limit: 500 });
    return page.rows;
  } finally {
    await engine.close();
  }
}

describe('the demo evidence', () => {
  it('is the same bytes every time', async () => {
    const hashes: string[][] = [];
    for (const name of ['one', 'two']) {
      const shares: number[] = [];
      const written = await writeDemo(join(scratch, name), { progress: (share) => shares.push(share), facts: true });
      expect(written.events).toBeGreaterThan(40_000);
      expect(written.bytes).toBeLessThan(40_000_000);
      expect(written.honeytoken.name).toBe(DEMO_STORY.honeytoken);
      expect(shares.every((share, index) => index === 0 || share >= shares[index - 1])).toBe(true);
      expect(shares.at(-1)).toBe(1);
      expect(JSON.parse(readFileSync(join(scratch, name, 'demo.json'), 'utf8'))).toMatchObject({ honeytokens: [written.honeytoken] });
      hashes.push(
        written.files.map(
          (file) =>
            `${file} ${createHash('sha256')
              .update(readFileSync(join(scratch, name, file)))
              .digest('hex')}`,
        ),
      );
    }
    expect(hashes[0]).toEqual(hashes[1]);
  });

  it('is not written to its end when cancelled, nor where it cannot be', async () => {
    await expect(writeDemo(join(scratch, 'cancelled'), { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
    await expect(writeDemo(join(scratch, 'one', 'demo.json'))).rejects.toMatchObject({ code: 'failed' });
  });
});

describe('the story', () => {
  it('is found: every detection fires on what it is there for, and on nothing before', async () => {
    const alerts = await alertsOf(null);
    for (const step of DEMO_STORY.steps) {
      for (const detection of step.detections) {
        const near = alerts.filter((alert) => alert.detection === detection && Math.abs(alert.firstAt - step.at) < 15 * MINUTE);
        expect([detection, step.what, near.length > 0]).toEqual([detection, step.what, true]);
      }
    }
    const [first] = DEMO_STORY.steps;
    expect(alerts.filter((alert) => alert.lastAt < first.at && alert.severity !== 'informational')).toEqual([]);
    const known = new Set(detectionRegistry.map((detection) => detection.id));
    expect(DEMO_STORY.steps.flatMap((step) => step.detections).filter((id) => !known.has(id))).toEqual([]);
  });

  it('leaves nothing but ordinary administration to find in the ordinary fortnight alone', async () => {
    const folder = join(scratch, 'ordinary');
    const { files } = await writeDemo(folder, { which: 'ordinary' });
    expect(files.length).toBeGreaterThan(10);
    const weighty = (await alertsOf(folder)).filter((alert) => alert.severity !== 'informational');
    expect(weighty.map((alert) => alert.summary)).toEqual([]);
  });
});
