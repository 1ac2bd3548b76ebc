import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { BOUNDS } from '../../shared/contract/bounds.ts';
import type { EventBatch, Reject } from '../../shared/model/event-batch.ts';
import { ByteStream } from '../lib/byte-stream.ts';
import { BatchBuilder } from '../sources/batch-builder.ts';
import { planFor } from '../sources/normalize.ts';
import { recognizeSource } from '../sources/registry.ts';
import type { EvidenceInput } from './evidence-input.ts';
import { openInput } from './open-input.ts';

export type FileOutcome = {
  readonly format: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly read: number;
  readonly rejected: number;
  readonly state: 'done' | 'unreadable' | 'not-recognized' | 'cancelled';
  readonly note: string;
};

export type ParseCallbacks = {
  readonly signal: AbortSignal;
  /** Awaited before more is read: the receiver sets the pace. */
  onBatch(batch: EventBatch): Promise<void>;
  onReject(reject: Reject): void;
  onProgress(bytes: number): void;
};

const HEAD_BYTES = 64 * 1024;
/** Batches that may be on their way before reading waits. */
const BATCHES_UNDER_WAY = 8;
/** Other work of the thread (messages, cancelling) waits no longer than this. */
const YIELD_AFTER_MS = 12;

class Cancelled extends Error {}

/** Reads one input through the source that recognizes it. The hash covers all bytes, also of files that no source knows and after damage. */
export async function parseFile(input: EvidenceInput, callbacks: ParseCallbacks): Promise<FileOutcome> {
  const hash = createHash('sha256');
  const state = { bytes: 0, read: 0, rejected: 0, format: '', isWhole: false };
  const under = new Set<Promise<void>>();
  let failure: unknown = null;
  const finish = (outcome: FileOutcome['state'], note: string): FileOutcome => ({
    format: state.format,
    sha256: state.isWhole ? hash.digest('hex') : '',
    bytes: state.bytes,
    read: state.read,
    rejected: state.rejected,
    state: outcome,
    note,
  });
  const reject = (found: Reject) => {
    state.rejected++;
    // A file of nothing but damage must not flood whoever listens; the count says how much there was.
    if (state.rejected <= BOUNDS.rejectsPerFile) callbacks.onReject(found);
  };
  let yieldedAtMs = performance.now();
  const pace = async (): Promise<void> => {
    if (performance.now() - yieldedAtMs > YIELD_AFTER_MS) {
      await setImmediate();
      yieldedAtMs = performance.now();
    }
    if (callbacks.signal.aborted) throw new Cancelled();
    while (under.size >= BATCHES_UNDER_WAY) await Promise.race(under);
    if (failure !== null) throw failure;
  };
  if (input.problem !== null) {
    reject({ offset: -1, length: input.sizeBytes, record: null, reason: input.problem });
    return finish('unreadable', input.problem);
  }
  let builder: BatchBuilder | null = null;
  let hashRest = async (): Promise<void> => {};
  const pieces = hashed(openInput(input), hash, state);
  try {
    const stream = new ByteStream(pieces);
    hashRest = () => drain(stream, pace, callbacks).catch(() => {});
    const head = (await stream.peek(HEAD_BYTES)).slice();
    const source = recognizeSource(head, input.sizeBytes);
    if (source === null) {
      await drain(stream, pace, callbacks);
      const note = input.sizeBytes === 0 && head.length === 0 ? 'The file is empty.' : 'No source recognizes the content of this file.';
      return finish('not-recognized', note);
    }
    state.format = source.id;
    builder = new BatchBuilder({
      planFor,
      onBatch: (batch) => {
        state.read += batch.count;
        const stored: Promise<void> = callbacks.onBatch(batch).then(
          () => void under.delete(stored),
          (error) => {
            under.delete(stored);
            failure ??= error;
          },
        );
        under.add(stored);
      },
      onReject: reject,
    });
    await source.read(stream, builder, {
      progress: async (offset) => {
        callbacks.onProgress(offset);
        await pace();
      },
    });
    builder.flush();
    await drain(stream, pace, callbacks);
    await Promise.all(under);
    if (failure !== null) throw failure;
    return finish('done', state.rejected > 0 ? `${state.rejected} pieces could not be read; see the list.` : '');
  } catch (error) {
    await Promise.all(under);
    if (error instanceof Cancelled) return finish('cancelled', 'Cancelled; what was stored before stays.');
    if (failure !== null) throw failure;
    const stoppedAt = state.bytes;
    const message = error instanceof Error ? error.message : String(error);
    // What was read before is evidence all the same, and the hash shall cover the file if its bytes can be had.
    builder?.flush();
    await hashRest();
    await Promise.all(under);
    reject({ offset: stoppedAt, length: 0, record: null, reason: `Reading stopped: ${message}` });
    return finish('unreadable', `Reading stopped: ${message}`);
  } finally {
    // Closes the file or gives the archive back where reading ended early.
    await pieces.return(undefined);
  }
}

async function* hashed(
  pieces: AsyncIterable<Uint8Array>,
  hash: { update(piece: Uint8Array): unknown },
  state: { bytes: number; isWhole: boolean },
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    hash.update(piece);
    state.bytes += piece.length;
    yield piece;
  }
  state.isWhole = true;
}

/** What a source leaves over belongs to the file's hash too. */
async function drain(stream: ByteStream, pace: () => Promise<void>, callbacks: ParseCallbacks): Promise<void> {
  while ((await stream.readSome()).length > 0) {
    callbacks.onProgress(stream.offset);
    await pace();
  }
}
