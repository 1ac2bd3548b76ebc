import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer, Input, OperationName } from '../../shared/contract/operations.ts';
import type { AlertRow } from '../../shared/model/alert.ts';
import { askEngine, openStore } from '../engine/open-store.examples.ts';
import type { Engine } from '../engine/protocol.ts';
import { ALERT_EVIDENCE_CSV, ALERT_INFO, CEF_LINE, GRAPH_ALERT, SENTINEL_CSV } from '../sources/imported-alerts/example-alerts.ts';

const ANNA = 'S-1-5-21-1-2-3-1104';
const SECRETS = '%%7688 {1131f6ad-9c07-11d1-f79f-00c04fc2dcd2} {19195a5b-6da0-11d0-afd3-00c04fd930c9}';
/** Anna takes all secrets of the directory; the second record tells her user principal name. */
const EVENTS = [
  {
    EventID: 4662,
    TimeCreated: '2026-01-05T08:10:30Z',
    RecordNumber: 5,
    SubjectUserSid: ANNA,
    SubjectUserName: 'anna',
    SubjectDomainName: 'CORP',
    ObjectServer: 'DS',
    ObjectType: '%{19195a5b-6da0-11d0-afd3-00c04fd930c9}',
    Properties: SECRETS,
    AccessMask: '0x100',
  },
  {
    EventID: 4768,
    TimeCreated: '2026-01-05T08:00:00Z',
    RecordNumber: 4,
    TargetSid: ANNA,
    TargetUserName: 'anna',
    TargetDomainName: 'CORP.EXAMPLE',
    Status: '0x0',
  },
].map((event) => ({ ...event, Channel: 'Security', SourceName: 'Microsoft-Windows-Security-Auditing', Hostname: 'DC01.corp.example' }));

const evidenceOf = (id: string) => ALERT_EVIDENCE_CSV.replaceAll(',da1,', `,${id},`);
const FILES: Readonly<Record<string, string>> = {
  'events.json': EVENTS.map((event) => JSON.stringify(event)).join('\n'),
  'graph.json': JSON.stringify({ value: [GRAPH_ALERT] }, null, 2),
  'graph-later.json': JSON.stringify([{ ...GRAPH_ALERT, status: 'resolved', lastUpdateDateTime: '2026-01-06T00:00:00Z' }]),
  'info.json': JSON.stringify({ Results: [ALERT_INFO] }),
  'evidence.csv': evidenceOf(GRAPH_ALERT.id),
  'other.csv': evidenceOf('da638009999999999999_1'),
  'sentinel.csv': SENTINEL_CSV,
  'carried.csv': SENTINEL_CSV.replace(',9f2b,', `,${GRAPH_ALERT.providerAlertId},`),
  'ata.log': `${CEF_LINE}\n${CEF_LINE.replace('08:20:00.5', '09:20:00.5').replace('|5|', '|10|')}\n`,
};

let folder = '';
let engine: Engine;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keepwatch-imported-'));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
  engine = await open('store');
});
afterEach(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const open = (store: string): Promise<Engine> => openStore(join(folder, store));
function ask<Name extends OperationName>(name: Name, input: Input<Name>): Promise<Answer<Name>> {
  return askEngine(engine, name, input);
}
async function bring(...names: string[]): Promise<void> {
  for (const name of names) {
    await ask('imports.start', { paths: [join(folder, name)] });
    while (!(await ask('imports.list', {})).every((row) => row.state !== 'running')) await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
const alertsOf = async (source: 'imported' | 'keepwatch'): Promise<readonly AlertRow[]> =>
  (await ask('alerts.page', { filter: { sources: [source] }, sort: 'oldest', cursor: null, limit: 100 })).rows;
const entityIds = ({ entities }: AlertRow) => entities.map(({ id, role }) => `${role} ${id}`).sort();

describe('alerts of other products', () => {
  it('stand in the queue with what their product says of them', async () => {
    await bring('graph.json');
    const [alert, ...others] = await alertsOf('imported');
    expect(others).toEqual([]);
    expect(alert).toMatchObject({
      title: GRAPH_ALERT.title,
      severity: 'high',
      status: 'in-progress',
      classification: 'true-positive',
      externalId: 2006,
      techniques: ['T1003', 'T1003.006'],
      tactics: ['Credential Access'],
      imported: { product: 'Microsoft Defender for Identity', catalogue: 'mdi-2006' },
      evidenceCount: 5,
    });
    expect(entityIds(alert)).toEqual([
      'actor sid:S-1-5-21-1-2-3-1104',
      'source address:10.0.0.57',
      'source host:ws07.corp.example',
      'target host:dc01.corp.example',
    ]);
    const detail = await ask('alerts.get', { id: alert.id });
    expect(detail.imported).toMatchObject({ severity: 'high', status: 'inProgress', files: ['graph.json'], link: GRAPH_ALERT.alertWebUrl });
    expect(detail.evidence[0].fields).toContainEqual(['providerAlertId', GRAPH_ALERT.providerAlertId, '']);
    expect(detail.evidence.flatMap(({ fields }) => fields)).toContainEqual(['userAccount.userSid', ANNA, '']);
    const rows = (await ask('detections.catalogue', {})).filter(({ imported }) => imported);
    expect(rows.map(({ key, imported }) => [key, imported])).toEqual([['mdi-2006', { alerts: 1, detection: 'imported:mdi-2006' }]]);
  });

  it('stand in one incident with an alert of ours that saw the same act, and each names the other', async () => {
    await bring('graph.json', 'events.json');
    const [ours] = (await alertsOf('keepwatch')).filter(({ detection }) => detection === 'dcsync');
    const [theirs] = await alertsOf('imported');
    expect(theirs.alsoSeenBy).toEqual([ours.id]);
    expect(theirs.incidentId).not.toBe('');
    expect(theirs.incidentId).toBe(ours.incidentId);
    expect((await ask('alerts.get', { id: ours.id })).sameAct?.map(({ id }) => id)).toEqual([theirs.id]);
    expect((await ask('alerts.get', { id: theirs.id })).sameAct?.map(({ id }) => id)).toEqual([ours.id]);
    const { links } = await ask('incidents.get', { id: ours.incidentId });
    expect(links.map(({ reason }) => reason)).toContain('both saw the same act');
  });

  it('are one where files and products speak of the same, in whatever order they come', async () => {
    const names = ['graph.json', 'graph-later.json', 'info.json', 'evidence.csv', 'carried.csv', 'events.json'];
    await bring(...names);
    const found = await alertsOf('imported');
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ status: 'resolved' });
    await engine.close();
    engine = await open('other-store');
    await bring(...names.reverse());
    const again = await alertsOf('imported');
    const stable = (rows: readonly AlertRow[]) =>
      rows.map(({ summary: _summary, entities, ...row }) => ({ ...row, entities: entities.map(({ id }) => id).sort() }));
    expect(stable(again)).toEqual(stable(found));
  });

  it('are not added again by the same file, and keep what was said of them here', async () => {
    await bring('graph.json');
    const [{ id }] = await alertsOf('imported');
    await ask('alerts.update', { ids: [id], comment: 'looked at' });
    expect((await alertsOf('imported'))[0]).toMatchObject({ status: 'in-progress', comment: 'looked at' });
    await bring('graph.json', 'graph-later.json');
    expect(await alertsOf('imported')).toHaveLength(1);
    expect((await alertsOf('imported'))[0]).toMatchObject({ id, status: 'in-progress', comment: 'looked at' });
  });

  it('come from evidence alone, from Sentinel and from syslog, with entities as all others are resolved', async () => {
    await bring('events.json', 'other.csv', 'sentinel.csv', 'ata.log');
    const found = await alertsOf('imported');
    expect(found.map(({ title, severity, imported }) => [title, severity, imported?.product, imported?.catalogue])).toEqual([
      ['Suspected DCSync, attack', 'medium', 'another product', ''],
      ['Suspicious modification of sensitive groups', 'high', 'Microsoft Advanced Threat Analytics', 'mdi-2024'],
      ['Impossible travel', 'medium', 'Microsoft Entra ID Protection', ''],
    ]);
    // By name alone, by SID, by user principal name: one and the same.
    for (const alert of found) expect(entityIds(alert), alert.title).toContain(`actor sid:${ANNA}`);
    expect((await ask('alerts.get', { id: found[1].id })).row.evidenceCount).toBe(2);
  });

  it('go with the evidence that they came from', async () => {
    await bring('graph.json');
    const [{ id }] = await ask('imports.list', {});
    await ask('imports.remove', { importId: id });
    while ((await alertsOf('imported')).length > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await alertsOf('imported')).toEqual([]);
  });
});
