import { createHash } from 'node:crypto';
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
const BATCHES_UNDER_WAY = 16;

class Cancelled extends Error {}

/** Reads one input through the source that recognizes it. The hash covers all bytes, also of files that no source knows and after damage. */
export async function parseFile(input: EvidenceInput, callbacks: ParseCallbacks): Promise<FileOutcome> {
  const hash = createHash('sha256');
  const state = { bytes: 0, read: 0, rejected: 0, format: '' };
  const under = new Set<Promise<void>>();
  let failure: unknown = null;
  const finish = (outcome: FileOutcome['state'], note: string): FileOutcome => ({
    format: state.format,
    sha256: outcome === 'done' || outcome === 'not-recognized' ? hash.digest('hex') : '',
    bytes: state.bytes,
    read: state.read,
    rejected: state.rejected,
    state: outcome,
    note,
  });
  const reject = (found: Reject) => {
    state.rejected++;
    callbacks.onReject(found);
  };
  const pace = async (): Promise<void> => {
    if (callbacks.signal.aborted) throw new Cancelled();
    while (under.size >= BATCHES_UNDER_WAY) await Promise.race(under);
    if (failure !== null) throw failure;
  };
  if (input.problem !== null) {
    reject({ offset: -1, length: input.sizeBytes, record: null, reason: input.problem });
    return finish('unreadable', input.problem);
  }
  try {
    const stream = new ByteStream(hashed(openInput(input), hash, (bytes) => (state.bytes += bytes)));
    const head = (await stream.peek(HEAD_BYTES)).slice();
    const source = recognizeSource(head, input.sizeBytes);
    if (source === null) {
      await drain(stream, pace, callbacks);
      const note = input.sizeBytes === 0 && head.length === 0 ? 'The file is empty.' : 'No source recognizes the content of this file.';
      return finish('not-recognized', note);
    }
    state.format = source.id;
    const builder = new BatchBuilder({
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
    const message = error instanceof Error ? error.message : String(error);
    reject({ offset: state.bytes, length: 0, record: null, reason: `Reading stopped: ${message}` });
    return finish('unreadable', `Reading stopped at byte ${state.bytes}: ${message}`);
  }
}

async function* hashed(
  pieces: AsyncIterable<Uint8Array>,
  hash: { update(piece: Uint8Array): unknown },
  count: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    hash.update(piece);
    count(piece.length);
    yield piece;
  }
}

/** What a source leaves over belongs to the file's hash too. */
async function drain(stream: ByteStream, pace: () => Promise<void>, callbacks: ParseCallbacks): Promise<void> {
  while ((await stream.readSome()).length > 0) {
    callbacks.onProgress(stream.offset);
    await pace();
  }
}
