import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Figure } from '../../main/cli/bench/figure.ts';
import { describeMachine, tabulateFigures } from '../../main/cli/bench.ts';
import { prepareInput } from './prepare-input.ts';

/*
 * `npm run bench [-- --json FILE] [--megabytes N] [--no-window]`: the project's figures in one table. Reading, storing and answering are measured by
 * `keepwatch bench`, each in a process of its own; the window by the end-to-end driver.
 */

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    megabytes: { type: 'string', default: '500' },
    corpus: { type: 'string' },
    root: { type: 'string' },
    'no-window': { type: 'boolean', default: false },
  },
});
const root = values.root ?? process.cwd();
const cache = join(root, '.cache', 'bench');
const figuresFile = join(cache, 'figures.json');
const windowFile = join(cache, 'window.json');
const store = join(cache, 'store');

fs.mkdirSync(cache, { recursive: true });
for (const path of [store, figuresFile, windowFile]) fs.rmSync(path, { recursive: true, force: true });
process.stderr.write(`keepwatch: preparing ${values.megabytes} MB of event logs\n`);
const input = await prepareInput(join(cache, 'evtx'), Number(values.megabytes) * 1_000_000, values.corpus ?? null);

const loadBefore = loadavg()[0];
runNode([join(root, 'dist/main/cli.js'), 'bench', input.folder, '--store', store, '--json', figuresFile]);
const figures = readFigures(figuresFile);
if (values.corpus !== undefined) figures.push(...measureWithoutRepetition(join(values.corpus, 'packs', 'evtx-benign-hosts.zip')));
if (values.corpus !== undefined) figures.push(...measureSigmaRules(values.corpus));
if (!values['no-window']) {
  process.stderr.write('keepwatch: measuring: window\n');
  const env = { ...process.env, KEEPWATCH_BENCH_STORE: store, KEEPWATCH_BENCH_INPUT: input.folder, KEEPWATCH_BENCH_OUT: windowFile };
  runNode([join(root, 'node_modules/playwright/cli.js'), 'test', '--config', 'build/bench/playwright.config.ts'], env);
  figures.push(...readFigures(windowFile));
}
// Whatever else the machine does makes every figure worse: the reader must be able to tell.
const machine = `${describeMachine()}, load average ${loadBefore.toFixed(1)} before`;
const about = `${(input.bytes / 1e6).toFixed(0)} MB in ${input.files} files: ${input.origin}, repeated with other record numbers and times`;
if (values.json !== undefined)
  fs.writeFileSync(resolve(process.env.INIT_CWD ?? root, values.json), `${JSON.stringify({ machine, input: about, figures }, null, 2)}\n`);
process.stdout.write(`${machine}\n${about}\n\n${tabulateFigures(figures)}\n`);

/** Repeated logs flatter the size of the store: their texts are all known already. So once more with logs as they came from hosts. */
function measureWithoutRepetition(archive: string): Figure[] {
  const scratch = join(cache, 'store-of-hosts');
  fs.rmSync(scratch, { recursive: true, force: true });
  const args = [join(root, 'dist/main/cli.js'), 'bench', '--part', 'import', '--store', scratch, archive];
  const ended = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  fs.rmSync(scratch, { recursive: true, force: true });
  if (ended.status !== 0) return [];
  const measured = JSON.parse(ended.stdout) as Figure[];
  return measured
    .filter(
      ({ name }) => name === 'store / input' || name === 'input' || name.startsWith('end to end (') || name.startsWith('peak resident'),
    )
    .map(({ atLeast: _least, ...figure }) => ({ ...figure, name: `${figure.name}; logs of hosts, not repeated, from one archive` }));
}

/** The rules that come with the labelled evidence over its large logs, and what each of the dearest takes. */
function measureSigmaRules(corpus: string): Figure[] {
  process.stderr.write('keepwatch: measuring: Sigma rules\n');
  const args = [join(root, 'dist/main/cli.js'), 'bench', '--part', 'sigma', '--rules', corpus, join(corpus, 'packs', 'throughput.zip')];
  const ended = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  return ended.status === 0 ? (JSON.parse(ended.stdout) as Figure[]) : [];
}

/** A part that fails leaves its figures out, and says so; the others are still worth having. */
function runNode(args: readonly string[], env: NodeJS.ProcessEnv = process.env): void {
  const ended = spawnSync(process.execPath, [...args], {
    cwd: root,
    env,
    stdio: ['ignore', args.includes('bench') ? 'ignore' : 2, 'inherit'],
  });
  if (ended.status !== 0) process.exitCode = 1;
}

function readFigures(path: string): Figure[] {
  if (!fs.existsSync(path)) return [{ name: `(no figures: ${path} was not written)`, value: 0, unit: '' }];
  const read = JSON.parse(fs.readFileSync(path, 'utf8')) as { figures: Figure[] };
  return read.figures;
}
