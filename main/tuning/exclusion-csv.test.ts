import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY } from '../../shared/model/time.ts';
import { csvCell } from '../exports/safe-text.ts';
import { parseCsv } from '../lib/parse-csv.ts';
import { type CsvContext, EXCLUSION_COLUMNS, exclusionCells, readExclusions } from './exclusion-csv.ts';

const ENTITIES = [
  { id: 'sid:S-1-5-21-1-2-3-1104', name: 'svc-scan' },
  { id: 'host:srv01.corp.example', name: 'SRV01' },
  { id: 'sid:S-1-5-21-9-9-9-500', name: 'admin' },
  { id: 'sid:S-1-5-21-8-8-8-500', name: 'admin' },
];
const CONTEXT: CsvContext = {
  isDetection: (id) => id === 'dcsync' || id === 'ldap-recon',
  findEntities: (text) => ENTITIES.filter(({ id, name }) => id === text || name.toLowerCase() === text.toLowerCase()),
};
const read = (lines: readonly string[]) => {
  const result = readExclusions(lines.join('\r\n'), CONTEXT, 100);
  if (!result.ok) throw new Error(result.message);
  return result.value;
};

describe('a file of exclusions', () => {
  test('is read by its header, in any order, with commas or semicolons', () => {
    const { rows, bad } = read([
      'reason;entity;detection;expires;role;network',
      'Scanner of the network team;svc-scan;ldap-recon;2027-01-31;actor;10.1.0.0/16',
    ]);
    expect(bad).toEqual([]);
    expect(rows).toEqual([
      {
        line: 2,
        author: '',
        draft: {
          detection: 'ldap-recon',
          entity: 'sid:S-1-5-21-1-2-3-1104',
          entityName: 'svc-scan',
          role: 'actor',
          network: '10.1.0.0/16',
          expiresAt: Date.UTC(2027, 0, 31) * 1000,
          reason: 'Scanner of the network team',
        },
      },
    ]);
  });

  test('tells each bad row with its line and what is wrong', () => {
    const { rows, bad } = read([
      'detection,entity,network,role,expires,reason',
      'dcsync,SRV01,,,,"Backup over',
      'two lines"',
      'no-such,,,,,x',
      ',admin,,,,x',
      ',nobody,,,,x',
      ',,10.1.2.3/8,,,x',
      ',,,,,x',
      'dcsync,,,actor,,x',
      'dcsync,,,boss,,x',
      'dcsync,,,,soon,x',
      'dcsync,,,,,',
      '',
      'dcsync,,,,,x,more',
    ]);
    expect(rows.map(({ line }) => line)).toEqual([2]);
    expect(bad.map(({ line, reason }) => [line, reason])).toEqual([
      [4, expect.stringContaining('no detection "no-such"')],
      [5, expect.stringContaining('names 2 entities')],
      [6, expect.stringContaining('No entity of this store')],
      [7, expect.stringContaining('no address or range')],
      [8, expect.stringContaining('everything would be hidden')],
      [9, expect.stringContaining('role needs an entity')],
      [10, expect.stringContaining('"boss" is no role')],
      [11, expect.stringContaining('"soon" is no moment')],
      [12, expect.stringContaining('reason is missing')],
      [14, expect.stringContaining('7 cells for 6 columns')],
    ]);
  });

  test('is refused whole where its first line names other columns, or it is too long', () => {
    expect(readExclusions('', CONTEXT, 100)).toMatchObject({ ok: false, code: 'invalid-input' });
    expect(readExclusions('name,reason\na,b', CONTEXT, 100)).toMatchObject({ message: expect.stringContaining('"name"') });
    expect(readExclusions('detection\ndcsync', CONTEXT, 100)).toMatchObject({ message: expect.stringContaining('"reason" is missing') });
    expect(readExclusions('reason\na\nb', CONTEXT, 1)).toMatchObject({ message: expect.stringContaining('at most 1') });
  });

  test('written and read again says the same, whatever people wrote, and no cell is a formula', () => {
    const words = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
      .map((text) => text.trim())
      .filter((text) => text !== '' && !text.startsWith("'"));
    const exclusion = fc.record({
      id: fc.constant(1),
      detection: fc.constantFrom('', 'dcsync'),
      entity: fc.constantFrom('sid:S-1-5-21-1-2-3-1104', 'host:later.corp.example'),
      entityName: words,
      role: fc.constantFrom('any' as const, 'source' as const),
      network: fc.constantFrom('', 'fe80::/10'),
      reason: fc.oneof(
        words,
        words.map((text) => `=${text}`),
        words.map((text) => `${text}"\n,${text}`),
      ),
      author: words,
      createdAt: fc.constant(0),
      changedAt: fc.constant(0),
      expiresAt: fc.constantFrom(null, 400 * DAY),
    });
    fc.assert(
      fc.property(fc.array(exclusion, { maxLength: 5 }), (exclusions) => {
        const lines = [EXCLUSION_COLUMNS, ...exclusions.map(exclusionCells)].map((cells) => cells.map(csvCell).join(','));
        for (const { cells } of parseCsv(lines.join('\r\n'))) for (const cell of cells) expect(cell).not.toMatch(/^\s*[=+\-@]/);
        const { rows, bad } = read(lines);
        expect(bad).toEqual([]);
        expect(
          rows.map(({ draft, author }) => [
            draft.detection,
            draft.entity,
            draft.role,
            draft.network,
            draft.expiresAt,
            draft.reason,
            author,
          ]),
        ).toEqual(
          exclusions.map(({ detection, entity, role, network, expiresAt, reason, author }) => [
            detection,
            entity,
            role,
            network,
            expiresAt,
            reason,
            author,
          ]),
        );
      }),
    );
  });

  test('any text is read or refused, never thrown', () => {
    const piece = fc.constantFrom('detection', 'reason', 'network', ',', ';', '"', '\r', '\n', '=', '10.0.0.0/8', 'dcsync', '\uFEFF', ' ');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const result = readExclusions(pieces.join(''), CONTEXT, 10);
        expect(result.ok || result.message.length > 0).toBe(true);
      }),
    );
  });
});
