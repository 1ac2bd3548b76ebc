import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCsv } from './parse-csv.ts';

test('rows keep the line they begin on, whatever ends lines and parts cells', () => {
  expect(parseCsv('\uFEFFa;b\r\n\r\n"1\n2";"say ""yes"""\rx;y')).toEqual([
    { line: 1, cells: ['a', 'b'] },
    { line: 3, cells: ['1\n2', 'say "yes"'] },
    { line: 5, cells: ['x', 'y'] },
  ]);
  expect(parseCsv('a\tb,c\td\n1\t2\t3')[1]?.cells).toEqual(['1', '2', '3']);
  expect(parseCsv('')).toEqual([]);
  expect(parseCsv('a,"never closed\nb')).toEqual([{ line: 1, cells: ['a', 'never closed\nb'] }]);
});

test('what was written by the rules of RFC 4180 is read as it was', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', 'é'), maxLength: 8 });
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(table, (rows) => {
      const text = ['one,two', ...rows.map((cells) => cells.map((value) => `"${value.replaceAll('"', '""')}"`).join(','))].join('\r\n');
      const kept = rows.filter((cells) => cells.some((value) => value.trim() !== ''));
      expect(
        parseCsv(text)
          .slice(1)
          .map(({ cells }) => cells),
      ).toEqual(kept);
    }),
  );
});
