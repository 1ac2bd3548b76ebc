import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { damagedTexts } from '../damaged-texts.examples.ts';
import { readExample } from '../example-rows.ts';
import { ALERT_EVIDENCE_CSV, ALERT_INFO, CEF_LINE, GRAPH_ALERT, SENTINEL_CSV } from './example-alerts.ts';
import { importedAlertsSource } from './source.ts';

const read = (content: string | Uint8Array, pieceBytes?: number) => readExample(importedAlertsSource, content, pieceBytes);

describe('damage', () => {
  it('never throws, whatever is cut or flipped, and is accounted for', async () => {
    const texts = [
      JSON.stringify({ value: [GRAPH_ALERT, GRAPH_ALERT] }, null, 2),
      `${JSON.stringify(ALERT_INFO)}\n${JSON.stringify(GRAPH_ALERT)}\n`,
      ALERT_EVIDENCE_CSV,
      SENTINEL_CSV,
      `${CEF_LINE}\n${CEF_LINE}\n`,
    ];
    await fc.assert(
      fc.asyncProperty(damagedTexts(texts), async ({ text, content, pieceBytes }) => {
        importedAlertsSource.recognize(content.subarray(0, 65_536), content.length);
        const { rows, rejects } = await read(content, pieceBytes);
        for (const { reason } of rejects) expect(reason).toMatch(/^Line \d+: /);
        // The header of a table alone is neither.
        if (text.startsWith('{')) expect(rows.length + rejects.length).toBeGreaterThan(0);
      }),
      { numRuns: 400 },
    );
  });

  it('takes values of any kind where texts are expected', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(
          fc.constantFrom(...Object.keys(GRAPH_ALERT), ...Object.keys(ALERT_INFO), 'SystemAlertId', 'Entities'),
          fc.jsonValue(),
        ),
        async (value) => {
          const { rows, rejects } = await read(JSON.stringify({ ...GRAPH_ALERT, ...value }));
          expect(rows.length + rejects.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('of a row costs that row, and says its line', async () => {
    const rows = ALERT_EVIDENCE_CSV.split('\r\n');
    const text = [rows[0], rows[3], `${rows[3]},more`, rows[3].replace('2026-01-05T08:10:00Z', 'yesterday'), rows[3], '1,"open'].join('\n');
    const found = await read(text);
    expect(found.rows).toHaveLength(2);
    expect(found.rejects.map(({ record }) => record)).toEqual([3, 4, 6]);
    expect(found.rejects.map(({ offset }) => text.slice(0, offset).split('\n').length)).toEqual([3, 4, 6]);
  });

  it('is bounded: a quote without end, deep and wide values, many entities', async () => {
    const [header, ...rest] = ALERT_EVIDENCE_CSV.split('\r\n');
    const open = `${header}\n2026-01-05T08:10:00Z,"${'x\n'.repeat(2_200_000)}`;
    const lost = await read(open);
    expect(lost.rows).toEqual([]);
    expect(lost.rejects[0].reason).toContain('4 MiB');
    expect(lost.rejects.length).toBeGreaterThan(1);
    expect(rest.length).toBeGreaterThan(2);
    const deep = `{"id":"x","title":"t","serviceSource":"s","createdDateTime":"2026-01-01T00:00:00Z","a":${'{"a":'.repeat(3000)}1${'}'.repeat(3001)}`;
    expect((await read(`${deep}\n`)).rows).toHaveLength(1);
    const wide = { ...GRAPH_ALERT, ...Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`k${at}`, at])) };
    expect((await read(JSON.stringify(wide))).rows[0].names.length).toBeLessThan(450);
    const { evidence } = GRAPH_ALERT;
    const many = { ...GRAPH_ALERT, evidence: Array.from({ length: 5000 }, () => evidence[0]) };
    expect((await read(JSON.stringify(many))).rows).toHaveLength(501);
  });

  it('of names cannot take the place of what we say', async () => {
    const forged = JSON.stringify({ ...GRAPH_ALERT, 'Alert.Id': 'other', 'Actor.Name': 'somebody', __proto__: { polluted: 1 } });
    const [alert] = (await read(forged)).rows;
    expect(alert.fields).toMatchObject({ 'Alert.Id': GRAPH_ALERT.id, 'Export.Alert.Id': 'other', 'Export.Actor.Name': 'somebody' });
    expect(alert.fields['Actor.Name']).toBeUndefined();
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
