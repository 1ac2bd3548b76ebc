// Builds dist/: the main process, its worker threads, the preload and the window; beside them, for development only, the stand-in for Electron. A part whose sources have not changed is left as it is.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { deriveStamp, isFresh, saveStamp, withBuildLock } from './freshness.mjs';
import { ROOT, say } from './tools.mjs';

/** Left out of every bundle: sql.js cannot be bundled as an ES module, and packages that ship as they are can be checked against the lock file. */
const EXTERNAL = ['electron', 'sql.js', 'yauzl', 'yazl', /^sql\.js\//, /^node:/];
const TARGET = 'node20.19';
const ALWAYS = ['package-lock.json', 'package.json', 'tsconfig.strict.json', 'build/bundle.mjs'];

/** @type {Record<string, string>} */
const MAIN_ENTRIES = {
  index: 'main/index.ts',
  cli: 'main/cli.ts',
  'engine-worker': 'main/engine/worker.ts',
  'parse-worker': 'main/engine/parse-worker.ts',
};

/** @typedef {{ name: string, sources: string[], build: () => Promise<void> }} Part */

/** @type {Part[]} */
const PARTS = [
  { name: 'main', sources: ['main', 'shared'], build: () => bundleForNode(MAIN_ENTRIES, 'dist/main') },
  { name: 'preload', sources: ['main/preload.ts', 'shared'], build: bundlePreload },
  {
    name: 'stand-in',
    sources: ['build/electron-stand-in'],
    build: () =>
      bundleForNode({ electron: 'build/electron-stand-in/electron.ts', register: 'build/electron-stand-in/register.ts' }, 'dist/stand-in'),
  },
  { name: 'renderer', sources: ['renderer', 'shared'], build: bundleRenderer },
];

/**
 * Builds, then removes what an earlier build has left: the folder is never empty in between, so that a program which runs from it goes on.
 * @param {import('vite').InlineConfig & { build: { outDir: string } }} config
 */
async function buildWith(config) {
  const { build } = await import('vite');
  // What is built is the product, also where a test runner starts the build: under its setting React would be built for development.
  const setting = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  const built = await build({
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    ...config,
    build: { ...config.build, rollupOptions: { ...config.build?.rollupOptions, onwarn: passWarning } },
    define: { 'process.env.NODE_ENV': '"production"' },
  }).finally(() => {
    if (setting === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = setting;
  });
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((result) => ('output' in result ? result.output : []));
  removeOthers(resolve(ROOT, config.build.outDir), new Set(outputs.map(({ fileName }) => fileName)));
}

/**
 * @param {string} folder
 * @param {ReadonlySet<string>} kept paths inside the folder, with slashes
 */
function removeOthers(folder, kept) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(folder, path).replaceAll('\\', '/');
    if (entry.isFile() && !kept.has(name)) rmSync(path);
  }
}

/**
 * Misplaced `#__PURE__` comments inside packages are nothing that we could mend.
 * @type {import('vite').Rollup.WarningHandlerWithDefault}
 */
function passWarning(warning, show) {
  if (warning.code !== 'INVALID_ANNOTATION') show(warning);
}

/**
 * ES modules for Node. Entries that do not exist are left out; shared chunks lie beside the entries, so that `import.meta.url` means the same folder in all.
 * @param {Record<string, string>} entries
 * @param {string} outDir
 */
export async function bundleForNode(entries, outDir) {
  const input = Object.fromEntries(Object.entries(entries).filter(([, path]) => existsSync(join(ROOT, path))));
  if (Object.keys(input).length === 0) return;
  await buildWith({
    publicDir: false,
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      target: TARGET,
      outDir,
      emptyOutDir: false,
      minify: false,
      sourcemap: true,
      rollupOptions: {
        input,
        external: [...EXTERNAL, /^playwright/],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
}

/** CommonJS in one file: a sandboxed preload can be nothing else. */
async function bundlePreload() {
  if (!existsSync(join(ROOT, 'main/preload.ts'))) return;
  await buildWith({
    publicDir: false,
    build: {
      target: 'chrome140',
      outDir: 'dist/preload',
      emptyOutDir: false,
      minify: false,
      lib: { entry: join(ROOT, 'main/preload.ts'), formats: ['cjs'], fileName: () => 'preload.cjs' },
      rollupOptions: { external: ['electron'] },
    },
  });
}

/** No inline script, style or data address: the content policy of the window allows none of them. */
async function bundleRenderer() {
  if (!existsSync(join(ROOT, 'renderer/app/main.tsx'))) return;
  const { default: react } = await import('@vitejs/plugin-react');
  await buildWith({
    root: join(ROOT, 'renderer'),
    base: './',
    plugins: [react()],
    worker: { format: 'es' },
    build: {
      target: 'chrome140',
      outDir: join(ROOT, 'dist/renderer'),
      emptyOutDir: false,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 2_000,
    },
  });
}

/** Builds what is older than its sources; says so on standard error only when there is something to do. */
export async function bundle() {
  await withBuildLock(async () => {
    for (const part of PARTS) {
      const stamp = deriveStamp([...ALWAYS, ...part.sources]);
      if (isFresh(part.name, stamp)) continue;
      say(`building ${part.name}`);
      await part.build();
      saveStamp(part.name, stamp);
    }
  });
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await bundle();
