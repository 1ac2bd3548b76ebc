import type { Answer, Input, OperationName } from '../../shared/contract/operations.ts';
import { ProblemError, type Result } from '../../shared/result.ts';
import { bridge } from './bridge.ts';

/** Asks the engine. Expected failures are thrown as `ProblemError`, which carries its code and a sentence for the analyst. */
export async function call<Name extends OperationName>(name: Name, input: Input<Name>): Promise<Answer<Name>> {
  const answer = JSON.parse(await bridge().call(JSON.stringify({ operation: name, input }))) as Result<Answer<Name>>;
  if (!answer.ok) throw new ProblemError(answer.code, answer.message);
  return answer.value;
}
