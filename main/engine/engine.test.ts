import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatMoment, SECOND } from '../../shared/model/time.ts';
import { askEngine, openStore } from './open-store.examples.ts';
import type { Engine } from './protocol.ts';

const DOMAIN = 'S-1-5-21-1-2-3';
const START = Date.UTC(2026, 0, 5, 8) * 1000;

type LoggedRecord = Record<string, string | number>;

function logged(second: number, eventId: number, computer: string, fields: LoggedRecord): LoggedRecord {
  return {
    EventID: eventId,
    Channel: 'Security',
    SourceName: 'Microsoft-Windows-Security-Auditing',
    Hostname: computer,
    RecordNumber: second + 1,
    TimeCreated: formatMoment(START + second * SECOND),
    ...fields,
  };
}

/** A member added to Domain Admins, and logons around it: on several hosts, so that files can be imported in any order. */
const DC = [
  logged(10, 4768, 'dc01.corp.example', {
    TargetUserName: 'alice',
    TargetDomainName: 'CORP',
    TargetSid: `${DOMAIN}-1104`,
    ServiceName: 'krbtgt',
    Status: '0x0',
    IpAddress: '::ffff:10.0.0.5',
    PreAuthType: '2',
    TicketEncryptionType: '0x12',
  }),
  logged(60, 4728, 'dc01.corp.example', {
    SubjectUserSid: `${DOMAIN}-1104`,
    SubjectUserName: 'alice',
    SubjectDomainName: 'CORP',
    SubjectLogonId: '0x1234',
    MemberSid: `${DOMAIN}-1150`,
    MemberName: 'CN=mallory,CN=Users,DC=corp,DC=example',
    TargetUserName: 'Domain Admins',
    TargetDomainName: 'CORP',
    TargetSid: `${DOMAIN}-512`,
  }),
];
const SRV = [
  logged(20, 4624, 'srv01.corp.example', {
    TargetUserSid: `${DOMAIN}-1104`,
    TargetUserName: 'alice',
    TargetDomainName: 'CORP',
    LogonType: '3',
    IpAddress: '10.0.0.5',
    WorkstationName: 'WS01',
    TargetLogonId: '0x9999',
  }),
  logged(30, 4624, 'srv01.corp.example', {
    TargetUserSid: `${DOMAIN}-1105`,
    TargetUserName: 'bob',
    TargetDomainName: 'CORP',
    LogonType: '2',
    TargetLogonId: '0x9998',
  }),
];
const WS = [
  logged(5, 4624, 'ws01.corp.example', {
    TargetUserSid: `${DOMAIN}-1104`,
    TargetUserName: 'alice',
    TargetDomainName: 'CORP',
    LogonType: '2',
    TargetLogonId: '0x77',
  }),
];
const FILES: Record<string, LoggedRecord[]> = { 'dc.json': DC, 'srv.json': SRV, 'ws.json': WS };

let folder = '';
let evidence = '';
let opened: Engine[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keepwatch-engine-'));
  evidence = join(folder, 'evidence');
  mkdirSync(evidence);
  for (const [name, records] of Object.entries(FILES))
    writeFileSync(join(evidence, name), records.map((record) => `${JSON.stringify(record)}\n`).join(''));
});

afterEach(async () => {
  for (const engine of opened) await engine.close();
  opened = [];
  rmSync(folder, { recursive: true, force: true });
});

let stores = 0;
async function open(store = join(folder, `store-${++stores}`)): Promise<Engine> {
  const engine = await openStore(store);
  opened.push(engine);
  return engine;
}

async function importPaths(engine: Engine, paths: string[]): Promise<number> {
  const { importId } = await askEngine(engine, 'imports.start', { paths });
  for (;;) {
    const rows = await askEngine(engine, 'imports.list', {});
    if (rows.every((row) => row.state !== 'running')) return importId;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function results(engine: Engine) {
  const alerts = await askEngine(engine, 'alerts.page', { filter: {}, sort: 'oldest', cursor: null, limit: 500 });
  const incidents = await askEngine(engine, 'incidents.page', { filter: {}, cursor: null, limit: 500 });
  const events = await askEngine(engine, 'events.page', { filter: {}, order: 'oldest-first', cursor: null, limit: 500 });
  return {
    alerts: alerts.rows.map(({ id, detection, summary, incidentId }) => ({ id, detection, summary, incidentId })),
    incidents: incidents.rows.map(({ id, title, alertIds }) => ({ id, title, alertIds: [...alertIds].sort() })),
    events: events.rows.map(({ id, at, summary }) => ({ id, at, summary })),
  };
}

describe('the engine', () => {
  it('imports a folder, finds the alert, and shows who did it where', async () => {
    const engine = await open();
    const importId = await importPaths(engine, [evidence]);
    const report = await askEngine(engine, 'imports.report', { importId });
    expect(
      report.files.map(({ path, format, read, stored, duplicate, rejected }) => ({ path, format, read, stored, duplicate, rejected })),
    ).toEqual([
      { path: 'evidence/dc.json', format: 'windows-json', read: 2, stored: 2, duplicate: 0, rejected: 0 },
      { path: 'evidence/srv.json', format: 'windows-json', read: 2, stored: 2, duplicate: 0, rejected: 0 },
      { path: 'evidence/ws.json', format: 'windows-json', read: 1, stored: 1, duplicate: 0, rejected: 0 },
    ]);
    const alerts = await askEngine(engine, 'alerts.page', { filter: {}, sort: 'severity', cursor: null, limit: 10 });
    expect(alerts.rows.map((alert) => alert.detection)).toEqual(['sensitive-group-change']);
    const view = await askEngine(engine, 'graph.view', {});
    expect(view.edges.map((edge) => edge.id)).toContain(`host:ws01.corp.example|host:srv01.corp.example|remote-session`);
    const detail = await askEngine(engine, 'alerts.get', { id: alerts.rows[0].id });
    expect(detail.evidence[0].file).toBe('evidence/dc.json');
    const behind = await askEngine(engine, 'events.page', {
      filter: { edge: { from: 'host:ws01.corp.example', to: 'host:srv01.corp.example', kind: 'remote-session' } },
      order: 'oldest-first',
      cursor: null,
      limit: 10,
    });
    expect(behind.rows.map((row) => row.summary)).toEqual(['alice logged on to SRV01 from WS01 (network)']);
  });

  it('gives the same results for any order of the same files, together or one after the other', async () => {
    const reference = await open();
    await importPaths(reference, [evidence]);
    const expected = await results(reference);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(Object.keys(FILES), { minLength: 3 }), fc.boolean(), async (names, oneByOne) => {
        const engine = await open();
        const paths = names.map((name) => join(evidence, name));
        if (oneByOne) for (const path of paths) await importPaths(engine, [path]);
        else await importPaths(engine, paths);
        expect(await results(engine)).toEqual(expected);
      }),
      { numRuns: 8 },
    );
  });

  it('adds nothing when the same evidence comes again', async () => {
    const engine = await open();
    await importPaths(engine, [evidence]);
    const before = await results(engine);
    const again = await importPaths(engine, [join(evidence, 'dc.json')]);
    const report = await askEngine(engine, 'imports.report', { importId: again });
    expect(report.files[0]).toMatchObject({ read: 2, stored: 0, duplicate: 2, state: 'already-imported' });
    expect(await results(engine)).toEqual(before);
  });

  it('keeps what people say of an alert over imports, restarts and removal of other evidence', async () => {
    const store = join(folder, 'kept');
    const engine = await open(store);
    await importPaths(engine, [join(evidence, 'dc.json')]);
    const [alert] = (await askEngine(engine, 'alerts.page', { filter: {}, sort: 'severity', cursor: null, limit: 10 })).rows;
    await askEngine(engine, 'alerts.update', {
      ids: [alert.id],
      status: 'resolved',
      classification: 'true-positive',
      comment: 'confirmed by phone',
    });
    const second = await importPaths(engine, [join(evidence, 'srv.json')]);
    await askEngine(engine, 'imports.remove', { importId: second });
    await engine.close();
    opened = opened.filter((other) => other !== engine);
    const reopened = await open(store);
    const after = await askEngine(reopened, 'alerts.get', { id: alert.id });
    expect(after.row).toMatchObject({ status: 'resolved', classification: 'true-positive', comment: 'confirmed by phone' });
    expect((await askEngine(reopened, 'app.status', {})).events).toBe(2);
  });

  it('removes an import with its events and alerts, but not what another import brought too', async () => {
    const engine = await open();
    const first = await importPaths(engine, [evidence]);
    await importPaths(engine, [join(evidence, 'dc.json')]);
    const removed = await askEngine(engine, 'imports.remove', { importId: first });
    expect(removed.events).toBe(3);
    const left = await results(engine);
    expect(left.events).toHaveLength(2);
    expect(left.alerts).toHaveLength(1);
  });

  it('counts for an entity the events that its filter finds', async () => {
    const engine = await open();
    await importPaths(engine, [evidence]);
    const { rows } = await askEngine(engine, 'entities.page', { filter: {}, sort: 'events', cursor: null, limit: 100 });
    expect(rows.length).toBeGreaterThan(5);
    for (const row of rows) {
      const { count } = await askEngine(engine, 'events.count', { filter: { entities: [row.id] } });
      expect([row.id, row.eventCount]).toEqual([row.id, count]);
    }
  });

  it('finds words in fields, and says how far it has looked', async () => {
    const engine = await open();
    await importPaths(engine, [evidence]);
    const found = await askEngine(engine, 'events.page', {
      filter: { text: 'MALLORY domain' },
      order: 'oldest-first',
      cursor: null,
      limit: 10,
    });
    expect(found.rows.map((row) => row.eventId)).toEqual([4728]);
    expect(found.searched).toBe(1);
  });

  it('counts a histogram that adds up, with and without a filter', async () => {
    const engine = await open();
    await importPaths(engine, [evidence]);
    const input = { from: START, to: START + 100 * SECOND, buckets: 10 };
    const all = await askEngine(engine, 'events.histogram', { filter: {}, ...input });
    expect([all.total, all.counts]).toEqual([5, [1, 1, 1, 1, 0, 0, 1, 0, 0, 0]]);
    const logons = await askEngine(engine, 'events.histogram', { filter: { kinds: ['logon'] }, ...input });
    expect([logons.total, logons.counts]).toEqual([3, [1, 0, 1, 1, 0, 0, 0, 0, 0, 0]]);
  });

  it('answers bad questions with a problem, never with an error', async () => {
    const engine = await open();
    expect(await engine.call('no.such', {})).toMatchObject({ ok: false, code: 'invalid-input' });
    expect(await engine.call('events.page', { filter: { kinds: ['nonsense'] } })).toMatchObject({ ok: false, code: 'invalid-input' });
    expect(await engine.call('events.detail', { index: 5 })).toMatchObject({ ok: false, code: 'not-found' });
    expect(await engine.call('imports.start', { paths: [] })).toMatchObject({ ok: false, code: 'invalid-input' });
  });

  it('reports what it cannot read with file and reason', async () => {
    writeFileSync(join(evidence, 'notes.txt'), 'nothing to see');
    writeFileSync(join(evidence, 'cut.json'), `${JSON.stringify(DC[0])}\n{"EventID": 4624, "Chan`);
    const engine = await open();
    const importId = await importPaths(engine, [join(evidence, 'notes.txt'), join(evidence, 'cut.json'), join(evidence, 'missing.evtx')]);
    const { files } = await askEngine(engine, 'imports.report', { importId });
    expect(files.map((file) => file.state)).toEqual(['not-recognized', 'done', 'unreadable']);
    expect(files[1].rejects[0]).toMatchObject({ record: 2, reason: expect.stringMatching(/Line 2: Expected a JSON object/) });
  });
});
