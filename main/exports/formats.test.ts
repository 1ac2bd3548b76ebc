import { describe, expect, it } from 'vitest';
import { EXAMPLE_CASE, HOSTILE } from './case-file.examples.ts';
import { EXPORT_FORMATS } from './registry.ts';

const textOf = (id: string, content = EXAMPLE_CASE) => [...EXPORT_FORMATS.find((format) => format.id === id)!.write(content)].join('');

describe('every format', () => {
  // Run with --update after a wanted change, and read what changed.
  it.each(EXPORT_FORMATS.map(({ id, fileName }) => [id, fileName]))('%s writes what is expected', async (id, fileName) => {
    await expect(textOf(id)).toMatchFileSnapshot(`expected/${fileName}.expected`);
  });

  it.each(EXPORT_FORMATS.map(({ id }) => id))('%s can be written of a case that holds nothing', (id) => {
    const empty = {
      ...EXAMPLE_CASE,
      alerts: [],
      incidents: [],
      notes: [],
      graphs: [],
      evidenceFiles: [],
      eventCount: 0,
      summary: '',
      events: () => [],
    };
    expect(textOf(id, empty)).not.toMatch(/undefined|NaN|Infinity/);
  });
});

describe('the report', () => {
  it('holds no script, no markup from evidence, and nothing from elsewhere', () => {
    for (const id of ['report-html', 'graph-svg']) {
      const text = textOf(id);
      expect(text).not.toMatch(/<script|<img|<foreignObject|\son[a-z]+="|javascript:|\u202e/i);
      expect(text).not.toMatch(/https?:\/\/(?!www\.w3\.org\/2000\/svg)/i);
      expect(text).not.toContain('\u0007');
    }
    const html = textOf('report-html');
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;\\u202egnp.exe\\u0007');
    expect(html).toContain('2026-11-03 09:15:00.0000007 UTC');
    expect(html).toContain('2 further records are counted but not listed');
  });

  it('holds at most so many records of a long timeline, and says so', () => {
    const [event] = EXAMPLE_CASE.events();
    const long = {
      ...EXAMPLE_CASE,
      eventCount: 6_000,
      *events() {
        for (let index = 0; index < 6_000; index += 1) yield event;
      },
    };
    const html = textOf('report-html', long);
    expect(html).toContain('The first 5,000 of 6,000 records');
    expect(html.match(/at byte 4608/g)).toHaveLength(5_000);
    expect(textOf('timeline-jsonl', long).split('\n')).toHaveLength(6_001);
  });
});

describe('the timeline', () => {
  it('as CSV begins with a byte-order mark and ends lines as RFC 4180 has it', () => {
    const [header, line] = textOf('timeline-csv').split('\r\n');
    expect(header).toBe(
      '\uFEFFtime (UTC),computer,summary,channel,provider,event id,record id,alerts,note,file,file SHA-256,offset,fields',
    );
    expect(line).toContain('2026-11-03T09:15:00.0000007Z,dc01.corp.example,');
    expect(line).toContain(",'=1+1,evidence/dc01.evtx,");
  });

  it('as JSON Lines keeps every field as logged, also those of one name', () => {
    expect(JSON.parse(textOf('timeline-jsonl'))).toMatchObject({
      time: '2026-11-03T09:15:00.0000007Z',
      eventId: 4662,
      fields: { Properties: HOSTILE },
      offset: 4608,
    });
    const [event] = EXAMPLE_CASE.events();
    const repeated = {
      ...EXAMPLE_CASE,
      events: () => [
        {
          ...event,
          fields: [
            ['Data', 'a'],
            ['Data', 'b'],
            ['__proto__', 'c'],
          ] as const,
        },
      ],
    };
    expect(textOf('timeline-jsonl', repeated)).toContain('"fields":{"Data":["a","b"],"__proto__":"c"}');
  });
});
