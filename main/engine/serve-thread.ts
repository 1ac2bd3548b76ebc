import { type Problem, ProblemError, problem, type Result } from '../../shared/result.ts';
import type { Engine, EngineThreadOptions, FromEngine, OpenEngine, ToEngine } from './protocol.ts';

/** The part of a message port that the engine's thread needs. */
export type ThreadPort = {
  postMessage(message: FromEngine): void;
  on(event: 'message', listener: (message: ToEngine) => void): unknown;
  close(): void;
};

/**
 * Runs one engine for the port's other side. An engine that cannot open its store still answers: every call gets the reason.
 */
export async function serveThread(port: ThreadPort, openEngine: OpenEngine, options: EngineThreadOptions): Promise<void> {
  const opened = await openSafely(openEngine, options);
  const engine = opened.ok ? opened.value : refuseEverything(opened);
  engine.subscribe((topic, hint) => port.postMessage({ type: 'hint', topic, hint }));
  port.on('message', (message) => {
    if (message.type === 'call') {
      void answer(engine, message.operation, message.input).then((text) =>
        port.postMessage({ type: 'answer', id: message.id, answer: text }),
      );
      return;
    }
    void closeSafely(engine).then(() => {
      port.postMessage({ type: 'closed' });
      port.close();
    });
  });
  port.postMessage({ type: 'opened', result: opened.ok ? { ok: true, value: null } : opened });
}

async function openSafely(openEngine: OpenEngine, options: EngineThreadOptions): Promise<Result<Engine>> {
  try {
    return await openEngine({
      storeFolder: options.storeFolder,
      parseWorkerUrl: options.parseWorkerHref === null ? null : new URL(options.parseWorkerHref),
    });
  } catch (error) {
    return toProblem(error);
  }
}

async function answer(engine: Engine, operation: string, input: unknown): Promise<string> {
  try {
    return JSON.stringify(await engine.call(operation, input));
  } catch (error) {
    return JSON.stringify(toProblem(error));
  }
}

function toProblem(error: unknown): Problem {
  if (error instanceof ProblemError) return problem(error.code, error.message);
  console.error(error);
  return problem('failed', `Keepwatch made a mistake: ${error instanceof Error ? error.message : String(error)}`);
}

async function closeSafely(engine: Engine): Promise<void> {
  try {
    await engine.close();
  } catch (error) {
    console.error(error);
  }
}

function refuseEverything(reason: Problem): Engine {
  return { call: async () => reason, subscribe: () => () => {}, close: async () => {} };
}
