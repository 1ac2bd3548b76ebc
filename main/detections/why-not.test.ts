import { describe, expect, it } from 'vitest';
import { MINUTE } from '../../shared/model/time.ts';
import type { WhyNot } from '../../shared/model/why-not.ts';
import { kerberoasting } from './credential-access/kerberoasting.ts';
import { examples as sprayingExamples } from './credential-access/password-spraying.examples.ts';
import { passwordSpraying } from './credential-access/password-spraying.ts';
import { type Detection, when } from './detection.ts';
import { type ExampleRecord, eventOfExample, security, sid } from './example.ts';
import { NO_FACTS } from './facts.ts';
import { whyNot } from './why-not.ts';

function ask(detection: Detection, records: readonly ExampleRecord[]): WhyNot {
  const run = whyNot(detection, { events: records.map(eventOfExample), facts: NO_FACTS }, () => true);
  for (;;) {
    const turn = run.next();
    if (turn.done) return turn.value;
  }
}

const ticket = (type: string, client: string): ExampleRecord =>
  security(4769, {
    TargetUserName: client,
    ServiceName: 'svc-sql',
    ServiceSid: sid(1300),
    TicketOptions: '0x40810000',
    TicketEncryptionType: type,
    Status: '0x0',
  });

describe('whyNot', () => {
  it('names the record that came nearest and the condition that it failed', () => {
    const answer = ask(kerberoasting, [ticket('0x12', 'WS01$@CORP.EXAMPLE'), ticket('0x12', 'alice@CORP.EXAMPLE')]);
    expect(answer).toMatchObject({ asked: 2, matched: 0, belowThreshold: [] });
    expect(answer.nearest[0]).toMatchObject({ eventIndex: 1, step: 'weak-ticket', failed: ['it is encrypted with RC4 or DES'] });
    expect(answer.nearest[0].held).toContain('the ticket was issued');
  });

  it('tells records that failed the same as one miss, with how many they are', () => {
    const { nearest } = ask(kerberoasting, [ticket('0x12', 'alice@CORP.EXAMPLE'), ticket('0x11', 'bob@CORP.EXAMPLE')]);
    expect(nearest[0]).toMatchObject({ eventIndex: 0, alike: 2 });
  });

  it('says by which known cause a record was left out', () => {
    const answer = ask(kerberoasting, [ticket('0x17', 'WS01$@CORP.EXAMPLE')]);
    expect(answer.nearest.find((miss) => miss.failed.length === 1)?.failed).toEqual(['left out because a machine account asks']);
  });

  it('tells of records that matched and were too few', () => {
    const records = sprayingExamples.find((example) => example.fires)!.records;
    expect(ask(passwordSpraying, records).belowThreshold).toEqual([]);
    const few = ask(passwordSpraying, records.slice(0, 2));
    expect(few.belowThreshold).toHaveLength(1);
    expect(few.belowThreshold[0].share).toBeGreaterThan(0);
    expect(few.belowThreshold[0].share).toBeLessThan(1);
    expect(few.belowThreshold[0].thresholds[0].found).toBe(2);
  });

  const failure = (account: string, after: number): ExampleRecord =>
    security(
      4625,
      { TargetUserName: account, TargetDomainName: 'CORP', LogonType: '3', IpAddress: '10.0.0.9', Status: '0xC000006D' },
      { after },
    );
  const counting: Detection = {
    ...passwordSpraying,
    steps: [
      { name: 'failed', eventIds: [4625], conditions: [when('it is of a person', (event) => event.field('TargetUserName') !== 'svc')] },
      { name: 'of-service', eventIds: [4625], conditions: [] },
    ],
    over: {
      by: () => 'all',
      byWords: 'same source',
      thresholds: [{ within: MINUTE, atLeast: 3, distinct: 2, step: 'failed' }],
      distinct: { of: (event) => event.field('TargetUserName'), words: 'distinct accounts' },
      excludes: ['of-service'],
    },
    grade: () => ({}),
    summary: () => '',
    explain: () => [],
  };

  it('counts only the step that the threshold counts, and only what lies inside its window', () => {
    const [group] = ask(counting, [failure('a', 0), failure('a', 10), failure('b', 300)]).belowThreshold;
    expect(group).toMatchObject({ count: 2, distinct: 1 });
    expect(group.thresholds).toEqual([{ within: MINUTE, atLeast: 3, distinct: 2, step: 'failed', found: 2, foundDistinct: 1 }]);
    expect(group.share).toBe(0.5);
  });

  it('names the step by which a group that is large enough gives way to another detection', () => {
    const enough = [failure('a', 0), failure('b', 10), failure('c', 20)];
    expect(ask(counting, enough).belowThreshold).toEqual([]);
    const [group] = ask(counting, [...enough, failure('svc', 30)]).belowThreshold;
    expect(group).toMatchObject({ count: 4, share: 1, missingSteps: [], excludedBy: ['of-service'] });
    expect(group.thresholds[0].found).toBe(3);
  });
});
