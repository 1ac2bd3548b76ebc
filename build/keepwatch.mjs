// `npm run --silent keepwatch -- ...`: the command line from a checkout.
import { join } from 'node:path';
import { ROOT, requireNode, requirePackages, run } from './tools.mjs';

requireNode();
await requirePackages();
const { bundle } = await import('./bundle.mjs');
await bundle();
// npm runs scripts in the project's folder; paths on the command line mean the folder the person is in.
process.exitCode = await run(process.execPath, [join(ROOT, 'dist/main/cli.js'), ...process.argv.slice(2)], {
  cwd: process.env.INIT_CWD ?? process.cwd(),
});
