import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MINUTE } from '../../shared/model/time.ts';
import { cannotFire } from './cannot-fire.ts';
import { examples as bruteForceExamples } from './credential-access/brute-force.examples.ts';
import { bruteForce } from './credential-access/brute-force.ts';
import { type Detection, when } from './detection.ts';
import { type ExampleRecord, eventOfExample, otherChannel, repeated, security } from './example.ts';
import { NO_FACTS } from './facts.ts';
import { detectionRegistry } from './registry.ts';
import { eventIdsRead, runDetections } from './run.ts';
import { runToEnd } from './run-to-end.ts';

/** Counts every record of one id; `host` and `value` are fields. */
function counter(over: Partial<Detection['over']> = {}, more: Partial<Detection> = {}): Detection {
  return {
    ...bruteForce,
    id: 'counter',
    reads: [{ channel: 'Test', provider: 'Test', eventIds: [1] }].map((reading) => ({ ...reading, needs: 'a test' })),
    steps: [{ name: 'seen', eventIds: [1], conditions: [] }],
    over: { by: (event) => event.field('host'), byWords: 'same host', thresholds: [{ within: MINUTE, atLeast: 3 }], ...over },
    explain: (event) => [['value', event.field('value'), 'value']],
    grade: () => ({}),
    summary: (group) => `${group.count} seen.`,
    ...more,
  };
}

const one = (after: number, host = 'a', value = ''): ExampleRecord => otherChannel('Test', 1, { host, value }, { after });
const run = (detection: Detection, records: readonly ExampleRecord[]) =>
  runToEnd([detection], { events: records.map(eventOfExample), facts: NO_FACTS });

describe('runDetections', () => {
  it('fires when a threshold is met inside a sliding window, and not outside', () => {
    expect(run(counter(), [one(0), one(50), one(61)]).alerts).toHaveLength(0);
    expect(run(counter(), [one(0), one(30), one(60)]).alerts).toHaveLength(1);
    expect(run(counter(), [one(0), one(50), one(100), one(105)]).alerts).toHaveLength(1);
  });

  it('keeps events of a group in one alert while gaps are short, and parts them at a longer gap', () => {
    const { alerts } = run(counter(), [
      ...repeated(10, 50, (_i, after) => one(after)),
      ...[800, 801, 802].map((after) => one(after)),
      one(900),
    ]);
    expect(alerts.map((alert) => alert.evidenceCount)).toEqual([3]);
    const dense = run(counter(), [...repeated(30, 10, (_i, after) => one(after)), ...repeated(3, 1, (_i, after) => one(after + 900))]);
    expect(dense.alerts.map((alert) => alert.evidenceCount)).toEqual([30, 3]);
  });

  it('counts distinct values in the same window', () => {
    const distinct = counter({
      thresholds: [{ within: MINUTE, atLeast: 3, distinct: 3 }],
      distinct: { of: (event) => event.field('value'), words: 'values' },
    });
    expect(run(distinct, [one(0, 'a', 'x'), one(1, 'a', 'x'), one(2, 'a', 'y')]).alerts).toHaveLength(0);
    expect(run(distinct, [one(0, 'a', 'x'), one(50, 'a', 'y'), one(90, 'a', 'z')]).alerts).toHaveLength(0);
    expect(run(distinct, [one(0, 'a', 'x'), one(20, 'a', 'y'), one(50, 'a', 'z')]).alerts).toHaveLength(1);
  });

  it('agrees with counting by hand for any times', () => {
    const seconds = fc.array(fc.record({ at: fc.integer({ min: 0, max: 400 }), value: fc.constantFrom('x', 'y', 'z') }), { maxLength: 40 });
    const detection = counter({
      thresholds: [{ within: MINUTE, atLeast: 3, distinct: 2 }],
      distinct: { of: (event) => event.field('value'), words: 'values' },
    });
    fc.assert(
      fc.property(seconds, (items) => {
        const sorted = [...items].sort((a, b) => a.at - b.at);
        const fires = sorted.some((first) => {
          const inside = sorted.filter((item) => item.at >= first.at && item.at <= first.at + 60);
          return inside.length >= 3 && new Set(inside.map((item) => item.value)).size >= 2;
        });
        expect(
          run(
            detection,
            sorted.map((item) => one(item.at, 'a', item.value)),
          ).alerts.length > 0,
        ).toBe(fires);
      }),
    );
  });

  it('holds a bounded number of events and says the true number', () => {
    const [alert] = run(
      counter(),
      repeated(1_000, 1, (_i, after) => one(after)),
    ).alerts;
    expect(alert.evidenceCount).toBe(1_000);
    expect(alert.evidence).toHaveLength(200);
    expect(alert.conditions[0]).toEqual({ name: 'events, same host', found: '1,000 over 17 min', required: 'at least 3 within 1 min' });
  });

  it('skips a detection that throws and lets the others go on', () => {
    const broken = counter(
      {},
      {
        id: 'broken',
        steps: [
          {
            name: 'broken',
            eventIds: [1],
            conditions: [
              when('it can be read', () => {
                throw new Error('no such field');
              }),
            ],
          },
        ],
      },
    );
    const events = [one(0), one(1), one(2)].map(eventOfExample);
    const { alerts, failures } = runToEnd([broken, counter()], { events, facts: NO_FACTS });
    expect(failures).toEqual([{ detection: 'broken', reason: 'stopped: no such field' }]);
    expect(alerts.map((alert) => alert.detection)).toEqual(['counter']);
  });

  it('gives the same ids whatever the position in the store', () => {
    const records = bruteForceExamples[0].records;
    const ids = (from: number) =>
      runToEnd(detectionRegistry, {
        events: records.map((record, i) => ({ ...eventOfExample(record, i), index: from + i })),
        facts: NO_FACTS,
      }).alerts.map((alert) => alert.id);
    expect(ids(0)).toEqual(ids(5_000));
    expect(ids(0)).toHaveLength(1);
  });

  it('gives way every few hundred events', () => {
    const generator = runDetections([counter()], {
      events: repeated(2_000, 1, (_i, after) => one(after)).map(eventOfExample),
      facts: NO_FACTS,
    });
    let turns = 0;
    while (!generator.next().done) turns++;
    expect(turns).toBe(5);
  });

  it('reads an event id only from the provider that it names', () => {
    const elsewhere = repeated(3, 1, (_i, after) => security(1, { host: 'a' }, { after }));
    expect(run(counter(), elsewhere).alerts).toHaveLength(0);
    expect(eventIdsRead([counter()]).has(1)).toBe(true);
  });
});

describe('cannotFire', () => {
  it('names what is missing, and leaves out what could have fired', () => {
    const rows = cannotFire(
      detectionRegistry,
      [
        { channel: 'System', eventId: 7045, count: 3 },
        { channel: 'security', eventId: 4624, count: 9 },
      ],
      { honeytokens: 0 },
    );
    const reasons = new Map(rows.map((row) => [row.detection, row.reason]));
    expect(reasons.has('remote-service-creation')).toBe(false);
    expect(reasons.has('pass-the-hash')).toBe(false);
    expect(reasons.get('honeytoken-activity')).toBe('no account is tagged as honeytoken');
    expect(reasons.get('kerberoasting')).toBe(
      'event 4769 never seen (in the Security logs): needs the Security log of a domain controller with "Audit Kerberos Service Ticket Operations" on',
    );
  });
});
