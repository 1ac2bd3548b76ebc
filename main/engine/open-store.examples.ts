import type { Answer, Input, OperationName } from '../../shared/contract/operations.ts';
import type { Micros } from '../../shared/model/time.ts';
import { openEngine } from './engine.ts';
import type { Engine } from './protocol.ts';

/** For tests: the engine on a store, in this thread. Throws what would be told to the analyst. */
export async function openStore(storeFolder: string, options: { readonly now?: () => Micros } = {}): Promise<Engine> {
  const opened = await openEngine({ storeFolder, parseWorkerUrl: null, ...options });
  if (!opened.ok) throw new Error(opened.message);
  return opened.value;
}

/** For tests: the answer to a question, or an error with the code and words of the problem. */
export async function askEngine<Name extends OperationName>(engine: Engine, name: Name, input: Input<Name>): Promise<Answer<Name>> {
  const answer = await engine.call(name, input);
  if (!answer.ok) throw new Error(`${name}: ${answer.code}: ${answer.message}`);
  return answer.value as Answer<Name>;
}
