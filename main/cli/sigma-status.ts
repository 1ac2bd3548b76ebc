import type { SigmaRule } from '../sigma/compile-rule.ts';
import type { LinkedCorrelation, RuleSet } from '../sigma/rule-set.ts';
import type { RuleTally } from '../sigma/rule-tally.ts';
import type { SigmaScan } from './sigma-scan.ts';

/** A line of JSON for every rule, correlation and filter: what became of it, and why. */
export function sigmaStatus({ rules, correlations, filters, refused }: RuleSet, scan: SigmaScan): string {
  const losses = new Map(scan.losses().map((loss) => [loss.correlation, loss]));
  const rows: object[] = rules.map((rule) => ({ ...stateOf(rule, scan), rule: rule.id, title: rule.title, path: rule.path }));
  for (const correlation of correlations) {
    const { id, title, path } = correlation;
    const loss = losses.get(correlation);
    rows.push({
      ...stateOf(correlation, scan),
      correlation: id,
      title,
      path,
      withoutValue: loss?.unusable ?? 0,
      forgotten: (loss?.dropped ?? 0) + scan.dropped,
    });
  }
  for (const { filter, rules: count } of filters) {
    const reason = count > 0 ? '' : 'none of the rules that it names is here, with its log source';
    rows.push({
      status: count > 0 ? 'applied' : 'not applied',
      filter: filter.id,
      title: filter.title,
      path: filter.path,
      rules: count,
      reason,
    });
  }
  for (const { path, id, title, line, reason } of refused) rows.push({ status: 'not supported', rule: id, title, path, line, reason });
  return lines(rows);
}

/** A line of JSON for every rule that met an event, the dearest first. */
export function sigmaCosts(tally: RuleTally): string {
  const rows = tally.costs().map(({ rule, asked, matched, milliseconds }) => ({
    cost: rule.id,
    title: rule.title,
    path: rule.path,
    asked,
    matched,
    milliseconds: Number(milliseconds.toFixed(3)),
    microsecondsEach: Number(((milliseconds * 1000) / asked).toFixed(3)),
  }));
  return lines(rows);
}

function lines(rows: readonly object[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

function stateOf(rule: SigmaRule | LinkedCorrelation, scan: SigmaScan): { status: string; matches: number; reason: string } {
  const matches = scan.hits.get(rule) ?? 0;
  const missing = missingLogs(rule, scan.channels);
  const status = matches > 0 ? 'fired' : missing === '' ? 'loaded' : 'cannot fire here';
  return { status, matches, reason: matches > 0 ? '' : missing };
}

/** Why it cannot fire on these logs; empty where it can. */
function missingLogs(rule: SigmaRule | LinkedCorrelation, channels: ReadonlySet<string>): string {
  if ('places' in rule) {
    if (rule.places.some((place) => channels.has(place.channel))) return '';
    return `no log of ${[...new Set(rule.places.map((place) => place.channel))].join(', ')}`;
  }
  const reasons = rule.members.map((member) => missingLogs(member, channels));
  // Orders and sets need all of their rules, counts any.
  const isNeeded = rule.type.startsWith('temporal') ? reasons.some((reason) => reason !== '') : reasons.every((reason) => reason !== '');
  return isNeeded ? `a rule that it needs cannot fire: ${reasons.find((reason) => reason !== '')}` : '';
}
