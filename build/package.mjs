// `npm run package`: the installers of this platform, in release/. Arguments go to electron-builder (`-- --win nsis`).
import { join } from 'node:path';
import { ROOT, requireNode, requirePackages, run } from './tools.mjs';

requireNode();
await requirePackages();
const { bundle } = await import('./bundle.mjs');
const { writeIcons } = await import('./packaging/icon.mjs');
await bundle();
writeIcons(join(ROOT, '.cache', 'icons'));
const builder = join(ROOT, 'node_modules/electron-builder/cli.js');
process.exitCode = await run(process.execPath, [builder, '--config', 'build/packaging/builder.json', ...process.argv.slice(2)]);
