import type { Micros } from '../../shared/model/time.ts';
import type { Result } from '../../shared/result.ts';

/** The store, the import runs and the answers behind one face. Lives in the engine's thread, or in a test's own. */
export type Engine = {
  /** Never rejects for bad input or an expected failure; a bug rejects. */
  call(operation: string, input: unknown): Promise<Result<unknown>>;
  /** Returns what ends the subscription. */
  subscribe(listener: HintListener): () => void;
  close(): Promise<void>;
};

export type HintListener = (topic: string, hint: unknown) => void;

export type EngineOptions = {
  readonly storeFolder: string;
  /** The built parse worker; null parses in the engine's own thread. */
  readonly parseWorkerUrl: URL | null;
  /** Where the demo evidence is written when it is asked for; a folder in the store's when absent. */
  readonly demoFolder?: string;
  readonly now?: () => Micros;
};

export type OpenEngine = (options: EngineOptions) => Promise<Result<Engine>>;

/** What the engine's thread is started with: options that can be cloned. */
export type EngineThreadOptions = {
  readonly storeFolder: string;
  readonly parseWorkerHref: string | null;
};

export type ToEngine =
  | { readonly type: 'call'; readonly id: number; readonly operation: string; readonly input: unknown }
  | { readonly type: 'close' };

/** Answers cross as the JSON of a `Result`: the program's own thread hands them on to the window without looking inside. */
export type FromEngine =
  | { readonly type: 'opened'; readonly result: Result<null> }
  | { readonly type: 'answer'; readonly id: number; readonly answer: string }
  | { readonly type: 'hint'; readonly topic: string; readonly hint: unknown }
  | { readonly type: 'closed' };
