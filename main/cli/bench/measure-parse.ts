import { ByteStream } from '../../lib/byte-stream.ts';
import { recognizeSource } from '../../sources/registry.ts';
import type { EvidenceInput } from '../../sync/evidence-input.ts';
import { findEvidence } from '../../sync/find-files.ts';
import { openInput } from '../../sync/open-input.ts';
import { parseFile } from '../../sync/parse-file.ts';
import { CountingWriter } from './counting-writer.ts';
import { type Figure, MEGABYTE, peakMemoryBytes } from './figure.ts';

const HEAD_BYTES = 64 * 1024;
const PARSE_MB_A_SECOND = 150;

/** Reading alone, in one thread: first the parser with a receiver that only counts, then with normalizing, hashing and packing as an import does it. */
export async function measureParse(paths: readonly string[]): Promise<Figure[]> {
  const inputs: EvidenceInput[] = [];
  for await (const input of findEvidence(paths)) if (input.problem === null) inputs.push(input);
  const writer = new CountingWriter();
  const parsing = await timed(inputs, async (input) => {
    const stream = new ByteStream(openInput(input));
    const source = recognizeSource((await stream.peek(HEAD_BYTES)).slice(), input.sizeBytes);
    await source?.read(stream, writer, { progress: async () => {} });
  });
  const signal = new AbortController().signal;
  const packing = await timed(inputs, async (input) => {
    await parseFile(input, { signal, onBatch: async () => {}, onReject: () => {}, onProgress: () => {} });
  });
  return [
    {
      name: 'parse only, per core',
      value: parsing.rate,
      unit: 'MB/s',
      atLeast: PARSE_MB_A_SECOND,
      note: `${parsing.rateOfCpu.toFixed(0)} MB per second of processor time`,
    },
    { name: 'parse only, records', value: writer.records / parsing.seconds, unit: 'records/s' },
    {
      name: 'parse, normalize, hash and pack, per core',
      value: packing.rate,
      unit: 'MB/s',
      note: `${packing.rateOfCpu.toFixed(0)} MB per second of processor time`,
    },
    { name: 'peak memory while parsing', value: peakMemoryBytes() / MEGABYTE, unit: 'MB' },
  ];
}

async function timed(
  inputs: readonly EvidenceInput[],
  work: (input: EvidenceInput) => Promise<void>,
): Promise<{ rate: number; rateOfCpu: number; seconds: number }> {
  const bytes = inputs.reduce((sum, input) => sum + input.sizeBytes, 0);
  const startMs = performance.now();
  const cpu = process.cpuUsage();
  for (const input of inputs) await work(input);
  const used = process.cpuUsage(cpu);
  const seconds = (performance.now() - startMs) / 1000;
  return { rate: bytes / MEGABYTE / seconds, rateOfCpu: bytes / (used.user + used.system), seconds };
}
