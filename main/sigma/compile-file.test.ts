import { describe, expect, it } from 'vitest';
import { compileFile } from './compile-file.ts';
import { applyFilters } from './filter.ts';
import { RowEvent } from './row-event.ts';

const SOURCE = 'logsource: { product: windows, service: security }';
const event = (fields: Record<string, string>) =>
  new RowEvent({ eventId: 1, channel: 'Security', provider: 'P', computer: 'C' }, () => Object.entries(fields));

describe('a file of several documents', () => {
  it('gives every rule, and says of the others what and where', () => {
    const text = `title: One\nid: r1\n${SOURCE}\ndetection:\n  s: { A: x }\n  condition: s\n---\ntitle: Two\nid: r2\n${SOURCE}\ndetection:\n  s: { A|nope: x }\n  condition: s\n---\n`;
    const { rules, refused } = compileFile('f.yml', text, new Map());
    expect(rules.map((rule) => rule.id)).toEqual(['r1']);
    expect(refused).toEqual([{ path: 'f.yml', id: 'r2', title: 'Two', line: 12, reason: 'the modifier "nope" is not supported' }]);
  });

  it('lends what "action: global" says to those that follow, until it is reset', () => {
    const text = `action: global\ntitle: G\n${SOURCE}\ndetection:\n  condition: s\n---\nid: r1\ndetection:\n  s: { A: x }\n---\naction: repeat\nid: r2\ndetection:\n  s: { B: y }\n---\naction: reset\n---\nid: r3\ndetection:\n  s: { A: x }\n`;
    const { rules, refused } = compileFile('f.yml', text, new Map());
    expect(rules.map(({ id, title }) => [id, title])).toEqual([
      ['r1', 'G'],
      ['r2', 'G'],
    ]);
    expect(rules[1].matches(event({ A: 'x', B: 'y' }))).toBe(true);
    expect(rules[1].matches(event({ B: 'y' }))).toBe(false);
    expect(refused.map(({ id }) => id)).toEqual(['r3']);
  });
});

describe('a filter', () => {
  const rule = `title: R\nid: r1\nname: by_name\n${SOURCE}\ndetection:\n  s: { A: x }\n  condition: s\n`;
  const filter = (rules: string, condition: string, source = SOURCE) =>
    `---\ntitle: F\nid: f1\n${source}\nfilter:\n  rules: ${rules}\n  ours: { User|startswith: adm_ }\n  condition: ${condition}\n`;
  const filtered = (text: string) => {
    const { rules, filters } = compileFile('f.yml', rule + text, new Map());
    const { rules: after, applied } = applyFilters(rules, filters);
    return { matches: (fields: Record<string, string>) => after[0].matches(event(fields)), applied: [...applied.values()] };
  };

  it.each([
    ['[r1]', 'ours'],
    ['[R1]', 'not ours'],
    ['[by_name]', 'ours'],
    ['any', 'ours'],
  ])('that names %s and says "%s" keeps the rule quiet', (rules, condition) => {
    const { matches, applied } = filtered(filter(rules, condition));
    expect(matches({ A: 'x', User: 'adm_a' })).toBe(false);
    expect(matches({ A: 'x', User: 'a' })).toBe(true);
    expect(matches({ A: 'y', User: 'a' })).toBe(false);
    expect(applied).toEqual([1]);
  });

  it.each([
    ['[other]', SOURCE],
    ['[r1]', 'logsource: { product: windows, service: system }'],
  ])('of %s with %s leaves it as it is', (rules, source) => {
    const { matches, applied } = filtered(filter(rules, 'ours', source));
    expect(matches({ A: 'x', User: 'adm_a' })).toBe(true);
    expect(applied).toEqual([0]);
  });

  it('without rules, or with none that runs, is refused', () => {
    const { refused } = compileFile('f.yml', `title: F\n${SOURCE}\nfilter:\n  s: { A: x }\n  condition: s\n`, new Map());
    expect(refused[0].reason).toMatch(/names the rules/);
    const other = compileFile('f.yml', `title: F\n${SOURCE}\nfilter:\n  rules: [r1]\n  s: { A|nope: x }\n  condition: s\n`, new Map());
    expect(other.refused[0]).toMatchObject({ line: 5, reason: expect.stringMatching(/nope/) });
  });
});

describe('a placeholder', () => {
  const text = (value: string) => `title: R\n${SOURCE}\ndetection:\n  s: { A|expand: '${value}' }\n  condition: s\n`;
  const source = (name: string) => (name === 'servers' ? ['s1', 'a*b', '100%x%'] : null);

  it('is filled by whatever knows it, and its values are texts', () => {
    const { rules } = compileFile('f.yml', text('%Servers%'), source);
    expect(['S1', 'a*b', 'acb', '100%x%', 'zz'].map((value) => rules[0].matches(event({ A: value })))).toEqual([
      true,
      true,
      false,
      true,
      false,
    ]);
  });

  it('may stand beside another: every combination counts', () => {
    const { rules } = compileFile('f.yml', text('%servers%-%servers%'), source);
    expect(rules[0].matches(event({ A: 's1-a*b' }))).toBe(true);
  });

  it('that nothing fills makes the rule not supported', () => {
    const { refused } = compileFile('f.yml', text('%Workstations%'), source);
    expect(refused[0]).toMatchObject({ line: 4, reason: 'the placeholder %Workstations% has no values here' });
  });
});
