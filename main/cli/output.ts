import { once } from 'node:events';
import fs from 'node:fs';
import type { Writable } from 'node:stream';
import { ProblemError } from '../../shared/result.ts';

/** The reader of our output has gone (`keepwatch events ... | head`): no error, and no reason to go on. */
export class ReaderGone extends Error {}

/** Writes at the pace of the reader. */
export class Output {
  readonly #stream: Writable;
  #gone: Error | null = null;
  /** One wait for all writers: there may be several at once. */
  #drained: Promise<unknown> | null = null;

  constructor(stream: Writable) {
    this.#stream = stream;
    stream.on('error', (error: NodeJS.ErrnoException) => {
      this.#gone =
        error.code === 'EPIPE' ? new ReaderGone() : new ProblemError('failed', `The output could not be written: ${error.message}`);
    });
  }

  async write(text: string): Promise<void> {
    if (this.#gone !== null) throw this.#gone;
    if (this.#stream.write(text)) return;
    // An error ends the wait as well.
    this.#drained ??= once(this.#stream, 'drain')
      .catch(() => {})
      .finally(() => {
        this.#drained = null;
      });
    await this.#drained;
    if (this.#gone !== null) throw this.#gone;
  }

  /** Resolves when the system has taken everything. */
  async finish(): Promise<void> {
    await new Promise<void>((resolve) => this.#stream.write('', () => resolve()));
    if (this.#gone !== null) throw this.#gone;
  }
}

/** Whole or not at all: under another name first. */
export function writeWhole(path: string, text: string): void {
  const part = `${path}.part-${process.pid}`;
  try {
    fs.writeFileSync(part, text, { flush: true });
    fs.renameSync(part, path);
  } catch (error) {
    fs.rmSync(part, { force: true });
    throw new ProblemError('failed', `${path} could not be written: ${(error as Error).message}`);
  }
}

/** One line of a terminal or a log file: file names and field values come from whoever wrote the evidence, and must not move the cursor. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
