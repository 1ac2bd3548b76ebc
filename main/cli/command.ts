import type { Writable } from 'node:stream';

/** How a command ends (documented in `keepwatch --help`). */
export const EXIT = { done: 0, failed: 1, usage: 2, nothingReadable: 3, interrupted: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export type Streams = { readonly out: Writable & { readonly isTTY?: boolean }; readonly error: Writable & { readonly isTTY?: boolean } };

export type CommandContext = {
  readonly streams: Streams;
  /** Aborted when the person presses Ctrl+C. */
  readonly signal: AbortSignal;
  /** The built parse worker; null where there is none, then files are read in this thread. */
  readonly parseWorkerUrl: URL | null;
};

export type Command = {
  readonly name: string;
  /** What follows the name, as in `PATH... [--out FILE]`. */
  readonly usage: string;
  readonly summary: string;
  run(args: readonly string[], context: CommandContext): Promise<ExitCode>;
};

/** Wrong words on the command line: told with the usage, exit code 2. */
export class UsageError extends Error {}
