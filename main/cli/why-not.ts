import { formatMoment, type Micros, parseMoment } from '../../shared/model/time.ts';
import type { WhyNotAnswer } from '../../shared/model/why-not.ts';
import { ProblemError } from '../../shared/result.ts';
import { type EngineSession, withEngine } from './ask-engine.ts';
import { type Command, EXIT, UsageError } from './command.ts';
import { Output, printable } from './output.ts';
import { parseOptions } from './parse-options.ts';
import { ProgressLine } from './progress-line.ts';

const OPTIONS = { store: { type: 'string' }, from: { type: 'string' }, to: { type: 'string' }, json: { type: 'boolean' } } as const;
const NAMES_TOLD = 8;

export const whyNotCommand: Command = {
  name: 'why-not',
  usage: 'DETECTION ENTITY [PATH...] [--store DIR] [--from TIME] [--to TIME] [--json]',
  summary: 'tell why a detection did not fire on an entity: the nearest records and what they failed, and what the logs could not see',
  async run(args, context) {
    const { values, paths } = parseOptions(args, OPTIONS);
    const [detection, entityName, ...evidence] = paths;
    if (detection === undefined || entityName === undefined) throw new UsageError('name a detection and an entity');
    if (evidence.length === 0 && values.store === undefined) throw new UsageError('name the evidence, or a store with --store');
    const span = { from: momentOf('--from', values.from), to: momentOf('--to', values.to) };
    return withEngine(values.store, context, async (session) => {
      const line = new ProgressLine(context.streams.error);
      if (evidence.length > 0)
        await session.import(evidence, context.signal, (progress) => line.show(progress)).finally(() => line.clear());
      if (context.signal.aborted) return EXIT.interrupted;
      const entity = await findEntity(session, entityName);
      const answer = await session.ask('detections.whyNot', { detection, entity, span });
      const output = new Output(context.streams.out);
      await output.write(values.json === true ? `${JSON.stringify(answer, null, 2)}\n` : tell(answer));
      await output.finish();
      return EXIT.done;
    });
  },
};

function momentOf(option: string, text: string | undefined): Micros | null {
  if (text === undefined) return null;
  const moment = parseMoment(text.includes('T') || text.includes(' ') ? text : `${text}T00:00:00Z`);
  if (moment === null) throw new UsageError(`${option} is a time such as 2026-11-23T08:00:00Z; found ${JSON.stringify(text)}`);
  return moment.at;
}

/** An entity by its id, else by its whole name; several of that name are told. Throws `ProblemError`. */
async function findEntity(session: EngineSession, name: string): Promise<string> {
  const { rows } = await session.ask('entities.page', { filter: { text: name }, sort: 'events', cursor: null, limit: 200 });
  const found = rows.filter((row) => row.id === name || row.name.toLowerCase() === name.toLowerCase());
  if (found.length === 1) return found[0].id;
  // An id holds characters that the search for names may not find.
  if (found.length === 0 && name.includes(':')) return name;
  const others = (found.length > 0 ? found : rows).slice(0, NAMES_TOLD).map((row) => `${row.name} (${row.id})`);
  const problem = found.length > 1 ? `Several entities are named ${name}` : `No entity is named ${name}`;
  throw new ProblemError('not-found', `${problem}.${others.length > 0 ? ` Name one by its id: ${others.join(', ')}` : ''}`);
}

function tell({ sentence, why, alerts, blindSpots, blindSpotsTotal }: WhyNotAnswer): string {
  const lines = [sentence];
  for (const alert of alerts) lines.push('', `alert  ${formatMoment(alert.firstAt)}  ${alert.title}: ${alert.summary}`);
  for (const miss of why.nearest) {
    lines.push(
      '',
      `nearest  ${formatMoment(miss.at)}  event ${miss.eventId} on ${miss.computer}, as "${miss.step}"${miss.alike > 1 ? `; ${miss.alike} records failed the same` : ''}`,
    );
    lines.push(...miss.failed.map((words) => `  failed  ${words}`), ...miss.held.map((words) => `  held    ${words}`));
  }
  for (const group of why.belowThreshold) {
    const numbers = group.thresholds.map(({ found, atLeast }) => `${found} of ${atLeast}`).join(', or ');
    lines.push('', `too few  ${formatMoment(group.firstAt)} to ${formatMoment(group.lastAt)}  ${numbers} records`);
  }
  if (blindSpotsTotal > 0) lines.push('', `What the logs could not see (${blindSpotsTotal}):`);
  for (const spot of blindSpots)
    lines.push(`  ${spot.degree.padEnd(8)}  ${spot.hostName}  ${formatMoment(spot.from)} to ${formatMoment(spot.to)}  ${spot.words}`);
  return `${lines.map(printable).join('\n')}\n`;
}
