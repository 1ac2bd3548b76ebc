import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../shared/model/time.ts';
import { type EventColumns, EventTable } from '../events/event-table.ts';
import { blindMatrix, listBlindSpots } from './blind-matrix.ts';
import type { BlindSpots } from './blind-spots.ts';
import { blindSpotsOf, DAY_ONE, EACH_MINUTE, type LoggedRecord, runToEnd, written } from './example-logs.ts';
import { readLogHistory } from './log-history.ts';
import { type Wanted, wantedOf } from './wanted.ts';

const ALWAYS = { from: null, to: null };
const END = DAY_ONE + 2 * DAY;
const all = (spots: BlindSpots, wanted: Wanted | null = null) =>
  runToEnd(listBlindSpots(spots, { wanted, span: ALWAYS, hosts: null })).spots;
const brief = (spots: BlindSpots, wanted: Wanted | null = null) =>
  all(spots, wanted).map(({ hostName, channel, reason, degree, from, to }) => ({ hostName, channel, reason, degree, from, to }));
const twoDays = (host: string, channel = 'Security', more: Partial<LoggedRecord> = {}) =>
  written({ host, channel, recordId: 1, ...more }, DAY_ONE, END, EACH_MINUTE);
const security = { channel: 'Security', needs: 'Security logs with "Audit Logon" on' } as const;

describe('what logs could not see', () => {
  it('tells nothing of logs that are whole', () => {
    expect(all(blindSpotsOf([...twoDays('a'), ...twoDays('a', 'System')]))).toEqual([]);
  });

  it('finds a log that is missing on a day though the host wrote others', () => {
    const spots = blindSpotsOf([...twoDays('a', 'System'), ...written({ host: 'a', recordId: 1 }, DAY_ONE, DAY_ONE + DAY, EACH_MINUTE)]);
    expect(brief(spots)).toEqual([{ hostName: 'a', channel: 'Security', reason: 'no-log', degree: 'blind', from: DAY_ONE + DAY, to: END }]);
  });

  it('finds a log that a host never had, where most have it', () => {
    const spots = blindSpotsOf([...twoDays('a'), ...twoDays('b'), ...twoDays('c', 'System'), ...twoDays('a', 'System')]);
    expect(brief(spots)).toMatchObject([
      { hostName: 'b', channel: 'System', reason: 'no-log' },
      { hostName: 'b', channel: 'System', reason: 'no-log' },
      { hostName: 'c', channel: 'Security', reason: 'no-log' },
      { hostName: 'c', channel: 'Security', reason: 'no-log' },
    ]);
  });

  const pause = (missing: number) => [
    ...written({ host: 'a', recordId: 1 }, DAY_ONE, DAY_ONE + 10 * HOUR, EACH_MINUTE),
    ...written({ host: 'a', recordId: 601 + missing }, DAY_ONE + 14 * HOUR, END, EACH_MINUTE),
  ];

  it('finds a gap by the rhythm of the log and counts what its record numbers say is missing', () => {
    const [spot, ...rest] = all(blindSpotsOf([...pause(240), ...twoDays('a', 'System')])).filter(({ reason }) => reason === 'gap');
    expect(rest).toEqual([]);
    expect(spot).toMatchObject({ degree: 'partly', from: DAY_ONE + 10 * HOUR - MINUTE, to: DAY_ONE + 14 * HOUR });
    expect(spot.words).toContain('240 are missing');
  });

  it('takes a pause for quiet where the record numbers follow each other', () => {
    expect(all(blindSpotsOf([...pause(0), ...twoDays('a', 'System')]))).toEqual([]);
  });

  it('takes the pauses of a log with few records for its way', () => {
    const quiet = [0, 1, 2, 3, 4].map((day): LoggedRecord => ({ host: 'a', channel: 'Printing', at: DAY_ONE + (day / 2) * DAY }));
    expect(
      all(blindSpotsOf([...twoDays('a'), ...twoDays('a', 'System'), ...quiet])).filter(({ channel }) => channel === 'Printing'),
    ).toEqual([]);
  });

  it('finds where a log begins late and ends early', () => {
    const short = written({ host: 'a', recordId: 500 }, DAY_ONE + 5 * HOUR, DAY_ONE + DAY + 20 * HOUR, EACH_MINUTE);
    const found = brief(blindSpotsOf([...short, ...twoDays('a', 'System')]));
    expect(found).toMatchObject([
      { reason: 'starts-late', from: DAY_ONE, to: DAY_ONE + 5 * HOUR },
      { reason: 'ends-early', to: END },
    ]);
  });

  it('says that records are lost where numbers are missing all over the day', () => {
    const thinned = twoDays('a').filter((_record, index) => index % 10 !== 5);
    expect(all(blindSpotsOf([...thinned, ...twoDays('a', 'System')])).map(({ reason, words }) => [reason, words.includes('144')])).toEqual([
      ['lost-records', true],
      ['lost-records', true],
    ]);
  });

  it('names the clearing of a log, and the record that tells of it', () => {
    const cleared: LoggedRecord = { host: 'a', at: DAY_ONE + 12 * HOUR, eventId: 1102, recordId: 9_000 };
    const after = written({ host: 'a', recordId: 9_001 }, DAY_ONE + 12 * HOUR + MINUTE, END, EACH_MINUTE);
    const records = [cleared, ...after, ...twoDays('a', 'System')];
    expect(all(blindSpotsOf(records))).toMatchObject([
      { reason: 'cleared', channel: 'Security', from: DAY_ONE, to: cleared.at, eventIndex: 0, degree: 'partly' },
    ]);
    // What was forwarded before is not lost.
    const before = written({ host: 'a', recordId: 8_280 }, DAY_ONE, DAY_ONE + 12 * HOUR, EACH_MINUTE);
    expect(all(blindSpotsOf([...records, ...before]))).toEqual([]);
  });
});

describe('what a detection could not see', () => {
  const logon = wantedOf([{ ...security, eventIds: [4624] }]);
  const change = (at: number, code: string): LoggedRecord => ({
    host: 'a',
    at,
    eventId: 4719,
    fields: { SubcategoryGuid: '{0cce9215-69ae-11d9-bed3-505054503030}', AuditPolicyChanges: code },
  });

  it('follows the audit policy from record to record', () => {
    const records = [...twoDays('a').map((record) => ({ ...record, recordId: 0, eventId: 4634 })), ...twoDays('a', 'System')];
    const off = change(DAY_ONE + 6 * HOUR + 1, '%%8448');
    expect(all(blindSpotsOf([...records, off]), logon)).toMatchObject([
      { reason: 'audit-off', subcategory: 'Logon', degree: 'partly', from: off.at, to: DAY_ONE + DAY },
      { reason: 'audit-off', subcategory: 'Logon', degree: 'blind', from: DAY_ONE + DAY, to: END },
    ]);
    const on = change(DAY_ONE + 7 * HOUR + 1, '%%8449');
    expect(all(blindSpotsOf([...records, off, on]), logon)).toMatchObject([{ from: off.at, to: on.at }]);
    expect(all(blindSpotsOf([...records, change(off.at, '%%8450')]), logon)).toEqual([]);
  });

  it('suspects auditing that only others of the same role have', () => {
    const silent = twoDays('a').map((record) => ({ ...record, eventId: 4634 }));
    const records = [...silent, ...twoDays('b'), ...twoDays('dc').map((record) => ({ ...record, eventId: 4768 }))];
    const found = all(blindSpotsOf(records), logon);
    expect(found.map(({ hostName, reason, degree }) => [hostName, reason, degree])).toEqual([
      ['a', 'audit-silent', 'probably'],
      ['a', 'audit-silent', 'probably'],
    ]);
    expect(found[0].words).toContain('1 other host');
  });

  it('needs one of the readings only, and asks controllers alone where only they can tell', () => {
    const either = wantedOf([
      { ...security, eventIds: [4624] },
      { channel: 'System', eventIds: [7045], needs: 'the System log' },
    ]);
    const spots = blindSpotsOf([...twoDays('a', 'System'), ...twoDays('dc', 'Security', { eventId: 4768 }), ...twoDays('dc', 'System')]);
    expect(all(spots, either)).toEqual([]);
    expect(all(spots, logon).map(({ hostName }) => hostName)).toEqual(['a', 'a']);
    const ofControllers = wantedOf([{ ...security, eventIds: [4769], needs: 'the Security log of a domain controller with auditing on' }]);
    expect(runToEnd(blindMatrix(spots, { wanted: ofControllers, span: ALWAYS, hosts: null }))).toMatchObject({
      controllersOnly: true,
      blindHosts: 0,
      rows: [{ hostName: 'dc' }],
    });
  });

  it('counts hosts and days, worst first', () => {
    const records = [...twoDays('a'), ...twoDays('b', 'System'), ...written({ host: 'c' }, DAY_ONE, DAY_ONE + DAY, EACH_MINUTE)];
    const matrix = runToEnd(blindMatrix(blindSpotsOf(records), { wanted: logon, span: ALWAYS, hosts: null }));
    expect(matrix.days).toEqual([DAY_ONE, DAY_ONE + DAY]);
    expect(matrix.rows.map(({ hostName, degrees }) => [hostName, ...degrees])).toEqual([
      ['b', 3, 3],
      ['a', 0, 0],
      ['c', 0, 4],
    ]);
    expect(matrix).toMatchObject({ blindHosts: 1, blindDays: 2, hostsLeftOut: 0 });
  });
});

describe('blind spots of any evidence', () => {
  const hour = fc.integer({ min: 0, max: 70 });
  const record = fc.record({
    host: fc.constantFrom('a', 'b', 'dc'),
    channel: fc.constantFrom('Security', 'System', ''),
    at: fc.tuple(hour, fc.integer({ min: 0, max: 3599 })).map(([hours, seconds]) => DAY_ONE + hours * HOUR + seconds * 1_000_000),
    eventId: fc.constantFrom(4624, 4634, 4768, 1102, 104, 4719),
    fields: fc.constantFrom(
      { Channel: 'System' },
      { SubcategoryGuid: '{0cce9215-69ae-11d9-bed3-505054503030}', AuditPolicyChanges: '%%8448' },
    ),
  });
  const records = fc.uniqueArray(record, { maxLength: 60, selector: ({ at }) => at });

  it('do not depend on the order of the records', () => {
    fc.assert(
      fc.property(records, fc.infiniteStream(fc.nat()), (given, random) => {
        const shuffled = given
          .map((one) => ({ one, rank: random.next().value }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ one }) => one);
        const told = (list: readonly LoggedRecord[]) =>
          all(blindSpotsOf(list)).map(({ eventIndex, ...rest }) => ({ ...rest, at: eventIndex === null ? 0 : list[eventIndex].at }));
        expect(told(shuffled)).toEqual(told(given));
      }),
      { numRuns: 60 },
    );
  });

  it('lie inside their day and are never empty', () => {
    fc.assert(
      fc.property(records, (given) => {
        for (const { day, from, to } of all(blindSpotsOf(given))) {
          expect(from).toBeGreaterThanOrEqual(day);
          expect(to).toBeLessThanOrEqual(day + DAY);
          expect(to).toBeGreaterThan(from);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('stay bounded with clocks of 1601 and 9999', () => {
    const wrong = [-11_644_473_600_000_000, Date.UTC(9999, 11, 31) * 1000].map((at): LoggedRecord => ({ host: 'a', at }));
    const spots = blindSpotsOf([...twoDays('a'), ...twoDays('a', 'System'), ...wrong]);
    const matrix = runToEnd(blindMatrix(spots, { wanted: null, span: ALWAYS, hosts: null }));
    expect(matrix.days).toHaveLength(4);
    expect(matrix.rows[0].degrees.slice(1, 3)).toEqual([0, 0]);
  });

  it('look at the hosts with the most records where there are a million', () => {
    const hosts = 1_000_000;
    const table = new EventTable();
    const none = new Uint32Array(hosts + 2);
    const columns: EventColumns = {
      at: Float64Array.from(none, (_zero, row) => DAY_ONE + row),
      tick: new Uint8Array(none.length),
      kind: new Uint8Array(none.length),
      eventId: new Uint16Array(none.length).fill(4624),
      outcome: new Uint8Array(none.length),
      logonType: new Uint8Array(none.length),
      identity: new Uint32Array(none.length * 2),
      channel: new Uint32Array(none.length).fill(1),
      // The last host writes three times.
      computer: Uint32Array.from(none, (_zero, row) => 1 + Math.min(row + 1, hosts)),
      actor: none,
      target: none,
      counterpart: none,
      sourceHost: none,
      sourceAddress: none,
      object: none,
    };
    const texts = ['', 'Security', ...Array.from({ length: hosts }, (_unused, host) => `host${host}`)];
    const same = Uint32Array.from(texts.keys());
    table.appendAll(columns, none.length, 1, same, same);
    const rows = Uint32Array.from(none.keys());
    const history = runToEnd(
      readLogHistory({ table, rows, texts, entityOfComputer: (text) => text, idOf: (entity) => texts[entity], field: () => '' }),
    );
    expect(history.hosts).toHaveLength(5_000);
    expect(history.hosts[0]).toMatchObject({ entity: hosts + 1, count: 3 });
    expect(history.hostsLeftOut).toBe(hosts - 5_000);
  });

  it('show the days with the most records where there are very many days', () => {
    const days = Array.from({ length: 400 }, (_unused, day): LoggedRecord => ({ host: 'a', at: DAY_ONE + (day + 10) * DAY }));
    const matrix = runToEnd(blindMatrix(blindSpotsOf([...twoDays('a'), ...days]), { wanted: null, span: ALWAYS, hosts: null }));
    expect(matrix.days).toHaveLength(92);
    expect(matrix.days.slice(0, 2)).toEqual([DAY_ONE, DAY_ONE + DAY]);
    expect(matrix.daysLeftOut).toBe(310);
  });
});
