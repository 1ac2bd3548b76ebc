import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BOUNDS } from '../../shared/contract/bounds.ts';
import type { Topic, Topics } from '../../shared/contract/topics.ts';
import type { EventBatch, Reject } from '../../shared/model/event-batch.ts';
import type { CannotFire, ImportProgress, ImportState } from '../../shared/model/import.ts';
import type { Micros } from '../../shared/model/time.ts';
import { DEMO_FACTS_FILE, writeDemo } from '../demo/write-demo.ts';
import { cannotFire } from '../detections/cannot-fire.ts';
import { detectionRegistry } from '../detections/registry.ts';
import type { Workspace } from '../engine/workspace.ts';
import { detect } from './detect.ts';
import type { EvidenceInput } from './evidence-input.ts';
import { findEvidence } from './find-files.ts';
import type { FileOutcome } from './parse-file.ts';
import type { ParsePool } from './parse-pool.ts';
import { SigmaRuns } from './sigma-runs.ts';
import type { Uploads } from './uploads.ts';

export type RunnerOptions = {
  readonly workspace: Workspace;
  readonly pool: ParsePool;
  readonly uploads: Uploads;
  readonly demoFolder: string;
  now(): Micros;
  hint<Name extends Topic>(topic: Name, hint: Topics[Name]): void;
};

type Job = {
  readonly importId: number;
  readonly paths: string[];
  readonly uploadIds: readonly string[];
  readonly isDemo: boolean;
  readonly abort: AbortController;
};
type Waiting = {
  readonly work: () => void;
  readonly isEvidence: boolean;
  readonly saved: () => void;
  readonly failed: (error: unknown) => void;
};

/** One wait for the disk serves all writes that are there, but a question shall not wait longer than this for a transaction. */
const TRANSACTION_MS = 30;
const PROGRESS_EVERY_MS = 150;
/** First results appear while an import runs: a run of the detections may take this share of the time. */
const DETECTION_SHARE = 0.2;
const FIRST_DETECTION_MS = 1_500;

/** Imports one after the other: finds files, has them parsed in parallel, stores their batches, runs the detections, and tells windows. */
export class ImportRunner {
  readonly sigma: SigmaRuns;
  readonly #options: RunnerOptions;
  readonly #queue: Job[] = [];
  readonly #progress = new Map<number, ImportProgress>();
  readonly #waiting: Waiting[] = [];
  #current: Job | null = null;
  #flushing = false;
  #detecting: Promise<void> | null = null;
  #detectAgain = false;
  #nextDetectionMs = 0;
  #lastHintMs = 0;
  #notes: string[] = [];
  #closed = false;
  #idle: Promise<void> = Promise.resolve();

  constructor(options: RunnerOptions) {
    this.#options = options;
    const { sigma, events } = options.workspace;
    this.sigma = new SigmaRuns(sigma, events, (progress) => options.hint('sigma.progress', progress));
  }

  start(paths: string[], uploadIds: readonly string[] = []): number {
    const { workspace, uploads, now } = this.#options;
    const names = paths.map((path) => uploads.displayPath(path).split(/[\\/]/).filter(Boolean).pop() ?? path);
    const label = names.length <= 3 ? names.join(', ') : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
    return this.#enqueue({
      importId: workspace.imports.create(label, now()),
      paths,
      uploadIds,
      isDemo: false,
      abort: new AbortController(),
    });
  }

  startDemo(): number {
    const { workspace, demoFolder, now } = this.#options;
    return this.#enqueue({
      importId: workspace.imports.create('Demo investigation', now()),
      paths: [demoFolder],
      uploadIds: [],
      isDemo: true,
      abort: new AbortController(),
    });
  }

  cancel(importId: number): void {
    if (this.#current?.importId === importId) this.#current.abort.abort();
    const queued = this.#queue.findIndex((job) => job.importId === importId);
    if (queued < 0) return;
    this.#queue.splice(queued, 1);
    this.#finish(importId, 'cancelled');
  }

  isRunning(): boolean {
    return this.#current !== null || this.#queue.length > 0;
  }

  progressOf(importId: number): ImportProgress | null {
    return this.#progress.get(importId) ?? null;
  }

  notes(): readonly string[] {
    return this.#notes;
  }

  /** Resolves when nothing runs any more. */
  async idle(): Promise<void> {
    await this.#idle;
    await this.#detecting;
  }

  cannotFire(): readonly CannotFire[] {
    const { workspace } = this.#options;
    return cannotFire(detectionRegistry, workspace.coverage(), { honeytokens: workspace.tags.entitiesWith('honeytoken').length });
  }

  /** Runs the detections now, or once more after the run under way. */
  detect(): Promise<void> {
    if (this.#detecting !== null) {
      this.#detectAgain = true;
      return this.#detecting;
    }
    this.#detecting = this.#detectOnce().finally(() => {
      this.#detecting = null;
    });
    return this.#detecting;
  }

  /** Without waiting: after something that detections read has changed. */
  detectSoon(): void {
    this.detect().catch((error) => this.#fail(error));
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#queue.length = 0;
    this.#current?.abort.abort();
    await this.idle();
    await this.#options.pool.close();
  }

  #enqueue(job: Job): number {
    this.#queue.push(job);
    this.#setProgress(job.importId, { stage: 'finding' });
    if (this.#current === null) this.#idle = this.#work();
    return job.importId;
  }

  async #work(): Promise<void> {
    for (let job = this.#queue.shift(); job !== undefined; job = this.#queue.shift()) {
      this.#current = job;
      let state: ImportState = 'done';
      try {
        await this.#run(job);
        if (job.abort.signal.aborted) state = 'cancelled';
      } catch (error) {
        state = job.abort.signal.aborted ? 'cancelled' : 'failed';
        if (state === 'failed') this.#fail(error);
      }
      this.#setProgress(job.importId, { stage: 'detecting' });
      if (!this.#closed) await this.detect().catch((error) => this.#fail(error));
      for (const id of job.uploadIds) this.#options.uploads.discard(id);
      this.#current = null;
      this.#finish(job.importId, state);
    }
  }

  #fail(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    if (!this.#notes.includes(message)) this.#notes.push(message);
    this.#options.hint('engine.failed', { message });
  }

  #finish(importId: number, state: ImportState): void {
    const { workspace, now, hint } = this.#options;
    workspace.imports.finish(importId, state, now());
    this.#setProgress(importId, { stage: 'done' });
    this.#progress.delete(importId);
    workspace.settle();
    hint('events.changed', { events: workspace.events.table.count });
    hint('entities.changed', { entities: workspace.resolution().entities.length - 1 });
  }

  async #run(job: Job): Promise<void> {
    const { workspace, demoFolder } = this.#options;
    this.#nextDetectionMs = performance.now() + FIRST_DETECTION_MS;
    if (job.isDemo) {
      const demo = await writeDemo(demoFolder, {
        signal: job.abort.signal,
        progress: (share) => this.#progressed(job.importId, { stage: 'preparing', bytesDone: Math.round(share * 1000), bytesTotal: 1000 }),
      });
      this.#setProgress(job.importId, { stage: 'finding', bytesDone: 0, bytesTotal: 0 });
      workspace.tags.set(`sid:${demo.honeytoken.sid}`, 'honeytoken', true, this.#options.now());
      // The sidecar is for people who write the demo by hand; here its fact is in the store already, and it is no evidence.
      await rm(join(demoFolder, DEMO_FACTS_FILE), { force: true });
    }
    const running = new Set<Promise<void>>();
    let failure: unknown = null;
    // Names first, so that progress knows its total; files found later only raise it.
    for await (const input of findEvidence(job.paths)) {
      if (job.abort.signal.aborted || failure !== null) break;
      this.#addTotals(job.importId, input);
      const task: Promise<void> = this.#importFile(job, input)
        .catch((error) => {
          failure ??= error;
        })
        .finally(() => running.delete(task));
      running.add(task);
      // The pool has its own queue; this only keeps the list of found files from running far ahead.
      while (running.size >= 16) await Promise.race(running);
    }
    await Promise.all(running);
    if (failure !== null) throw failure;
  }

  async #importFile(job: Job, input: EvidenceInput): Promise<void> {
    const { workspace, pool, uploads } = this.#options;
    const fileId = await this.#save(() => workspace.imports.createFile(job.importId, uploads.displayPath(input.displayPath)), false);
    let bytesSeen = 0;
    let rejected = 0;
    const rejects: Reject[] = [];
    const advance = (bytes: number) => {
      this.#advance(job.importId, bytes - bytesSeen, input.displayPath);
      bytesSeen = Math.max(bytesSeen, bytes);
    };
    const outcome: FileOutcome = await pool.parse(input, {
      signal: job.abort.signal,
      onBatch: (batch) => this.#store(batch, fileId, job.importId),
      onReject: (reject: Reject) => {
        if (rejected++ < BOUNDS.rejectsPerFile) rejects.push(reject);
      },
      onProgress: advance,
    });
    advance(Math.max(input.sizeBytes, bytesSeen));
    await this.#save(() => {
      for (const reject of rejects) workspace.imports.addReject(fileId, reject);
      const counted = workspace.imports.counts(fileId);
      const isTwin =
        counted.read > 0 && counted.stored === 0 && outcome.state === 'done' && workspace.imports.hasTwin(fileId, outcome.sha256);
      workspace.imports.finishFile(fileId, {
        format: outcome.format,
        sha256: outcome.sha256,
        bytes: outcome.bytes,
        rejected: Math.max(rejected, outcome.rejected),
        state: isTwin ? 'already-imported' : outcome.state,
        note: isTwin ? 'The same file was imported before; nothing was added.' : outcome.note,
      });
    }, false);
    this.#progressed(job.importId, { filesDone: (this.#progress.get(job.importId)?.filesDone ?? 0) + 1 });
  }

  /** Resolves when the batch is on disk. */
  async #store(batch: EventBatch, fileId: number, importId: number): Promise<void> {
    const { workspace } = this.#options;
    await this.#save(() => {
      const { stored, duplicate, firstAt, lastAt } = workspace.events.append(batch, fileId);
      workspace.imports.countBatch(fileId, batch.count, stored, duplicate, firstAt, lastAt);
    });
    this.#progressed(importId, { eventsStored: (this.#progress.get(importId)?.eventsStored ?? 0) + batch.count });
  }

  /** Does the work in the next transaction, together with whatever else waits; resolves when it is on disk. */
  #save<Value>(work: () => Value, isEvidence = true): Promise<Value> {
    return new Promise((resolve, reject) => {
      let value: Value;
      const run = () => {
        value = work();
      };
      this.#waiting.push({ work: run, isEvidence, saved: () => resolve(value), failed: reject });
      if (this.#flushing) return;
      this.#flushing = true;
      setImmediate(() => this.#flush());
    });
  }

  #flush(): void {
    const { workspace } = this.#options;
    const taken: Waiting[] = [];
    const untilMs = performance.now() + TRANSACTION_MS;
    // Names and totals of files may wait for the next evidence: of many small files, each would wait for the disk three times.
    const isEvidence = this.#waiting.some((waiting) => waiting.isEvidence);
    const save = (work: () => void) => (isEvidence ? workspace.database.transaction(work) : workspace.database.relaxed(work));
    try {
      save(() => {
        while (this.#waiting.length > 0 && performance.now() < untilMs) {
          const next = this.#waiting.shift()!;
          taken.push(next);
          next.work();
        }
      });
      for (const one of taken) one.saved();
    } catch (error) {
      // Memory is ahead of the disk now: read the disk again, then let the import end with words that say why.
      this.#reloadSafely();
      for (const one of taken) one.failed(error);
    }
    if (this.#waiting.length > 0) setImmediate(() => this.#flush());
    else this.#flushing = false;
    this.#detectWhileImporting();
  }

  #reloadSafely(): void {
    try {
      this.#options.workspace.reload();
    } catch (error) {
      this.#fail(error);
    }
  }

  #detectWhileImporting(): void {
    if (this.#detecting !== null || this.#current === null || performance.now() < this.#nextDetectionMs) return;
    const startedMs = performance.now();
    void this.detect()
      .catch((error) => this.#fail(error))
      .finally(() => {
        this.#nextDetectionMs = performance.now() + Math.max(FIRST_DETECTION_MS, (performance.now() - startedMs) / DETECTION_SHARE);
      });
  }

  async #detectOnce(): Promise<void> {
    const { workspace, now, hint } = this.#options;
    do {
      this.#detectAgain = false;
      const found = await detect(workspace, now, () => this.#closed, this.sigma).finally(() => this.sigma.ended());
      if (found === null) return;
      this.#notes = found.failures.map(({ detection, reason }) =>
        detection ? `The detection ${detection} ${reason}.` : `Detections: ${reason}.`,
      );
      hint('alerts.changed', { alerts: found.alerts });
    } while (this.#detectAgain);
  }

  #addTotals(importId: number, input: EvidenceInput): void {
    const known = this.#progress.get(importId);
    this.#progressed(importId, {
      stage: 'reading',
      filesTotal: (known?.filesTotal ?? 0) + 1,
      bytesTotal: (known?.bytesTotal ?? 0) + input.sizeBytes,
    });
  }

  #advance(importId: number, bytes: number, currentFile: string): void {
    if (bytes > 0) this.#progressed(importId, { bytesDone: (this.#progress.get(importId)?.bytesDone ?? 0) + bytes, currentFile });
  }

  #setProgress(importId: number, change: Partial<ImportProgress>): void {
    this.#lastHintMs = 0;
    this.#progressed(importId, change);
  }

  /** Remembers, and hints at most every so often. */
  #progressed(importId: number, change: Partial<ImportProgress>): void {
    const none: ImportProgress = {
      importId,
      filesDone: 0,
      filesTotal: 0,
      bytesDone: 0,
      bytesTotal: 0,
      eventsStored: 0,
      stage: 'finding',
      currentFile: '',
    };
    const progress = { ...(this.#progress.get(importId) ?? none), ...change };
    this.#progress.set(importId, progress);
    const nowMs = performance.now();
    if (nowMs - this.#lastHintMs < PROGRESS_EVERY_MS) return;
    this.#lastHintMs = nowMs;
    this.#options.hint('imports.progress', progress);
    if (progress.stage === 'reading') this.#options.hint('events.changed', { events: this.#options.workspace.events.table.count });
  }
}
