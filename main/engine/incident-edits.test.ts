import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Input, OperationName } from '../../shared/contract/operations.ts';
import { formatMoment, HOUR, SECOND } from '../../shared/model/time.ts';
import { askEngine, openStore } from './open-store.examples.ts';
import type { Engine } from './protocol.ts';

const DOMAIN = 'S-1-5-21-1-2-3';
const START = Date.UTC(2026, 0, 5, 8) * 1000;

type LoggedRecord = Record<string, string | number>;

function logged(at: number, eventId: number, computer: string, fields: LoggedRecord): LoggedRecord {
  return {
    EventID: eventId,
    Channel: 'Security',
    SourceName: eventId === 1102 ? 'Microsoft-Windows-Eventlog' : 'Microsoft-Windows-Security-Auditing',
    Hostname: computer,
    RecordNumber: at / SECOND + 1_000,
    TimeCreated: formatMoment(START + at),
    ...fields,
  };
}

/** Somebody puts an account into Domain Admins. */
function added(at: number, computer: string, actor: string, rid: number, member: number, logonId = '0x1234'): LoggedRecord {
  return logged(at, 4728, computer, {
    SubjectUserSid: `${DOMAIN}-${rid}`,
    SubjectUserName: actor,
    SubjectDomainName: 'CORP',
    SubjectLogonId: logonId,
    MemberSid: `${DOMAIN}-${member}`,
    MemberName: `CN=m${member},CN=Users,DC=corp,DC=example`,
    TargetUserName: 'Domain Admins',
    TargetDomainName: 'CORP',
    TargetSid: `${DOMAIN}-512`,
  });
}

function cleared(at: number, computer: string, actor: string, rid: number, logonId: string): LoggedRecord {
  return logged(at, 1102, computer, {
    SubjectUserSid: `${DOMAIN}-${rid}`,
    SubjectUserName: actor,
    SubjectDomainName: 'CORP',
    SubjectLogonId: logonId,
  });
}

let folder = '';
let opened: Engine[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keepwatch-edits-'));
});

afterEach(async () => {
  for (const engine of opened) await engine.close();
  opened = [];
  rmSync(folder, { recursive: true, force: true });
});

async function open(): Promise<Engine> {
  const engine = await openStore(join(folder, 'store'));
  opened.push(engine);
  return engine;
}

async function bring(engine: Engine, name: string, records: readonly LoggedRecord[]): Promise<void> {
  const path = join(folder, name);
  writeFileSync(path, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  await askEngine(engine, 'imports.start', { paths: [path] });
  while ((await askEngine(engine, 'imports.list', {})).some((row) => row.state === 'running'))
    await new Promise((resolve) => setTimeout(resolve, 5));
}

async function incidentsOf(engine: Engine) {
  const page = await askEngine(engine, 'incidents.page', { filter: {}, cursor: null, limit: 100 });
  return [...page.rows].sort((a, b) => a.firstAt - b.firstAt);
}

/** Two unrelated acts, and a third that the second draws in. */
const EVIDENCE = [
  added(600 * SECOND, 'dc01.corp.example', 'alice', 1104, 1150),
  cleared(30 * HOUR, 'srv09.corp.example', 'bob', 1105, '0x9999'),
  cleared(31 * HOUR, 'srv08.corp.example', 'bob', 1105, '0x8888'),
];

describe('incidents edited by hand', () => {
  it('stay as they were made: after the store was closed, after more evidence, and where an alert gets a new id', async () => {
    let engine = await open();
    await bring(engine, 'first.json', EVIDENCE);
    await askEngine(engine, 'settings.set', { name: 'analyst', value: 'R. Analyst' });
    const before = await incidentsOf(engine);
    expect(before.map(({ alertIds }) => alertIds.length)).toEqual([1, 2]);
    const merged = await askEngine(engine, 'incidents.merge', { ids: before.map(({ id }) => id) });
    expect(merged.edit).toMatchObject({ kind: 'merge', author: 'R. Analyst' });
    const [one] = await incidentsOf(engine);
    expect(one).toMatchObject({ id: merged.incidentId, editIds: [merged.edit.id] });
    // Whoever holds the id of the incident that was merged away finds the same records, alerts and story by it.
    for (const { id } of before) {
      expect(await askEngine(engine, 'events.count', { filter: { incidentId: id } })).toMatchObject({ count: 3 });
      expect((await askEngine(engine, 'alerts.page', { filter: { incidentId: id }, sort: 'oldest', cursor: null, limit: 10 })).total).toBe(
        3,
      );
      expect((await askEngine(engine, 'incidents.get', { id })).row.id).toBe(one.id);
    }
    const split = await askEngine(engine, 'incidents.split', { id: one.id, alertIds: [one.alertIds[1]] });
    expect((await incidentsOf(engine)).map(({ id, alertIds }) => [id, alertIds.length])).toEqual([
      [split.restId, 2],
      [split.incidentId, 1],
    ]);
    await engine.close();

    engine = await open();
    expect((await incidentsOf(engine)).map(({ alertIds }) => alertIds.length)).toEqual([2, 1]);
    // An earlier record of the same act: the alert begins with it, and gets its id from it.
    await bring(engine, 'earlier.json', [added(590 * SECOND, 'dc01.corp.example', 'alice', 1104, 1151)]);
    const after = await incidentsOf(engine);
    expect(after.map(({ alertIds }) => alertIds.length)).toEqual([2, 1]);
    expect(after[0].alertIds[0]).not.toBe(one.alertIds[0]);
    await bring(engine, 'other.json', [cleared(90 * HOUR, 'srv01.corp.example', 'carol', 1109, '0x7')]);
    expect((await incidentsOf(engine)).map(({ alertIds }) => alertIds.length)).toEqual([2, 1, 1]);

    const detail = await askEngine(engine, 'incidents.get', { id: after[0].id });
    expect(detail.edits.map(({ kind, author }) => [kind, author])).toEqual([
      ['merge', 'R. Analyst'],
      ['split', 'R. Analyst'],
    ]);
    await askEngine(engine, 'incidents.undoEdit', { editId: split.edit.id, undone: true });
    expect((await incidentsOf(engine)).map(({ alertIds }) => alertIds.length)).toEqual([3, 1]);
    await askEngine(engine, 'incidents.undoEdit', { editId: merged.edit.id, undone: true });
    expect((await incidentsOf(engine)).map(({ alertIds }) => alertIds.length)).toEqual([1, 2, 1]);
    await askEngine(engine, 'incidents.undoEdit', { editId: merged.edit.id, undone: false });
    expect((await incidentsOf(engine)).map(({ alertIds }) => alertIds.length)).toEqual([3, 1]);
  });

  it('are still found by the id they had before they were merged', async () => {
    const engine = await open();
    await bring(engine, 'first.json', EVIDENCE);
    const before = await incidentsOf(engine);
    const { incidentId } = await askEngine(engine, 'incidents.merge', { ids: before.map(({ id }) => id) });
    for (const { id } of before) expect((await askEngine(engine, 'incidents.get', { id })).row.id).toBe(incidentId);
  });

  it('are refused with words where they make no sense', async () => {
    const engine = await open();
    await bring(engine, 'first.json', EVIDENCE);
    const [first, second] = await incidentsOf(engine);
    const refused = async <Name extends OperationName>(name: Name, input: Input<Name>) => {
      const answer = await engine.call(name, input);
      return answer.ok ? 'accepted' : `${answer.code}: ${answer.message}`;
    };
    expect(await refused('incidents.merge', { ids: [first.id] })).toMatch(/^invalid-input: .*two or more/);
    expect(await refused('incidents.merge', { ids: [first.id, 'gone'] })).toMatch(/^not-found: /);
    expect(await refused('incidents.split', { id: second.id, alertIds: [...second.alertIds] })).toMatch(/^invalid-input: .*at least one/);
    expect(await refused('incidents.split', { id: second.id, alertIds: [...first.alertIds] })).toMatch(/^invalid-input: /);
    expect(await refused('incidents.split', { id: second.id, alertIds: [] })).toMatch(/^invalid-input: /);
    expect(await refused('incidents.undoEdit', { editId: 99, undone: true })).toMatch(/^not-found: /);
    expect((await incidentsOf(engine)).map(({ id }) => id)).toEqual([first.id, second.id]);
  });
});

describe('alerts of one logon session', () => {
  const logon = (linked: string) =>
    logged(60 * SECOND, 4624, 'srv09.corp.example', {
      TargetUserSid: `${DOMAIN}-1105`,
      TargetUserName: 'bob',
      TargetDomainName: 'CORP',
      LogonType: '2',
      TargetLogonId: '0x51a2f',
      TargetLinkedLogonId: linked,
    });
  const acts = [
    cleared(HOUR, 'srv09.corp.example', 'bob', 1105, '0x51a2f'),
    cleared(31 * HOUR, 'srv09.corp.example', 'bob', 1105, '0x51a3b'),
  ];

  it('are linked, also over the elevated session beside it, longer than anything else links them', async () => {
    const engine = await open();
    await bring(engine, 'session.json', [logon('0x51a3b'), ...acts]);
    const [incident, ...others] = await incidentsOf(engine);
    expect(others).toEqual([]);
    const { links } = await askEngine(engine, 'incidents.get', { id: incident.id });
    expect(links.map(({ reason }) => reason)).toEqual(['the same logon session 0x51a2f on SRV09']);
  });

  it('are not linked where the two sessions have nothing to do with each other', async () => {
    const engine = await open();
    await bring(engine, 'session.json', [logon('0x0'), ...acts]);
    expect(await incidentsOf(engine)).toHaveLength(2);
  });
});
