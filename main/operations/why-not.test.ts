import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer, Input, OperationName } from '../../shared/contract/operations.ts';
import { DAY, formatMoment, HOUR, MINUTE, type Micros } from '../../shared/model/time.ts';
import { askEngine, openStore } from '../engine/open-store.examples.ts';
import type { Engine } from '../engine/protocol.ts';

const START: Micros = Date.UTC(2026, 2, 2, 9) * 1000;
const DC = 'host:dc01.corp.example';
const ALL = { from: null, to: null };

let folder: string;
let engine: Engine;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keepwatch-why-not-'));
  engine = await openStore(join(folder, 'store'));
});
afterEach(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

function ask<Name extends OperationName>(name: Name, input: Input<Name>): Promise<Answer<Name>> {
  return askEngine(engine, name, input);
}

/** Failed logons on DC01 from one address, a second apart. */
function failures(count: number, from: Micros): string {
  const lines = Array.from({ length: count }, (_unused, index) =>
    JSON.stringify({
      EventID: 4625,
      Channel: 'Security',
      SourceName: 'Microsoft-Windows-Security-Auditing',
      Hostname: 'dc01.corp.example',
      RecordNumber: Math.floor((from - START) / 1_000_000) + index + 1,
      TimeCreated: formatMoment(from + index * 1_000_000),
      TargetUserSid: 'S-1-0-0',
      TargetUserName: `user${index}`,
      TargetDomainName: 'CORP',
      LogonType: '3',
      IpAddress: '10.0.0.66',
      Status: '0xc000006d',
      SubStatus: '0xc000006a',
    }),
  );
  return lines.join('\n');
}

async function importText(text: string): Promise<void> {
  const path = join(folder, `${Math.abs(text.length)}.json`);
  writeFileSync(path, text);
  const done = new Promise<void>((resolve) => {
    const end = engine.subscribe((topic, hint) => {
      if (topic !== 'imports.progress' || (hint as { stage: string }).stage !== 'done') return;
      end();
      resolve();
    });
  });
  await ask('imports.start', { paths: [path] });
  await done;
}

const why = (span: Input<'detections.whyNot'>['span'] = ALL, detection = 'password-spraying') =>
  ask('detections.whyNot', { detection, entity: DC, span });

describe('why a detection did not fire', () => {
  it('says how many records were too few, at the level that is set', async () => {
    await importText(failures(4, START));
    const answer = await why();
    expect(answer.sentence).toBe(
      '4 records of DC01 matched, but were too few: 4 of 5, with 4 of 5 distinct accounts, within 1 min (same source).',
    );
    expect(answer).toMatchObject({ alertsTotal: 0, readFrom: null, why: { asked: 4, matched: 4, failures: [] } });
    await ask('tuning.set', { detection: 'password-spraying', level: 'low' });
    expect((await why()).why.belowThreshold).toEqual([]);
  });

  it('names the alerts where it did fire, and only those of the time', async () => {
    await importText(failures(30, START));
    expect((await why()).sentence).toMatch(/^It did fire: 1 alert “.*” names DC01 in the evidence\.$/);
    expect(await why({ from: START, to: START + HOUR })).toMatchObject({ alertsTotal: 1 });
    const later = await why({ from: START + HOUR, to: START + 2 * HOUR });
    expect(later).toMatchObject({ alertsTotal: 0, why: { asked: 0 } });
    expect(later.sentence).toContain('No record that');
  });

  it('does not take the first records of a group that fires right after the time for too few', async () => {
    await importText(failures(30, START));
    const { why: found } = await why({ from: START - MINUTE, to: START + 3_000_000 });
    expect(found).toMatchObject({ asked: 3, matched: 3, belowThreshold: [] });
  });

  it('says that a detection is switched off', async () => {
    await importText(failures(30, START));
    await ask('tuning.set', { detection: 'password-spraying', mode: 'off' });
    await expect.poll(async () => (await why()).sentence).toContain('is switched off in Settings');
  });

  it('refuses what is not there', async () => {
    await importText(failures(4, START));
    const of = (detection: string, entity: string) => engine.call('detections.whyNot', { detection, entity, span: ALL });
    expect(await of('nonsense', DC)).toMatchObject({ ok: false, code: 'not-found' });
    expect(await of('password-spraying', 'host:nowhere')).toMatchObject({ ok: false, code: 'not-found' });
    expect(await engine.call('detections.whyNot', { detection: 'password-spraying', entity: DC })).toMatchObject({ code: 'invalid-input' });
    expect(await engine.call('detections.blindMatrix', { detection: 'nonsense', cursor: null, limit: 5 })).toMatchObject({
      code: 'not-found',
    });
  });
});

describe('blind spots of a store', () => {
  const everyMinute = (days: number, skip: (minute: number) => boolean): string =>
    Array.from({ length: days * 1440 }, (_unused, minute) => minute)
      .filter((minute) => !skip(minute))
      .map((minute) => failures(1, Math.floor(START / DAY) * DAY + minute * MINUTE))
      .join('\n');

  it('are found again after more records came, and gone when they fill the gap', async () => {
    const isGap = (minute: number): boolean => minute >= 600 && minute < 900;
    await importText(everyMinute(1, isGap));
    const gaps = async () =>
      (await ask('detections.blindSpots', { cursor: null, limit: 50 })).rows.filter(({ reason }) => reason === 'gap');
    expect(await gaps()).toMatchObject([{ host: DC, channel: 'Security', degree: 'partly' }]);
    await importText(everyMinute(1, (minute) => !isGap(minute)));
    expect(await gaps()).toEqual([]);
  });

  it('come page by page', async () => {
    await importText(everyMinute(1, (minute) => minute % 720 >= 200 && minute % 720 < 400));
    const whole = await ask('detections.blindSpots', { cursor: null, limit: 50 });
    const first = await ask('detections.blindSpots', { cursor: null, limit: 1 });
    expect(first).toMatchObject({ total: whole.rows.length, rows: [whole.rows[0]] });
    expect(whole.rows.length).toBeGreaterThan(1);
    const second = await ask('detections.blindSpots', { cursor: first.next, limit: 500 });
    expect(second).toMatchObject({ next: null, rows: whole.rows.slice(1) });
  });
});
