import { noneOf } from './combine-tests.ts';
import { compileDetection } from './compile-detection.ts';
import type { RuleHead, SigmaRule } from './compile-rule.ts';
import { isMap } from './compile-tests.ts';
import { fits, type LogSource, readLogSource } from './log-source.ts';
import type { Placeholders } from './placeholders.ts';
import { RuleFault } from './rule-fault.ts';
import type { EventTest } from './sigma-event.ts';

/** A filter ready to be put onto rules. */
export type SigmaFilter = RuleHead & {
  readonly logSource: LogSource;
  /** Ids or names in lower case, or all rules of the log source. */
  readonly rules: 'any' | ReadonlySet<string>;
  /** Passes for events that the rule may still report. */
  readonly keeps: EventTest;
};

/**
 * A `filter` document. The specification 2.1 has the condition select what is suppressed; the tools' own documentation writes `not selection` and
 * selects what stays. Nobody means to suppress all but a selection: a condition that is a negation as a whole says what stays, any other what goes.
 */
export function compileFilter(head: RuleHead, value: Record<string, unknown>, placeholders: Placeholders): SigmaFilter {
  const { filter } = value;
  const logSource = readLogSource(value.logsource);
  if (!isMap(filter) || logSource === null) throw new RuleFault('a filter needs "logsource" and "filter"', []);
  const named = Array.isArray(filter.rules) ? filter.rules : [filter.rules];
  if (!named.every((rule): rule is string => typeof rule === 'string' && rule !== '') || named.length === 0)
    throw new RuleFault('"rules" names the rules by id or name, or is "any"', ['rules']);
  const compiled = compileDetection(filter, placeholders, ['rules']);
  const rules = named.length === 1 && named[0].toLowerCase() === 'any' ? 'any' : new Set(named.map((rule) => rule.toLowerCase()));
  return { ...head, logSource, rules, keeps: compiled.condition.kind === 'not' ? compiled.test : noneOf(compiled).test };
}

/** The rules with every filter that names them, and for each filter to how many it was put. */
export function applyFilters(
  rules: readonly SigmaRule[],
  filters: readonly SigmaFilter[],
): { rules: SigmaRule[]; applied: Map<SigmaFilter, number> } {
  const applied = new Map(filters.map((filter) => [filter, 0]));
  const filtered = rules.map((rule) => {
    const own = filters.filter((filter) => isNamed(filter, rule));
    if (own.length === 0) return rule;
    for (const filter of own) applied.set(filter, (applied.get(filter) ?? 0) + 1);
    const matches: EventTest = (event) => rule.matches(event) && own.every((filter) => filter.keeps(event));
    return { ...rule, matches };
  });
  return { rules: filtered, applied };
}

function isNamed({ rules, logSource }: SigmaFilter, rule: SigmaRule): boolean {
  const isMeant = rules === 'any' || rules.has(rule.id.toLowerCase()) || (rule.name !== '' && rules.has(rule.name.toLowerCase()));
  return isMeant && fits(logSource, rule.logSource);
}
