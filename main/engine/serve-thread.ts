import type { OperationName } from '../../shared/contract/operations.ts';
import { type Problem, ProblemError, problem, type Result } from '../../shared/result.ts';
import type { Engine, EngineThreadOptions, FromEngine, OpenEngine, ToEngine } from './protocol.ts';

/** The part of a message port that the engine's thread needs. */
export type ThreadPort = {
  postMessage(message: FromEngine): void;
  on(event: 'message', listener: (message: ToEngine) => void): unknown;
  close(): void;
};

/**
 * Runs one engine for the port's other side. While its store cannot be opened, every call gets the reason; each question for the status tries to open it once more, so that
 * "Try again" helps when another console was closed or a disk has room again.
 */
export async function serveThread(port: ThreadPort, openEngine: OpenEngine, options: EngineThreadOptions): Promise<void> {
  let opening: Promise<Result<Engine>> | null = null;
  let opened: Result<Engine> = await open();

  function open(): Promise<Result<Engine>> {
    opening ??= openSafely(openEngine, options).then((result) => {
      if (result.ok) result.value.subscribe((topic, hint) => port.postMessage({ type: 'hint', topic, hint }));
      opening = null;
      return result;
    });
    return opening;
  }

  async function answerCall(id: number, operation: string, input: unknown): Promise<void> {
    if (!opened.ok && operation === STATUS) opened = await open();
    const text = opened.ok ? await answer(opened.value, operation, input) : JSON.stringify(opened);
    port.postMessage({ type: 'answer', id, answer: text });
  }

  port.on('message', (message) => {
    if (message.type === 'call') void answerCall(message.id, message.operation, message.input);
    else void close(port, opening ?? Promise.resolve(opened));
  });
  port.postMessage({ type: 'opened', result: opened.ok ? { ok: true, value: null } : opened });
}

const STATUS: OperationName = 'app.status';

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

async function close(port: ThreadPort, opened: Promise<Result<Engine>>): Promise<void> {
  try {
    const engine = await opened;
    if (engine.ok) await engine.value.close();
  } catch (error) {
    console.error(error);
  }
  port.postMessage({ type: 'closed' });
  port.close();
}
