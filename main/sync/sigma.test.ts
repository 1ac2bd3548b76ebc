import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import type { Answer, Input, OperationName } from '../../shared/contract/operations.ts';
import type { AlertRow } from '../../shared/model/alert.ts';
import type { SigmaRuleRow } from '../../shared/model/sigma.ts';
import { formatMoment, HOUR, SECOND } from '../../shared/model/time.ts';
import { askEngine, openStore } from '../engine/open-store.examples.ts';
import type { Engine } from '../engine/protocol.ts';
import { RULE_LIMITS, readRuleFiles } from './read-rule-files.ts';

const START = Date.UTC(2026, 0, 5, 8) * 1000;
const SID = 'S-1-5-21-1-2-3';

function process(at: number, host: string, user: string, image: string): Record<string, string | number> {
  return {
    EventID: 4688,
    Channel: 'Security',
    SourceName: 'Microsoft-Windows-Security-Auditing',
    Hostname: host,
    RecordNumber: Math.round(at / SECOND) + 1,
    TimeCreated: formatMoment(START + at),
    SubjectUserSid: `${SID}-${1000 + user.length}`,
    SubjectUserName: user,
    SubjectDomainName: 'CORP',
    NewProcessName: image,
  };
}

const CLEARED = {
  EventID: 1102,
  Channel: 'Security',
  SourceName: 'Microsoft-Windows-Eventlog',
  Hostname: 'ws01.corp.example',
  RecordNumber: 900,
  TimeCreated: formatMoment(START + 30 * SECOND),
  SubjectUserSid: `${SID}-1005`,
  SubjectUserName: 'alice',
  SubjectDomainName: 'CORP',
};

const WHOAMI = 'C:\\Windows\\System32\\whoami.exe';
const EVENTS = [
  process(0, 'ws01.corp.example', 'alice', WHOAMI),
  process(60 * SECOND, 'ws01.corp.example', 'alice', WHOAMI),
  process(60 * SECOND + 2 * HOUR, 'ws01.corp.example', 'alice', WHOAMI),
  process(10 * SECOND, 'ws02.corp.example', 'bob', WHOAMI),
  process(20 * SECOND, 'ws02.corp.example', 'bob', 'C:\\Windows\\notepad.exe'),
  CLEARED,
];

const head = (id: string, title: string, level = 'high') =>
  `title: ${title}\nid: ${id}\nstatus: stable\nlevel: ${level}\nauthor: A. Writer\n`;
const WHOAMI_RULE = `${head('rule-whoami', 'Whoami was run', 'medium')}description: Somebody asked who they are.
falsepositives: [Administrators]
references: ['https://example.org/whoami']
tags: [attack.discovery, attack.t1033]
logsource: { product: windows, category: process_creation }
detection:
  selection:
    Image|endswith: '\\whoami.exe'
  filter:
    User: SYSTEM
  condition: selection and not filter
`;
const CLEARED_RULE = `${head('rule-cleared', 'Log cleared')}logsource: { product: windows, service: security }
detection:
  selection: { EventID: 1102 }
  condition: selection
`;
const BLIND_RULE = `${head('rule-blind', 'Never here')}logsource: { product: windows, service: applocker }
detection: { selection: { EventID: 8007 }, condition: selection }
`;
const REFUSED_RULE = `${head('rule-refused', 'Odd one', 'low')}logsource: { product: windows, service: security }
detection:
  selection:
    Field|sounds_like: x
  condition: selection
`;
const RULES = { 'a.yml': WHOAMI_RULE, 'b.yml': CLEARED_RULE, 'c.yml': BLIND_RULE, 'd.yml': REFUSED_RULE, 'notes.txt': 'no rule' };

let folder = '';
let engine: Engine;
let store = '';

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keepwatch-sigma-'));
  store = join(folder, 'store');
  mkdirSync(join(folder, 'rules'));
  for (const [name, text] of Object.entries(RULES)) writeFileSync(join(folder, 'rules', name), text);
  writeFileSync(join(folder, 'events.json'), EVENTS.map((event) => `${JSON.stringify(event)}\n`).join(''));
  engine = await open();
});

afterEach(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const open = (): Promise<Engine> => openStore(store);

function ask<Name extends OperationName>(name: Name, input: Input<Name>): Promise<Answer<Name>> {
  return askEngine(engine, name, input);
}

/** Resolves when `isSo` holds; a run of the detections is on its way. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 5));
}

async function importEvents(...names: string[]): Promise<void> {
  await ask('imports.start', { paths: names.map((name) => join(folder, name)) });
  await until(async () => (await ask('imports.list', {})).every((row) => row.state !== 'running'));
}

const addRules = (name = 'rules') => ask('sigma.add', { paths: [join(folder, name)] });
const rules = async (): Promise<readonly SigmaRuleRow[]> => (await ask('sigma.rules', { cursor: null, limit: 100 })).rows;
const stateOf = async (key: string) => (await rules()).find((rule) => rule.key === key)?.state;
async function sigmaAlerts(): Promise<readonly AlertRow[]> {
  return (await ask('alerts.page', { filter: { sources: ['sigma'] }, sort: 'oldest', cursor: null, limit: 100 })).rows;
}

describe('Sigma rules beside our detections', () => {
  it('say of each rule what became of it', async () => {
    await addRules();
    await importEvents('events.json');
    const byKey = new Map((await rules()).map((rule) => [rule.key, rule]));
    expect(byKey.get('rule-whoami')).toMatchObject({ state: 'fired', alerts: 3 });
    expect(byKey.get('rule-cleared')).toMatchObject({ state: 'fired', alerts: 1 });
    expect(byKey.get('rule-blind')?.state).toBe('cannot-fire');
    expect(byKey.get('rule-blind')?.reason).toMatch(/^No log of microsoft-windows-applocker/);
    expect(byKey.get('rule-refused')).toMatchObject({ state: 'unsupported', level: 'low', line: 9 });
    expect((await ask('sigma.overview', {})).counts).toEqual({ fired: 2, loaded: 0, 'cannot-fire': 1, unsupported: 1, off: 0 });
  });

  it('give one alert for each host, account and hour, with the fields that were tested', async () => {
    await addRules();
    await importEvents('events.json');
    const alerts = (await sigmaAlerts()).filter((alert) => alert.detection === 'sigma:rule-whoami');
    expect(alerts.map((alert) => [alert.evidenceCount, alert.severity, alert.confidence])).toEqual([
      [2, 'medium', 'medium'],
      [1, 'medium', 'medium'],
      [1, 'medium', 'medium'],
    ]);
    const detail = await ask('alerts.get', { id: alerts[0]!.id });
    expect(detail.evidence[0]?.fields).toEqual([['NewProcessName', WHOAMI, 'selection: ends with \\whoami.exe']]);
    expect(detail.row).toMatchObject({ techniques: ['T1033'], tactics: ['Discovery'], title: 'Whoami was run' });
    expect(detail.whatHappened).toBe('Somebody asked who they are.');
    expect(detail.benignCauses).toEqual(['Administrators']);
    expect(detail.sigma).toMatchObject({ author: 'A. Writer', references: ['https://example.org/whoami'] });
  });

  it('are named in an alert of ours that shows the same record, and give none of their own', async () => {
    await importEvents('events.json');
    const ours = (await ask('alerts.page', { filter: {}, sort: 'oldest', cursor: null, limit: 10 })).rows;
    await addRules();
    await until(async () => (await sigmaAlerts()).length === 3);
    expect((await sigmaAlerts()).some((alert) => alert.detection === 'sigma:rule-cleared')).toBe(false);
    const found = (await ask('alerts.page', { filter: { detections: ['sigma:rule-cleared'] }, sort: 'oldest', cursor: null, limit: 10 }))
      .rows;
    expect(found.map(({ id, alsoMatched }) => [id, alsoMatched])).toEqual([
      [ours[0]!.id, [{ detection: 'sigma:rule-cleared', title: 'Log cleared', level: 'high', records: 1 }]],
    ]);
  });

  it('neither make nor name an incident, but join one', async () => {
    await importEvents('events.json');
    const before = (await ask('incidents.page', { filter: {}, cursor: null, limit: 10 })).rows;
    await addRules();
    await until(async () => (await sigmaAlerts()).length === 3);
    const after = (await ask('incidents.page', { filter: {}, cursor: null, limit: 10 })).rows;
    expect(after.map(({ id, title, severity }) => [id, title, severity])).toEqual(
      before.map(({ id, title, severity }) => [id, title, severity]),
    );
    expect(after[0]!.alertIds.length).toBeGreaterThan(before[0]!.alertIds.length);
    expect((await sigmaAlerts()).filter(({ incidentId }) => incidentId === '').map(({ entities }) => entities[0]?.name)).toEqual(['bob']);
  });

  it('give the same alerts whatever came first, and nothing new when the run is repeated', async () => {
    await addRules();
    await importEvents('events.json');
    const first = (await sigmaAlerts()).map(({ id }) => id);
    await engine.close();
    store = join(folder, 'other');
    EVENTS.reverse().forEach((event, at) => {
      writeFileSync(join(folder, `part-${at}.json`), `${JSON.stringify(event)}\n`);
    });
    engine = await open();
    for (const at of EVENTS.keys()) await importEvents(`part-${at}.json`);
    await addRules();
    await until(async () => (await sigmaAlerts()).length === first.length);
    expect((await sigmaAlerts()).map(({ id }) => id)).toEqual(first);
  });
});

describe('switches', () => {
  it.each([
    ['level', 'medium', 'Rules of level medium are switched off.'],
    ['status', 'stable', 'Rules of status stable are switched off.'],
    ['tag', 'attack.discovery', 'Rules with the tag attack.discovery are switched off.'],
    ['rule', 'rule-whoami', 'This rule is switched off.'],
    ['set', '1', 'Its set is switched off.'],
  ] as const)('of a %s take alerts away and give them back', async (kind, value, reason) => {
    await addRules();
    await importEvents('events.json');
    const ids = (await sigmaAlerts()).map(({ id }) => id);
    await ask('sigma.switch', { kind, value, on: false });
    await until(async () => (await sigmaAlerts()).length === 0);
    expect((await rules()).find((rule) => rule.key === 'rule-whoami')).toMatchObject({ state: 'off', reason });
    await ask('sigma.switch', { kind, value, on: true });
    await until(async () => (await sigmaAlerts()).length === ids.length);
    expect((await sigmaAlerts()).map(({ id }) => id)).toEqual(ids);
  });

  it('outlive the program, and so do rules whose folder is gone', async () => {
    await addRules();
    await ask('sigma.switch', { kind: 'level', value: 'high', on: false });
    rmSync(join(folder, 'rules'), { recursive: true });
    await engine.close();
    engine = await open();
    await importEvents('events.json');
    expect(await stateOf('rule-whoami')).toBe('fired');
    expect(await stateOf('rule-cleared')).toBe('off');
  });
});

describe('sets', () => {
  it('are removed with their alerts, come back whole, and are forgotten at the next start', async () => {
    await addRules();
    await importEvents('events.json');
    await ask('sigma.removeSet', { setId: 1 });
    await until(async () => (await sigmaAlerts()).length === 0);
    expect(await rules()).toEqual([]);
    await ask('sigma.restoreSet', { setId: 1 });
    await until(async () => (await sigmaAlerts()).length === 3);
    await ask('sigma.removeSet', { setId: 1 });
    await engine.close();
    engine = await open();
    expect(await engine.call('sigma.restoreSet', { setId: 1 })).toMatchObject({ ok: false, code: 'not-found' });
  });

  it('that bring a rule a second time run it once', async () => {
    await addRules();
    await addRules();
    await importEvents('events.json');
    expect((await sigmaAlerts()).length).toBe(3);
    const twins = (await rules()).filter((rule) => rule.key === 'rule-whoami');
    expect(twins.map(({ state }) => state)).toEqual(['fired', 'off']);
    expect(twins[1]?.reason).toMatch(/^Another rule has the same id/);
  });

  it('name who added them', async () => {
    await ask('settings.set', { name: 'analyst', value: 'R. Analyst' });
    expect((await addRules()).set).toMatchObject({ name: 'rules', addedBy: 'R. Analyst', rules: 4, isOn: true });
  });
});

describe('hostile rules', () => {
  it('end as a reason, beside those that are sound', async () => {
    const alias = `${WHOAMI_RULE.replace('rule-whoami', 'rule-alias')}x: &a [1]\ny: [*a, *a]\n`;
    writeFileSync(join(folder, 'rules', 'alias.yml'), alias);
    writeFileSync(join(folder, 'rules', 'deep.yml'), '['.repeat(100_000));
    writeFileSync(join(folder, 'rules', 'large.yml'), `a: ${'x'.repeat(300_000)}`);
    writeFileSync(join(folder, 'rules', 'binary.yml'), Buffer.from([0, 1, 2, 255]));
    expect((await addRules()).unreadable).toBe(2);
    const reasons = new Map((await rules()).map((rule) => [rule.path, rule.reason]));
    expect(reasons.get('rules/alias.yml')).toMatch(/aliases/);
    expect(reasons.get('rules/deep.yml')).not.toBe('');
    expect(reasons.get('rules/large.yml')).toMatch(/larger than 256 KiB/);
    expect(reasons.get('rules/binary.yml')).toBe('the file is no text');
    expect(reasons.get('rules/a.yml')).not.toMatch(/supported/);
  });

  it('in a zip that is cut off add nothing but a reason', async () => {
    const zip = new ZipFile();
    zip.addBuffer(Buffer.from(WHOAMI_RULE), 'a.yml', { mtime: new Date(0) });
    zip.end();
    const bytes = await buffer(zip.outputStream as NodeJS.ReadableStream);
    writeFileSync(join(folder, 'whole.zip'), bytes);
    writeFileSync(join(folder, 'cut.zip'), bytes.subarray(0, bytes.length >> 1));
    const cut = await engine.call('sigma.add', { paths: [join(folder, 'cut.zip')] });
    expect(cut.ok).toBe(false);
    expect((await ask('sigma.overview', {})).sets).toEqual([]);
    expect((await addRules('whole.zip')).set.rules).toBe(1);
  });

  it('are read up to a bound, which is said, and not at all once it was cancelled', async () => {
    const paths = [join(folder, 'rules')];
    const few = await readRuleFiles(paths, new AbortController().signal, () => {}, { ...RULE_LIMITS, files: 2 });
    expect(few.files.map(({ problem }) => problem.slice(0, 22))).toEqual(['', '', 'more than 2 rule files']);
    const near = await readRuleFiles(paths, new AbortController().signal, () => {}, { ...RULE_LIMITS, looked: 1 });
    expect(near.files.at(-1)?.problem).toMatch(/^more than 1 files were found/);
    expect((await readRuleFiles(paths, AbortSignal.abort(), () => {})).files).toEqual([]);
  });

  it('are told apart from a folder without any', async () => {
    mkdirSync(join(folder, 'none'));
    expect(await engine.call('sigma.add', { paths: [join(folder, 'none')] })).toMatchObject({ ok: false, code: 'not-found' });
    expect(await engine.call('sigma.add', { paths: [join(folder, 'gone')] })).toMatchObject({ ok: false, code: 'unreadable' });
    expect(await engine.call('sigma.rule', { fileId: 77 })).toMatchObject({ ok: false, code: 'not-found' });
  });
});
