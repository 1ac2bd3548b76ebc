import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CONFIG = join(ROOT, 'build', 'boundaries.cjs');
type Rule = { readonly name: string; readonly comment: string };
const rules = (createRequire(import.meta.url)(CONFIG) as { forbidden: readonly Rule[] }).forbidden;

/** One breach of each rule: the file that imports, and what it imports. Files that are imported are made as well. */
const BREACHES: Readonly<Record<string, readonly [from: string, to: string]>> = {
  'no-cycles': ['main/lib/first.ts', 'main/lib/second.ts'],
  'imports-resolve': ['main/lib/lost.ts', './nowhere.ts'],
  'packages-are-declared': ['main/lib/undeclared.ts', 'pend'],
  'shared-stands-alone': ['shared/model/wrong.ts', 'node:fs'],
  'renderer-knows-only-shared': ['renderer/data/wrong.ts', 'main/lib/alone.ts'],
  'renderer-has-no-node': ['renderer/data/path.ts', 'node:path'],
  'main-knows-no-window': ['main/lib/window.ts', 'renderer/ui/part.ts'],
  'build-is-not-shipped': ['main/cli.ts', 'build/scaffold.ts'],
  'electron-only-in-shell': ['main/engine/window.ts', 'electron'],
  'shell-knows-only-the-contract': ['main/shell/wrong.ts', 'main/engine/alone.ts'],
  'sql-only-in-store': ['main/operations/query.ts', 'sql.js'],
  'stage-sources-stands-alone': ['main/sources/wrong.ts', 'main/store/alone.ts'],
  'stage-store-stands-alone': ['main/store/wrong.ts', 'main/graph/alone.ts'],
  'stage-detections-stands-alone': ['main/detections/wrong.ts', 'main/correlation/alone.ts'],
  'stage-blind-spots-stands-alone': ['main/blind-spots/wrong.ts', 'main/detections/alone.ts'],
  'stage-correlation-stands-alone': ['main/correlation/wrong.ts', 'main/detections/alone.ts'],
  'stage-posture-stands-alone': ['main/posture/wrong.ts', 'main/store/alone.ts'],
  'stage-graph-stands-alone': ['main/graph/wrong.ts', 'main/sync/alone.ts'],
  'stage-exports-stands-alone': ['main/exports/wrong.ts', 'main/operations/alone.ts'],
  'stage-identities-stands-alone': ['main/identities/wrong.ts', 'main/exports/alone.ts'],
  'stage-sigma-stands-alone': ['main/sigma/wrong.ts', 'main/store/alone.ts'],
  'stage-tuning-stands-alone': ['main/tuning/wrong.ts', 'main/store/alone.ts'],
  'events-know-no-stage': ['main/events/wrong.ts', 'main/store/alone.ts'],
  'lib-is-domain-free': ['main/lib/domain.ts', 'main/engine/alone.ts'],
  'no-sibling-detections': ['main/detections/impact/first.ts', 'main/detections/impact/second.ts'],
  'no-sibling-sources': ['main/sources/evtx/wrong.ts', 'main/sources/pcap/alone.ts'],
  'no-sibling-edges': ['main/graph/edges/first.ts', 'main/graph/edges/second.ts'],
  'no-sibling-assessments': ['main/posture/accounts/first.ts', 'main/posture/accounts/second.ts'],
  'no-sibling-views': ['renderer/views/alerts/wrong.ts', 'renderer/views/cases/alone.ts'],
  'only-the-registry-gathers-detections': ['main/sync/wrong.ts', 'main/detections/impact/third.ts'],
  'only-the-registry-gathers-sources': ['main/sync/source.ts', 'main/sources/pcap/alone.ts'],
  'only-the-registry-gathers-views': ['renderer/app/wrong.ts', 'renderer/views/cases/alone.ts'],
  'ui-knows-no-data': ['renderer/ui/wrong.ts', 'renderer/data/alone.ts'],
  'data-knows-no-view': ['renderer/data/view.ts', 'renderer/ui/part.ts'],
  'product-needs-no-development-package': ['main/lib/vite.ts', 'vite'],
  'nothing-unreachable': ['main/lib/orphan.ts', ''],
};

let tree: string;
let refused: readonly { readonly from: string; readonly rule: { readonly name: string } }[];

function write(path: string, text: string): void {
  mkdirSync(dirname(join(tree, path)), { recursive: true });
  writeFileSync(join(tree, path), text);
}

/** The import as the file would write it: a package's name, or the way from one file to the other. */
function specifierFor(from: string, to: string): string {
  if (!to.includes('/') || to.startsWith('.') || to.startsWith('node:')) return to;
  return `${'../'.repeat(from.split('/').length - 1)}${to}`;
}

beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'keepwatch-boundaries-'));
  symlinkSync(join(ROOT, 'node_modules'), join(tree, 'node_modules'), 'junction');
  writeFileSync(
    join(tree, 'package.json'),
    JSON.stringify({ type: 'module', dependencies: { 'sql.js': '*' }, devDependencies: { electron: '*', vite: '*' } }),
  );
  for (const [from, to] of Object.values(BREACHES)) {
    if (to.includes('/') && !to.startsWith('.')) write(to, 'export const value = 1;\n');
    write(from, to === '' ? 'export {};\n' : `import ${JSON.stringify(specifierFor(from, to))};\n`);
  }
  write('main/lib/second.ts', "import './first.ts';\nexport const value = 1;\n");
  const cruiser = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const run = spawnSync(process.execPath, [cruiser, '--config', CONFIG, '--output-type', 'json', 'shared', 'main', 'renderer', 'build'], {
    cwd: tree,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  refused = JSON.parse(run.stdout).summary.violations;
});
afterAll(() => rmSync(tree, { recursive: true, force: true }));

test('every rule has a breach here, and says what to do instead', () => {
  expect(Object.keys(BREACHES).sort()).toEqual(rules.map((rule) => rule.name).sort());
  for (const rule of rules) expect(rule.comment, rule.name).toMatch(/\w.*[.]$/);
});

test.each(Object.entries(BREACHES))('%s is refused', (rule, [from]) => {
  expect(refused.filter((violation) => violation.rule.name === rule).map((violation) => violation.from)).toContain(from);
});
