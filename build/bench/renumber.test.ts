import fs from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findEvidence } from '../../main/sync/find-files.ts';
import { parseFile } from '../../main/sync/parse-file.ts';
import type { EventBatch } from '../../shared/model/event-batch.ts';
import { corpusPath } from '../corpus.ts';
import { renumberLog } from './renumber.ts';

const corpus = corpusPath();

test.skipIf(corpus === null)('a renumbered copy of a real log has as many events, and none of them is in the original', async () => {
  const name = 'dfir-artifact-museum/Windows/EventLogs/Win2012R2/StolenSzechuan/StolenSzechuanEventLogs.7z.d/Security.evtx';
  const folder = fs.mkdtempSync(join(import.meta.dirname, '..', '..', '.cache', 'renumber-'));
  try {
    const log = fs.readFileSync(join(corpus!, name));
    fs.writeFileSync(join(folder, '0.evtx'), log);
    fs.writeFileSync(join(folder, '1.evtx'), renumberLog(log, 1, 10_000_000n));
    const identities: Set<string>[] = [];
    const times: number[] = [];
    for await (const input of findEvidence([join(folder, '0.evtx'), join(folder, '1.evtx')])) {
      const own = new Set<string>();
      const rejects: unknown[] = [];
      await parseFile(input, {
        signal: new AbortController().signal,
        onBatch: async (batch: EventBatch) => {
          if (own.size === 0) times.push(batch.at[0]);
          for (let row = 0; row < batch.count; row++) own.add(`${batch.identity[row * 2]}-${batch.identity[row * 2 + 1]}`);
        },
        onReject: (reject) => void rejects.push(reject),
        onProgress: () => {},
      });
      expect(rejects).toEqual([]);
      identities.push(own);
    }
    expect(identities[0].size).toBeGreaterThan(8000);
    expect(identities[1].size).toBe(identities[0].size);
    expect([...identities[1]].filter((identity) => identities[0].has(identity))).toEqual([]);
    expect(times[1] - times[0]).toBe(1_000_000);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
});
