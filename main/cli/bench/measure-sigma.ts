import { FieldBlock } from '../../lib/field-block.ts';
import { RowEvent } from '../../sigma/row-event.ts';
import { RuleIndex } from '../../sigma/rule-index.ts';
import { RuleTally } from '../../sigma/rule-tally.ts';
import { findEvidence } from '../../sync/find-files.ts';
import { parseFile } from '../../sync/parse-file.ts';
import { readSigmaRules } from '../../sync/read-sigma-rules.ts';
import type { Figure } from './figure.ts';

const EVENTS_A_SECOND = 100_000;
const RULES_SHOWN = 10;

/** All rules over all events in one thread, without reading the files; then what the dearest rules take. */
export async function measureSigma(paths: readonly string[], rulesPath: string): Promise<Figure[]> {
  const startMs = performance.now();
  const { rules, refused } = await readSigmaRules([rulesPath], new Map());
  const loadMs = performance.now() - startMs;
  const index = new RuleIndex(rules);
  const tally = new RuleTally();
  let events = 0;
  let matches = 0;
  let scanMs = 0;
  for await (const input of findEvidence(paths)) {
    if (input.problem !== null) continue;
    await parseFile(input, {
      signal: new AbortController().signal,
      onBatch: async (batch) => {
        const beginMs = performance.now();
        matches += scan(index, batch);
        scanMs += performance.now() - beginMs;
        events += batch.count;
        scan(index, batch, tally);
      },
      onReject: () => {},
      onProgress: () => {},
    });
  }
  const dearest = tally.costs().slice(0, RULES_SHOWN);
  return [
    { name: 'Sigma rules loaded', value: rules.length, unit: 'rules', note: `${refused.length} do not run here; ${loadMs.toFixed(0)} ms` },
    {
      name: 'Sigma, all rules, one thread',
      value: (events / Math.max(1, scanMs)) * 1000,
      unit: 'events/s',
      atLeast: EVENTS_A_SECOND,
      note: `${events} events, ${matches} matches`,
    },
    ...dearest.map(({ rule, asked, matched, milliseconds }) => ({
      name: `Sigma rule: ${rule.title}`.slice(0, 80),
      value: (milliseconds * 1000) / Math.max(1, events),
      unit: 'us an event',
      note: `asked ${asked} times, ${((milliseconds * 1000) / asked).toFixed(1)} us each, ${matched} matches`,
    })),
  ];
}

function scan(index: RuleIndex, batch: Parameters<Parameters<typeof parseFile>[1]['onBatch']>[0], tally?: RuleTally): number {
  const readerOf = FieldBlock.open(batch.payload).readers();
  let matches = 0;
  for (let row = 0; row < batch.count; row++) {
    const channel = batch.texts[batch.channel[row]];
    const lower = channel.toLowerCase();
    if (!index.asksFor(lower, batch.eventId[row])) continue;
    const [provider, computer] = [batch.texts[batch.provider[row]], batch.texts[batch.computer[row]]];
    const event = new RowEvent({ eventId: batch.eventId[row], channel, provider, computer }, readerOf(row));
    for (const _rule of index.matching(lower, event, tally)) matches++;
  }
  return matches;
}
