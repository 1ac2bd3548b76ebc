import { appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CaseFileContent } from './case-file.ts';
import { EXPORT_FORMATS } from './registry.ts';
import { csvCell, escapeHtml } from './safe-text.ts';
import { verifyCaseFile } from './verify-case-file.ts';
import { writeCaseFile } from './write-case-file.ts';

const AT = Date.UTC(2026, 10, 3, 9, 15) * 1000;
const HOSTILE = '<img src=x onerror=alert(1)>"\u202Egnp.exe\u0007=cmd|calc';

const content: CaseFileContent = {
  title: `Phished workstation ${HOSTILE}`,
  author: 'R. Analyst',
  summary: 'First line\nsecond line',
  createdAt: AT,
  exportedAt: AT + 1_000_000,
  version: '0.1.0',
  notes: [{ id: 1, at: AT, text: HOSTILE }],
  alerts: [
    {
      row: {
        id: 'a'.repeat(32),
        detection: 'dcsync',
        externalId: 2006,
        title: 'Suspected DCSync attack',
        summary: `${HOSTILE} replicated the directory`,
        severity: 'high',
        confidence: 'high',
        techniques: ['T1003.006'],
        tactics: ['Credential Access'],
        firstAt: AT,
        lastAt: AT + 5,
        entities: [{ id: 'sid:S-1-5-21-1-2-3-1104', name: HOSTILE, kind: 'user', role: 'actor' }],
        evidenceCount: 3,
        incidentId: 'b'.repeat(32),
        status: 'new',
        classification: 'not-set',
        comment: '',
      },
      evidence: [
        {
          eventIndex: 0,
          eventKey: '0123456789abcdef',
          at: AT,
          tick: 7,
          eventId: 4662,
          computer: 'dc01.corp.example',
          file: 'evidence/dc01.evtx',
          recordId: 77,
          fields: [['Properties', HOSTILE, 'the right to replicate secrets']],
        },
      ],
      whatHappened: 'what',
      whyItMatters: 'why',
      benignCauses: ['a new domain controller'],
      firstResponse: ['disable the account'],
      conditions: [{ name: 'events', found: '3', required: 'at least 1' }],
    },
  ],
  incidents: [],
  graphs: [
    {
      title: HOSTILE,
      takenAt: AT,
      positions: [],
      view: {
        nodes: [
          {
            id: 'a',
            kind: 'user',
            name: HOSTILE,
            domain: '',
            tags: ['honeytoken'],
            roles: [],
            alertCount: 2,
            highestSeverity: 'high',
            degree: 1,
            eventCount: 1,
            firstAt: AT,
            lastAt: AT,
            bundle: null,
          },
          {
            id: 'b',
            kind: 'computer',
            name: 'DC01',
            domain: '',
            tags: [],
            roles: [],
            alertCount: 0,
            highestSeverity: '',
            degree: 1,
            eventCount: 1,
            firstAt: AT,
            lastAt: AT,
            bundle: null,
          },
        ],
        edges: [{ id: 'a|b|logon-network', from: 'a', to: 'b', kind: 'logon-network', count: 4, firstAt: AT, lastAt: AT, alertIds: ['x'] }],
        shown: { nodes: 2, edges: 1 },
        inResult: { nodes: 2, edges: 1 },
        inScope: { nodes: 2, edges: 1 },
        reducers: [],
      },
    },
  ],
  evidenceFiles: [{ path: 'evidence/dc01.evtx', sha256: 'c'.repeat(64), bytes: 69_632, format: 'evtx', read: 12, rejected: 0 }],
  eventCount: 1,
  *events() {
    yield {
      id: '0123456789abcdef',
      at: AT,
      tick: 7,
      computer: 'dc01.corp.example',
      channel: 'Security',
      provider: 'Microsoft-Windows-Security-Auditing',
      eventId: 4662,
      recordId: 77,
      summary: HOSTILE,
      note: '=1+1',
      alerts: ['a'.repeat(32)],
      fields: [['Properties', HOSTILE]],
      file: 'evidence/dc01.evtx',
      sha256: 'c'.repeat(64),
      offset: 4_608,
    };
  },
};

const textOf = (id: string) => [...EXPORT_FORMATS.find((format) => format.id === id)!.write(content)].join('');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keepwatch-case-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the report', () => {
  it('holds no script, no markup from evidence, and nothing from elsewhere', () => {
    const html = textOf('report-html');
    expect(html).not.toMatch(/<script|<img|\u202e|https?:\/\/(?!www\.w3\.org\/2000\/svg)/i);
    expect(html).not.toContain('\u0007');
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;\\u202egnp.exe\\u0007');
    expect(html).toContain('2026-11-03 09:15:00.0000007 UTC');
    expect(html).toContain('2 further records are counted but not listed');
  });

  it('escapes what a page could run', () => {
    expect(escapeHtml(`<a href="x" onclick='y'>&`)).toBe('&lt;a href=&quot;x&quot; onclick=&#39;y&#39;&gt;&amp;');
  });
});

describe('the timeline', () => {
  it('as CSV gives a spreadsheet no formula to run', () => {
    expect(['=1+1', '+1', '-1', '@x', '\tx', 'a,b', 'say "x"'].map(csvCell)).toEqual([
      "'=1+1",
      "'+1",
      "'-1",
      "'@x",
      "'\tx",
      '"a,b"',
      '"say ""x"""',
    ]);
    const [header, line] = textOf('timeline-csv').split('\r\n');
    expect(header).toBe(
      '\uFEFFtime (UTC),computer,summary,channel,provider,event id,record id,alerts,note,file,file SHA-256,offset,fields',
    );
    expect(line).toContain('2026-11-03T09:15:00.0000007Z,dc01.corp.example,');
    expect(line).toContain(",'=1+1,evidence/dc01.evtx,");
  });

  it('as JSON Lines keeps every field as logged', () => {
    expect(JSON.parse(textOf('timeline-jsonl'))).toMatchObject({
      time: '2026-11-03T09:15:00.0000007Z',
      eventId: 4662,
      fields: { Properties: HOSTILE },
      offset: 4608,
    });
  });
});

describe('a case file', () => {
  it('is the same bytes for the same content, and verifies as zip and as folder', async () => {
    const first = await writeCaseFile(content, join(folder, 'one.zip'), 'zip');
    const second = await writeCaseFile(content, join(folder, 'two.zip'), 'zip');
    const third = await writeCaseFile(content, join(folder, 'three'), 'folder');
    if (!first.ok || !second.ok || !third.ok) throw new Error('not written');
    expect(first.value.sha256).toBe(second.value.sha256);
    for (const name of ['one.zip', 'three']) {
      expect(await verifyCaseFile(join(folder, name))).toEqual({
        ok: true,
        value: { intact: true, files: 5, problems: [], title: content.title, createdAt: '2026-11-03T09:15:00.0000000Z' },
      });
    }
    expect(readdirSync(folder).sort()).toEqual(['one.zip', 'three', 'two.zip']);
  });

  it('names what was changed, removed and added', async () => {
    await writeCaseFile(content, join(folder, 'case'), 'folder');
    const damage = async (change: (path: string) => void) => {
      const copy = join(folder, 'copy');
      rmSync(copy, { recursive: true, force: true });
      cpSync(join(folder, 'case'), copy, { recursive: true });
      change(copy);
      const checked = await verifyCaseFile(copy);
      return checked.ok ? checked.value.problems.map(({ path, reason }) => `${path} ${reason.slice(0, 12)}`) : checked.message;
    };
    const sameSize = (path: string) => {
      const bytes = readFileSync(path);
      bytes[bytes.length - 5] ^= 1;
      writeFileSync(path, bytes);
    };
    expect(await damage((path) => sameSize(join(path, 'timeline.jsonl')))).toEqual(['timeline.jsonl has the SHA-']);
    expect(await damage((path) => appendFileSync(join(path, 'report.html'), 'x'))).toEqual([
      expect.stringMatching(/^report\.html has \d+/),
    ]);
    expect(await damage((path) => rmSync(join(path, 'alerts.json')))).toEqual(['alerts.json is missing']);
    expect(await damage((path) => writeFileSync(join(path, 'extra.txt'), ''))).toEqual(['extra.txt is not in th']);
    expect(await damage((path) => rmSync(join(path, 'manifest.sha256')))).toEqual(['manifest.sha256 is missing']);
    expect(
      await damage((path) =>
        writeFileSync(join(path, 'manifest.json'), readFileSync(join(path, 'manifest.json'), 'utf8').replace('R. Analyst', 'Somebody')),
      ),
    ).toEqual(['manifest.json does not hav']);
    expect(await damage((path) => rmSync(join(path, 'manifest.json')))).toMatch(/holds no manifest\.json/);
  });

  it('says no to what is no case file', async () => {
    writeFileSync(join(folder, 'x.zip'), 'PK\u0003\u0004 nonsense');
    expect(await verifyCaseFile(join(folder, 'x.zip'))).toMatchObject({ ok: false, code: 'unreadable' });
    expect(await verifyCaseFile(join(folder, 'none'))).toMatchObject({ ok: false, code: 'unreadable' });
  });

  it('does not write over a folder', async () => {
    await writeCaseFile(content, join(folder, 'case'), 'folder');
    expect(await writeCaseFile(content, join(folder, 'case'), 'folder')).toMatchObject({ ok: false, code: 'not-allowed' });
  });
});
