import { describe, expect, it } from 'vitest';
import { corpusPath } from './corpus.ts';
import { scoreCorpus } from './score.ts';

const corpus = corpusPath();
/** Logs that the detections read; the rest of the benign evidence cannot fire. */
const TELLING_LOG = /(security|system)[^/]*\.evtx$/i;

// Skipped where the labelled evidence is absent: it is no part of the project.
describe.skipIf(corpus === null)('the labelled evidence', () => {
  it('is found where a record backs the label, and ordinary work stays quiet', async () => {
    const { recall, beyond, benignEvents } = await scoreCorpus(corpus ?? '', (file) =>
      file.class === 'benign' ? TELLING_LOG.test(file.path) : file.evidence === 'content',
    );
    const missed = [...recall].flatMap(([label, row]) => row.missed.map((path) => `${label}: ${path}`));
    const all = [...recall.values()].reduce((sum, row) => sum + row.all, 0);
    expect(all).toBeGreaterThan(30);
    expect(missed).toEqual([]);
    expect(benignEvents).toBeGreaterThan(10_000);
    expect(beyond).toEqual([]);
  });
});
