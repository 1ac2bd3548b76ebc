import type { SigmaProgress } from '../../shared/model/sigma.ts';
import type { EventStore } from '../store/event-store.ts';
import type { SigmaStore } from '../store/sigma-store.ts';
import type { SigmaStage } from './detect-sigma.ts';
import { SigmaLibrary } from './sigma-library.ts';
import { SigmaScan } from './sigma-scan.ts';

const HINT_EVERY_MS = 150;

/** What runs of the Sigma rules share: the compiled rules, what they matched so far, and how far the run under way is. */
export class SigmaRuns implements SigmaStage {
  readonly library: SigmaLibrary;
  readonly scan: SigmaScan;
  readonly #hint: (progress: SigmaProgress) => void;
  #progress: SigmaProgress | null = null;
  #lastHintMs = 0;

  constructor(store: SigmaStore, events: EventStore, hint: (progress: SigmaProgress) => void) {
    this.library = new SigmaLibrary(store);
    this.scan = new SigmaScan(events);
    this.#hint = hint;
  }

  /** Null while no run is under way. */
  progress(): SigmaProgress | null {
    return this.#progress;
  }

  /** Hints at most every so often, and never of a run that has nothing to do. */
  onProgress(progress: SigmaProgress): void {
    this.#progress = progress;
    const nowMs = performance.now();
    if (nowMs - this.#lastHintMs < HINT_EVERY_MS || progress.total === 0) return;
    this.#lastHintMs = nowMs;
    this.#hint(progress);
  }

  ended(): void {
    this.#progress = null;
    this.#hint({ stage: 'done', done: 0, total: 0 });
  }
}
