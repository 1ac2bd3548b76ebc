// `npm run bench`: builds, then measures what the project has set itself to reach; one table, with --json FILE also as JSON.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { obtainBrowser, ROOT, requireNode, requirePackages, run } from './tools.mjs';

requireNode();
await requirePackages();
const { bundle, bundleForNode } = await import('./bundle.mjs');
await bundle();
await bundleForNode({ run: 'build/bench/run.ts' }, '.cache/bench/built');
const browser = await obtainBrowser();
// The evidence corpus lies beside the project, or is not there.
const beside = join(ROOT, '..', 'shared', 'corpus');
const corpus = existsSync(join(beside, 'manifest.json')) ? beside : null;
const args = [
  join(ROOT, '.cache/bench/built/run.js'),
  '--root',
  ROOT,
  ...(corpus === null ? [] : ['--corpus', corpus]),
  ...process.argv.slice(2),
];
process.exitCode = await run(process.execPath, args, {
  env: browser === null ? process.env : { ...process.env, KEEPWATCH_BROWSER: browser },
});
