import { expect, test } from 'vitest';
import { toOwnAddress, toPageAddress } from './addresses.ts';

test('addresses of the page and of the program are one to one', () => {
  for (const path of ['', '/', '/index.html?a=1#/alerts']) {
    expect(toOwnAddress(toPageAddress(`keepwatch://console${path}`))).toBe(`keepwatch://console${path}`);
    expect(toPageAddress(`keepwatch://console${path}`)).toBe(`https://console.keepwatch.invalid${path}`);
  }
});

test('an address that only looks alike is not taken for ours', () => {
  for (const address of ['https://console.keepwatch.invalid.example.com/', 'https://console.keepwatch.invalid:81/', 'https://example.com/'])
    expect(toOwnAddress(address)).toBe(address);
});
