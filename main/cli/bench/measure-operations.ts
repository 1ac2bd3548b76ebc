import { withEngine } from '../ask-engine.ts';
import type { CommandContext } from '../command.ts';
import { type Figure, MEGABYTE, peakMemoryBytes, percentile } from './figure.ts';
import { questionsAbout, sampleStore, seededChance } from './operation-inputs.ts';

const RUNS = 40;
const MOST_MS = 3_000;
const ANSWER_MS = 100;
const HISTOGRAM_MS = 50;
const OPEN_MS = 2_000;

/** Opens a filled store as at a start, then asks every question many times, one at a time. */
export async function measureOperations(storeFolder: string, context: CommandContext): Promise<Figure[]> {
  const figures: Figure[] = [];
  await withEngine(storeFolder, context, async (session) => {
    await session.ask('app.status', {});
    // From the start of the process, Node's own included.
    figures.push({ name: 'start to open store', value: performance.now(), unit: 'ms', atMost: OPEN_MS });
    const chance = seededChance();
    const samples = await sampleStore(session, storeFolder);
    figures.push({ name: 'events in the store', value: samples.events, unit: 'events' });
    for (const { operation, label, input } of questionsAbout(samples)) {
      const times: number[] = [];
      const untilMs = performance.now() + MOST_MS;
      let problem = '';
      while (times.length < RUNS && (performance.now() < untilMs || times.length < 5)) {
        const question = input(chance);
        const startMs = performance.now();
        try {
          await session.ask(operation as 'app.status', question as Record<string, never>);
        } catch (error) {
          problem = error instanceof Error ? error.message : String(error);
        }
        times.push(performance.now() - startMs);
      }
      const name = label === '' ? operation : `${operation} (${label})`;
      figures.push({
        name,
        value: percentile(times, 0.95),
        unit: 'ms p95',
        atMost: operation === 'events.histogram' ? HISTOGRAM_MS : ANSWER_MS,
        note: `p50 ${percentile(times, 0.5).toFixed(1)}, longest ${Math.max(...times).toFixed(1)}, ${times.length} runs${problem === '' ? '' : `; PROBLEM: ${problem.slice(0, 120)}`}`,
      });
    }
  });
  figures.push({ name: 'peak memory while answering', value: peakMemoryBytes() / MEGABYTE, unit: 'MB' });
  return figures;
}
