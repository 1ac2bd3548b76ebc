import { describe, expect, it } from 'vitest';
import { formatMoment } from '../../../shared/model/time.ts';
import { EVTX_DUMP, NXLOG, read, recognizes, WINLOGBEAT } from './example-records.ts';

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
