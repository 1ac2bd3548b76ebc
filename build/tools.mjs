// What the project's commands share. Plain Node without a package, so that it runs right after a clone.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OLDEST_NODE = [20, 19];

/** @param {string} line */
export function say(line) {
  process.stderr.write(`keepwatch: ${line}\n`);
}

/**
 * Runs a program to its end with our own streams.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} its exit code; 1 when a signal ended it or it could not be started
 */
export function run(program, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, [...args], { cwd: ROOT, stdio: 'inherit', ...options });
    child.once('error', (error) => {
      say(`cannot start ${program}: ${error.message}`);
      resolve(1);
    });
    // Ctrl+C reaches the child as well: it ends in order, and we wait for it. Other ends are passed on.
    const keepWaiting = () => {};
    const passOn = () => child.kill('SIGTERM');
    process.on('SIGINT', keepWaiting).on('SIGTERM', passOn);
    child.once('exit', (code) => {
      process.off('SIGINT', keepWaiting).off('SIGTERM', passOn);
      resolve(code ?? 1);
    });
  });
}

/** Says what is missing and ends the process where Node is too old. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = OLDEST_NODE;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  say(`Node ${OLDEST_NODE.join('.')} or newer is needed; this is ${process.versions.node}.`);
  process.exit(1);
}

/** Installs the packages of the lock file where they are missing or older than it. */
export async function requirePackages() {
  const marker = join(ROOT, 'node_modules', '.package-lock.json');
  if (existsSync(marker) && !isOutdated(marker)) return;
  say('installing the packages of package-lock.json (npm ci)');
  // npm's own path is known when npm started us; else its name is looked up in PATH.
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund'];
  const code = npm?.endsWith('.js')
    ? await run(process.execPath, [npm, ...args], { stdio: ['inherit', 2, 'inherit'] })
    : await run('npm', args, { stdio: ['inherit', 2, 'inherit'], shell: process.platform === 'win32' });
  if (code !== 0) {
    say('the packages could not be installed; npm has said why above.');
    process.exit(1);
  }
}

/**
 * True where the lock file names another version of a package than the one that is installed. Times are not compared: a fresh checkout is always newer.
 * @param {string} marker
 */
function isOutdated(marker) {
  if (statSync(marker).mtimeMs >= statSync(join(ROOT, 'package-lock.json')).mtimeMs) return false;
  const wanted = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(marker, 'utf8')).packages;
  return Object.entries(wanted).some(
    ([path, entry]) => path !== '' && entry.optional !== true && installed[path]?.version !== entry.version,
  );
}

/**
 * First executable of that name in PATH, or null.
 * @param {string} name
 */
export function findProgram(name) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name);
    if (folder !== '' && existsSync(path) && statSync(path).isFile()) return path;
  }
  return null;
}

const BROWSER_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'microsoft-edge-stable'];

/** Places where the three browsers are installed outside PATH. */
function browserPlaces() {
  if (process.platform === 'darwin') {
    return ['Chromium', 'Google Chrome', 'Microsoft Edge'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  }
  if (process.platform === 'win32') {
    const roots = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
    const parts = [
      'Chromium\\Application\\chrome.exe',
      'Google\\Chrome\\Application\\chrome.exe',
      'Microsoft\\Edge\\Application\\msedge.exe',
    ];
    return roots.flatMap((root) => (root === undefined ? [] : parts.map((part) => join(root, part))));
  }
  return [];
}

/** An installed Chromium, Chrome or Edge; KEEPWATCH_BROWSER names another one. Null where there is none. */
export function findBrowser() {
  const named = process.env.KEEPWATCH_BROWSER;
  if (named !== undefined && named !== '') return existsSync(named) ? named : null;
  for (const name of BROWSER_NAMES) {
    const path = findProgram(name);
    if (path !== null) return path;
  }
  return browserPlaces().find((path) => existsSync(path)) ?? null;
}

export const BROWSER_ADVICE =
  'Install Chromium, Google Chrome or Microsoft Edge (Debian and Ubuntu: apt-get install chromium), or name one in KEEPWATCH_BROWSER.';

/**
 * An installed browser, or Debian's chromium after installing it where this is Debian and we are root.
 * @returns {Promise<string | null>}
 */
export async function obtainBrowser() {
  const found = findBrowser();
  if (found !== null) return found;
  if (process.env.KEEPWATCH_BROWSER) {
    say(`KEEPWATCH_BROWSER names ${process.env.KEEPWATCH_BROWSER}, which is not there.`);
    return null;
  }
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || findProgram('apt-get') === null) return null;
  say(
    'no Chromium, Chrome or Edge is installed; installing Debian\'s package "chromium" (apt-get install -y chromium chromium-sandbox fonts-dejavu-core)',
  );
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = { env, stdio: /** @type {import('node:child_process').StdioOptions} */ (['ignore', 2, 'inherit']) };
  await run('apt-get', ['update', '-q'], quiet);
  await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium', 'chromium-sandbox', 'fonts-dejavu-core'], quiet);
  return findBrowser();
}

/** True where a window can be shown. Only Linux can be without a display. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);
}

const ELECTRON_WAIT_MS = 120_000;
/** A download that failed is tried again the next day, not at every start. */
const ELECTRON_RETRY_MS = 24 * 3_600_000;
const ELECTRON_FAILED = join(ROOT, '.cache', 'electron-not-fetched');

/** Path of Electron's executable where its runtime is installed, else null. Downloads nothing. */
export function findElectron() {
  const folder = join(ROOT, 'node_modules', 'electron');
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const name = existsSync(join(folder, 'path.txt')) ? readFileSync(join(folder, 'path.txt'), 'utf8').trim() : 'electron';
  const path = join(override ?? join(folder, 'dist'), name);
  return existsSync(path) && statSync(path).isFile() ? path : null;
}

/** The same, after trying the download that Electron's package offers, for two minutes at most. */
export function obtainElectron() {
  const found = findElectron();
  if (found !== null) return found;
  if (process.env.ELECTRON_SKIP_BINARY_DOWNLOAD || process.env.KEEPWATCH_RUNTIME === 'stand-in') return null;
  const installer = join(ROOT, 'node_modules', 'electron', 'install.js');
  if (!existsSync(installer)) return null;
  if (existsSync(ELECTRON_FAILED) && Date.now() - statSync(ELECTRON_FAILED).mtimeMs < ELECTRON_RETRY_MS) return null;
  say("fetching Electron's runtime (once; ELECTRON_SKIP_BINARY_DOWNLOAD=1 leaves it out)");
  const attempt = spawnSync(process.execPath, [installer], { cwd: ROOT, timeout: ELECTRON_WAIT_MS, stdio: 'ignore' });
  if (attempt.status !== 0) {
    say("Electron's runtime cannot be fetched here; the next attempt is tomorrow.");
    mkdirSync(join(ROOT, '.cache'), { recursive: true });
    writeFileSync(ELECTRON_FAILED, '');
  }
  return findElectron();
}
