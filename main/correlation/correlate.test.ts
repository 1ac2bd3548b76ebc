import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Severity } from '../../shared/model/severity.ts';
import { exampleAlert as alert, host, system, user } from './correlation.examples.ts';
import { correlate } from './run.ts';
import { tellStory } from './tell-story.ts';

describe('correlate', () => {
  it('links by account, by host, by source and along a chain of hosts, each with its reason', () => {
    const alerts = [
      alert('a', 0, [host('ws01', 'source'), user('alice'), host('srv01', 'target')], { tactics: ['Execution'] }),
      alert('b', 1, [host('srv01', 'source'), host('srv02', 'target')], { tactics: ['Lateral Movement'] }),
      alert('c', 2, [host('srv02', 'target')], { tactics: ['Defense Evasion'] }),
      alert('d', 3, [user('alice', 'target')], { tactics: ['Credential Access'] }),
    ];
    const { incidents, links } = correlate(alerts);
    expect(incidents.map((incident) => incident.alertIds)).toEqual([['a', 'b', 'c', 'd']]);
    expect(incidents[0].tactics).toEqual(['Execution', 'Defense Evasion', 'Credential Access', 'Lateral Movement']);
    expect(incidents[0].severity).toBe('high');
    expect(incidents[0].title).toBe(
      'Multi-stage incident (Execution, Defense Evasion, Credential Access, …) by alice from ws01 and 1 more to srv02',
    );
    expect(links.map((link) => link.reason)).toEqual([
      'srv01 was reached first and acted afterwards',
      'both concern the account alice',
      'both happened on srv02',
    ]);
    expect(tellStory(alerts).story.map((line) => line.alertId)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('keeps apart what shares only a witness, Local System, or a host much later', () => {
    const alerts = [
      alert('a', 0, [host('dc1', 'host'), user('alice')]),
      alert('b', 1, [host('dc1', 'host'), user('bob')]),
      alert('c', 2, [system, host('srv01', 'target')]),
      alert('d', 3, [system, host('srv02', 'target')]),
      alert('e', 40, [system, host('srv02', 'target')]),
    ];
    expect(correlate(alerts).incidents).toHaveLength(5);
  });

  it('takes a gateway for what it is', () => {
    const alerts = Array.from({ length: 12 }, (_unused, i) => alert(`a${i}`, i / 10, [host('vpn', 'source'), user(`u${i}`)]));
    expect(correlate(alerts).incidents).toHaveLength(12);
  });

  it('lets informational alerts join but never bridge', () => {
    const alerts = [
      alert('a', 0, [user('alice')]),
      alert('b', 1, [user('alice'), host('srv01', 'target')], { severity: 'informational' }),
      alert('c', 2, [host('srv01', 'target')]),
      alert('d', 90, [user('carol')], { severity: 'informational' }),
    ];
    expect(correlate(alerts).incidents.map((incident) => incident.alertIds)).toEqual([['a', 'b'], ['c']]);
  });

  it('links the steps of an intrusion across the ordinary work between them', () => {
    const alerts = [
      alert('a', 0, [user('alice')]),
      alert('b', 1, [user('alice')], { severity: 'informational' }),
      alert('c', 2, [user('alice')]),
    ];
    expect(correlate(alerts).incidents.map((incident) => incident.alertIds)).toEqual([['a', 'b', 'c']]);
  });

  it('gives the same incidents whatever the order of alerts', () => {
    const entity = fc.constantFrom(
      user('alice'),
      user('bob', 'target'),
      host('ws01', 'source'),
      host('ws01', 'target'),
      host('srv01', 'target'),
      host('dc1', 'host'),
      system,
    );
    const one = fc.record({
      hours: fc.integer({ min: 0, max: 200 }),
      entities: fc.array(entity, { maxLength: 3 }),
      severity: fc.constantFrom<Severity>('informational', 'low', 'high'),
    });
    const shuffled = fc.array(one, { maxLength: 30 }).chain((items) => {
      const alerts = items.map(({ hours, entities, severity }, i) => alert(`id${i}`, hours, entities, { severity }));
      return fc.tuple(fc.constant(alerts), fc.shuffledSubarray(alerts, { minLength: alerts.length }));
    });
    fc.assert(
      fc.property(shuffled, ([alerts, other]) => {
        expect(correlate(other).incidents).toEqual(correlate(alerts).incidents);
      }),
    );
  });
});
