import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { EvidenceInput } from './evidence-input.ts';
import { closeIdleArchives } from './open-archives.ts';
import { type FileOutcome, type ParseCallbacks, parseFile } from './parse-file.ts';
import type { FromParser, ToParser } from './parser-protocol.ts';

/** Parses files, several at a time where there are cores for it. */
export type ParsePool = {
  parse(input: EvidenceInput, callbacks: ParseCallbacks): Promise<FileOutcome>;
  close(): Promise<void>;
};

export type ParsePoolOptions = {
  /** The bundled worker; null parses in the calling thread. */
  readonly workerUrl: URL | null;
  /** Threads; as many as cores, at most 8, unless given. */
  readonly size?: number;
};

type Job = {
  readonly input: EvidenceInput;
  readonly callbacks: ParseCallbacks;
  readonly resolve: (outcome: FileOutcome) => void;
  readonly reject: (error: unknown) => void;
};

const NOT_STARTED: FileOutcome = {
  format: '',
  sha256: '',
  bytes: 0,
  read: 0,
  rejected: 0,
  state: 'cancelled',
  note: 'Cancelled before it was read.',
};
/** A parser gets this long to put away what it holds open; then its thread is ended. */
const END_WITHIN_MS = 2_000;

export function createParsePool(options: ParsePoolOptions): ParsePool {
  if (options.workerUrl === null) return { parse: parseFile, close: closeIdleArchives };
  return new WorkerPool(options.workerUrl, options.size ?? Math.max(1, Math.min(8, availableParallelism())));
}

class WorkerPool implements ParsePool {
  readonly #url: URL;
  readonly #size: number;
  readonly #idle: Worker[] = [];
  readonly #all = new Set<Worker>();
  readonly #queue: Job[] = [];
  #closed = false;

  constructor(url: URL, size: number) {
    this.#url = url;
    this.#size = size;
  }

  parse(input: EvidenceInput, callbacks: ParseCallbacks): Promise<FileOutcome> {
    if (this.#closed) return Promise.resolve(NOT_STARTED);
    return new Promise((resolve, reject) => {
      this.#queue.push({ input, callbacks, resolve, reject });
      this.#next();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const { resolve } of this.#queue.splice(0)) resolve(NOT_STARTED);
    await Promise.all([...this.#all].map(endWorker));
    this.#all.clear();
  }

  #next(): void {
    if (this.#queue.length === 0 || this.#closed) return;
    const worker = this.#idle.pop() ?? (this.#all.size < this.#size ? this.#start() : null);
    if (worker === null) return;
    this.#run(worker, this.#queue.shift()!);
  }

  #start(): Worker {
    const worker = new Worker(this.#url, { resourceLimits: { maxOldGenerationSizeMb: 1024 } });
    this.#all.add(worker);
    worker.unref();
    // Between files nobody else listens: a worker that ends then is only forgotten.
    worker.on('error', () => this.#forget(worker));
    worker.on('exit', () => this.#forget(worker));
    return worker;
  }

  #forget(worker: Worker): void {
    this.#all.delete(worker);
    const at = this.#idle.indexOf(worker);
    if (at >= 0) this.#idle.splice(at, 1);
  }

  #run(worker: Worker, job: Job): void {
    const { input, callbacks, resolve, reject } = job;
    let failure: unknown = null;
    const send = (message: ToParser) => worker.postMessage(message);
    const abort = () => send({ type: 'cancel' });
    const onMessage = (message: FromParser) => {
      if (message.type === 'batch') {
        callbacks.onBatch(message.batch).then(
          () => send({ type: 'stored' }),
          (error) => {
            failure ??= error;
            abort();
            send({ type: 'stored' });
          },
        );
      } else if (message.type === 'reject') callbacks.onReject(message.reject);
      else if (message.type === 'progress') callbacks.onProgress(message.bytes);
      else finish(() => (failure === null ? resolve(message.outcome) : reject(failure)), true);
    };
    const onCrash = (error?: unknown) => {
      const reason =
        error instanceof Error
          ? `The parser broke on this file and was started again: ${error.message}`
          : 'The parser ended while it read this file and was started again.';
      finish(() => {
        callbacks.onReject({ offset: -1, length: 0, record: null, reason });
        resolve({ format: '', sha256: '', bytes: 0, read: 0, rejected: 1, state: 'unreadable', note: reason });
      }, false);
    };
    const finish = (act: () => void, isUsable: boolean) => {
      callbacks.signal.removeEventListener('abort', abort);
      worker.off('message', onMessage).off('error', onCrash).off('exit', onCrash);
      if (isUsable) this.#idle.push(worker);
      else this.#all.delete(worker);
      act();
      this.#next();
    };
    worker.on('message', onMessage).on('error', onCrash).on('exit', onCrash);
    callbacks.signal.addEventListener('abort', abort);
    send({ type: 'parse', input });
    if (callbacks.signal.aborted) abort();
  }
}

async function endWorker(worker: Worker): Promise<void> {
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  worker.postMessage({ type: 'close' } satisfies ToParser);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, END_WITHIN_MS);
  });
  await Promise.race([ended, late]);
  clearTimeout(timer);
  await worker.terminate();
}
