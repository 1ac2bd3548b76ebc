import type { CompiledFile } from './compile-file.ts';
import type { RefusedRule, RuleHead, SigmaRule } from './compile-rule.ts';
import { applyFilters, type SigmaFilter } from './filter.ts';
import type { SigmaCorrelation } from './parse-correlation.ts';

/** A correlation whose rules are found. */
export type LinkedCorrelation = SigmaCorrelation & { readonly members: readonly (SigmaRule | LinkedCorrelation)[] };

/** Rules, filters and correlations of many files put together. */
export type RuleSet = {
  readonly rules: readonly SigmaRule[];
  /** Those that others name come before them. */
  readonly correlations: readonly LinkedCorrelation[];
  readonly filters: readonly { readonly filter: SigmaFilter; readonly rules: number }[];
  readonly refused: readonly RefusedRule[];
};

/** Puts filters onto the rules that they name and finds the rules of correlations, by id or name, across all files. */
export function buildRuleSet(files: readonly CompiledFile[]): RuleSet {
  const given = files.flatMap((file) => file.rules);
  const { rules, applied } = applyFilters(
    given,
    files.flatMap((file) => file.filters),
  );
  const refused = files.flatMap((file) => file.refused);
  const linked = link(
    rules,
    files.flatMap((file) => file.correlations),
    refused,
  );
  return {
    rules,
    correlations: linked.correlations,
    filters: [...applied].map(([filter, count]) => ({ filter, rules: count })),
    refused: [...refused, ...linked.refused],
  };
}

function link(
  rules: readonly SigmaRule[],
  given: readonly SigmaCorrelation[],
  refusedRules: readonly RefusedRule[],
): { correlations: LinkedCorrelation[]; refused: RefusedRule[] } {
  const refused: RefusedRule[] = [];
  const known = new Map<string, SigmaRule | LinkedCorrelation>();
  const quiet = new Set(refusedRules.map((rule) => rule.id.toLowerCase()));
  for (const rule of rules) remember(known, rule);
  const correlations: LinkedCorrelation[] = [];
  let open = [...given];
  // Every round links those whose rules are all known; what is left names what is not here, or itself.
  for (;;) {
    const left: SigmaCorrelation[] = [];
    for (const correlation of open) {
      const members = correlation.rules.map((name) => known.get(name.toLowerCase()));
      if (members.some((member) => member === undefined)) left.push(correlation);
      else {
        const found = { ...correlation, members: members as (SigmaRule | LinkedCorrelation)[] };
        correlations.push(found);
        remember(known, found);
      }
    }
    if (left.length === open.length) break;
    open = left;
  }
  const waiting = new Set(open.flatMap((correlation) => [correlation.id, correlation.name].filter((key) => key !== '').map(lower)));
  for (const { path, id, title, line, rules: names } of open) {
    const missing = names.map(lower).find((name) => !known.has(name) && !waiting.has(name));
    const circular = names.map(lower).find((name) => waiting.has(name));
    const reason =
      missing === undefined
        ? `it needs "${circular}", which does not run here or needs this one`
        : `the rule "${missing}" that it names ${quiet.has(missing) ? 'does not run here' : 'is not among the rules'}`;
    refused.push({ path, id, title, line, reason });
  }
  return { correlations, refused };
}

const lower = (text: string) => text.toLowerCase();

/** The first of an id or name holds: the order of the files decides, as everywhere. */
function remember<Rule extends RuleHead>(known: Map<string, Rule>, rule: Rule): void {
  for (const key of [rule.id, rule.name]) if (key !== '' && !known.has(lower(key))) known.set(lower(key), rule);
}
