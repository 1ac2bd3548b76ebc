import { compileFile } from './compile-file.ts';
import { buildRuleSet, type RuleSet } from './rule-set.ts';
import { type SigmaHit, SigmaRun } from './sigma-run.ts';

/** A record for the tests: seconds, the rule that it is for (`K`), and other fields. */
export type Row = { readonly second: number; readonly fields: Readonly<Record<string, string>> };

const RULES = ['a', 'b', 'c']
  .map(
    (name) =>
      `---\ntitle: ${name}\nid: id-${name}\nname: ${name}\nlogsource: { product: windows, service: security }\ndetection:\n  s: { K: ${name} }\n  condition: s\n`,
  )
  .join('');

/** Three rules, `a`, `b` and `c`, which match by `K`, and the given correlations: for each its title and the lines of its body. */
export function ruleSet(correlations: Readonly<Record<string, string>>): RuleSet {
  const texts = Object.entries(correlations).map(
    ([title, body]) => `---\ntitle: ${title}\nname: ${title}\ncorrelation:\n  ${body.split('\n').join('\n  ')}\n`,
  );
  return buildRuleSet([compileFile('c.yml', texts.join('') + RULES, new Map())]);
}

/** The hits of all rows, numbered in their order. */
export function runRows(set: RuleSet, rows: readonly Row[]): SigmaHit[] {
  const run = new SigmaRun(set);
  const hits = rows.flatMap(({ second, fields }, index) =>
    run.observe({ index, at: second * 1e6, head: HEAD, fields: () => Object.entries(fields) }),
  );
  return [...hits, ...run.finish()];
}

const HEAD = { eventId: 1, channel: 'Security', provider: 'P', computer: 'C' };

/** What the correlations had to leave out. */
export function lossesOf(set: RuleSet, rows: readonly Row[]): { dropped: number; unusable: number }[] {
  const run = new SigmaRun(set);
  for (const [index, { second, fields }] of rows.entries())
    run.observe({ index, at: second * 1e6, head: HEAD, fields: () => Object.entries(fields) });
  return run.losses().map(({ dropped, unusable }) => ({ dropped, unusable }));
}

/** One line for each hit of a correlation, sorted. */
export function lines(hits: readonly SigmaHit[]): string[] {
  return hits
    .map(({ rule, correlation, eventIndexes, at, until, group }) => {
      const values = group.map(({ value }) => value.toLowerCase()).join(',');
      return `${(rule ?? correlation)?.title} ${values} ${at / 1e6}-${until / 1e6}: ${eventIndexes.join(' ')}`;
    })
    .sort();
}
