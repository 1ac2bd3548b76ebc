import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { detectionRegistry } from '../main/detections/registry.ts';
import { Workspace } from '../main/engine/workspace.ts';
import { openDatabase } from '../main/store/database.ts';
import { MIGRATIONS } from '../main/store/migrations/registry.ts';
import { detect } from '../main/sync/detect.ts';
import type { EvidenceInput } from '../main/sync/evidence-input.ts';
import { parseFile } from '../main/sync/parse-file.ts';
import type { AlertRow } from '../shared/model/alert.ts';

/** What the labels of a corpus say of one file. */
type Labelled = {
  readonly path: string;
  readonly format: string;
  readonly class?: string;
  readonly expected?: readonly string[];
  readonly allowed?: readonly string[];
  readonly evidence?: string;
  readonly packed_in?: string;
};

const READ_FORMATS = new Set(['evtx', 'windows-event-json']);

/** Every labelled file in a store of its own, through the same way as an import takes: parse, store, resolve, detect. */
export async function alertsOfFile(input: EvidenceInput): Promise<{ alerts: AlertRow[]; events: number; notes: string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'keepwatch-score-'));
  const opened = await openDatabase(folder, { migrations: MIGRATIONS, now: () => 0 });
  if (!opened.ok) throw new Error(opened.message);
  try {
    const workspace = new Workspace(opened.value);
    const fileId = opened.value.transaction(() => workspace.imports.createFile(workspace.imports.create('score', 0), input.displayPath));
    const outcome = await parseFile(input, {
      signal: new AbortController().signal,
      onBatch: async (batch) => {
        opened.value.transaction(() => workspace.events.append(batch, fileId));
      },
      onReject: () => undefined,
      onProgress: () => undefined,
    });
    const found = await detect(
      workspace,
      () => 0,
      () => false,
    );
    const notes = [...(found?.failures.map((failure) => `${failure.detection} ${failure.reason}`) ?? []), outcome.note].filter(
      (note) => note !== '',
    );
    return { alerts: workspace.alerts.all(), events: workspace.events.table.count, notes };
  } finally {
    opened.value.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function inputOf(corpus: string, file: Labelled): EvidenceInput {
  if (file.packed_in === undefined)
    return { displayPath: file.path, path: join(corpus, file.path), members: [], sizeBytes: 1 << 20, problem: null };
  return { displayPath: file.path, path: join(corpus, file.packed_in), members: [file.path], sizeBytes: 1 << 20, problem: null };
}

/** Prints recall by label and alerts beyond what labels allow on benign evidence. `only` keeps files whose path contains it, and lists their alerts. */
export async function score(corpus: string, only = ''): Promise<void> {
  const { files } = JSON.parse(readFileSync(join(corpus, 'manifest.json'), 'utf8')) as { files: Labelled[] };
  const { labels } = JSON.parse(readFileSync(join(corpus, 'labels.json'), 'utf8')) as { labels: Record<string, string[]> };
  const known = new Set(detectionRegistry.map((detection) => detection.id));
  const recall = new Map<string, { found: number; all: number; missed: string[] }>();
  const beyond: string[] = [];
  let benignEvents = 0;
  for (const file of files) {
    if (!READ_FORMATS.has(file.format) || !file.path.includes(only)) continue;
    const { alerts, events, notes } = await alertsOfFile(inputOf(corpus, file));
    for (const note of notes) console.log(`note ${file.path}: ${note}`);
    const fired = new Set(alerts.map((alert) => alert.detection));
    for (const label of file.expected ?? []) {
      const wanted = (labels[label] ?? []).filter((id) => known.has(id));
      if (wanted.length === 0) continue;
      const row = recall.get(`${label} (${file.evidence})`) ?? { found: 0, all: 0, missed: [] };
      recall.set(`${label} (${file.evidence})`, row);
      row.all++;
      if (wanted.some((id) => fired.has(id))) row.found++;
      else row.missed.push(file.path.split('/').at(-1) ?? file.path);
    }
    const covered = new Set([...(file.expected ?? []), ...(file.allowed ?? [])].flatMap((label) => labels[label] ?? []));
    if (file.class === 'benign') benignEvents += events;
    for (const alert of alerts) {
      const line = `${alert.severity}/${alert.confidence} ${alert.detection} (${alert.evidenceCount}) ${alert.summary}`;
      if (file.class === 'benign' && !covered.has(alert.detection)) beyond.push(`${file.path}: ${line}`);
      if (only !== '') console.log(`${covered.has(alert.detection) ? 'expected or allowed' : 'beyond'}: ${line}`);
    }
  }
  for (const [label, { found, all, missed }] of [...recall].sort())
    console.log(`${label}: ${found} of ${all}${missed.length > 0 ? `; missed ${missed.join(', ')}` : ''}`);
  console.log(`benign: ${beyond.length} alerts beyond the labels in ${benignEvents.toLocaleString('en-US')} events`);
  for (const line of beyond) console.log(`  ${line}`);
}
