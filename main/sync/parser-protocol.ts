import type { EventBatch, Reject } from '../../shared/model/event-batch.ts';
import type { EvidenceInput } from './evidence-input.ts';
import type { FileOutcome } from './parse-file.ts';

/** Messages between the engine and a parser thread. */
export type ToParser =
  | { readonly type: 'parse'; readonly input: EvidenceInput }
  | { readonly type: 'stored' }
  | { readonly type: 'cancel' }
  /** Cancels, puts away what is open, and ends the thread. */
  | { readonly type: 'close' };

export type FromParser =
  | { readonly type: 'batch'; readonly batch: EventBatch }
  | { readonly type: 'reject'; readonly reject: Reject }
  | { readonly type: 'progress'; readonly bytes: number }
  | { readonly type: 'done'; readonly outcome: FileOutcome };
