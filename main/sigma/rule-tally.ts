import type { SigmaRule } from './compile-rule.ts';

/** What a rule cost: how often the index let an event through to it, how often it matched, and the time of its test in all. */
export type RuleCost = { readonly rule: SigmaRule; asked: number; matched: number; milliseconds: number };

/** Measures each rule while it runs. Measuring takes about as long as a short test: the figures compare rules, they are no prediction. */
export class RuleTally {
  readonly #costs = new Map<SigmaRule, RuleCost>();

  /** Runs the test and remembers what it took. */
  test(rule: SigmaRule, event: Parameters<SigmaRule['matches']>[0]): boolean {
    const cost = this.#costs.get(rule) ?? { rule, asked: 0, matched: 0, milliseconds: 0 };
    this.#costs.set(rule, cost);
    const startMs = performance.now();
    const isMatched = rule.matches(event);
    cost.milliseconds += performance.now() - startMs;
    cost.asked++;
    if (isMatched) cost.matched++;
    return isMatched;
  }

  /** The dearest first. */
  costs(): readonly Readonly<RuleCost>[] {
    return [...this.#costs.values()].sort((a, b) => b.milliseconds - a.milliseconds);
  }
}
