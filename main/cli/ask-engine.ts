import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { BOUNDS } from '../../shared/contract/bounds.ts';
import type { Answer, Input, OperationName, Page } from '../../shared/contract/operations.ts';
import type { ImportProgress, ImportReport } from '../../shared/model/import.ts';
import { ProblemError } from '../../shared/result.ts';
import { openEngine } from '../engine/engine.ts';
import type { Engine } from '../engine/protocol.ts';
import type { CommandContext } from './command.ts';

/** The questions of the contract to an engine in this process. Throws `ProblemError` where the answer is a problem. */
export class EngineSession {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  async ask<Name extends OperationName>(operation: Name, input: Input<Name>): Promise<Answer<Name>> {
    const answer = await this.#engine.call(operation, input);
    if (!answer.ok) throw new ProblemError(answer.code, answer.message);
    return answer.value as Answer<Name>;
  }

  /** Every row of a list, page after page. */
  async *rows<Row>(page: (cursor: string | null, limit: number) => Promise<Page<Row>>): AsyncGenerator<Row> {
    let cursor: string | null = null;
    do {
      const answer: Page<Row> = await page(cursor, BOUNDS.pageRows);
      yield* answer.rows;
      cursor = answer.next;
    } while (cursor !== null);
  }

  /** Imports to the end, or until the signal, and gives the report of what was read. Throws when the store failed. */
  async import(paths: readonly string[], signal: AbortSignal, onProgress: (progress: ImportProgress) => void): Promise<ImportReport> {
    const failures: string[] = [];
    let importId = -1;
    let ended = () => {};
    const end = new Promise<void>((settle) => {
      ended = settle;
    });
    const unsubscribe = this.#engine.subscribe((topic, hint) => {
      if (topic === 'engine.failed') failures.push((hint as { message: string }).message);
      if (topic !== 'imports.progress') return;
      const progress = hint as ImportProgress;
      onProgress(progress);
      if (progress.stage === 'done' && (importId === -1 || progress.importId === importId)) ended();
    });
    const cancel = () => {
      if (importId !== -1) void this.#engine.call('imports.cancel', { importId });
    };
    try {
      importId = (await this.ask('imports.start', { paths: paths.map((path) => resolve(path)) })).importId;
      signal.addEventListener('abort', cancel);
      if (signal.aborted) cancel();
      await end;
      const report = await this.ask('imports.report', { importId });
      if (report.row.state === 'failed') throw new ProblemError('failed', failures.at(-1) ?? 'The import could not be completed.');
      return report;
    } finally {
      signal.removeEventListener('abort', cancel);
      unsubscribe();
    }
  }
}

/** Opens an engine on the given store, or on a temporary one that is removed afterwards, for as long as `work` takes. */
export async function withEngine<Value>(
  storeFolder: string | undefined,
  context: CommandContext,
  work: (session: EngineSession) => Promise<Value>,
): Promise<Value> {
  const folder = storeFolder === undefined ? fs.mkdtempSync(join(tmpdir(), 'keepwatch-')) : resolve(storeFolder);
  try {
    const opened = await openEngine({ storeFolder: folder, parseWorkerUrl: context.parseWorkerUrl });
    if (!opened.ok) throw new ProblemError(opened.code, opened.message);
    try {
      return await work(new EngineSession(opened.value));
    } finally {
      await opened.value.close();
    }
  } finally {
    if (storeFolder === undefined) fs.rmSync(folder, { recursive: true, force: true });
  }
}
