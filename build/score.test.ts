import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readManifest } from '../main/cli/score/read-manifest.ts';
import { scoreCorpus, scoredFiles } from '../main/cli/score/score-corpus.ts';
import { severityRank } from '../shared/model/severity.ts';
import { corpusPath } from './corpus.ts';

const corpus = corpusPath();
/** Logs that the detections read; the rest of the benign evidence cannot fire. */
const TELLING_LOG = /(security|system)[^/]*\.evtx$/i;
/** Must find whatever a record backs; of the later ones, `keepwatch score` tells how far they are. */
const HELD_TO_ALL = new Set([
  'as-rep-roasting',
  'brute-force',
  'dcsync',
  'honeytoken-activity',
  'kerberoasting',
  'log-cleared',
  'pass-the-hash',
  'password-spraying',
  'psexec',
  'remote-service-creation',
  'scheduled-task-remote',
  'sensitive-group-change',
]);

// Skipped where the labelled evidence is absent: it is no part of the project.
describe.skipIf(corpus === null)('the labelled evidence', () => {
  it('is found where a record backs the label, and ordinary work stays quiet', async () => {
    const manifest = await readManifest(join(corpus ?? '', 'manifest.json'));
    if (!manifest.ok) throw new Error(manifest.message);
    const files = scoredFiles(manifest.value).filter((file) =>
      file.class === 'benign' ? TELLING_LOG.test(file.path) : file.evidence === 'content',
    );
    const score = await scoreCorpus(manifest.value, files);
    const held = [...(score?.labels ?? [])].filter(([, { detections }]) => detections.some((id) => HELD_TO_ALL.has(id)));
    expect(held.reduce((sum, [, { content }]) => sum + content.expected, 0)).toBeGreaterThan(30);
    expect(held.flatMap(([label, { content }]) => content.missed.map((path) => `${label}: ${path}`))).toEqual([]);
    expect(score?.benign.events).toBeGreaterThan(10_000);
    expect(score?.benign.beyond.filter(({ severity }) => severityRank(severity) >= severityRank('medium'))).toEqual([]);
  });
});
