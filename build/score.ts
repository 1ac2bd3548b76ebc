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
async function alertsOfFile(input: EvidenceInput): Promise<{ alerts: AlertRow[]; events: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'keepwatch-score-'));
  const opened = await openDatabase(folder, { migrations: MIGRATIONS, now: () => 0 });
  if (!opened.ok) throw new Error(opened.message);
  try {
    const workspace = new Workspace(opened.value);
    const fileId = opened.value.transaction(() => workspace.imports.createFile(workspace.imports.create('score', 0), input.displayPath));
    await parseFile(input, {
      signal: new AbortController().signal,
      onBatch: async (batch) => {
        opened.value.transaction(() => workspace.events.append(batch, fileId));
      },
      onReject: () => undefined,
      onProgress: () => undefined,
    });
    await detect(
      workspace,
      () => 0,
      () => false,
    );
    return { alerts: workspace.alerts.all(), events: workspace.events.table.count };
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

export type Score = {
  /** By label and kind of evidence. */
  readonly recall: ReadonlyMap<string, { found: number; all: number; missed: string[] }>;
  /** Alerts on benign files beyond what their labels allow. */
  readonly beyond: readonly string[];
  readonly benignEvents: number;
};

/** Recall and false alarms of all detections over the labelled files that `isWanted`. */
export async function scoreCorpus(corpus: string, isWanted: (file: Labelled) => boolean): Promise<Score> {
  const { files } = JSON.parse(readFileSync(join(corpus, 'manifest.json'), 'utf8')) as { files: Labelled[] };
  const { labels } = JSON.parse(readFileSync(join(corpus, 'labels.json'), 'utf8')) as { labels: Record<string, string[]> };
  const known = new Set(detectionRegistry.map((detection) => detection.id));
  const recall = new Map<string, { found: number; all: number; missed: string[] }>();
  const beyond: string[] = [];
  let benignEvents = 0;
  for (const file of files) {
    if (!READ_FORMATS.has(file.format) || !isWanted(file)) continue;
    const { alerts, events } = await alertsOfFile(inputOf(corpus, file));
    const fired = new Set(alerts.map((alert) => alert.detection));
    for (const label of file.expected ?? []) {
      const wanted = (labels[label] ?? []).filter((id) => known.has(id));
      if (wanted.length > 0) countRecall(recall, `${label} (${file.evidence})`, wanted.some((id) => fired.has(id)) ? '' : file.path);
    }
    if (file.class !== 'benign') continue;
    benignEvents += events;
    const covered = new Set((file.allowed ?? []).flatMap((label) => labels[label] ?? []));
    for (const alert of alerts)
      if (!covered.has(alert.detection)) beyond.push(`${file.path}: ${alert.severity} ${alert.detection}: ${alert.summary}`);
  }
  return { recall, beyond, benignEvents };
}

function countRecall(recall: Map<string, { found: number; all: number; missed: string[] }>, label: string, missed: string): void {
  const row = recall.get(label) ?? { found: 0, all: 0, missed: [] };
  recall.set(label, row);
  row.all++;
  if (missed === '') row.found++;
  else row.missed.push(missed);
}
