import { parentPort } from 'node:worker_threads';
import type { EventBatch } from '../../shared/model/event-batch.ts';
import { parseFile } from '../sync/parse-file.ts';
import type { FromParser, ToParser } from '../sync/parser-protocol.ts';

/** The parser thread: one file at a time; batches are handed over, not copied. */
const PROGRESS_EVERY_BYTES = 4 * 1024 * 1024;

const port = parentPort!;
let abort = new AbortController();
const unconfirmed: (() => void)[] = [];

function send(message: FromParser, transfer: ArrayBuffer[] = []): void {
  port.postMessage(message, transfer);
}

function buffersOf(batch: EventBatch): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const value of Object.values(batch)) {
    // A small Buffer may live in a pool that others share: only whole buffers can be handed over.
    if (ArrayBuffer.isView(value) && value.byteLength === value.buffer.byteLength) buffers.add(value.buffer as ArrayBuffer);
  }
  return [...buffers];
}

port.on('message', async (message: ToParser) => {
  if (message.type === 'stored') return unconfirmed.shift()?.();
  if (message.type === 'cancel') return abort.abort();
  abort = new AbortController();
  let hinted = 0;
  const outcome = await parseFile(message.input, {
    signal: abort.signal,
    onBatch: (batch) => {
      const stored = new Promise<void>((resolve) => unconfirmed.push(resolve));
      send({ type: 'batch', batch }, buffersOf(batch));
      return stored;
    },
    onReject: (reject) => send({ type: 'reject', reject }),
    onProgress: (bytes) => {
      if (bytes - hinted < PROGRESS_EVERY_BYTES) return;
      hinted = bytes;
      send({ type: 'progress', bytes });
    },
  });
  send({ type: 'done', outcome });
});
