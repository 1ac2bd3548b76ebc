import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inputOf } from '../main/cli/score/score-corpus.ts';
import { FieldBlock } from '../main/lib/field-block.ts';
import type { SigmaRule } from '../main/sigma/compile-rule.ts';
import { RowEvent } from '../main/sigma/row-event.ts';
import { RuleIndex } from '../main/sigma/rule-index.ts';
import { parseFile } from '../main/sync/parse-file.ts';
import { readSigmaRules } from '../main/sync/read-sigma-rules.ts';
import { corpusPath } from './corpus.ts';

const corpus = corpusPath() ?? '';
type Entry = { readonly path: string; readonly format: string; readonly expected?: readonly string[]; readonly packed_in?: string };

/** Ids of the rules that match some record of a file. */
async function matched(index: RuleIndex, entry: Entry): Promise<Set<string>> {
  const found = new Set<SigmaRule>();
  await parseFile(inputOf(corpus, entry), {
    signal: new AbortController().signal,
    onBatch: async (batch) => {
      const readerOf = FieldBlock.open(batch.payload).readers();
      for (let row = 0; row < batch.count; row++) {
        const channel = batch.texts[batch.channel[row]];
        const head = { eventId: batch.eventId[row], channel, provider: batch.texts[batch.provider[row]], computer: '' };
        const event = new RowEvent(head, readerOf(row));
        const matching = [...index.matching(channel.toLowerCase(), event)];
        for (const rule of matching) found.add(rule);
        // The index must leave out nothing: every rule for this channel and event id, asked one after the other.
        expect(matching).toEqual(matchingOneByOne(index, channel.toLowerCase(), event));
      }
    },
    onReject: () => undefined,
    onProgress: () => undefined,
  });
  return new Set([...found].map((rule) => rule.id));
}

function matchingOneByOne(index: RuleIndex, channel: string, event: RowEvent): SigmaRule[] {
  return [...index.candidates(channel, event.eventId)].flatMap(({ rule, place }) => {
    event.rename = place.rename;
    return rule.matches(event) ? [rule] : [];
  });
}

// Skipped where the labelled evidence is absent: it is no part of the project.
describe.skipIf(corpus === '')('Sigma rules of the labelled evidence', () => {
  it('fire on the evidence that comes with them', async () => {
    const { files } = JSON.parse(readFileSync(join(corpus, 'manifest.json'), 'utf8')) as { files: Entry[] };
    const { rules } = await readSigmaRules([corpus], new Map());
    const index = new RuleIndex(rules);
    const known = new Set(rules.map((rule) => rule.id));
    const missed: string[] = [];
    let checked = 0;
    for (const entry of files.filter((file) => file.format === 'evtx')) {
      const wanted = (entry.expected ?? []).filter((label) => label.startsWith('sigma:')).map((label) => label.slice('sigma:'.length));
      if (wanted.length === 0) continue;
      const found = await matched(index, entry);
      for (const id of wanted) {
        checked++;
        if (!found.has(id)) missed.push(`${id} ${known.has(id) ? 'is quiet' : 'is not loaded'}: ${entry.path}`);
      }
    }
    expect(checked).toBeGreaterThan(100);
    expect(missed).toEqual([]);
  });
});
