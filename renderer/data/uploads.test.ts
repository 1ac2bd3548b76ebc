import { expect, test } from 'vitest';
import { BOUNDS } from '../../shared/contract/bounds.ts';
import { chunkRanges, encodeBase64 } from './uploads.ts';

test('chunks cover the file once and stay within the bound', () => {
  for (const size of [0, 1, 9, 10, 11, 25]) {
    const ranges = chunkRanges(size, 10);
    expect(ranges.reduce((sum, [from, to]) => sum + to - from, 0)).toBe(size);
    expect(ranges.every(([from, to], index) => to - from <= 10 && from === index * 10)).toBe(true);
  }
});

test('a whole chunk in base64 fits the bound of the contract', () => {
  const text = encodeBase64(new Uint8Array(BOUNDS.uploadChunkBytes));
  expect(text.length).toBeLessThanOrEqual(Math.ceil(BOUNDS.uploadChunkBytes / 3) * 4 + 4);
});

test('base64 gives the same bytes back', () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 31) % 256);
  expect(Uint8Array.from(atob(encodeBase64(bytes)), (letter) => letter.charCodeAt(0))).toEqual(bytes);
});
