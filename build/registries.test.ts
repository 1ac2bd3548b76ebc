import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { linkRuleRegistry } from '../main/correlation/registry.ts';
import { catalogueRows } from '../main/detections/catalogue.ts';
import { detectionRegistry } from '../main/detections/registry.ts';
import { CONFIDENCES, SEVERITIES } from '../shared/model/severity.ts';
import { TACTICS, TECHNIQUES } from '../shared/model/technique.table.ts';
import { coverageTable, coveredRecords } from './coverage-table.ts';

const ROOT = join(import.meta.dirname, '..');
const DETECTIONS = join(ROOT, 'main', 'detections');

/** File names (without ending) of the contributions, one folder per tactic; `<id>.<part>.ts` is a part of its detection. */
function detectionFiles(): { readonly id: string; readonly path: string }[] {
  const folders = readdirSync(DETECTIONS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.flatMap(({ name }) =>
    readdirSync(join(DETECTIONS, name))
      .filter((file) => /^[^.]+\.ts$/.test(file))
      .map((file) => ({ id: file.slice(0, -'.ts'.length), path: join(DETECTIONS, name, file) })),
  );
}

describe('the registry of detections', () => {
  it('holds exactly the files that are there, sorted, each id once', () => {
    const ids = detectionRegistry.map((detection) => detection.id);
    expect(ids).toEqual([...new Set(ids)].sort());
    expect(
      detectionFiles()
        .map((file) => file.id)
        .sort(),
    ).toEqual(ids);
  });

  it.each(detectionFiles().map((file) => [file.id, file.path] as const))('%s has its examples beside it', (_id, path) => {
    expect(existsSync(path.replace(/\.ts$/, '.examples.ts'))).toBe(true);
  });

  it.each(detectionRegistry.map((detection) => [detection.id, detection] as const))('%s names what exists', (_id, detection) => {
    const tactics = TACTICS.map((tactic) => tactic.name);
    expect(detection.tactics.filter((tactic) => !tactics.includes(tactic))).toEqual([]);
    expect(detection.techniques.filter((technique) => !(technique in TECHNIQUES))).toEqual([]);
    expect(SEVERITIES).toContain(detection.severity);
    expect(CONFIDENCES).toContain(detection.confidence);
    expect(detection.benignCauses.length).toBeGreaterThan(0);
    expect(detection.firstResponse.length).toBeGreaterThan(0);
  });

  it.each(detectionRegistry.map((detection) => [detection.id, detection] as const))(
    '%s reads only what some source normalizes',
    (_id, detection) => {
      const covered = new Set(coveredRecords().map((record) => `${record.provider} ${record.eventId}`));
      const read = detection.reads.flatMap((reading) => reading.eventIds.map((id) => `${reading.provider.toLowerCase()} ${id}`));
      expect(read.filter((record) => !covered.has(record))).toEqual([]);
    },
  );
});

describe('the catalogue of identity alerts', () => {
  const rows = catalogueRows(detectionRegistry);

  it('has a row for every alert, each once, with a reason', () => {
    expect(rows).toHaveLength(212);
    expect(new Set(rows.map((row) => row.key)).size).toBe(rows.length);
    for (const row of rows) expect(row.reason, row.key).toMatch(/\.$/);
  });

  it('says "works" only where a detection is', () => {
    const ids = new Set(detectionRegistry.map((detection) => detection.id));
    for (const row of rows) expect(ids.has(row.detection), row.key).toBe(row.state === 'works');
  });
});

describe('the registry of link rules', () => {
  it('is sorted, each id once and equal to its file name', () => {
    const ids = linkRuleRegistry.map((rule) => rule.id);
    expect(ids).toEqual([...new Set(ids)].sort());
    for (const id of ids) expect(existsSync(join(ROOT, 'main', 'correlation', `${id}.ts`)), id).toBe(true);
  });
});

describe('docs/coverage.md', () => {
  it('is what the registries say', async () => {
    await expect(coverageTable()).toMatchFileSnapshot(join(ROOT, 'docs', 'coverage.md'));
  });
});
