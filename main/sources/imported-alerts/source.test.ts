import { describe, expect, it } from 'vitest';
import { parseMoment } from '../../../shared/model/time.ts';
import { readExample } from '../example-rows.ts';
import { recognizeSource } from '../registry.ts';
import { ALERT_EVIDENCE_CSV, ALERT_INFO, CEF_LINE, GRAPH_ALERT, SENTINEL_CSV } from './example-alerts.ts';
import { importedAlertsSource } from './source.ts';

const read = (content: string | Uint8Array, pieceBytes?: number) => readExample(importedAlertsSource, content, pieceBytes);
const sourceOf = (content: string | Uint8Array) => recognizeSource(Buffer.from(content).subarray(0, 65_536), content.length)?.id;

describe('alerts of Microsoft Graph', () => {
  const forms: readonly (readonly [string, string])[] = [
    ['an answer of the API', JSON.stringify({ '@odata.context': 'https://graph.example/$metadata', value: [GRAPH_ALERT] })],
    ['an answer set for reading', JSON.stringify({ '@odata.context': 'x', '@odata.count': 1, value: [GRAPH_ALERT] }, null, 2)],
    ['a list', JSON.stringify([GRAPH_ALERT], null, 2)],
    ['JSON lines', `${JSON.stringify(GRAPH_ALERT)}\n`],
  ];
  it.each(forms)('are read from %s', async (_name, text) => {
    expect(sourceOf(text)).toBe('imported-alerts');
    for (const pieceBytes of [7, 100_000]) {
      const { rows, rejects } = await read(text, pieceBytes);
      expect(rejects).toEqual([]);
      expect(rows.map(({ system }) => system.eventId)).toEqual([60001, 60002, 60002, 60002, 60002]);
      const [alert, account, source, place, address] = rows;
      expect(alert.fields).toMatchObject({
        'Alert.Id': GRAPH_ALERT.id,
        'Alert.OtherId': GRAPH_ALERT.providerAlertId,
        'Alert.Product': 'Microsoft Defender for Identity',
        'Alert.Severity': 'high',
        'Alert.Status': 'inProgress',
        'Alert.Techniques': 'T1003, T1003.006',
        'Alert.FirstAt': '2026-01-05T08:10:00.0000001Z',
        title: GRAPH_ALERT.title,
      });
      expect(alert.system).toMatchObject({ ...parseMoment('2026-01-05T08:10:00.0000001Z'), channel: 'Microsoft Defender for Identity' });
      expect(account.fields).toMatchObject({ 'Actor.Sid': 'S-1-5-21-1-2-3-1104', 'Actor.Name': 'anna', 'Actor.Domain': 'CORP' });
      expect(source.fields['Source.Host']).toBe('ws07.corp.example');
      expect(place.system.computer).toBe('DC01.corp.example');
      expect(address.fields['Source.Address']).toBe('10.0.0.57');
    }
  });

  it('are known when the first is longer than what is looked at', async () => {
    const evidence = Array.from({ length: 900 }, (_, at) => ({ ...GRAPH_ALERT.evidence[3], ipAddress: `10.1.${at >> 8}.${at & 255}` }));
    const text = JSON.stringify({ value: [{ ...GRAPH_ALERT, evidence }] });
    expect(sourceOf(text)).toBe('imported-alerts');
    expect((await read(text)).rows).toHaveLength(501);
  });
});

describe('advanced hunting', () => {
  it('gives AlertInfo as an answer of the API, as lines and as streamed records', async () => {
    const rows = [ALERT_INFO, { ...ALERT_INFO, AlertId: 'da2' }];
    const forms = [
      JSON.stringify({ Schema: [{ Name: 'AlertId', Type: 'String' }], Results: rows }),
      JSON.stringify({ schema: [{ name: 'AlertId', type: 'String' }], results: rows }, null, 1),
      rows.map((row) => JSON.stringify(row)).join('\n'),
      rows
        .map((properties) => JSON.stringify({ time: '2026-01-05T09:00:00Z', category: 'AdvancedHunting-AlertInfo', properties }))
        .join('\n'),
    ];
    for (const text of forms) {
      expect(sourceOf(text), text).toBe('imported-alerts');
      const found = await read(text);
      expect(found.rejects).toEqual([]);
      expect(found.rows.map(({ fields }) => fields['Alert.Id'])).toEqual([ALERT_INFO.AlertId, 'da2']);
      expect(found.rows[0].fields).toMatchObject({ 'Alert.Techniques': 'T1003, T1003.006', 'Alert.Severity': 'High' });
    }
  });

  it('gives AlertEvidence as CSV: quotes, line ends inside them, and where each row begins', async () => {
    expect(sourceOf(ALERT_EVIDENCE_CSV)).toBe('imported-alerts');
    for (const pieceBytes of [3, 100_000]) {
      const { rows, rejects } = await read(ALERT_EVIDENCE_CSV, pieceBytes);
      expect(rejects).toEqual([]);
      expect(rows.map(({ system }) => system.eventId)).toEqual([60002, 60002, 60002]);
      expect(rows[0].fields).toMatchObject({
        'Actor.Name': 'anna',
        AdditionalFields: '{"a":1,\r\n"b":2}',
        Title: 'Suspected DCSync, attack',
      });
      expect(rows[1].system.computer).toBe('DC01.corp.example');
      expect(rows[2].fields['Source.Address']).toBe('10.0.0.57');
      expect(ALERT_EVIDENCE_CSV.slice(rows[1].system.offset)).toMatch(/^2026-01-05T08:10:00Z,da1,"Suspected DCSync, attack",Machine/);
    }
  });

  it('is read in UTF-16 and with semicolons', async () => {
    const text = 'Timestamp;AlertId;Title;ServiceSource\r\n2026-01-05T08:10:00Z;da1;"a;b";Azure ATP\r\n';
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
    expect(sourceOf(bytes)).toBe('imported-alerts');
    const { rows } = await read(bytes, 5);
    expect(rows[0].fields).toMatchObject({ 'Alert.Title': 'a;b', 'Alert.Product': 'Microsoft Defender for Identity' });
    expect(rows[0].system.offset).toBe(2 + 2 * (text.indexOf('\n') + 1));
  });
});

describe('Microsoft Sentinel', () => {
  it('gives SecurityAlert as CSV, with times of columns marked UTC and the entities of its list', async () => {
    expect(sourceOf(SENTINEL_CSV)).toBe('imported-alerts');
    const { rows, rejects } = await read(SENTINEL_CSV);
    expect(rejects).toEqual([]);
    expect(rows.map(({ system }) => system.eventId)).toEqual([60001, 60002, 60002]);
    expect(rows[0].fields).toMatchObject({
      'Alert.FirstAt': '2026-01-05T20:10:00.1250000Z',
      'Alert.LastAt': '2026-01-05T20:15:00.0000000Z',
      'Alert.OtherId': '9f2b',
      'Alert.Product': 'Microsoft Entra ID Protection',
    });
    expect(rows[1].fields['Actor.Name']).toBe('anna@corp.example');
    expect(rows[2].fields['Source.Address']).toBe('203.0.113.9');
  });

  it('never guesses the zone of a time', async () => {
    const { rows, rejects } = await read(SENTINEL_CSV.replaceAll(' [UTC]', ''));
    expect(rows).toEqual([]);
    expect(rejects[0].reason).toMatch(/^Line 2: Expected the time of the alert/);
  });
});

describe('syslog lines in CEF', () => {
  it('give alerts of ATA and Defender for Identity', async () => {
    expect(sourceOf(CEF_LINE)).toBe('imported-alerts');
    const { rows, rejects } = await read(`${CEF_LINE}\n`);
    expect(rejects).toEqual([]);
    expect(rows[0].fields).toMatchObject({
      'Alert.Id': '5c113d028ca1ec1250ca0491',
      'Alert.Product': 'Microsoft Advanced Threat Analytics',
      'Alert.Severity': 'medium',
      'Alert.Number': '2024',
      'Alert.Description': 'anna changed a group = much.',
      'Alert.UpdatedAt': '2026-01-05T08:20:00.5000000Z',
      'Actor.Name': 'anna',
      'Source.Host': 'WS07',
      cs1: 'https://192.0.2.20/suspiciousActivity/5c113d028ca1ec1250ca0491',
    });
  });

  it('say of each other line why it is none', async () => {
    const lines = [
      CEF_LINE,
      CEF_LINE.replace('|ATA|', '|Other|'),
      CEF_LINE.replace('ChangeSuspiciousActivity', 'MonitoringAlert'),
      'Jan 5 08:00:00 host sshd: hello',
      'CEF:0|Microsoft|ATA|1.9',
      CEF_LINE.replace('start=2026', 'start=x'),
    ];
    const { rows, rejects } = await read(lines.join('\n'));
    expect(rows).toHaveLength(1);
    expect(rejects.map(({ record }) => record)).toEqual([2, 3, 4, 5, 6]);
    expect(rejects[1].reason).toContain('health alert');
  });
});

describe('what is no alert', () => {
  it('is left to others', () => {
    for (const text of [
      '',
      'hello',
      '{}',
      'a,b,c\n1,2,3\n',
      '{"id":"x","title":"y"}',
      '{"EventID":4624,"Channel":"Security","Hostname":"DC1"}',
      'CEF:0|Other|Firewall|1|1|x|5|a=b',
    ])
      expect(sourceOf(text), text).not.toBe('imported-alerts');
  });
});
