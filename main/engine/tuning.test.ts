import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer, Input, OperationName } from '../../shared/contract/operations.ts';
import { formatMoment, HOUR, SECOND } from '../../shared/model/time.ts';
import type { ExclusionDraft } from '../../shared/model/tuning.ts';
import { askEngine, openStore } from './open-store.examples.ts';
import type { Engine } from './protocol.ts';

const DOMAIN = 'S-1-5-21-1-2-3';
const START = Date.UTC(2026, 0, 5, 8) * 1000;
const ALICE = `sid:${DOMAIN}-1104`;
const GROUP = 'sensitive-group-change';

function logged(second: number, eventId: number, fields: Record<string, string>) {
  return {
    EventID: eventId,
    Channel: 'Security',
    SourceName: 'Microsoft-Windows-Security-Auditing',
    Hostname: 'dc01.corp.example',
    RecordNumber: second + 1,
    TimeCreated: formatMoment(START + second * SECOND),
    ...fields,
  };
}

function added(second: number, who: string, sid: number) {
  return logged(second, 4728, {
    SubjectUserSid: `${DOMAIN}-${sid}`,
    SubjectUserName: who,
    SubjectDomainName: 'CORP',
    SubjectLogonId: '0x1234',
    MemberSid: `${DOMAIN}-1150`,
    MemberName: 'CN=mallory,CN=Users,DC=corp,DC=example',
    TargetUserName: 'Domain Admins',
    TargetDomainName: 'CORP',
    TargetSid: `${DOMAIN}-512`,
  });
}

/** Two additions to a group by two people days apart, and thirteen wrong passwords in twenty-five minutes: too few for the declared threshold. */
const RECORDS = [
  added(60, 'alice', 1104),
  added(400_000, 'bob', 1105),
  ...Array.from({ length: 13 }, (_, index) =>
    logged(100_000 + index * 120, 4625, {
      TargetUserName: 'carol',
      TargetDomainName: 'CORP',
      TargetUserSid: `${DOMAIN}-1106`,
      Status: '0xc000006d',
      SubStatus: '0xc000006a',
      LogonType: '3',
      IpAddress: '10.1.0.7',
      WorkstationName: 'WS07',
    }),
  ),
];

let folder = '';
let clock = START;
let engine: Engine;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keepwatch-tuning-'));
  clock = START + 1000 * HOUR;
  mkdirSync(join(folder, 'evidence'));
  writeFileSync(join(folder, 'evidence', 'dc.json'), RECORDS.map((record) => `${JSON.stringify(record)}\n`).join(''));
  await open();
  await ask('imports.start', { paths: [join(folder, 'evidence')] });
  await until(async () => (await ask('imports.list', {})).every(({ state }) => state !== 'running'));
});

afterEach(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(): Promise<void> {
  engine = await openStore(join(folder, 'store'), { now: () => clock });
}

function ask<Name extends OperationName>(name: Name, input: Input<Name>): Promise<Answer<Name>> {
  return askEngine(engine, name, input);
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5));
}

async function onShelf(shown: 'queue' | 'test' | 'hidden'): Promise<string[]> {
  const { rows } = await ask('alerts.page', { filter: { shown }, sort: 'oldest', cursor: null, limit: 100 });
  return rows.map(({ detection }) => detection);
}

function draft(part: Partial<ExclusionDraft>): ExclusionDraft {
  return { detection: '', entity: '', entityName: '', role: 'any', network: '', expiresAt: null, reason: 'Planned work', ...part };
}

describe('levels and modes', () => {
  it('a lower level finds what the declared threshold leaves, and says in the alert what was required', async () => {
    expect(await onShelf('queue')).toEqual([GROUP, GROUP]);
    const row = (await ask('detections.list', {})).find(({ id }) => id === 'brute-force')!;
    expect(row.levels.map(({ words }) => words[1])).toEqual([
      '20 records within 30 min',
      '12 records within 30 min',
      '7 records within 30 min',
    ]);
    await ask('tuning.set', { detection: 'brute-force', level: 'medium' });
    await until(async () => (await onShelf('queue')).includes('brute-force'));
    const { rows } = await ask('alerts.page', { filter: { detections: ['brute-force'] }, sort: 'oldest', cursor: null, limit: 1 });
    const detail = await ask('alerts.get', { id: rows[0].id });
    expect(detail.conditions[0].required).toContain('at least 12 within 30 min');
    await ask('tuning.set', { detection: 'brute-force', level: 'high' });
    await until(async () => !(await onShelf('queue')).includes('brute-force'));
  });

  it('test mode lists alerts apart: no count, no incident; off looks for none; on brings back what was said of them', async () => {
    const { rows } = await ask('alerts.page', { filter: {}, sort: 'oldest', cursor: null, limit: 1 });
    await ask('alerts.update', { ids: [rows[0].id], comment: 'Asked alice.' });
    await ask('tuning.set', { detection: GROUP, mode: 'test' });
    await until(async () => (await onShelf('test')).length === 2);
    expect(await onShelf('queue')).toEqual([]);
    expect(await ask('app.status', {})).toMatchObject({ openAlerts: 0, alerts: 0, incidents: 0 });
    expect((await ask('entities.get', { id: ALICE })).alertIds).toEqual([]);
    await ask('tuning.set', { detection: GROUP, mode: 'off' });
    await until(async () => (await onShelf('test')).length === 0);
    await ask('tuning.set', { detection: GROUP, mode: 'on' });
    await until(async () => (await onShelf('queue')).length === 2);
    expect((await ask('alerts.get', { id: rows[0].id })).row).toMatchObject({ comment: 'Asked alice.', isTest: false });
    expect(await engine.call('tuning.set', { detection: 'no-such', mode: 'off' })).toMatchObject({ ok: false, code: 'not-found' });
  });
});

describe('exclusions', () => {
  it('hide what they say and nothing else, keep it stored, and give it back', async () => {
    const preview = await ask('exclusions.preview', { draft: draft({ entity: ALICE, role: 'actor', reason: '' }) });
    expect(preview).toMatchObject({ hides: 1, of: 2, open: 1, shared: 0, bySeverity: { high: 0, medium: 1 } });
    expect(preview.examples[0].summary).toContain('alice');
    const before = await ask('app.status', {});
    const exclusion = await ask('exclusions.add', { draft: draft({ entity: ALICE, role: 'actor' }), author: 'Dana' });
    expect(exclusion).toMatchObject({ author: 'Dana', reason: 'Planned work', hides: 1, isExpired: false });
    expect([await onShelf('queue'), await onShelf('hidden')]).toEqual([[GROUP], [GROUP]]);
    expect(await ask('app.status', {})).toMatchObject({ openAlerts: before.openAlerts - 1, incidents: before.incidents - 1 });
    expect((await ask('alerts.get', { id: preview.examples[0].id })).row).toMatchObject({ hiddenBy: [exclusion.id], incidentId: '' });
    // A new start changes nothing of it.
    await engine.close();
    await open();
    expect(await onShelf('hidden')).toEqual([GROUP]);
    await ask('exclusions.remove', { ids: [exclusion.id] });
    expect([await onShelf('queue'), await onShelf('hidden')]).toEqual([[GROUP, GROUP], []]);
    await ask('exclusions.restore', { ids: [exclusion.id] });
    expect(await onShelf('hidden')).toEqual([GROUP]);
    expect((await ask('exclusions.list', {})).map(({ id, hides }) => [id, hides])).toEqual([[exclusion.id, 1]]);
  });

  it('end by the clock of the workstation, also while the console was closed', async () => {
    await ask('exclusions.add', { draft: draft({ detection: GROUP, expiresAt: clock + HOUR }), author: 'Dana' });
    expect(await onShelf('queue')).toEqual([]);
    clock += HOUR;
    expect(await onShelf('queue')).toEqual([GROUP, GROUP]);
    expect(await ask('exclusions.list', {})).toMatchObject([{ isExpired: true, hides: 0 }]);
    await ask('exclusions.add', { draft: draft({ detection: GROUP, expiresAt: clock + HOUR }), author: 'Dana' });
    await engine.close();
    clock += 2 * HOUR;
    await open();
    expect(await onShelf('queue')).toEqual([GROUP, GROUP]);
  });

  it('by address range hide what comes from there, of one level or another', async () => {
    await ask('tuning.set', { detection: 'brute-force', level: 'low' });
    await until(async () => (await onShelf('queue')).includes('brute-force'));
    expect(await ask('exclusions.preview', { draft: draft({ network: '10.1.0.0/16' }) })).toMatchObject({ hides: 1, of: 3 });
    expect(await ask('exclusions.preview', { draft: draft({ network: '10.2.0.0/16' }) })).toMatchObject({ hides: 0, of: 3 });
    const { id } = await ask('exclusions.add', { draft: draft({ network: '10.1.0.0/16' }), author: 'Dana' });
    expect(await onShelf('hidden')).toEqual(['brute-force']);
    const changed = await ask('exclusions.change', { id, draft: draft({ network: '10.2.0.0/16', reason: 'Other site' }), author: 'Eve' });
    expect(changed).toMatchObject({ id, hides: 0, author: 'Eve', reason: 'Other site' });
    expect(await onShelf('hidden')).toEqual([]);
  });

  it('need a reason, an author, a scope and an end that lies ahead', async () => {
    const refused = async (part: Partial<ExclusionDraft>, author = 'Dana') =>
      expect(await engine.call('exclusions.add', { draft: draft(part), author })).toMatchObject({ ok: false, code: 'invalid-input' });
    await refused({ detection: GROUP, reason: ' ' });
    await refused({ detection: GROUP }, ' ');
    await refused({});
    await refused({ detection: GROUP, expiresAt: clock });
    await refused({ detection: 'no-such' });
    await refused({ network: '10.1.0.7/16' });
    await refused({ entity: 'alice' });
    expect(await ask('exclusions.preview', { draft: draft({ entity: 'well-known:s-1-5-18' }) })).toMatchObject({ hides: 0 });
    expect(await ask('exclusions.list', {})).toEqual([]);
  });

  it('come from a file: looked at first, all or none, each bad row with its line; and go into one', async () => {
    const text = `entity,reason,author\nbob,Known helper,\nnobody,x,\n"CORP\\alice",=1+1,Eve\n`;
    const look = await ask('exclusions.importCsv', { text, author: 'Dana', mode: 'look' });
    expect(look).toMatchObject({ good: 2, known: 0, added: [], bad: [{ line: 3 }], preview: { hides: 2, of: 2 } });
    expect(await ask('exclusions.importCsv', { text, author: 'Dana', mode: 'all' })).toMatchObject({ added: [] });
    const unsigned = await ask('exclusions.importCsv', { text, author: '', mode: 'look' });
    expect(unsigned.bad.map(({ line }) => line)).toEqual([2, 3]);
    const applied = await ask('exclusions.importCsv', { text, author: 'Dana', mode: 'good-rows' });
    expect(applied.added).toHaveLength(2);
    expect(await onShelf('queue')).toEqual([]);
    expect((await ask('exclusions.list', {})).map(({ author, reason }) => [author, reason])).toEqual([
      ['Dana', 'Known helper'],
      ['Eve', '=1+1'],
    ]);
    const exported = await ask('exclusions.exportCsv', {});
    expect(exported.text).toContain(",'=1+1,");
    const again = await ask('exclusions.importCsv', { text: exported.text, author: 'Dana', mode: 'all' });
    expect(again).toMatchObject({ good: 2, known: 2, bad: [], added: [] });
  });
});
