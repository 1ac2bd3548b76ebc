import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AlertRow } from '../../../shared/model/alert.ts';
import { SEVERITIES, type Severity } from '../../../shared/model/severity.ts';
import { ProblemError } from '../../../shared/result.ts';
import { detectionRegistry } from '../../detections/registry.ts';
import { Workspace } from '../../engine/workspace.ts';
import { openDatabase } from '../../store/database.ts';
import { MIGRATIONS } from '../../store/migrations/registry.ts';
import { detect } from '../../sync/detect.ts';
import type { EvidenceInput } from '../../sync/evidence-input.ts';
import { parseFile } from '../../sync/parse-file.ts';
import type { Labelled, Manifest } from './read-manifest.ts';

const READ_FORMATS = new Set(['evtx', 'windows-event-json']);
/** Attacks outside identity, and rules of others. */
const OUTSIDE_LABEL = /^(other-|sigma:)/;
const RATE_PER_EVENTS = 100_000;

export type Recall = { expected: number; found: number; missed: string[] };
/** Apart, as a name alone is weaker proof that there is something to find. */
export type LabelScore = { readonly detections: readonly string[]; readonly content: Recall; readonly name: Recall };
export type BeyondAlert = { readonly severity: Severity; readonly detection: string; readonly path: string; readonly summary: string };

export type Score = {
  readonly files: number;
  readonly events: number;
  readonly labels: ReadonlyMap<string, LabelScore>;
  readonly total: { readonly content: Recall; readonly name: Recall };
  readonly benign: {
    readonly files: number;
    readonly events: number;
    readonly bySeverity: ReadonlyMap<Severity, { readonly alerts: number; readonly per100000Events: number }>;
    /** Alerts on benign files that neither `expected` nor `allowed` covers. */
    readonly beyond: readonly BeyondAlert[];
  };
  readonly unread: readonly { readonly path: string; readonly note: string }[];
};

type FileAlerts = { alerts: AlertRow[]; events: number /** Why the file was not read to its end; empty otherwise. */; unread: string };

/** One file in a store of its own, through the same way as an import takes: parse, store, resolve, detect. */
export async function alertsOfFile(input: EvidenceInput, signal: AbortSignal = new AbortController().signal): Promise<FileAlerts> {
  const folder = mkdtempSync(join(tmpdir(), 'keepwatch-score-'));
  try {
    const opened = await openDatabase(folder, { migrations: MIGRATIONS, now: () => 0 });
    if (!opened.ok) throw new ProblemError(opened.code, opened.message);
    try {
      const workspace = new Workspace(opened.value);
      const fileId = opened.value.transaction(() => workspace.imports.createFile(workspace.imports.create('score', 0), input.displayPath));
      const outcome = await parseFile(input, {
        signal,
        onBatch: async (batch) => {
          opened.value.transaction(() => workspace.events.append(batch, fileId));
        },
        onReject: () => undefined,
        onProgress: () => undefined,
      });
      await detect(
        workspace,
        () => 0,
        () => signal.aborted,
      );
      const unread = outcome.state === 'done' ? '' : outcome.note;
      return { alerts: workspace.alerts.all(), events: workspace.events.table.count, unread };
    } finally {
      opened.value.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function inputOf(corpusFolder: string, file: Labelled): EvidenceInput {
  const packed = file.packed_in !== undefined;
  const path = join(corpusFolder, file.packed_in ?? file.path);
  return { displayPath: file.path, path, members: packed ? [file.path] : [], sizeBytes: 1 << 20, problem: null };
}

/** Entries that say something of the detections: those with a label that is scored, and benign ones. */
export function scoredFiles({ files }: Manifest): Labelled[] {
  return files.filter((file) => READ_FORMATS.has(file.format) && (file.class === 'benign' || scoredLabels(file).length > 0));
}

export type ScoreOptions = {
  readonly signal?: AbortSignal;
  /** Before each file, with the events so far. */
  onFile?(file: Labelled, place: number, events: number): void;
};

/** Recall and false alarms of all detections over `files`; null when cancelled. */
export async function scoreCorpus(manifest: Manifest, files: readonly Labelled[], options: ScoreOptions = {}): Promise<Score | null> {
  const tally = new Tally(manifest.labels);
  for (const [place, file] of files.entries()) {
    options.onFile?.(file, place, tally.events);
    const found = await alertsOfFile(inputOf(manifest.corpus, file), options.signal);
    if (options.signal?.aborted === true) return null;
    tally.add(file, found);
  }
  return tally.score();
}

function scoredLabels(file: Labelled): string[] {
  return [...new Set(file.expected)].filter((label) => !OUTSIDE_LABEL.test(label));
}

class Tally {
  events = 0;
  readonly #idsOf: Manifest['labels'];
  readonly #known = new Set(detectionRegistry.map(({ id }) => id));
  readonly #labels = new Map<string, LabelScore>();
  readonly #total = { content: noRecall(), name: noRecall() };
  readonly #beyond: BeyondAlert[] = [];
  readonly #unread: { path: string; note: string }[] = [];
  readonly #counts = { files: 0, benignFiles: 0, benignEvents: 0 };

  constructor(idsOf: Manifest['labels']) {
    this.#idsOf = idsOf;
  }

  add(file: Labelled, { alerts, events, unread }: FileAlerts): void {
    this.#counts.files++;
    this.events += events;
    if (unread !== '') this.#unread.push({ path: file.path, note: unread });
    const fired = new Set(alerts.map((alert) => alert.detection));
    const evidence = file.evidence === 'content' ? 'content' : 'name';
    for (const label of scoredLabels(file)) {
      const row = this.#rowOf(label);
      const isFound = row.detections.some((id) => fired.has(id));
      count(row[evidence], file.path, isFound);
      count(this.#total[evidence], `${label}: ${file.path}`, isFound);
    }
    if (file.class !== 'benign') return;
    this.#counts.benignFiles++;
    this.#counts.benignEvents += events;
    const covered = new Set([...(file.expected ?? []), ...(file.allowed ?? [])].flatMap((label) => this.#idsOf.get(label) ?? []));
    for (const { severity, detection, summary } of alerts)
      if (!covered.has(detection)) this.#beyond.push({ severity, detection, path: file.path, summary });
  }

  score(): Score {
    const { files, benignFiles, benignEvents } = this.#counts;
    const rate = (alerts: number) => (benignEvents === 0 ? 0 : (alerts * RATE_PER_EVENTS) / benignEvents);
    const bySeverity = SEVERITIES.map((severity) => {
      const alerts = this.#beyond.filter((alert) => alert.severity === severity).length;
      return [severity, { alerts, per100000Events: rate(alerts) }] as const;
    });
    return {
      files,
      events: this.events,
      labels: new Map([...this.#labels].sort(([a], [b]) => (a < b ? -1 : 1))),
      total: this.#total,
      benign: { files: benignFiles, events: benignEvents, bySeverity: new Map(bySeverity), beyond: this.#beyond },
      unread: this.#unread,
    };
  }

  #rowOf(label: string): LabelScore {
    const known = this.#labels.get(label);
    if (known !== undefined) return known;
    const detections = (this.#idsOf.get(label) ?? []).filter((id) => this.#known.has(id));
    const row = { detections, content: noRecall(), name: noRecall() };
    this.#labels.set(label, row);
    return row;
  }
}

function noRecall(): Recall {
  return { expected: 0, found: 0, missed: [] };
}

function count(recall: Recall, missed: string, isFound: boolean): void {
  recall.expected++;
  if (isFound) recall.found++;
  else recall.missed.push(missed);
}
