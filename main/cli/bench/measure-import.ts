import fs from 'node:fs';
import { join } from 'node:path';
import { DATABASE_NAME } from '../../store/database.ts';
import { withEngine } from '../ask-engine.ts';
import type { CommandContext } from '../command.ts';
import { type Figure, MEGABYTE, peakMemoryBytes } from './figure.ts';

const END_TO_END_MB_A_SECOND = 40;
const PEAK_MB = 600;

/** From files to the answered graph: parse, store, detect, resolve identities, link, draw. */
export async function measureImport(paths: readonly string[], storeFolder: string, context: CommandContext): Promise<Figure[]> {
  const startMs = performance.now();
  const cpu = process.cpuUsage();
  const found = await withEngine(storeFolder, context, async (session) => {
    const report = await session.import(paths, context.signal, () => {});
    await session.ask('graph.view', {});
    const used = process.cpuUsage(cpu);
    const { alerts, entities, events } = await session.ask('app.status', {});
    return {
      row: report.row,
      seconds: (performance.now() - startMs) / 1000,
      cpuSeconds: (used.user + used.system) / 1e6,
      alerts,
      entities,
      events,
    };
  });
  const { row, seconds, cpuSeconds } = found;
  const storeBytes = fs.statSync(join(storeFolder, DATABASE_NAME)).size;
  return [
    { name: 'input', value: row.bytes / MEGABYTE, unit: 'MB', note: `${row.files} files` },
    {
      name: 'events stored',
      value: row.stored,
      unit: 'events',
      note: `${row.read} read, ${row.duplicate} duplicate, ${row.rejected} rejected; ${found.alerts} alerts, ${found.entities} entities`,
    },
    {
      name: 'end to end (parse, store, detect, graph)',
      value: row.bytes / MEGABYTE / seconds,
      unit: 'MB/s',
      atLeast: END_TO_END_MB_A_SECOND,
      note: `${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s of processor time`,
    },
    { name: 'end to end, events', value: row.stored / seconds, unit: 'events/s' },
    { name: 'peak resident memory while importing', value: peakMemoryBytes() / MEGABYTE, unit: 'MB', atMost: PEAK_MB },
    { name: 'store', value: storeBytes / MEGABYTE, unit: 'MB' },
    { name: 'store / input', value: storeBytes / row.bytes, unit: 'x', atMost: 1 },
  ];
}
