import { join } from 'node:path';
import { OPERATIONS, type OperationName } from '../../shared/contract/operations.ts';
import type { Topic, Topics } from '../../shared/contract/topics.ts';
import { ok, ProblemError, problem, type Result } from '../../shared/result.ts';
import type { Context, Operation } from '../operations/operation.ts';
import { operationRegistry } from '../operations/registry.ts';
import { openDatabase } from '../store/database.ts';
import { MIGRATIONS } from '../store/migrations/registry.ts';
import { ImportRunner } from '../sync/import-runner.ts';
import { createParsePool } from '../sync/parse-pool.ts';
import { settleExpired } from '../sync/settle-alerts.ts';
import { SigmaAdd } from '../sync/sigma-add.ts';
import { Uploads } from '../sync/uploads.ts';
import type { Engine, EngineOptions } from './protocol.ts';
import { Workspace } from './workspace.ts';

/** Opens a store and everything that works on it, in the thread that calls; windows reach it through `start.ts`, the command line directly. */
export async function openEngine(options: EngineOptions): Promise<Result<Engine>> {
  const now = options.now ?? (() => Math.round((performance.timeOrigin + performance.now()) * 1000));
  const database = await openDatabase(options.storeFolder, { migrations: MIGRATIONS, now });
  if (!database.ok) return database;
  const listeners = new Set<(topic: string, hint: unknown) => void>();
  const hint = <Name extends Topic>(topic: Name, value: Topics[Name]) => {
    for (const listener of listeners) listener(topic, value);
  };
  let workspace: Workspace;
  try {
    workspace = new Workspace(database.value);
    workspace.imports.markInterrupted(now());
    workspace.sigma.forgetRemoved();
  } catch (error) {
    database.value.close();
    return asProblem(error);
  }
  const uploads = new Uploads(options.storeFolder);
  const pool = createParsePool({ workerUrl: options.parseWorkerUrl });
  const runner = new ImportRunner({
    workspace,
    pool,
    uploads,
    demoFolder: options.demoFolder ?? join(options.storeFolder, 'demo'),
    now,
    hint,
  });
  const context: Context = { workspace, runner, uploads, sigmaAdd: new SigmaAdd(), storeFolder: options.storeFolder, now, hint };
  return ok({
    call: (operation, input) => answer(operation, input, context),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      await context.sigmaAdd.close();
      await runner.close();
      database.value.close();
    },
  });
}

/** The engine checks too, whoever asks: the command line has no other door. */
async function answer(operation: string, input: unknown, context: Context): Promise<Result<unknown>> {
  if (!Object.hasOwn(OPERATIONS, operation)) return problem('invalid-input', `There is no operation ${operation.slice(0, 100)}.`);
  const name = operation as OperationName;
  const parsed = OPERATIONS[name].safeParse(input);
  if (!parsed.success)
    return problem(
      'invalid-input',
      `${name}: ${parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ')}`,
    );
  try {
    settleExpired(context.workspace, context.now(), context.hint);
    return await (operationRegistry[name] as Operation<OperationName>)(parsed.data as never, context);
  } catch (error) {
    return asProblem(error);
  }
}

function asProblem(error: unknown): Result<never> {
  if (error instanceof ProblemError) return problem(error.code, error.message);
  return problem('failed', error instanceof Error ? `${error.message}` : String(error));
}
