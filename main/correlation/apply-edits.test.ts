import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IncidentEdit } from '../../shared/model/incident.ts';
import { exampleAlert as alert, host, user } from './correlation.examples.ts';
import type { LinkableAlert } from './link-rule.ts';
import { NOTHING_KNOWN } from './link-rule.ts';
import { correlate } from './run.ts';

const edit = (id: number, kind: IncidentEdit['kind'], alertIds: string[], restIds: string[] = []): IncidentEdit => ({
  id,
  kind,
  alertIds,
  restIds,
  author: 'anna',
  at: id,
});
const incidentsOf = (alerts: readonly LinkableAlert[], edits: readonly IncidentEdit[]) =>
  correlate(alerts, { facts: NOTHING_KNOWN, edits }).incidents;
const groupsOf = (alerts: readonly LinkableAlert[], edits: readonly IncidentEdit[]) =>
  incidentsOf(alerts, edits).map((incident) => incident.alertIds);

const chain = ['a', 'b', 'c', 'd'].map((id, i) => alert(id, i, [user('alice')]));
const lone = alert('x', 200, [user('victor')]);

describe('edits by hand', () => {
  it('merge what nothing links, and mark what came out', () => {
    const [merged] = incidentsOf([...chain, lone], [edit(1, 'merge', ['a', 'b', 'c', 'd', 'x'])]);
    expect(merged.alertIds).toEqual(['a', 'b', 'c', 'd', 'x']);
    expect(merged.editIds).toEqual([1]);
    expect(incidentsOf(chain, [edit(1, 'merge', ['y', 'z'])])[0].editIds).toEqual([]);
  });

  it('split alerts off together, and no later alert brings them back', () => {
    const split = edit(1, 'split', ['b', 'd'], ['a', 'c']);
    expect(groupsOf(chain, [split])).toEqual([
      ['a', 'c'],
      ['b', 'd'],
    ]);
    const bridge = alert('e', 3.5, [user('alice')]);
    for (const group of groupsOf([...chain, bridge], [split])) expect(group.includes('a') && group.includes('b')).toBe(false);
    expect(
      groupsOf([...chain, bridge], [split])
        .flat()
        .sort(),
    ).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('make an incident even of ordinary work that was split off', () => {
    const alerts = [alert('a', 0, [user('alice')]), alert('b', 0.5, [user('alice')], { severity: 'informational' })];
    expect(groupsOf(alerts, [edit(1, 'split', ['b'], ['a'])])).toEqual([['a'], ['b']]);
  });

  it('hold in the order in which they were made: a later one wins', () => {
    const split = edit(1, 'split', ['b'], ['a', 'c', 'd']);
    expect(groupsOf(chain, [split, edit(2, 'merge', ['a', 'b', 'c', 'd'])])).toEqual([['a', 'b', 'c', 'd']]);
    expect(groupsOf(chain, [edit(1, 'merge', ['a', 'b', 'c', 'd']), edit(2, 'split', ['b'], ['a', 'c', 'd'])])).toEqual([
      ['a', 'c', 'd'],
      ['b'],
    ]);
    // Merged with something else, it still stands apart from where it was taken.
    expect(groupsOf([...chain, lone], [split, edit(2, 'merge', ['b', 'x'])])).toEqual([
      ['a', 'c', 'd'],
      ['b', 'x'],
    ]);
    // Of edits that cannot both hold the newest does.
    expect(groupsOf([...chain, lone], [split, edit(2, 'merge', ['b', 'x']), edit(3, 'merge', ['x', 'a'])])).toEqual([
      ['a', 'c', 'd', 'x'],
      ['b'],
    ]);
  });

  it('wait for alerts that are not there', () => {
    expect(groupsOf(chain, [edit(1, 'merge', ['a', 'gone']), edit(2, 'split', ['gone'], ['a'])])).toEqual([['a', 'b', 'c', 'd']]);
  });

  const ids = Array.from({ length: 12 }, (_unused, i) => `id${i}`);
  const entity = fc.constantFrom(user('alice'), user('bob', 'target'), host('ws01', 'source'), host('srv01', 'target'));
  const alerts = fc
    .array(fc.record({ hours: fc.integer({ min: 0, max: 60 }), entities: fc.array(entity, { maxLength: 2 }), isLight: fc.boolean() }), {
      minLength: 2,
      maxLength: 12,
    })
    .map((items) =>
      items.map(({ hours, entities, isLight }, i) =>
        alert(ids[i], hours, entities, { severity: isLight ? 'informational' : 'high', sessions: hours % 7 === 0 ? ['0x1 on WS01'] : [] }),
      ),
    );
  const edits = fc
    .array(fc.record({ isMerge: fc.boolean(), own: fc.subarray(ids, { minLength: 1 }), rest: fc.subarray(ids) }), { maxLength: 5 })
    .map((items) =>
      items.map(({ isMerge, own, rest }, i) =>
        edit(
          i + 1,
          isMerge ? 'merge' : 'split',
          own,
          rest.filter((id) => !isMerge && !own.includes(id)),
        ),
      ),
    );

  it('give the same incidents in any order of alerts and edits', () => {
    const shuffled = fc
      .tuple(alerts, edits)
      .chain(([some, made]) =>
        fc.tuple(
          fc.constant(some),
          fc.constant(made),
          fc.shuffledSubarray(some, { minLength: some.length }),
          fc.shuffledSubarray(made, { minLength: made.length }),
        ),
      );
    fc.assert(
      fc.property(shuffled, ([some, made, otherAlerts, otherEdits]) => {
        expect(incidentsOf(otherAlerts, otherEdits)).toEqual(incidentsOf(some, made));
      }),
    );
  });

  it('are not changed by alerts that nothing links to theirs', () => {
    const strangers = fc
      .array(fc.integer({ min: 0, max: 60 }), { maxLength: 5 })
      .map((all) => all.map((hours, i) => alert(`z${i}`, hours, [user(`z${i}`)])));
    fc.assert(
      fc.property(alerts, edits, strangers, (some, made, others) => {
        const kept = incidentsOf([...others, ...some], made).filter(({ alertIds }) => !alertIds[0].startsWith('z'));
        expect(kept).toEqual(incidentsOf(some, made));
      }),
    );
  });

  it('keep the last split apart, whatever came before', () => {
    fc.assert(
      fc.property(alerts, edits, fc.subarray(ids, { minLength: 1, maxLength: 11 }), (some, made, own) => {
        const last = edit(
          99,
          'split',
          own,
          ids.filter((id) => !own.includes(id)),
        );
        for (const { alertIds } of incidentsOf(some, [...made, last])) {
          expect(new Set(alertIds.map((id) => own.includes(id))).size).toBe(1);
        }
      }),
    );
  });
});
