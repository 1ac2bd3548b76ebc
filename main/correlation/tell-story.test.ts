import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlertEntity } from '../../shared/model/alert.ts';
import type { Severity } from '../../shared/model/severity.ts';
import { TACTICS } from '../../shared/model/technique.table.ts';
import { exampleAlert as alert, host, system, user } from './correlation.examples.ts';
import { incidentSeverity } from './incident-severity.ts';
import { type EntityFacts, NOTHING_KNOWN } from './link-rule.ts';
import { correlate } from './run.ts';
import { tellStory } from './tell-story.ts';

const facts: EntityFacts = {
  isDomainController: (id) => id === 'host:DC01',
  markOf: (id) => (id.endsWith('\\adm') ? 'sensitive' : id.endsWith('\\bait') ? 'decoy' : null),
};
const of = (tactic: string, ...techniques: string[]) => ({ tactics: [tactic], techniques });

/** A workstation taken over, credentials taken there, used against servers, the domain controller reached, the directory replicated. */
const INTRUSION = [
  alert('a', 0, [user('anna'), host('WS07', 'target')], of('Execution', 'T1059.001')),
  alert('b', 1, [system, user('svc-sql', 'object'), user('anna', 'object'), host('WS07', 'target')], of('Credential Access', 'T1003.001')),
  alert('c', 2, [host('WS07', 'source'), user('svc-sql', 'target'), host('FS02', 'target')], of('Lateral Movement', 'T1550.002')),
  alert('d', 3, [host('WS07', 'source'), user('svc-sql', 'target'), host('SQL01', 'target')], of('Lateral Movement', 'T1550.002')),
  alert('e', 4, [host('WS07', 'source'), user('svc-sql', 'target'), host('SQL01', 'target')], of('Lateral Movement', 'T1550.002')),
  alert('f', 5, [host('SQL01', 'source'), user('adm'), host('DC01', 'target')], of('Lateral Movement', 'T1021.001')),
  alert('g', 6, [user('adm'), host('DC01', 'target')], of('Credential Access', 'T1003.006')),
];

describe('a story', () => {
  it('is one sentence of stages in order: who, with whose credentials, from where to where', () => {
    expect(tellStory(INTRUSION, facts).headline).toBe(
      'WS07 was taken over by anna; the credentials of svc-sql and anna were taken there; the credentials of svc-sql, put at risk before, were used from WS07 against FS02 and SQL01 (and once more); the domain controller DC01 was reached from SQL01 by the sensitive account adm; and the directory was replicated from the domain controller DC01 by the sensitive account adm.',
    );
  });

  it('is told and dated by our alerts; those of Sigma rules stand in the list', () => {
    const rule = alert('s', -200, [user('anna'), host('WS07', 'target')], {
      ...of('Impact', 'T1489'),
      detection: 'sigma:any',
      lastAt: INTRUSION[6].lastAt,
    });
    const told = tellStory([rule, ...INTRUSION], facts);
    const { headline, stages } = tellStory(INTRUSION, facts);
    expect([told.headline, told.stages]).toEqual([headline, stages]);
    expect(told.story.map(({ alertId }) => alertId)).toEqual(['s', 'a', 'b', 'c', 'd', 'e', 'f', 'g']);
    const [without] = correlate(INTRUSION).incidents;
    const [incident] = correlate([rule, ...INTRUSION]).incidents;
    expect(incident).toMatchObject({ firstAt: without.firstAt, lastAt: without.lastAt, title: without.title, severity: without.severity });
    expect(incident.alertIds).toContain('s');
  });

  it('has stages that name their alerts, tactic and entities', () => {
    const { stages } = tellStory([...INTRUSION].reverse(), facts);
    expect(stages.map(({ tactic, alertIds }) => [tactic, alertIds])).toEqual([
      ['Execution', ['a']],
      ['Credential Access', ['b']],
      ['Lateral Movement', ['c', 'd', 'e']],
      ['Lateral Movement', ['f']],
      ['Credential Access', ['g']],
    ]);
    expect(stages[2].entities.map(({ name }) => name)).toEqual(['WS07', 'FS02', 'SQL01', 'svc-sql']);
  });

  it('stays readable when it is long, and never leaves out that a domain controller was reached', () => {
    const others = Array.from({ length: 20 }, (_unused, i) =>
      alert(`x${i}`, 10 + i, [user(`u${i}`), host(`H${i}`, 'target')], { ...of('Lateral Movement', 'T1021.001'), severity: 'high' }),
    );
    const { headline, stages } = tellStory([...others, ...INTRUSION], facts);
    expect(headline.split('; ')).toHaveLength(7);
    expect(headline).toMatch(new RegExp(`; and ${stages.length - 6} more steps\\.$`));
    expect(headline).toMatch(/the domain controller DC01 was reached from SQL01/i);
  });

  it('keeps the letters of a name with which it begins', () => {
    const { headline } = tellStory([alert('a', 0, [user('adm'), user('j.moss', 'target')], of('Persistence', 'T1098'))]);
    expect(headline).toBe('j.moss was created or given rights by adm.');
  });

  it('tells any alerts: each in one stage, in order of time, without gaps in the words', () => {
    const roles: AlertEntity['role'][] = ['source', 'actor', 'target', 'host', 'object'];
    const entity = fc
      .tuple(fc.constantFrom('A1', 'B2', 'C3'), fc.constantFrom(...roles), fc.boolean())
      .map(([name, role, isHost]) => (isHost ? host(name, role) : user(name, role)));
    const one = fc.record({
      hours: fc.integer({ min: 0, max: 99 }),
      entities: fc.array(entity, { maxLength: 5 }),
      tactics: fc.subarray([...TACTICS.map(({ name }) => name), 'Unheard of']),
      techniques: fc.subarray([
        'T1003',
        'T1003.006',
        'T1110.003',
        'T1558.003',
        'T1550.002',
        'T1070.001',
        'T1098',
        'T1021.002',
        'T1558.001',
      ]),
      severity: fc.constantFrom<Severity>('informational', 'low', 'medium', 'high'),
    });
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 25 }), (items) => {
        const alerts = items.map(({ hours, entities, ...more }, i) => alert(`id${i}`, hours, entities, more));
        const { headline, stages } = tellStory(alerts, facts);
        expect(stages.flatMap(({ alertIds }) => alertIds).sort()).toEqual(alerts.map(({ id }) => id).sort());
        expect(stages.map(({ at }) => at)).toEqual([...stages.map(({ at }) => at)].sort((a, b) => a - b));
        expect(headline).toMatch(/^\S.*\.$/);
        expect(headline).not.toMatch(/undefined|null| {2}|,,| ,|of were|by [;.]|from [;.]| on [;.]/);
        expect(headline.split('; ').length).toBeLessThanOrEqual(7);
      }),
    );
  });
});

describe('the severity of an incident', () => {
  const severe = (severity: Severity) => ({ severity });

  it('is raised by three tactics, by a domain controller, by marked accounts, and says so', () => {
    expect(incidentSeverity(INTRUSION, facts)).toEqual({
      severity: 'high',
      reasons: [
        'raised from medium, the worst of its alerts (Kind a)',
        '3 tactics in its serious alerts (Execution, Credential Access, Lateral Movement)',
        'the domain controller DC01 was reached',
        'adm, marked as sensitive, took part',
      ],
    });
  });

  it('is that of the worst alert where little happened, or little that is serious', () => {
    expect(incidentSeverity([INTRUSION[6]], facts).severity).toBe('medium');
    const minor = INTRUSION.map((one) => ({ ...one, ...severe('low') }));
    expect(incidentSeverity(minor, facts)).toEqual({ severity: 'low', reasons: ['its worst alert is low (Kind a)'] });
    expect(incidentSeverity(INTRUSION.slice(0, 2), NOTHING_KNOWN).severity).toBe('medium');
  });

  it('counts a decoy', () => {
    const pair = [
      alert('a', 0, [user('bait', 'target')], of('Credential Access')),
      alert('b', 1, [user('bait', 'target')], of('Lateral Movement')),
    ];
    expect(incidentSeverity(pair, facts)).toMatchObject({
      severity: 'high',
      reasons: [expect.anything(), 'bait, marked as a decoy, took part'],
    });
  });
});
