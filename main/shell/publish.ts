/** Time between two rounds of hints: an import changes answers far more often than a screen is worth redrawing. */
const ROUND_MS = 150;

export type Publisher = { publish(topic: string, hint: unknown): void; stop(): void };

/**
 * Sends the newest hint of each topic, the first at once, then one round at most every 150 ms. Hints that carry an `importId` are kept apart by it, so that
 * the end of one import is not hidden by the progress of another.
 */
export function createPublisher(
  send: (message: string) => void,
  schedule: (run: () => void, afterMs: number) => () => void = scheduleByTimer,
): Publisher {
  const pending = new Map<string, string>();
  let cancel: (() => void) | null = null;
  const flush = () => {
    if (pending.size === 0) {
      cancel = null;
      return;
    }
    const messages = [...pending.values()];
    pending.clear();
    cancel = schedule(flush, ROUND_MS);
    for (const message of messages) send(message);
  };
  return {
    publish(topic, hint) {
      pending.set(`${topic}\0${readImportId(hint)}`, JSON.stringify({ topic, hint }));
      if (cancel === null) flush();
    },
    stop() {
      cancel?.();
      cancel = () => {};
      pending.clear();
    },
  };
}

function readImportId(hint: unknown): string {
  return typeof hint === 'object' && hint !== null ? String(Reflect.get(hint, 'importId') ?? '') : '';
}

function scheduleByTimer(run: () => void, afterMs: number): () => void {
  const timer = setTimeout(run, afterMs);
  return () => clearTimeout(timer);
}
