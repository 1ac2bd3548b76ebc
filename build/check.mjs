// `npm run check`: types, lint and format, boundaries, dead code, spelling. All of them run, so that one look shows everything there is to mend.
import { join } from 'node:path';
import { ROOT, requireNode, requirePackages, run, say } from './tools.mjs';

requireNode();
await requirePackages();

/** @param {string} path */
const script = (path) => [process.execPath, join(ROOT, 'node_modules', path)];

/** @type {[name: string, command: string[]][]} */
const CHECKS = [
  ['types', [...script('typescript/bin/tsc'), '-b']],
  ['lint and format', [...script('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.']],
  [
    'boundaries',
    [
      ...script('dependency-cruiser/bin/dependency-cruise.mjs'),
      '--config',
      'build/boundaries.cjs',
      'shared',
      'main',
      'renderer',
      'build',
      'e2e',
    ],
  ],
  ['dead code', [...script('knip/bin/knip.js'), '--config', 'build/knip.json', '--no-progress']],
  ['spelling', [...script('cspell/bin.mjs'), '--config', 'build/cspell.json', '--no-progress', '--no-summary', '--gitignore', '.']],
];

/** @type {string[]} */
const failed = [];
for (const [name, [program = '', ...args]] of CHECKS) {
  say(`check: ${name}`);
  if ((await run(program, args)) !== 0) failed.push(name);
}
say(failed.length === 0 ? 'check: all is well' : `check: to mend: ${failed.join('; ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
