import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { corpusPath } from '../../../build/corpus.ts';
import type { Reject } from '../../../shared/model/event-batch.ts';
import { formatMoment } from '../../../shared/model/time.ts';
import { ByteStream } from '../../lib/byte-stream.ts';
import type { RecordSystem, RowWriter, Shape } from '../row-writer.ts';
import { windowsJsonSource } from './source.ts';

type Row = { system: RecordSystem; fields: Record<string, string>; names: readonly string[] };

class Rows implements RowWriter {
  readonly rows: Row[] = [];
  readonly rejects: Reject[] = [];
  readonly shapes = new Set<Shape>();
  #shape: Shape = { names: [] };
  #values: string[] = [];

  begin(shape: Shape): void {
    this.#shape = shape;
    this.#values = [];
    this.shapes.add(shape);
  }
  utf16(): void {
    throw new Error('not used');
  }
  utf8(bytes: Uint8Array, start: number, end: number): void {
    this.#values.push(Buffer.from(bytes.subarray(start, end)).toString());
  }
  text(value: string): void {
    this.#values.push(value);
  }
  integer(value: number): void {
    this.#values.push(String(value));
  }
  empty(): void {
    this.#values.push('');
  }
  commit(system: RecordSystem): void {
    const { names } = this.#shape;
    expect(this.#values.length).toBe(names.length);
    expect(new Set(names).size).toBe(names.length);
    this.rows.push({ system, names, fields: Object.fromEntries(names.map((name, at) => [name, this.#values[at]])) });
  }
  abandon(): void {
    this.#values = [];
  }
  reject(reject: Reject): void {
    this.rejects.push(reject);
  }
}

async function* inPieces(bytes: Uint8Array, pieceBytes: number): AsyncGenerator<Uint8Array> {
  // One buffer for all pieces, as files are read: whoever keeps a piece sees it change.
  const piece = new Uint8Array(pieceBytes);
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    const part = bytes.subarray(at, at + pieceBytes);
    piece.set(part);
    yield piece.subarray(0, part.length);
  }
}

async function read(content: string | Uint8Array, pieceBytes = 1024 * 1024): Promise<Rows> {
  const rows = new Rows();
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  await windowsJsonSource.read(new ByteStream(inPieces(bytes, pieceBytes)), rows, { progress: async () => {} });
  return rows;
}

function recognizes(content: string | Uint8Array): boolean {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return windowsJsonSource.recognize(bytes.subarray(0, 64 * 1024), bytes.length);
}

const NXLOG = {
  EventTime: '2026-03-01 10:00:00',
  Hostname: 'DC1.corp.example',
  Keywords: 'KEYWORDS',
  EventType: 'AUDIT_SUCCESS',
  EventID: 4624,
  SourceName: 'Microsoft-Windows-Security-Auditing',
  Channel: 'Security',
  RecordNumber: 77,
  TargetUserName: 'alice',
  LogonType: '3',
  '@timestamp': '2026-03-01T09:00:00.5Z',
};
const EVTX_DUMP = {
  Event: {
    '#attributes': { xmlns: 'http://schemas.microsoft.com/win/2004/08/events/event' },
    System: {
      Provider: { '#attributes': { Name: 'Microsoft-Windows-Security-Auditing', Guid: '54849625-5478-4994-A5BA-3E3B0328C30D' } },
      EventID: 4648,
      Level: 0,
      Keywords: '0x8020000000000000',
      TimeCreated: { '#attributes': { SystemTime: '2026-03-01T10:00:00.1234567Z' } },
      EventRecordID: 34382,
      Execution: { '#attributes': { ProcessID: 876, ThreadID: 928 } },
      Channel: 'Security',
      Computer: 'WS01',
      Security: { '#attributes': { UserID: 's-1-5-18' } },
    },
    EventData: { SubjectUserName: 'bob', TargetUserName: 'admin', ProcessId: '0x378', IpAddress: '-' },
  },
};
const WINLOGBEAT = {
  '@timestamp': '2026-03-01T10:00:00.123Z',
  event: { code: '4769', provider: 'Microsoft-Windows-Security-Auditing', action: 'kerberos' },
  host: { name: 'dc1' },
  winlog: {
    channel: 'Security',
    event_id: 4769,
    provider_name: 'Microsoft-Windows-Security-Auditing',
    computer_name: 'DC1.corp.example',
    record_id: 12,
    keywords: ['Audit Success', 'x'],
    event_data: { TargetUserName: 'alice@CORP', ServiceName: 'sql01', TicketEncryptionType: '0x17' },
  },
};

describe('shapes of the field', () => {
  it('reads NXLog, flat, with numbers kept to the last digit', async () => {
    // As written by NXLog: more digits than a double holds.
    const text = JSON.stringify(NXLOG).replace('"KEYWORDS"', '-9214364837600034816');
    expect(recognizes(text)).toBe(true);
    const { rows, rejects } = await read(text);
    expect(rejects).toEqual([]);
    expect(rows[0].system).toMatchObject({ eventId: 4624, channel: 'Security', computer: 'DC1.corp.example', recordId: 77, offset: 0 });
    expect(rows[0].system.provider).toBe('Microsoft-Windows-Security-Auditing');
    expect(rows[0].fields).toMatchObject({ TargetUserName: 'alice', LogonType: '3', 'System.Keywords': '-9214364837600034816' });
    // The collector's moment in UTC counts before local time of unknown offset.
    expect(formatMoment(rows[0].system.at)).toBe('2026-03-01T09:00:00.5000000Z');
  });

  it('reads evtx_dump, pretty-printed, to 100 ns and with the names of EVTX', async () => {
    const text = `${JSON.stringify(EVTX_DUMP, null, 2)}\n${JSON.stringify(EVTX_DUMP, null, 2)}\n`;
    expect(recognizes(text)).toBe(true);
    const { rows, rejects } = await read(text, 100);
    expect(rejects).toEqual([]);
    expect(rows.length).toBe(2);
    const [{ system, fields }] = rows;
    expect(system).toMatchObject({ eventId: 4648, recordId: 34382, computer: 'WS01', userSid: 'S-1-5-18', tick: 7, offset: 0 });
    expect(formatMoment(system.at, system.tick)).toBe('2026-03-01T10:00:00.1234567Z');
    expect(fields).toMatchObject({ SubjectUserName: 'bob', ProcessId: '0x378', 'System.ProcessID': '876', 'System.Level': '0' });
    expect(fields['System.ProviderGuid']).toBe('54849625-5478-4994-A5BA-3E3B0328C30D');
    expect(rows[1].system.offset).toBe(text.indexOf('\n{') + 1);
  });

  it('reads evtx_dump with separate attributes, unnamed and named data, and user data', async () => {
    const system = { EventID: { '#text': 1102, '#attributes': { Qualifiers: 0 } }, Channel: 'Security', Computer: 'A' };
    const base = { ...system, Provider_attributes: { Name: 'P' }, TimeCreated_attributes: { SystemTime: '2026-03-01T10:00:00Z' } };
    const lines = [
      { Event: { System: base, EventData: { Data: ['one', 'two'] } } },
      { Event: { System: base, EventData: { Data: { '#text': ['one', 'two'] } } } },
      {
        Event: {
          System: base,
          EventData: {
            Data: [
              { '@Name': 'X', '#text': '1' },
              { '#attributes': { Name: 'Y' }, '#text': '2' },
            ],
          },
        },
      },
      { Event: { System: base, UserData: { LogFileCleared: { SubjectUserName: 'eve', SubjectUserSid: 'S-1-5-21-1-2-3-4' } } } },
      { Event: { System: base, EventData: null } },
    ];
    const { rows, rejects } = await read(lines.map((line) => JSON.stringify(line)).join('\r\n'));
    expect(rejects).toEqual([]);
    expect(rows.map(({ system: { eventId, provider } }) => [eventId, provider])).toEqual(lines.map(() => [1102, 'P']));
    expect(rows[0].fields).toMatchObject({ Data: 'one', Data2: 'two' });
    expect(rows[1].fields).toMatchObject({ Data: 'one', Data2: 'two' });
    expect(rows[2].fields).toMatchObject({ X: '1', Y: '2' });
    expect(rows[3].fields).toMatchObject({ SubjectUserName: 'eve' });
  });

  it('reads Winlogbeat, nested and with dotted keys, bare and as search hits', async () => {
    const dotted = {
      '@timestamp': '2026-03-01T10:00:00.123Z',
      'winlog.event_id': 4769,
      'winlog.channel': 'Security',
      'winlog.provider_name': 'Microsoft-Windows-Security-Auditing',
      'winlog.computer_name': 'DC1.corp.example',
      'winlog.record_id': '12',
      'winlog.event_data.ServiceName': 'sql01',
    };
    const hits = {
      took: 3,
      hits: {
        total: { value: 2 },
        hits: [
          { _index: 'i', _source: WINLOGBEAT },
          { _index: 'i', _source: dotted },
        ],
      },
    };
    for (const text of [`${JSON.stringify(WINLOGBEAT)}\n${JSON.stringify(dotted)}`, JSON.stringify(hits), JSON.stringify(hits, null, 1)]) {
      expect(recognizes(text)).toBe(true);
      const { rows, rejects } = await read(text, 333);
      expect(rejects).toEqual([]);
      expect(rows.length).toBe(2);
      for (const { system, fields } of rows) {
        expect(system).toMatchObject({ eventId: 4769, recordId: 12, computer: 'DC1.corp.example', channel: 'Security' });
        expect(fields.ServiceName).toBe('sql01');
      }
      expect(rows[0].fields['winlog.keywords']).toBe('Audit Success\nx');
    }
  });

  it('reads arrays and lists under a key, on one line, a line each and pretty-printed', async () => {
    const list = [NXLOG, EVTX_DUMP, NXLOG];
    const texts = [
      JSON.stringify(list),
      JSON.stringify(list, null, 4),
      `[\n${list.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`,
      JSON.stringify({ Events: list }),
      JSON.stringify({ version: 1, tool: { name: 'x' }, records: list }, null, 2),
    ];
    for (const text of texts) {
      expect(recognizes(text)).toBe(true);
      const { rows, rejects } = await read(text, 777);
      expect([rows.length, rejects]).toEqual([3, []]);
      for (const { system } of rows) expect(text[system.offset]).toBe('{');
    }
  });

  it('reads Splunk exports: XML as raw text, JSON as raw text, and extracted fields', async () => {
    const xml =
      "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Security-Auditing' Guid='{5}'/>" +
      "<EventID>4625</EventID><TimeCreated SystemTime='2026-03-01T10:00:00.123456700Z'/><EventRecordID>9</EventRecordID><Channel>Security</Channel>" +
      "<Computer>DC1</Computer><Security/></System><EventData><Data Name='TargetUserName'>a&amp;b</Data><Data Name='Status'>0xc000006d</Data></EventData></Event>";
    const lines = [
      {
        preview: false,
        offset: 0,
        result: { _raw: xml, _time: '2026-03-01T11:00:00.000+01:00', host: 'h', source: 'XmlWinEventLog:Security', EventCode: '4625' },
      },
      { result: { _raw: JSON.stringify(NXLOG), _time: '2026-03-01 10:00:00.000 UTC' } },
      {
        result: {
          _raw: '03/01/2026 10:00:00 AM\nLogName=Security',
          _time: '2026-03-01T10:00:00Z',
          source: 'WinEventLog:Security',
          EventCode: '4634',
          ComputerName: 'DC1',
        },
      },
    ];
    const text = lines.map((line) => JSON.stringify(line)).join('\n');
    expect(recognizes(text)).toBe(true);
    const { rows, rejects } = await read(text);
    expect(rejects).toEqual([]);
    expect(rows[0].fields).toMatchObject({ TargetUserName: 'a&b', Status: '0xc000006d', 'splunk.host': 'h' });
    expect(rows[0].system).toMatchObject({ eventId: 4625, recordId: 9, computer: 'DC1', tick: 7 });
    expect(rows[1].system.eventId).toBe(4624);
    expect(rows[2].system).toMatchObject({ eventId: 4634, channel: 'Security', computer: 'DC1' });
  });

  it('reads Get-WinEvent, Velociraptor and Wazuh', async () => {
    const lines = [
      { Id: 4720, ProviderName: 'P', LogName: 'Security', MachineName: 'M', RecordId: 5, TimeCreated: '/Date(1772359200123)/' },
      {
        System: {
          Provider: { Name: 'P' },
          EventID: { Value: 4720 },
          TimeCreated: { SystemTime: 1772359200.123 },
          Channel: 'Security',
          Computer: 'M',
          EventRecordID: 5,
        },
        EventData: { TargetUserName: 't' },
      },
      {
        data: {
          win: {
            system: {
              providerName: 'P',
              eventID: '4720',
              systemTime: '2026-03-01T10:00:00.123Z',
              channel: 'Security',
              computer: 'M',
              eventRecordID: '5',
            },
            eventdata: { targetUserName: 't' },
          },
        },
      },
    ];
    const { rows, rejects } = await read(lines.map((line) => JSON.stringify(line)).join('\n'));
    expect(rejects).toEqual([]);
    for (const { system } of rows) {
      expect(system).toMatchObject({ eventId: 4720, provider: 'P', channel: 'Security', computer: 'M', recordId: 5 });
      expect(formatMoment(system.at)).toBe('2026-03-01T10:00:00.1230000Z');
    }
    expect([rows[1].fields.TargetUserName, rows[2].fields.TargetUserName]).toEqual(['t', 't']);
  });

  it('reads UTF-8 with a mark and UTF-16 in both orders, with offsets in the file', async () => {
    const records = [{ ...NXLOG, TargetUserName: 'Žofie 😀' }, NXLOG];
    const text = records.map((one) => JSON.stringify(one)).join('\r\n');
    const little = Buffer.from(`\ufeff${text}`, 'utf16le');
    for (const bytes of [Buffer.from(`\ufeff${text}`), little, Buffer.from(little).swap16()]) {
      expect(recognizes(bytes)).toBe(true);
      for (const pieceBytes of [7, 1000]) {
        const { rows, rejects } = await read(bytes, pieceBytes);
        expect(rejects).toEqual([]);
        expect(rows.map(({ fields }) => fields.TargetUserName)).toEqual(['Žofie 😀', 'alice']);
        const second = rows[1].system.offset;
        expect([...bytes.subarray(second, second + 2)]).toContain(0x7b);
        expect(rows[0].system.offset).toBe(bytes[0] === 0xef ? 3 : 2);
      }
    }
  });

  it('keeps one shape for records of the same names', async () => {
    const { shapes } = await read(Array.from({ length: 50 }, () => JSON.stringify(NXLOG)).join('\n'));
    expect(shapes.size).toBe(1);
  });
});

describe('what is no Windows event', () => {
  it('is not recognized', () => {
    for (const text of [
      '',
      'hello',
      '{}',
      '[]',
      '[1,2]',
      '{"type":"bundle","id":"bundle--1","objects":[{"id":"x"}]}',
      '{"id":"CVE-1","channel":"x"}',
      '{"a":',
    ])
      expect(recognizes(text), text).toBe(false);
    expect(recognizes(Buffer.from('ElfFile\0'))).toBe(false);
  });
});

describe('damage', () => {
  it('costs one line in JSON Lines, and says which', async () => {
    const good = JSON.stringify(NXLOG);
    const text = [good, good.slice(0, 90), '', good, '{"EventID":1}', good.slice(0, -1)].join('\n');
    const { rows, rejects } = await read(text, 64);
    expect(rows.length).toBe(2);
    expect(rejects.map(({ record }) => record)).toEqual([2, 5, 6]);
    expect(rejects.map(({ offset }) => offset)).toEqual([good.length + 1, text.indexOf('{"EventID":1}'), text.lastIndexOf('\n') + 1]);
    for (const { reason } of rejects) expect(reason).toMatch(/^Line \d+: Expected /);
  });

  it('costs one record where records are set for reading', async () => {
    const one = JSON.stringify(EVTX_DUMP, null, 2);
    const damaged = one.replace('"WS01"', '"WS01');
    const text = [one, damaged, one, one.slice(0, 400)].join('\n');
    const { rows, rejects } = await read(text);
    expect(rows.map(({ system }) => system.offset)).toEqual([0, one.length + damaged.length + 2]);
    expect(rejects.map(({ offset }) => offset)).toEqual([one.length + 1, one.length * 2 + damaged.length + 3]);
  });

  it('reports what lies among records and belongs to none', async () => {
    const good = JSON.stringify(NXLOG);
    const { rows, rejects } = await read(`[${good}}, garbage ${good}]`);
    expect(rows.length).toBe(2);
    expect(rejects.length).toBe(1);
  });

  it('refuses records that are too large without keeping them', async () => {
    const good = JSON.stringify(NXLOG);
    const large = JSON.stringify({ ...NXLOG, Message: 'x'.repeat(17 * 1024 * 1024) });
    for (const text of [`${good}\n${large}\n${good}`, `[${good},${large},${good}]`]) {
      const { rows, rejects } = await read(text);
      expect(rows.length).toBe(2);
      expect(rejects.length).toBe(1);
      expect(rejects[0].reason).toContain('16 MiB');
    }
    const deep = `${good}\n{"EventID":1,"Channel":"x","a":${'{"a":'.repeat(5000)}1${'}'.repeat(5001)}\n${good}`;
    expect((await read(deep)).rejects.length).toBe(1);
    const arrays = `${good}\n{"EventID":1,"Channel":"x","a":${'['.repeat(200_000)}{}${']'.repeat(200_000)}}\n${good}`;
    expect((await read(arrays)).rows.length).toBe(2);
    const wide = `${good}\n${JSON.stringify(Object.fromEntries(Array.from({ length: 3000 }, (_, at) => [`k${at}`, at])))}\n`;
    expect((await read(wide)).rejects.length).toBe(1);
  });

  it('never throws, whatever is cut or flipped, and accounts for every line', async () => {
    const texts = [
      `${JSON.stringify(NXLOG)}\n${JSON.stringify(EVTX_DUMP)}\n${JSON.stringify(WINLOGBEAT)}\n`,
      JSON.stringify([EVTX_DUMP, WINLOGBEAT, NXLOG], null, 2),
    ];
    const change = fc.record({ at: fc.nat(), bit: fc.nat(7) });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...texts),
        fc.nat(),
        fc.array(change, { maxLength: 8 }),
        fc.integer({ min: 1, max: 4000 }),
        async (text, cut, changes, pieceBytes) => {
          const bytes = Buffer.from(text);
          for (const { at, bit } of changes) bytes[at % bytes.length] ^= 1 << bit;
          const content = bytes.subarray(0, bytes.length - (cut % bytes.length));
          recognizes(content);
          const { rows, rejects } = await read(content, pieceBytes);
          expect(rows.length + rejects.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 300 },
    );
  });
});

const corpus = corpusPath();
describe.skipIf(corpus === null)('the corpus (skipped where ../shared/corpus is absent)', () => {
  type Entry = { path: string; format: string; records?: number; event_ids?: [number, number][]; packed_in?: string };
  const entries = corpus === null ? [] : (JSON.parse(readFileSync(join(corpus, 'manifest.json'), 'utf8')).files as Entry[]);

  it('gives every record of the JSON files', async () => {
    const files = entries.filter(({ format, packed_in }) => format === 'windows-event-json' && packed_in === undefined);
    expect(files.length).toBeGreaterThan(0);
    for (const { path, records, event_ids } of files) {
      const bytes = readFileSync(join(corpus!, path));
      expect(recognizes(bytes), path).toBe(true);
      const { rows, rejects } = await read(bytes);
      expect([path, rows.length, rejects]).toEqual([path, records, []]);
      for (const [id, count] of event_ids ?? [])
        expect([id, rows.filter(({ system }) => system.eventId === id).length]).toEqual([id, count]);
    }
  });

  it('recognizes no other JSON', () => {
    for (const { path } of entries.filter(
      ({ format, packed_in, path }) => !/windows-event|archive/.test(format) && packed_in === undefined && path.endsWith('.json'),
    ))
      expect([path, recognizes(readFileSync(join(corpus!, path)))]).toEqual([path, false]);
  });
});
