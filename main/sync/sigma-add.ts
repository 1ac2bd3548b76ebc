import type { SigmaProgress, SigmaSet } from '../../shared/model/sigma.ts';
import type { Micros } from '../../shared/model/time.ts';
import { ok, problem, type Result } from '../../shared/result.ts';
import type { SigmaStore } from '../store/sigma-store.ts';
import { shownNames } from './find-files.ts';
import { readRuleFiles } from './read-rule-files.ts';

export type Addition = {
  readonly store: SigmaStore;
  readonly paths: readonly string[];
  readonly addedBy: string;
  readonly now: Micros;
  onProgress(progress: SigmaProgress): void;
};

const PROGRESS_EVERY = 100;

/** Adds sets of rules, one at a time: reads all files first, then stores them whole or, when cancelled, not at all. */
export class SigmaAdd {
  #running: { readonly abort: AbortController; readonly end: Promise<unknown> } | null = null;
  #files = 0;

  /** Null while nothing is added. */
  progress(): SigmaProgress | null {
    return this.#running === null ? null : { stage: 'reading', done: this.#files, total: 0 };
  }

  async run(addition: Addition): Promise<Result<{ readonly set: SigmaSet; readonly unreadable: number }>> {
    if (this.#running !== null) return problem('already-running', 'Rules are being added; wait for that or cancel it.');
    const abort = new AbortController();
    const end = this.#add(addition, abort.signal);
    this.#running = { abort, end };
    try {
      return await end;
    } finally {
      this.#running = null;
    }
  }

  cancel(): void {
    this.#running?.abort.abort();
  }

  async close(): Promise<void> {
    this.cancel();
    // Whoever asked for it hears why it failed.
    await this.#running?.end.catch(() => undefined);
  }

  async #add({ store, paths, addedBy, now, onProgress }: Addition, signal: AbortSignal): ReturnType<SigmaAdd['run']> {
    this.#files = 0;
    const { files, looked } = await readRuleFiles(paths, signal, (found) => {
      this.#files = found;
      if (found % PROGRESS_EVERY === 0) onProgress({ stage: 'reading', done: found, total: 0 });
    });
    if (signal.aborted) return problem('cancelled', 'Cancelled. No rules were added.');
    const unreadable = files.filter((file) => file.problem !== '');
    if (files.length === 0)
      return problem('not-found', `No Sigma rules (files that end in .yml or .yaml) among ${looked.toLocaleString('en-US')} files.`);
    if (unreadable.length === files.length) {
      const [{ path, problem: reason }] = unreadable;
      return problem('unreadable', `${path || 'The rules'}: ${reason}`);
    }
    const id = store.addSet(nameOf(paths), addedBy, files, now);
    return ok({ set: store.sets().find((set) => set.id === id)!, unreadable: unreadable.length });
  }
}

function nameOf(paths: readonly string[]): string {
  const names = shownNames(paths);
  const named = names.length <= 3 ? names.join(', ') : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
  return named.slice(0, 300);
}
