import { parseArgs } from 'node:util';

export type ShellOptions = {
  /** Folder of the store; null for the one in the person's own application folder. */
  readonly storeFolder: string | null;
  /** Import the demo investigation into a new store. */
  readonly demo: boolean;
};

/** Reads the program's own options; those that Chromium or Electron add are passed over. */
export function readOptions(args: readonly string[]): ShellOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { store: { type: 'string' }, demo: { type: 'boolean' } },
    strict: false,
    allowPositionals: true,
  });
  return { storeFolder: typeof values.store === 'string' ? values.store : null, demo: values.demo === true };
}
