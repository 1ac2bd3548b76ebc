import { expect, test } from 'vitest';
import { formatCsv } from './csv.ts';

const columns = [
  { title: 'name', value: (row: { name: string; count: number }) => row.name },
  { title: 'count', value: (row: { name: string; count: number }) => row.count },
];

test('cells are quoted where needed', () => {
  expect(formatCsv(columns, [{ name: 'a "b", c', count: 3 }])).toBe('\uFEFFname,count\r\n"a ""b"", c",3\r\n');
  expect(formatCsv(columns, [{ name: 'two\nlines', count: -1 }])).toBe('\uFEFFname,count\r\n"two\nlines",-1\r\n');
});

test('no cell can be run as a formula', () => {
  for (const name of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1']) {
    const cell = formatCsv(columns, [{ name, count: 0 }]).split('\r\n')[1]!;
    expect(cell.replace(/^"/, '').startsWith("'")).toBe(true);
  }
});
