import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileRule, type SigmaRule } from './compile-rule.ts';
import { compileSelection, type EventTest, isMap, type Placeholders, type SigmaEvent } from './compile-selection.ts';
import { RowEvent } from './row-event.ts';
import { RuleIndex } from './rule-index.ts';

const HEAD = { eventId: 1, channel: 'Microsoft-Windows-Sysmon/Operational', provider: 'Microsoft-Windows-Sysmon', computer: 'WS01' };

function rule(detection: string, logsource = 'product: windows, category: process_creation'): SigmaRule {
  const compiled = compileRule('rule.yml', `title: T\nid: r1\nlogsource: { ${logsource} }\ndetection:\n${detection}`, PLACEHOLDERS);
  if (!('matches' in compiled)) throw new Error(compiled.reason);
  return compiled;
}
const PLACEHOLDERS = new Map([['domain_controllers', ['DC1', 'DC2']]]);

const event = (fields: Record<string, string>, eventId = 1) => new RowEvent({ ...HEAD, eventId }, () => Object.entries(fields));

/** One selection as a flow map, matched against one event. */
function matches(selection: string, fields: Record<string, string>): boolean {
  return rule(`  sel: ${selection}\n  condition: sel\n`).matches(event(fields));
}

describe('a selection', () => {
  it.each([
    ["{ Image: 'c:\\windows\\cmd.exe' }", { Image: 'C:\\Windows\\CMD.EXE' }, true],
    ["{ Image|cased: 'cmd.exe' }", { Image: 'CMD.EXE' }, false],
    ["{ Image|endswith: '\\cmd.exe' }", { Image: 'C:\\cmd.exe' }, true],
    ["{ Image|startswith: 'C:' }", { Image: 'xC:' }, false],
    ["{ Log: 'Sec?rity' }", { Log: 'xSecurityx' }, false],
    ["{ Log: 'Sec?rity' }", { Log: 'Security' }, true],
    ["{ Log: 'a*z' }", { Log: 'abz' }, true],
    ["{ Log: 'a\\*z' }", { Log: 'abz' }, false],
    ["{ Log: 'a\\*z' }", { Log: 'a*z' }, true],
    ["{ C|contains|all: [' a', ' b'] }", { C: 'x b a' }, true],
    ["{ C|contains|all: [' a', ' b'] }", { C: 'x a' }, false],
    ["{ C|contains|windash: ' -enc' }", { C: 'powershell /enc' }, true],
    ["{ C|re: '^a.+z$' }", { C: 'abcz' }, true],
    ["{ C|re: '(?i)ABC' }", { C: 'abc' }, true],
    ["{ C|base64offset|contains: 'foobar' }", { C: Buffer.from('xxfoobaryy').toString('base64') }, true],
    ["{ C|wide|base64offset|contains: 'foobar' }", { C: Buffer.from('1foobar', 'utf16le').toString('base64') }, true],
    ["{ Ip|cidr: '10.0.0.0/8' }", { Ip: '10.2.3.4' }, true],
    ["{ Ip|cidr: '10.0.0.0/8' }", { Ip: '11.2.3.4' }, false],
    ['{ N|gte: 10 }', { N: '10' }, true],
    ['{ N|lt: 10 }', { N: '-' }, false],
    ['{ N|exists: false }', {}, true],
    ['{ N: null }', { N: '' }, true],
    ['{ N: null }', { N: 'x' }, false],
    ["{ N|neq: 'x' }", { N: 'y' }, true],
    ['{ A|fieldref: B }', { A: 'same', B: 'SAME' }, true],
    ["{ A|expand: '%domain_controllers%' }", { A: 'dc2' }, true],
    ['{ T|hour: 9 }', { T: '2026-03-02T09:30:00Z' }, true],
    ['{ ThreatName: x }', { 'Threat Name': 'x' }, true],
    ['[{ A: x }, { B: y }]', { B: 'y' }, true],
    ['[{ A: x, B: y }, { C: z }]', { A: 'x' }, false],
    ["['one', 'two']", { Any: 'has two in it' }, true],
    ["{ '|all': ['one', 'two'] }", { Any: 'one', Other: 'TWO' }, true],
    ["{ '|all': ['one', 'two'] }", { Any: 'one' }, false],
    ["{ '|neq': 'one' }", { Any: 'one' }, false],
    ["{ '|re': '^o.e$' }", { Any: 'one' }, true],
    ["{ '|startswith': 'one' }", { Any: 'a one' }, false],
    ["{ '|cased': 'One' }", { Any: 'a one' }, false],
    ["{ N|contains|neq: 'x' }", { N: 'axb' }, false],
    ["{ N|neq: ['x', 'y'] }", { N: 'y' }, false],
    ['{ N|neq: 5 }', { N: '6' }, true],
    ['{ A|fieldref|neq: B }', { A: 'same', B: 'SAME' }, false],
    ['{ A|fieldref|startswith: B }', { A: 'same', B: 'SA' }, true],
    ['{ A|fieldref|endswith: B }', { A: 'same', B: 'SA' }, false],
    ['{ A|fieldref|contains: B }', { A: 'same', B: 'AM' }, true],
    ['{ A|fieldref|cased: B }', { A: 'same', B: 'SAME' }, false],
    ["{ C|contains|windash: ' -a -b' }", { C: 'x /a –b' }, true],
    ["{ C|contains|windash: ' -a -b' }", { C: 'x ?a -b' }, false],
    ["{ C|contains|windash: 'a-b' }", { C: 'a/b' }, false],
    ["{ C|re|i: 'ABC' }", { C: 'abc' }, true],
    ["{ C|re: 'ABC' }", { C: 'abc' }, false],
    ["{ C|re|m: '^b$' }", { C: 'a\nb' }, true],
    ["{ C|re: '^b$' }", { C: 'a\nb' }, false],
    ["{ C|re|s: 'a.b' }", { C: 'a\nb' }, true],
    ["{ C|re: 'a.b' }", { C: 'a\nb' }, false],
    ["{ C|base64: 'foobar' }", { C: Buffer.from('foobar').toString('base64') }, true],
    ["{ C|base64: 'foobar' }", { C: Buffer.from('foobar').toString('base64').toLowerCase() }, false],
    ["{ C|utf16be|base64offset|contains: 'foobar' }", { C: Buffer.from('foobar', 'utf16le').swap16().toString('base64') }, true],
    ["{ C|utf16|base64: 'foo' }", { C: Buffer.from('\uFEFFfoo', 'utf16le').toString('base64') }, true],
    ["{ C|utf16le|base64: 'foo' }", { C: Buffer.from('foo', 'utf16le').toString('base64') }, true],
    ["{ Ip|cidr: 'fe80::/10' }", { Ip: 'fe80::1' }, true],
    ["{ Ip|cidr: 'fe80::/10' }", { Ip: 'fd00::1' }, false],
    ["{ Ip|cidr: ['10.0.0.0/8', '192.168.0.0/16'] }", { Ip: '::ffff:192.168.3.4' }, true],
    ['{ T|minute|gte: 30 }', { T: '2026-03-02 09:29:59.123' }, false],
    ['{ T|day: 2 }', { T: '2026-03-02 00:00:00' }, true],
    ['{ T|week: 53 }', { T: '2027-01-03T12:00:00Z' }, true],
    ['{ T|week: 1 }', { T: '2027-01-04T12:00:00Z' }, true],
    ['{ T|month|lt: 3 }', { T: '2026-03-02T09:30:00Z' }, false],
    ['{ T|year: 2025 }', { T: '2026-01-01T00:30:00+01:00' }, true],
    ['{ T|hour|neq: 9 }', { T: '2026-03-02T09:30:00Z' }, false],
    ["{ A|contains|expand: 'x%domain_controllers%' }", { A: 'axdc1b' }, true],
    ["{ A: '' }", { A: '' }, true],
    ["{ A: '' }", { A: 'x' }, false],
    ["{ A: 'a\\\\*' }", { A: 'a\\b' }, true],
    ["{ A|startswith: 'a*c' }", { A: 'abbcd' }, true],
    ["{ A|endswith: 'a?c' }", { A: 'xabc' }, true],
    ["{ A|endswith: 'a?c' }", { A: 'abcx' }, false],
    ["{ A: '*' }", { A: '' }, true],
  ] as const)('%s', (selection, fields, expected) => {
    expect(matches(selection, fields as unknown as Record<string, string>)).toBe(expected);
  });
});

describe('a condition', () => {
  it('leaves selections that begin with "_" out of "them"', () => {
    expect(rule('  _a: { A: x }\n  b: { B: x }\n  condition: all of them\n').matches(event({ B: 'x' }))).toBe(true);
  });

  const selections = '  sel_a: { A: x }\n  sel_b: { B: x }\n  filter_c: { C: x }\n';
  it.each([
    ['sel_a and not filter_c', { A: 'x' }, true],
    ['sel_a and not filter_c', { A: 'x', C: 'x' }, false],
    ['1 of sel_*', { B: 'x' }, true],
    ['all of sel_*', { B: 'x' }, false],
    ['all of sel_* and not 1 of filter_*', { A: 'x', B: 'x' }, true],
    ['1 of them', { C: 'x' }, true],
    ['sel_a or sel_b and filter_c', { A: 'x' }, true],
    ['(sel_a or sel_b) and filter_c', { A: 'x' }, false],
    ['not (sel_a or sel_b)', {}, true],
    ['NOT sel_a AND sel_b', { B: 'x' }, true],
    ['any of sel_*', { B: 'x' }, true],
    ['all of them', { A: 'x', B: 'x', C: 'x' }, true],
    ['all of them', { A: 'x', B: 'x' }, false],
    ['1 of *_b', { B: 'x' }, true],
    ['not 1 of sel_*', { B: 'x' }, false],
    ['not not sel_a', { A: 'x' }, true],
    ['[sel_a, sel_b and filter_c]', { A: 'x' }, true],
    ['[sel_a, sel_b and filter_c]', { B: 'x' }, false],
  ] as const)('%s', (condition, fields, expected) => {
    const compiled = rule(`${selections}  condition: ${condition}\n`);
    expect(compiled.matches(event(fields as Record<string, string>))).toBe(expected);
  });
});

describe('a rule that does not run here', () => {
  it.each([
    ['not: [closed', /not valid YAML/],
    ['title: T', /no Sigma rule/],
    ['title: T\ndetection:\n  s: { A: x }\n  condition: s', /needs "logsource" and "detection"/],
    ['title: T\nlogsource: { product: linux }\ndetection:\n  s: { A: x }\n  condition: s', /no source here writes linux/],
    ['logsource: { product: windows, service: security }\ndetection:\n  s: { A|nope: x }\n  condition: s', /"nope" is not supported/],
    ['logsource: { product: windows, service: security }\ndetection:\n  s: { A: x }\n  condition: t', /names "t"/],
    ['logsource: { product: windows, service: security }\ndetection:\n  s: { A|expand: "%x%" }\n  condition: s', /has no values here/],
    ['correlation: { type: event_count }', /texts are needed/],
    ['logsource: { product: windows, service: security }\ndetection:\n  s: { A: x }\n  condition: s | count() > 5', /use a correlation/],
    ['logsource: { product: windows, service: security }\ndetection:\n  s: { A: x }\n  condition: 2 of s*', /only 1, any and all/],
    ['logsource: { product: windows, service: security }\ndetection:\n  s: { A|lt: many }\n  condition: s', /is no number/],
    ['logsource: { product: windows, service: security }\ndetection:\n  s: { A|cidr: 10.0.0.0/99 }\n  condition: s', /no network/],
    ['logsource: { product: windows, service: security }\ndetection:\n  s: { A|wide: x }\n  condition: s', /without base64/],
    ['logsource: { product: windows, service: security }\ndetection:\n  s: { A|re: "(" }\n  condition: s', /regular expression/i],
    ['a: &a [1]\nb: *a', /aliases/],
  ])('%s', (text, reason) => {
    const refused = compileRule('rule.yml', text, new Map());
    expect('reason' in refused && refused.reason).toMatch(reason);
    expect('line' in refused && refused.line).toBeGreaterThan(0);
  });

  it('names the line of what is wrong', () => {
    const text =
      'title: T\nlogsource: { product: windows, service: security }\ndetection:\n  s:\n    A: x\n    B|nope: y\n  condition: s\n';
    expect(compileRule('rule.yml', text, new Map())).toMatchObject({ line: 6 });
  });

  it('is never thrown, whatever the text', () => {
    const piece = fc.constantFrom(
      'detection:',
      '\n',
      '  ',
      'condition: ',
      'a|re: ',
      '(',
      '[',
      '*',
      '1 of ',
      'logsource: { product: windows }',
      '&a ',
      '"',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 30 }).map((parts) => parts.join('')),
        ),
        (text) => {
          expect(compileRule('rule.yml', text, new Map())).toHaveProperty('path', 'rule.yml');
        },
      ),
    );
  });
});

describe('a part of a selection', () => {
  it('can be asked by itself', () => {
    const given: unknown = { 'A|contains': 'x', B: 'y' };
    const placeholders: Placeholders = new Map();
    const tests: EventTest[] = isMap(given)
      ? Object.entries(given).map(([key, value]) => compileSelection({ [key]: value }, placeholders))
      : [];
    const record: SigmaEvent = event({ A: 'axb', B: 'z' });
    expect(tests.map((test) => test(record))).toEqual([true, false]);
  });
});

describe('the index', () => {
  const letters = fc.constantFrom('a', 'b', '\\', 'É', 'ab');
  const text = fc.array(letters, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));
  const key = fc.tuple(
    fc.constantFrom('A', 'B', ''),
    fc.constantFrom('', '|contains', '|startswith', '|endswith', '|cased', '|neq', '|contains|all'),
  );
  const selection = fc.dictionary(
    key.map(([name, modifier]) => name + (name === '' && modifier === '' ? '|all' : modifier)),
    fc.array(text, { minLength: 1, maxLength: 3 }),
    { minKeys: 1, maxKeys: 3 },
  );
  const condition = fc.constantFrom('s and t', 's or t', 's and not t', 'not s', '1 of them', 's');

  it('finds what asking every rule finds', () => {
    const set = fc.array(fc.tuple(selection, selection, condition), { minLength: 1, maxLength: 8 });
    const fields = fc.dictionary(fc.constantFrom('A', 'B', 'C'), text, { minKeys: 1 });
    fc.assert(
      fc.property(set, fc.array(fields, { minLength: 1, maxLength: 4 }), (given, events) => {
        const rules = given.map(([s, t, c]) => rule(`  s: ${JSON.stringify(s)}\n  t: ${JSON.stringify(t)}\n  condition: ${c}\n`));
        const index = new RuleIndex(rules);
        for (const values of events) {
          const record = event(values);
          expect([...index.matching(HEAD.channel.toLowerCase(), record)]).toEqual(rules.filter((one) => one.matches(record)));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('offers an event only the rules that could match it', () => {
    const byId = rule(
      '  sel: { EventID: [4624, 4625], A: x }\n  condition: sel and not 1 of fil*\n  fil: { EventID: 1 }\n',
      'product: windows, service: security',
    );
    const process = rule('  sel: { A: x }\n  condition: sel\n');
    const index = new RuleIndex([byId, process]);
    const offered = (channel: string, id: number) => [...index.candidates(channel, id)].map((entry) => entry.rule);
    expect(offered('security', 4624)).toEqual([byId]);
    expect(offered('security', 1)).toEqual([]);
    expect(offered('security', 4688)).toEqual([process]);
    expect(offered(HEAD.channel.toLowerCase(), 1)).toEqual([process]);
    expect(offered('system', 4624)).toEqual([]);
  });
});
