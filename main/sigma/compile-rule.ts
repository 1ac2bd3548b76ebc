import { compileFile } from './compile-file.ts';
import type { LogPlace } from './log-source.table.ts';
import type { LogSource } from './log-source.ts';
import type { Placeholders } from './placeholders.ts';
import type { EventTest, Probe } from './sigma-event.ts';

/** What a rule, filter or correlation says of itself. */
export type RuleHead = {
  readonly id: string;
  /** By which correlations and filters may name it; may be empty. */
  readonly name: string;
  readonly title: string;
  readonly path: string;
  readonly line: number;
  readonly level: string;
  readonly status: string;
  readonly tags: readonly string[];
};

/** A rule ready to run. */
export type SigmaRule = RuleHead & {
  readonly logSource: LogSource;
  readonly places: readonly LogPlace[];
  /** Event ids without which it cannot match; null: any. */
  readonly eventIds: ReadonlySet<number> | null;
  readonly matches: EventTest;
  /** What the index asks first: an event that matches satisfies one of them. Null: nothing is known. */
  readonly probes: readonly Probe[] | null;
};

/** A rule that does not run here, and where the reason stands. */
export type RefusedRule = {
  readonly path: string;
  readonly id: string;
  readonly title: string;
  readonly line: number;
  readonly reason: string;
};

/** The rule of a file that holds one, or why it does not run. Never throws. For files with several documents there is `compileFile`. */
export function compileRule(path: string, text: string, placeholders: Placeholders): SigmaRule | RefusedRule {
  const { rules, refused, filters, correlations } = compileFile(path, text, placeholders);
  const count = rules.length + refused.length + filters.length + correlations.length;
  if (count === 1 && rules.length === 1) return rules[0];
  if (count === 1 && refused.length === 1) return refused[0];
  const [head] = [...correlations, ...filters, ...rules, ...refused];
  const what = correlations.length > 0 ? 'a correlation' : filters.length > 0 ? 'a filter' : 'more than one rule';
  return { path, id: head?.id ?? '', title: head?.title ?? '', line: head?.line ?? 1, reason: `the file holds ${what}` };
}
