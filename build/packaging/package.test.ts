import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundle } from '../bundle.mjs';
import { writeIcons } from './icon.mjs';

/** Marks Electron's fuses inside its executable: the text, a version byte, their number, one byte each (electronjs.org/docs/latest/tutorial/fuses). */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSES = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
] as const;

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CONFIG = JSON.parse(readFileSync(join(ROOT, 'build/packaging/builder.json'), 'utf8'));
let work: string;
let packed: string;
let files: readonly AsarFile[];

type AsarFile = { readonly path: string; readonly unpacked: boolean };
type AsarNode = { readonly files?: Readonly<Record<string, AsarNode>>; readonly unpacked?: boolean };

/** The shape of Electron's own folder without Electron: electron-builder looks at names, versions and fuses alone. */
function writeStubElectron(folder: string): void {
  for (const part of ['locales', 'resources']) mkdirSync(join(folder, part), { recursive: true });
  writeFileSync(
    join(folder, 'electron'),
    Buffer.concat([Buffer.from(`stub ${SENTINEL}`), Buffer.from([1, 9]), Buffer.from('0'.repeat(9)), Buffer.from(' end')]),
  );
  chmodSync(join(folder, 'electron'), 0o755);
  writeFileSync(join(folder, 'version'), CONFIG.electronVersion);
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'locales/en-US.pak', 'locales/de.pak'])
    writeFileSync(join(folder, name), 'stub');
}

/** The archive's list of files: after two length fields of eight bytes each, as JSON. */
function listAsar(path: string): AsarFile[] {
  const bytes = readFileSync(path);
  const header = JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12))) as AsarNode;
  const walk = (node: AsarNode, at: string): AsarFile[] =>
    Object.entries(node.files ?? {}).flatMap(([name, child]) =>
      child.files === undefined ? [{ path: `${at}${name}`, unpacked: child.unpacked === true }] : walk(child, `${at}${name}/`),
    );
  return walk(header, '');
}

beforeAll(async () => {
  await bundle();
  work = mkdtempSync(join(tmpdir(), 'keepwatch-package-'));
  writeStubElectron(join(work, 'stub'));
  writeIcons(join(ROOT, '.cache/icons'));
  writeFileSync(
    join(work, 'builder.json'),
    JSON.stringify({ ...CONFIG, electronDist: join(work, 'stub'), directories: { ...CONFIG.directories, output: join(work, 'release') } }),
  );
  const builder = join(ROOT, 'node_modules/electron-builder/cli.js');
  const run = spawnSync(process.execPath, [builder, '--linux', 'dir', '--x64', '--config', join(work, 'builder.json')], {
    cwd: ROOT,
    // electron-builder takes a test run of its own for granted where it sees this name.
    env: { ...process.env, VITEST: undefined },
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`electron-builder ended with ${run.status ?? run.signal}: ${run.stdout}\n${run.stderr}`);
  packed = join(work, 'release/linux-unpacked');
  files = listAsar(join(packed, 'resources/app.asar'));
}, 180_000);
afterAll(() => rmSync(work, { recursive: true, force: true }));

test('the archive holds the built program and the packages it needs at run time, nothing else', () => {
  const roots = new Set(
    files.map(({ path }) =>
      path
        .split('/')
        .slice(0, path.startsWith('dist/') || path.startsWith('node_modules/') ? 2 : 1)
        .join('/'),
    ),
  );
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  for (const wanted of [
    'package.json',
    'LICENSE',
    'dist/main',
    'dist/preload',
    'dist/renderer',
    ...Object.keys(dependencies).map((name) => `node_modules/${name}`),
  ])
    expect(roots).toContain(wanted);
  // What the dependencies bring themselves.
  const brought = ['node_modules/pend', 'node_modules/buffer-crc32'];
  const known = [
    'package.json',
    'LICENSE',
    'dist/main',
    'dist/preload',
    'dist/renderer',
    ...Object.keys(dependencies).map((name) => `node_modules/${name}`),
    ...brought,
  ];
  expect([...roots].filter((root) => !known.includes(root))).toEqual([]);
});

test('no development package, stand-in, test, source map or evidence is inside', () => {
  const unwanted =
    /stand-in|playwright|\.test\.|\.spec\.|\.map$|\.tsx?$|corpus|\.evtx$|node_modules\/(zod|react|electron|vite|typescript)\//;
  expect(files.filter(({ path }) => unwanted.test(path)).map(({ path }) => path)).toEqual([]);
});

test('of sql.js only what runs is inside, its module unpacked beside the archive', () => {
  const parts = files.filter(({ path }) => path.startsWith('node_modules/sql.js/dist/'));
  expect(parts).toEqual([
    { path: 'node_modules/sql.js/dist/sql-wasm.js', unpacked: false },
    { path: 'node_modules/sql.js/dist/sql-wasm.wasm', unpacked: true },
  ]);
  expect(existsSync(join(packed, 'resources/app.asar.unpacked/node_modules/sql.js/dist/sql-wasm.wasm'))).toBe(true);
});

test('every entry of the program is inside', () => {
  const paths = files.map(({ path }) => path);
  for (const entry of ['index', 'cli', 'engine-worker', 'parse-worker']) expect(paths).toContain(`dist/main/${entry}.js`);
  expect(paths).toContain('dist/preload/preload.cjs');
  expect(paths).toContain('dist/renderer/index.html');
});

test('the fuses of the executable are set as the configuration says', () => {
  const executable = readFileSync(join(packed, 'keepwatch-console'), 'latin1');
  const at = executable.indexOf(SENTINEL) + SENTINEL.length;
  const states = Object.fromEntries(FUSES.map((fuse, index) => [fuse, executable[at + 2 + index] === '1']));
  expect(states).toEqual(CONFIG.electronFuses);
  expect(states).toMatchObject({
    runAsNode: false,
    enableNodeCliInspectArguments: false,
    onlyLoadAppFromAsar: true,
    enableCookieEncryption: true,
  });
});

test('only the languages of the window are shipped', () => {
  expect(readdirSync(join(packed, 'locales'))).toEqual(['en-US.pak']);
});

test('the version of Electron is the one in package.json, and each system has its installer', () => {
  const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  expect(CONFIG.electronVersion).toBe(devDependencies.electron);
  expect({ win: CONFIG.win.target, mac: CONFIG.mac.target, linux: CONFIG.linux.target }).toEqual({
    win: ['nsis'],
    mac: ['dmg'],
    linux: ['AppImage', 'deb'],
  });
});
