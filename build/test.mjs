// `npm test`: installs what is missing, builds, runs the unit tests and the end-to-end tests, and closes with one line: N passed, N failed.
// The end-to-end tests never skip: without a browser they fail, and the reason is named.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BROWSER_ADVICE, findElectron, obtainBrowser, ROOT, requireNode, requirePackages, run, say } from './tools.mjs';

const { values: options } = parseArgs({ options: { only: { type: 'string' } } });
const REPORTS = join(ROOT, '.cache', 'reports');

/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */

requireNode();
await requirePackages();
const browser = await obtainBrowser();
if (browser === null && findElectron() === null) say(`no browser for the end-to-end tests. ${BROWSER_ADVICE}`);

const { bundle } = await import('./bundle.mjs');
await bundle();

mkdirSync(REPORTS, { recursive: true });
const tallies = [];
if (options.only !== 'e2e') tallies.push(await runUnitTests());
if (options.only !== 'unit') tallies.push(await runEndToEndTests());

const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0);
const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0);
const skipped = tallies.reduce((sum, tally) => sum + tally.skipped, 0);
if (skipped > 0) process.stdout.write(`${skipped} skipped (each says why above)\n`);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

/**
 * A report that is missing, or a run that failed without a failed test, counts as one failure: nothing may pass by not running.
 * @param {string} file
 * @param {number} code
 * @param {(report: any) => Tally} read
 * @returns {Tally}
 */
function readTally(file, code, read) {
  try {
    const tally = read(JSON.parse(readFileSync(file, 'utf8')));
    return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

async function runUnitTests() {
  const file = join(REPORTS, 'unit.json');
  rmSync(file, { force: true });
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const code = await run(process.execPath, [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]);
  return readTally(file, code, (report) => ({
    passed: report.numPassedTests,
    // A file that breaks before its first test has no failed test, only a failed suite.
    failed:
      report.numFailedTests +
      report.testResults.filter((/** @type {any} */ suite) => suite.status === 'failed' && suite.assertionResults.length === 0).length,
    skipped: report.numPendingTests + report.numTodoTests,
  }));
}

async function runEndToEndTests() {
  const file = join(REPORTS, 'e2e.json');
  rmSync(file, { force: true });
  const playwright = join(ROOT, 'node_modules/playwright/cli.js');
  const env = { ...process.env, ...(browser === null ? {} : { KEEPWATCH_BROWSER: browser }) };
  const code = await run(process.execPath, [playwright, 'test', '--config', 'e2e/playwright.config.ts'], { env });
  return readTally(file, code, (report) => ({
    passed: report.stats.expected + report.stats.flaky,
    failed: report.stats.unexpected + (report.stats.unexpected === 0 ? report.errors.length : 0),
    skipped: report.stats.skipped,
  }));
}
