import { parentPort } from 'node:worker_threads';
import type { EventBatch } from '../../shared/model/event-batch.ts';
import { closeIdleArchives } from '../sync/open-archives.ts';
import { parseFile } from '../sync/parse-file.ts';
import type { FromParser, ToParser } from '../sync/parser-protocol.ts';

/** The parser thread: one file at a time; batches are handed over, not copied. */
const PROGRESS_EVERY_BYTES = 4 * 1024 * 1024;

const port = parentPort!;
let abort = new AbortController();
let isClosing = false;
let running: Promise<unknown> = Promise.resolve();
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

async function close(): Promise<void> {
  isClosing = true;
  abort.abort();
  for (const confirm of unconfirmed.splice(0)) confirm();
  await running.catch(() => {});
  await closeIdleArchives();
  port.close();
}

port.on('message', async (message: ToParser) => {
  if (message.type === 'stored') return unconfirmed.shift()?.();
  if (message.type === 'cancel') return abort.abort();
  if (message.type === 'close') return void close();
  abort = new AbortController();
  let hinted = 0;
  const parsing = parseFile(message.input, {
    signal: abort.signal,
    onBatch: (batch) => {
      const stored = isClosing ? Promise.resolve() : new Promise<void>((resolve) => unconfirmed.push(resolve));
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
  running = parsing;
  send({ type: 'done', outcome: await parsing });
});
