import type { EventBatch } from '../../shared/model/event-batch.ts';
import { formatMoment } from '../../shared/model/time.ts';
import { FieldBlock } from '../lib/field-block.ts';
import type { RefusedRule, SigmaRule } from '../sigma/compile-rule.ts';
import { RowEvent } from '../sigma/row-event.ts';
import { RuleIndex } from '../sigma/rule-index.ts';
import { findEvidence } from '../sync/find-files.ts';
import { createParsePool } from '../sync/parse-pool.ts';
import { readSigmaRules } from '../sync/read-sigma-rules.ts';
import { type Command, EXIT, UsageError } from './command.ts';
import { givenPaths } from './given-paths.ts';
import { Output } from './output.ts';
import { parseOptions } from './parse-options.ts';
import { tell } from './tell-problems.ts';

const OPTIONS = { rules: { type: 'string' }, status: { type: 'boolean' } } as const;

export const sigmaCommand: Command = {
  name: 'sigma',
  usage: 'PATH... --rules RULES [--status]',
  summary: 'run Sigma rules (a file, folder or zip) over event logs; --status tells of every rule what became of it',
  async run(args, { streams, signal, parseWorkerUrl }) {
    const { values, paths } = parseOptions(args, OPTIONS);
    if (values.rules === undefined) throw new UsageError('name the rules with --rules');
    if (paths.length === 0) throw new UsageError('name at least one file, folder or archive');
    const { rules, refused } = await readSigmaRules([values.rules], new Map());
    if (rules.length === 0 && refused.length === 0) {
      tell(streams.error, `no Sigma rules (.yml) in ${values.rules}`);
      return EXIT.nothingReadable;
    }
    const scan = new Scan(rules);
    const output = new Output(streams.out);
    const asGiven = givenPaths(paths);
    const pool = createParsePool({ workerUrl: parseWorkerUrl, size: 1 });
    try {
      for await (const input of findEvidence(paths)) {
        if (signal.aborted) break;
        const path = asGiven(input.displayPath);
        const outcome = await pool.parse(input, {
          signal,
          onBatch: (batch) => output.write(scan.run(batch, path)),
          onReject: ({ offset, reason }) => tell(streams.error, `${path}: offset ${offset}: ${reason}`),
          onProgress: () => {},
        });
        if (outcome.state === 'not-recognized') tell(streams.error, `${path}: ${outcome.note}`);
      }
      if (values.status === true) await output.write(statusLines(rules, refused, scan));
      await output.finish();
    } finally {
      await pool.close();
    }
    tell(streams.error, `${scan.hits.size} of ${rules.length} rules matched; ${refused.length} do not run here (--status tells why)`);
    return signal.aborted ? EXIT.interrupted : EXIT.done;
  },
};

/** Counts matches by rule; `run` gives a line of JSON for each. */
class Scan {
  readonly #index: RuleIndex;
  readonly hits = new Map<SigmaRule, number>();
  readonly channels = new Set<string>();

  constructor(rules: readonly SigmaRule[]) {
    this.#index = new RuleIndex(rules);
  }

  run(batch: EventBatch, path: string): string {
    const block = FieldBlock.open(batch.payload);
    let lines = '';
    for (let row = 0; row < batch.count; row++) {
      const channel = batch.texts[batch.channel[row]];
      this.channels.add(channel.toLowerCase());
      const head = {
        eventId: batch.eventId[row],
        channel,
        provider: batch.texts[batch.provider[row]],
        computer: batch.texts[batch.computer[row]],
      };
      const event = new RowEvent(head, block.reader(row));
      for (const rule of this.#index.matching(channel.toLowerCase(), event)) {
        this.hits.set(rule, (this.hits.get(rule) ?? 0) + 1);
        const time = formatMoment(batch.at[row], batch.tick[row]);
        const { id, title, level, tags } = rule;
        const about = { rule: id, title, level, tags, file: path, ...head, recordId: batch.recordId[row] };
        lines += `${JSON.stringify({ time, ...about })}\n`;
      }
    }
    return lines;
  }
}

function statusLines(rules: readonly SigmaRule[], refused: readonly RefusedRule[], scan: Scan): string {
  const loaded = rules.map((rule) => {
    const count = scan.hits.get(rule) ?? 0;
    const isSeen = rule.places.some((place) => scan.channels.has(place.channel));
    const channels = [...new Set(rule.places.map((place) => place.channel))].join(', ');
    const state = count > 0 ? 'fired' : isSeen ? 'loaded' : 'cannot fire here';
    return {
      status: state,
      rule: rule.id,
      title: rule.title,
      path: rule.path,
      matches: count,
      reason: isSeen ? '' : `no log of ${channels}`,
    };
  });
  const out = refused.map(({ path, id, title, line, reason }) => ({ status: 'not supported', rule: id, title, path, line, reason }));
  return [...loaded, ...out].map((row) => `${JSON.stringify(row)}\n`).join('');
}
