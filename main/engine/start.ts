import { Worker } from 'node:worker_threads';
import { type Problem, problem, type Result } from '../../shared/result.ts';
import type { EngineThreadOptions, FromEngine, HintListener, ToEngine } from './protocol.ts';

export type StartEngineOptions = {
  /** The built `engine-worker.js`. */
  readonly workerUrl: URL;
  readonly storeFolder: string;
  readonly parseWorkerUrl: URL | null;
};

/** The near end of the engine's thread. Calls never reject. */
export type EngineClient = {
  /** Null when the store is open, else why it is not; every call then answers with the same problem. */
  readonly openProblem: Problem | null;
  call(operation: string, input: unknown): Promise<Result<unknown>>;
  /** The same as the JSON of the result, for handing on. */
  callAsText(operation: string, input: unknown): Promise<string>;
  subscribe(listener: HintListener): () => void;
  /** Resolves when the store is closed and the thread has ended. */
  close(): Promise<void>;
};

/** Starts the engine's thread and resolves once it has opened its store, or has failed to. */
export async function startEngine(options: StartEngineOptions): Promise<EngineClient> {
  const workerData: EngineThreadOptions = {
    storeFolder: options.storeFolder,
    parseWorkerHref: options.parseWorkerUrl?.href ?? null,
  };
  return connectEngine(new Worker(options.workerUrl, { workerData, name: 'keepwatch-engine' }));
}

/** The part of a worker thread that the client needs. */
export type EngineThread = {
  postMessage(message: ToEngine): void;
  on(event: 'message', listener: (message: FromEngine) => void): unknown;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  terminate(): unknown;
};

export function connectEngine(thread: EngineThread): Promise<EngineClient> {
  const waiting = new Map<number, (answer: string) => void>();
  const listeners = new Set<HintListener>();
  let nextId = 1;
  let ended: string | null = null;
  let isClosing = false;
  let openedWith: (reason: Problem | null) => void = () => {};
  const opened = new Promise<Problem | null>((resolve) => {
    openedWith = resolve;
  });
  const exited = new Promise<void>((resolve) => {
    thread.on('exit', () => resolve());
  });

  const publish: HintListener = (topic, hint) => {
    for (const listener of listeners) listener(topic, hint);
  };
  const end = (reason: Problem) => {
    if (ended !== null) return;
    ended = JSON.stringify(reason);
    openedWith(reason);
    for (const answer of waiting.values()) answer(ended);
    waiting.clear();
    if (!isClosing) publish('engine.failed', { message: reason.message });
  };

  thread.on('message', (message) => {
    if (message.type === 'opened') openedWith(message.result.ok ? null : message.result);
    else if (message.type === 'closed') thread.terminate();
    else if (message.type === 'hint') publish(message.topic, message.hint);
    else if (message.type === 'answer') {
      waiting.get(message.id)?.(message.answer);
      waiting.delete(message.id);
    }
  });
  thread.on('error', (error) => end(describeCrash(error instanceof Error ? error.message : String(error))));
  thread.on('exit', (code) => end(isClosing ? problem('cancelled', 'The console is closing.') : describeCrash(`exit code ${code}`)));

  const callAsText = (operation: string, input: unknown): Promise<string> => {
    if (ended !== null) return Promise.resolve(ended);
    const id = nextId++;
    return new Promise((resolve) => {
      waiting.set(id, resolve);
      thread.postMessage({ type: 'call', id, operation, input });
    });
  };

  return opened.then((openProblem) => ({
    openProblem,
    callAsText,
    call: async (operation, input) => JSON.parse(await callAsText(operation, input)),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      if (ended === null) {
        isClosing = true;
        thread.postMessage({ type: 'close' });
      }
      return exited;
    },
  }));
}

function describeCrash(reason: string): Problem {
  return problem('failed', `The engine has stopped (${reason}). What was stored is safe; start Keepwatch again.`);
}
