import { compileTests } from './compile-tests.ts';
import type { Placeholders } from './placeholders.ts';
import type { EventTest } from './sigma-event.ts';

export { isMap } from './compile-tests.ts';
export type { Placeholders } from './placeholders.ts';
export type { EventTest, SigmaEvent } from './sigma-event.ts';

/** One selection, or a part of one, as a test of its own: to say which parts of a rule a record satisfied. Throws as `compileTests`. */
export function compileSelection(selection: unknown, placeholders: Placeholders): EventTest {
  return compileTests(selection, placeholders).test;
}
