import { expect, test } from 'vitest';
import { TYPE } from './binxml.table.ts';
import { formatValue, mostTextBytes } from './format-value.ts';

function show(type: number, hex: string): string {
  const bytes = Buffer.from(hex.replaceAll(' ', ''), 'hex');
  const out = new Uint8Array(mostTextBytes(bytes.length));
  return Buffer.from(out.subarray(0, formatValue(bytes, type, 0, bytes.length, out, 0))).toString();
}

test.each([
  ['text', TYPE.utf16, '4100 e400 3dd8 00de 0000', 'Aä😀'],
  ['text with half a pair', TYPE.utf16, '3dd8 4100', '\ufffdA'],
  ['ANSI text', TYPE.ansi, '41 80 e4 00', 'A€ä'],
  ['signed byte', TYPE.int8, 'ff', '-1'],
  ['byte', TYPE.uint8, 'ff', '255'],
  ['signed short', TYPE.int16, '0080', '-32768'],
  ['signed integer', TYPE.int32, '00000080', '-2147483648'],
  ['unsigned integer', TYPE.uint32, 'ffffffff', '4294967295'],
  ['signed long', TYPE.int64, 'ffffffffffffffff', '-1'],
  ['smallest long', TYPE.int64, '0000000000000080', '-9223372036854775808'],
  ['largest long', TYPE.uint64, 'ffffffffffffffff', '18446744073709551615'],
  ['real', TYPE.real64, '000000000000f83f', '1.5'],
  ['true', TYPE.boolean, '01000000', 'true'],
  ['binary', TYPE.binary, '00abff', '00ABFF'],
  ['GUID', TYPE.guid, '25968454 7854 9449 a5ba 3e3b0328c30d', '{54849625-5478-4994-A5BA-3E3B0328C30D}'],
  ['pointer', TYPE.size, '1000000000000000', '0x10'],
  ['FILETIME', TYPE.filetime, '8075f3cd1df0d701', '2021-12-13T12:34:43.0721408Z'],
  ['SYSTEMTIME', TYPE.systemtime, 'e507 0c00 0100 0d00 0c00 3700 2d00 fa00', '2021-12-13T12:55:45.2500000Z'],
  ['SID', TYPE.sid, '010500000000000515000000010000000200000003000000f4010000', 'S-1-5-21-1-2-3-500'],
  ['status', TYPE.hex32, '6d0000c0', '0xc000006d'],
  ['zero', TYPE.hex32, '00000000', '0x0'],
  ['keywords', TYPE.hex64, '0000000000002080', '0x8020000000000000'],
  ['strings', TYPE.array | TYPE.utf16, '4100 0000 4200 0000', 'A\nB'],
  ['shorts', TYPE.array | TYPE.uint16, '0100 ff00', '1\n255'],
  ['too short a value', TYPE.uint32, '0102', '0102'],
  ['too short a SID', TYPE.sid, '010500', '010500'],
  ['unknown type', 0x77, '0a', '0A'],
  ['nothing', TYPE.none, '', ''],
])('%s', (_name, type, hex, text) => {
  expect(show(type, hex)).toBe(text);
});

test('no type and size writes past its bound', () => {
  for (let type = 0; type < 256; type += 1) {
    for (const size of [1, 2, 3, 4, 7, 8, 12, 16, 40, 255]) {
      const bytes = new Uint8Array(size).fill(0xff);
      const out = new Uint8Array(mostTextBytes(size));
      expect(formatValue(bytes, type, 0, size, out, 0)).toBeLessThanOrEqual(out.length);
    }
  }
});
