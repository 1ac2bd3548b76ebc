import { RuleTally } from '../sigma/rule-tally.ts';
import { findEvidence } from '../sync/find-files.ts';
import { createParsePool } from '../sync/parse-pool.ts';
import { readPlaceholders } from '../sync/read-placeholders.ts';
import { readSigmaRules } from '../sync/read-sigma-rules.ts';
import { type Command, EXIT, UsageError } from './command.ts';
import { givenPaths } from './given-paths.ts';
import { Output } from './output.ts';
import { parseOptions } from './parse-options.ts';
import { SigmaScan } from './sigma-scan.ts';
import { sigmaCosts, sigmaStatus } from './sigma-status.ts';
import { tell } from './tell-problems.ts';

const OPTIONS = {
  rules: { type: 'string' },
  placeholders: { type: 'string' },
  status: { type: 'boolean' },
  cost: { type: 'boolean' },
} as const;

export const sigmaCommand: Command = {
  name: 'sigma',
  usage: 'PATH... --rules RULES [--placeholders FILE] [--status] [--cost]',
  summary:
    'run Sigma rules (a file, folder or zip) over event logs; --status tells of every rule what became of it, --cost what it took, --placeholders gives values for %name%',
  async run(args, { streams, signal, parseWorkerUrl }) {
    const { values, paths } = parseOptions(args, OPTIONS);
    if (values.rules === undefined) throw new UsageError('name the rules with --rules');
    if (paths.length === 0) throw new UsageError('name at least one file, folder or archive');
    const placeholders = values.placeholders === undefined ? new Map<string, string[]>() : readPlaceholders(values.placeholders);
    if (typeof placeholders === 'string') throw new UsageError(placeholders);
    const set = await readSigmaRules([values.rules], placeholders);
    const count = set.rules.length + set.correlations.length;
    if (count === 0 && set.refused.length === 0) {
      tell(streams.error, `no Sigma rules (.yml) in ${values.rules}`);
      return EXIT.nothingReadable;
    }
    if (count === 0) {
      const [first] = set.refused;
      tell(
        streams.error,
        `none of the ${set.refused.length} rules in ${values.rules} runs here; the first: ${first.path}: ${first.reason}`,
      );
    }
    const tally = values.cost === true ? new RuleTally() : undefined;
    const scan = new SigmaScan(set, tally);
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
      await output.write(scan.finish());
      if (values.status === true) await output.write(sigmaStatus(set, scan));
      if (tally !== undefined) await output.write(sigmaCosts(tally));
      await output.finish();
    } finally {
      await pool.close();
    }
    tell(streams.error, `${scan.hits.size} of ${count} rules matched; ${set.refused.length} do not run here (--status tells why)`);
    return signal.aborted ? EXIT.interrupted : EXIT.done;
  },
};
