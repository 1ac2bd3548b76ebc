import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ProblemError } from '../../shared/result.ts';
import { writeDemo } from '../demo/write-demo.ts';
import { table } from './analysis-table.ts';
import { type Figure, isReached } from './bench/figure.ts';
import { measureImport } from './bench/measure-import.ts';
import { measureOperations } from './bench/measure-operations.ts';
import { measureParse } from './bench/measure-parse.ts';
import { measureSigma } from './bench/measure-sigma.ts';
import { type Command, type CommandContext, EXIT, type ExitCode } from './command.ts';
import { Output, writeWhole } from './output.ts';
import { oneOf, parseOptions } from './parse-options.ts';
import { tell } from './tell-problems.ts';

const OPTIONS = { json: { type: 'string' }, store: { type: 'string' }, part: { type: 'string' }, rules: { type: 'string' } } as const;
const PARTS = ['parse', 'import', 'operations', 'sigma'] as const;
type Part = (typeof PARTS)[number];

/** Each part runs in a process of its own, so that its memory is its own. */
export const benchCommand: Command = {
  name: 'bench',
  usage: '[PATH...] [--json FILE] [--store DIR] [--rules RULES]',
  summary: 'measure reading, storing and answering on the given evidence, or on the demo evidence; with Sigma rules, what these cost',
  async run(args, context) {
    const { values, paths } = parseOptions(args, OPTIONS);
    const part = oneOf('--part', values.part, PARTS);
    if (part !== undefined) return runPart(part, paths, { store: values.store ?? '', rules: values.rules ?? '' }, context);
    const scratch = fs.mkdtempSync(join(tmpdir(), 'keepwatch-bench-'));
    try {
      const inputs = paths.length > 0 ? paths.map((path) => resolve(path)) : [await demoEvidence(join(scratch, 'demo'), context)];
      const store = values.store === undefined ? join(scratch, 'store') : resolve(values.store);
      const rules = values.rules === undefined ? '' : resolve(values.rules);
      const figures: Figure[] = [];
      for (const name of PARTS) {
        if (name === 'sigma' && rules === '') continue;
        tell(context.streams.error, `measuring: ${name}`);
        figures.push(...(await measureInChild(name, inputs, { store, rules }, context)));
      }
      if (values.json !== undefined)
        writeWhole(resolve(values.json), `${JSON.stringify({ machine: describeMachine(), inputs, figures }, null, 2)}\n`);
      const output = new Output(context.streams.out);
      await output.write(`${describeMachine()}\n${tabulateFigures(figures)}\n`);
      await output.finish();
      return context.signal.aborted ? EXIT.interrupted : EXIT.done;
    } finally {
      fs.rmSync(scratch, { recursive: true, force: true });
    }
  },
};

async function demoEvidence(folder: string, { streams, signal }: CommandContext): Promise<string> {
  tell(streams.error, 'no evidence named: measuring on the demo investigation');
  await writeDemo(folder, { signal });
  return folder;
}

/** Where the store is, and the Sigma rules; empty: none. */
type Places = { readonly store: string; readonly rules: string };

async function runPart(part: Part, paths: readonly string[], { store, rules }: Places, context: CommandContext): Promise<ExitCode> {
  const figures =
    part === 'parse'
      ? await measureParse(paths)
      : part === 'import'
        ? await measureImport(paths, store, context)
        : part === 'operations'
          ? await measureOperations(store, context)
          : await measureSigma(paths, rules);
  const output = new Output(context.streams.out);
  await output.write(`${JSON.stringify(figures)}\n`);
  await output.finish();
  return EXIT.done;
}

function measureInChild(part: Part, inputs: readonly string[], { store, rules }: Places, { signal }: CommandContext): Promise<Figure[]> {
  return new Promise((settle, fail) => {
    const child = spawn(process.execPath, [process.argv[1], 'bench', '--part', part, '--store', store, '--rules', rules, ...inputs], {
      stdio: ['ignore', 'pipe', 'inherit'],
      signal,
    });
    let said = '';
    child.stdout.on('data', (bytes) => {
      said += bytes;
    });
    child.on('error', () => fail(new ProblemError('cancelled', 'The measurement was interrupted.')));
    child.on('close', (code) => {
      if (code === 0) settle(JSON.parse(said) as Figure[]);
      else fail(new ProblemError('failed', `The part ${part} ended with code ${code}.`));
    });
  });
}

export function describeMachine(): string {
  return `${availableParallelism()} cores of ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}, ${process.platform} ${process.arch}`;
}

export function tabulateFigures(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const { name, value, unit, atMost, atLeast, note } = figure;
    const goal = atMost !== undefined ? `< ${atMost}` : atLeast !== undefined ? `>= ${atLeast}` : '';
    const reached = isReached(figure);
    return [name, readable(value), unit, goal, reached === null ? '' : reached ? 'yes' : 'NO', note ?? ''];
  });
  return table(['figure', 'value', 'unit', 'goal', 'reached', ''], rows, [1]);
}

function readable(value: number): string {
  if (value >= 1000) return Math.round(value).toLocaleString('en-US');
  return value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toFixed(3);
}
