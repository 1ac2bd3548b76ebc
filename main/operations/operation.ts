import type { Answer, Input, OperationName } from '../../shared/contract/operations.ts';
import type { Topic, Topics } from '../../shared/contract/topics.ts';
import type { Micros } from '../../shared/model/time.ts';
import type { Result } from '../../shared/result.ts';
import type { Workspace } from '../engine/workspace.ts';
import type { ImportRunner } from '../sync/import-runner.ts';
import type { SigmaAdd } from '../sync/sigma-add.ts';
import type { Uploads } from '../sync/uploads.ts';

/** What an operation may use. */
export type Context = {
  readonly workspace: Workspace;
  readonly runner: ImportRunner;
  readonly uploads: Uploads;
  readonly sigmaAdd: SigmaAdd;
  readonly storeFolder: string;
  now(): Micros;
  hint<Name extends Topic>(topic: Name, hint: Topics[Name]): void;
};

export type Operation<Name extends OperationName> = (
  input: Input<Name>,
  context: Context,
) => Result<Answer<Name>> | Promise<Result<Answer<Name>>>;
export type Operations<Names extends OperationName> = { readonly [Name in Names]: Operation<Name> };
