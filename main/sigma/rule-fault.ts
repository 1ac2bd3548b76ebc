/** What is wrong with a rule, and the keys that lead to it. */
export class RuleFault extends Error {
  readonly keys: readonly (string | number)[];

  constructor(reason: string, keys: readonly (string | number)[]) {
    super(reason);
    this.keys = keys;
  }
}

/** Does `work` and puts the key before the place of whatever it finds wrong. */
export function within<Value>(key: string | number, work: () => Value): Value {
  try {
    return work();
  } catch (thrown) {
    if (thrown instanceof RuleFault) throw new RuleFault(thrown.message, [key, ...thrown.keys]);
    throw new RuleFault(thrown instanceof Error ? thrown.message : String(thrown), [key]);
  }
}
