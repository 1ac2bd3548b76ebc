import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lines, lossesOf, type Row, ruleSet, runRows } from './sigma-run.examples.ts';

const rows = fc
  .array(
    fc.record({
      second: fc.integer({ min: 0, max: 25 }),
      fields: fc.record({
        K: fc.constantFrom('a', 'b', 'c'),
        User: fc.constantFrom('u', 'v', 'U'),
        N: fc.integer({ min: 0, max: 5 }).map(String),
      }),
    }),
    { maxLength: 30 },
  )
  .map((list): Row[] => list.sort((a, b) => a.second - b.second));

type Seen = { readonly second: number; readonly index: number; readonly k: string; readonly n: number };

function groupsOf(given: readonly Row[], rules: string): Map<string, Seen[]> {
  const groups = new Map<string, Seen[]>();
  for (const [index, { second, fields }] of given.entries()) {
    if (!rules.includes(fields.K)) continue;
    const user = fields.User.toLowerCase();
    groups.set(user, [...(groups.get(user) ?? []), { second, index, k: fields.K, n: Number(fields.N) }]);
  }
  return groups;
}

const SPAN = 4;
type Outcome = (window: readonly Seen[]) => boolean;
const sum = (window: readonly Seen[]) => window.reduce((total, { n }) => total + n, 0);
const sorted = (window: readonly Seen[]) => window.map(({ n }) => n).sort((a, b) => a - b);

/** For every event the window that ends with it; neighbors that fulfil the condition and overlap are one hit. */
function sliding(given: readonly Row[], rules: string, isMet: Outcome): string[] {
  const found: string[] = [];
  for (const [user, list] of groupsOf(given, rules)) {
    let open: { at: number; events: Set<number>; until: number } | null = null;
    const close = () => {
      if (open !== null) found.push(`X ${user} ${open.at}-${open.until}: ${[...open.events].sort((a, b) => a - b).join(' ')}`);
      open = null;
    };
    for (const [i, { second }] of list.entries()) {
      const window = list.slice(0, i + 1).filter((other) => second - other.second <= SPAN);
      if (window.length === 1) close();
      if (!isMet(window)) {
        close();
        continue;
      }
      open ??= { at: second, events: new Set(), until: second };
      for (const { index } of window) open.events.add(index);
      open.until = second;
    }
    close();
  }
  return found.sort();
}

/** Spans one after the other, each from an event on. */
function spans(given: readonly Row[], rules: string, isMet: Outcome): string[] {
  const found: string[] = [];
  for (const [user, list] of groupsOf(given, rules)) {
    for (let i = 0; i < list.length; ) {
      const span = list.slice(i).filter((other) => other.second - list[i].second <= SPAN);
      if (isMet(span))
        found.push(`X ${user} ${span[0].second}-${span[span.length - 1].second}: ${span.map(({ index }) => index).join(' ')}`);
      i += span.length;
    }
  }
  return found.sort();
}

describe('a correlation', () => {
  it.each<[string, string, string, Outcome]>([
    ['event_count', 'gte: 3', 'ab', (window) => window.length >= 3],
    ['event_count', 'gt: 1', 'a', (window) => window.length > 1],
    ['value_count', 'field: N, gte: 3', 'ab', (window) => new Set(sorted(window)).size >= 3],
    ['value_sum', 'field: N, gt: 8', 'abc', (window) => sum(window) > 8],
    ['value_avg', 'field: N, gte: 3', 'abc', (window) => sum(window) / window.length >= 3],
    ['value_min', 'field: N, gte: 2', 'ab', (window) => sorted(window)[0] >= 2],
    ['value_max', 'field: N, gt: 4', 'ab', (window) => (sorted(window).at(-1) ?? 0) > 4],
    ['value_median', 'field: N, gt: 2', 'abc', (window) => sorted(window)[Math.ceil(window.length / 2) - 1] > 2],
    ['value_percentile', 'field: N, percentile: 75, gte: 4', 'abc', (window) => sorted(window)[Math.ceil(window.length * 0.75) - 1] >= 4],
    ['temporal', '', 'abc', (window) => new Set(window.map(({ k }) => k)).size === 3],
    ['temporal', 'gte: 2', 'abc', (window) => new Set(window.map(({ k }) => k)).size >= 2],
  ])('of the type %s with %s finds what looking at every window finds', (type, condition, rules, isMet) => {
    const body = `type: ${type}\nrules: [${[...rules]}]\ngroup-by: [User]\ntimespan: ${SPAN}s${condition === '' ? '' : `\ncondition: { ${condition} }`}`;
    const set = ruleSet({ X: body });
    expect(set.refused).toEqual([]);
    const own = (given: readonly Row[]) => lines(runRows(set, given).filter((hit) => hit.correlation !== null));
    fc.assert(
      fc.property(rows, (given) => {
        expect(own(given)).toEqual(sliding(given, rules, isMet));
      }),
      { numRuns: 150 },
    );
  });

  it.each<[string, string, Outcome]>([
    ['event_count', 'lt: 3', (span) => span.length < 3],
    ['event_count', 'gte: 2, lte: 3', (span) => span.length >= 2 && span.length <= 3],
    ['event_count', 'eq: 2', (span) => span.length === 2],
    ['event_count', 'neq: 2', (span) => span.length !== 2],
    ['value_sum', 'field: N, lte: 4', (span) => sum(span) <= 4],
    [
      'value_percentile',
      'field: N, lte: 30',
      (span) => span.some(({ n }) => span.filter((other) => other.n === n).length / span.length <= 0.3),
    ],
    ['temporal', 'eq: 1', (span) => new Set(span.map(({ k }) => k)).size === 1],
  ])('of the type %s with %s is decided by the whole span', (type, condition, isMet) => {
    const set = ruleSet({ X: `type: ${type}\nrules: [a, b]\ngroup-by: [User]\ntimespan: ${SPAN}s\ncondition: { ${condition} }` });
    expect(set.refused).toEqual([]);
    const own = (given: readonly Row[]) => lines(runRows(set, given).filter((hit) => hit.correlation !== null));
    fc.assert(
      fc.property(rows, (given) => {
        expect(own(given)).toEqual(spans(given, 'ab', isMet));
      }),
      { numRuns: 150 },
    );
  });

  it('of the type temporal_ordered fires exactly where such a chain is completed', () => {
    const set = ruleSet({ X: `type: temporal_ordered\nrules: [a, b, c]\ngroup-by: [User]\ntimespan: ${SPAN}s` });
    fc.assert(
      fc.property(rows, (given) => {
        const hits = runRows(set, given).filter((hit) => hit.correlation !== null);
        for (const { eventIndexes } of hits) {
          const chain = eventIndexes.map((index) => given[index]);
          expect(chain.map(({ fields }) => fields.K)).toEqual(['a', 'b', 'c']);
          expect(chain[0].second <= chain[1].second && chain[1].second <= chain[2].second).toBe(true);
          expect(chain[2].second - chain[0].second).toBeLessThanOrEqual(SPAN);
        }
        expect(hits.map(({ at, group }) => `${group[0].value.toLowerCase()} ${at / 1e6}`).sort()).toEqual(orderedByBruteForce(given));
      }),
      { numRuns: 400 },
    );
  });
});

function orderedByBruteForce(given: readonly Row[]): string[] {
  const found: string[] = [];
  for (const [user, list] of groupsOf(given, 'abc')) {
    let since: Seen[] = [];
    for (const seen of list) {
      since.push(seen);
      const of = (k: string) => since.filter((other) => other.k === k);
      const isComplete = of('a').some((a) =>
        of('b').some((b) => b.second >= a.second && of('c').some((c) => c.second >= b.second && c.second - a.second <= SPAN)),
      );
      if (!isComplete) continue;
      found.push(`${user} ${seen.second}`);
      since = [];
    }
  }
  return found.sort();
}

const at = (second: number, K: string, fields: Record<string, string> = {}): Row => ({ second, fields: { K, User: 'u', ...fields } });

describe('a run', () => {
  it('stays within the timespan to the second', () => {
    const set = ruleSet({ X: 'type: event_count\nrules: [a]\ntimespan: 10m\ncondition: { gte: 2 }' });
    expect(lines(runRows(set, [at(0, 'a'), at(600, 'a')]))).toEqual(['X  600-600: 0 1']);
    expect(lines(runRows(set, [at(0, 'a'), at(601, 'a')]))).toEqual([]);
  });

  it('reports the rules of a correlation by themselves only where it generates them', () => {
    const body = 'type: event_count\nrules: [a]\ntimespan: 1m\ncondition: { gte: 2 }';
    const given = [at(0, 'a'), at(1, 'a'), at(2, 'b')];
    expect(lines(runRows(ruleSet({ X: body }), given))).toEqual(['X  1-1: 0 1', 'b  2-2: 2']);
    expect(lines(runRows(ruleSet({ X: `${body}\ngenerate: true` }), given))).toEqual([
      'X  1-1: 0 1',
      'a  0-0: 0',
      'a  1-1: 1',
      'b  2-2: 2',
    ]);
  });

  it('groups rules whose fields have other names, by aliases', () => {
    const body = 'type: temporal\nrules: [a, b]\ngroup-by: [who]\ntimespan: 1m\naliases:\n  who: { a: Source, b: Target }';
    const given = [at(0, 'a', { Source: 'x', Target: 'y' }), at(1, 'b', { Source: 'x', Target: 'y' }), at(2, 'b', { Target: 'X' })];
    expect(lines(runRows(ruleSet({ X: body }), given))).toEqual(['X x 2-2: 0 2']);
  });

  it('puts correlations on correlations: many failures, then a success', () => {
    const set = ruleSet({
      outer: 'type: temporal_ordered\nrules: [many, b]\ngroup-by: [User]\ntimespan: 10s',
      many: 'type: event_count\nrules: [a]\ngroup-by: [User]\ntimespan: 10s\ncondition: { gte: 3 }',
    });
    const fail = (second: number, User = 'u') => at(second, 'a', { User });
    expect(lines(runRows(set, [fail(0), fail(1), fail(2), at(3, 'b')]))).toEqual(['outer u 3-3: 0 1 2 3']);
    expect(lines(runRows(set, [fail(0), fail(1), at(2, 'b'), fail(3)]))).toEqual([]);
    expect(lines(runRows(set, [fail(0), fail(1), fail(2), at(3, 'b', { User: 'v' })]))).toEqual([]);
  });

  it('puts an event without the field to group by into no group, and says so', () => {
    const set = ruleSet({ X: 'type: event_count\nrules: [a]\ngroup-by: [Other]\ntimespan: 1m\ncondition: { gte: 1 }' });
    expect(lines(runRows(set, [at(0, 'a')]))).toEqual([]);
    expect(lossesOf(set, [at(0, 'a')])).toEqual([{ dropped: 0, unusable: 1 }]);
  });

  it('forgets the oldest groups where there are too many, and says so', () => {
    const set = ruleSet({ X: 'type: event_count\nrules: [a]\ngroup-by: [User]\ntimespan: 1m\ncondition: { gte: 2 }' });
    const names = Array.from({ length: 50_010 }, (_, i) => `u${i}`);
    const given = [...names, 'u0', 'u50009'].map((User) => at(0, 'a', { User }));
    expect(lines(runRows(set, given))).toEqual(['X u50009 0-0: 50009 50011']);
    expect(lossesOf(set, given)).toEqual([{ dropped: 11, unusable: 0 }]);
  });

  it('counts an event that several rules match once', () => {
    const set = ruleSet({ X: 'type: event_count\nrules: [a, id-a]\ntimespan: 1m\ncondition: { gte: 2 }' });
    expect(lines(runRows(set, [at(0, 'a')]))).toEqual([]);
  });

  it('holds a burst of any length as one hit that names its first events and counts all', () => {
    const set = ruleSet({ X: 'type: event_count\nrules: [a]\ntimespan: 1m\ncondition: { gte: 5 }' });
    const hits = runRows(
      set,
      Array.from({ length: 5000 }, (_, i) => at(i, 'a')),
    );
    expect(hits.map(({ events, eventIndexes, until }) => [events, eventIndexes.length, until])).toEqual([[5000, 1000, 4999e6]]);
  });
});

describe('a correlation that does not run', () => {
  it.each([
    ['type: nope\nrules: [a]\ntimespan: 1m', /type "nope"/, 5],
    ['type: event_count\nrules: [a]\ntimespan: 1w\ncondition: { gte: 1 }', /"timespan"/, 7],
    ['type: event_count\nrules: [a]\ntimespan: 1m', /needs a condition/, 4],
    ['type: event_count\nrules: [a]\ntimespan: 1m\ncondition: { gte: x }', /no number/, 8],
    ['type: event_count\nrules: [a]\ntimespan: 1m\ncondition: { gte: 1000000 }', /not counted/, 8],
    ['type: value_count\nrules: [a]\ntimespan: 1m\ncondition: { gte: 1 }', /needs "field"/, 8],
    ['type: value_sum\nrules: [a]\ntimespan: 1m\ncondition: { gte: 1, field: [x, y] }', /one field/, 8],
    ['type: temporal\nrules: [a, b]\ntimespan: 1m\ncondition: a and b', /in words/, 8],
    ['type: temporal\nrules: [a, nobody]\ntimespan: 1m', /"nobody" that it names is not among/, 2],
    ['type: temporal\nrules: [a, X]\ntimespan: 1m', /needs this one/, 2],
  ])('%s', (body, reason, line) => {
    const { refused, correlations } = ruleSet({ X: body });
    expect(correlations).toEqual([]);
    expect(refused).toMatchObject([{ title: 'X', line, reason: expect.stringMatching(reason) }]);
  });
});
