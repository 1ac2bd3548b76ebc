import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runCommand } from './cli/run-command.ts';

/** The command line: the same engine without a window. */
const interrupt = new AbortController();
// The first Ctrl+C ends in order; the second one ends at once.
process.once('SIGINT', () => interrupt.abort());
process.once('SIGTERM', () => interrupt.abort());

const parseWorkerUrl = new URL('./parse-worker.js', import.meta.url);
process.exitCode = await runCommand(process.argv.slice(2), {
  streams: { out: process.stdout, error: process.stderr },
  signal: interrupt.signal,
  parseWorkerUrl: existsSync(fileURLToPath(parseWorkerUrl)) ? parseWorkerUrl : null,
});
