// `npm start`: everything from a fresh clone to the open console. Plain Node: it installs the packages itself.
import { join } from 'node:path';
import { BROWSER_ADVICE, hasDisplay, obtainBrowser, obtainElectron, ROOT, requireNode, requirePackages, run, say } from './tools.mjs';

requireNode();
await requirePackages();
const { bundle } = await import('./bundle.mjs');
await bundle();

const passedOn = process.argv.slice(2);
process.exitCode = hasDisplay() ? await openConsole() : await investigateWithoutWindow();

/** Electron where its runtime is there or can be fetched; else the same program in an installed browser. */
async function openConsole() {
  const index = join(ROOT, 'dist/main/index.js');
  const args = ['--demo', ...passedOn];
  const electron = obtainElectron();
  if (electron !== null) {
    // Chromium's sandbox refuses to run as root.
    const sandbox = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    say('opening the console in Electron');
    return run(electron, [...sandbox, index, ...args]);
  }
  const browser = await obtainBrowser();
  if (browser === null) {
    say(`neither Electron's runtime nor a browser is here. ${BROWSER_ADVICE}`);
    return 1;
  }
  say(`opening the console in ${browser}, which stands in for Electron here`);
  const env = { ...process.env, KEEPWATCH_BROWSER: browser };
  return run(process.execPath, ['--import', './dist/stand-in/register.js', index, ...args], { env });
}

/** The demo investigation on the command line, to a case file. */
async function investigateWithoutWindow() {
  say('there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can be opened.');
  say('investigating the demo evidence on the command line instead.');
  const cli = join(ROOT, 'dist/main/cli.js');
  const evidence = join(ROOT, '.cache', 'demo-evidence');
  const caseFile = join(ROOT, 'demo-case.zip');
  const { rmSync } = await import('node:fs');
  for (const path of [evidence, caseFile]) rmSync(path, { recursive: true, force: true });
  const steps = [
    ['demo', evidence],
    ['analyze', evidence, '--format', 'table', '--case', caseFile],
  ];
  for (const step of steps) {
    const code = await run(process.execPath, [cli, ...step]);
    if (code !== 0) return code;
  }
  say(`the case file is ${caseFile}`);
  return 0;
}
