import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { EvidenceInput } from './evidence-input.ts';
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
  readonly size?: number;
};

type Job = {
  readonly input: EvidenceInput;
  readonly callbacks: ParseCallbacks;
  readonly resolve: (outcome: FileOutcome) => void;
  readonly reject: (error: unknown) => void;
};

export function createParsePool(options: ParsePoolOptions): ParsePool {
  if (options.workerUrl === null) return { parse: parseFile, close: async () => {} };
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
    return new Promise((resolve, reject) => {
      this.#queue.push({ input, callbacks, resolve, reject });
      this.#next();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#all].map((worker) => worker.terminate()));
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
    return worker;
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
