import fs from 'node:fs';
import { basename, join } from 'node:path';
import { writeDemo } from '../../main/demo/write-demo.ts';
import { findEvidence } from '../../main/sync/find-files.ts';
import { openInput } from '../../main/sync/open-input.ts';
import { renumberLog } from './renumber.ts';

export type BenchInput = { readonly folder: string; readonly files: number; readonly bytes: number; readonly origin: string };

/** Smaller logs say little about throughput. */
const LEAST_LOG_BYTES = 10_000_000;
const WEEK_TICKS = 7n * 24n * 3600n * 10_000_000n;
const STAMP = 'input.json';

/** At least `bytes` of event logs in `folder`: the largest logs of the corpus where it is there, else those of the demo investigation, repeated as other events. */
export async function prepareInput(folder: string, bytes: number, corpus: string | null): Promise<BenchInput> {
  const known = readStamp(folder);
  const origin = corpus === null ? 'the demo investigation (no corpus on this machine)' : 'the largest event logs of the corpus';
  if (known !== null && known.origin === origin && known.bytes >= bytes) return known;
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  const logs = corpus === null ? await demoLogs(join(folder, 'demo')) : await logsOf(join(corpus, 'packs', 'throughput.zip'));
  let written = 0;
  let files = 0;
  for (let copy = 0; written < bytes; copy++) {
    for (const { name, log } of logs) {
      fs.writeFileSync(join(folder, `${String(copy).padStart(4, '0')}-${name}`), renumberLog(log, copy, BigInt(copy) * WEEK_TICKS));
      written += log.length;
      files++;
    }
  }
  const input: BenchInput = { folder, files, bytes: written, origin };
  fs.writeFileSync(join(folder, '..', `${basename(folder)}-${STAMP}`), JSON.stringify(input));
  return input;
}

type Log = { readonly name: string; readonly log: Buffer };

async function logsOf(archive: string): Promise<Log[]> {
  const logs: Log[] = [];
  for await (const input of findEvidence([archive])) {
    if (!input.displayPath.endsWith('.evtx') || input.sizeBytes < LEAST_LOG_BYTES) continue;
    const pieces: Buffer[] = [];
    for await (const piece of openInput(input)) pieces.push(Buffer.from(piece));
    logs.push({ name: basename(input.displayPath), log: Buffer.concat(pieces) });
  }
  return logs;
}

async function demoLogs(folder: string): Promise<Log[]> {
  await writeDemo(folder, { signal: new AbortController().signal });
  const logs: Log[] = [];
  for await (const { path } of findEvidence([folder]))
    if (path.endsWith('.evtx')) logs.push({ name: basename(path), log: fs.readFileSync(path) });
  fs.rmSync(folder, { recursive: true });
  return logs;
}

function readStamp(folder: string): BenchInput | null {
  try {
    return JSON.parse(fs.readFileSync(join(folder, '..', `${basename(folder)}-${STAMP}`), 'utf8')) as BenchInput;
  } catch {
    return null;
  }
}
