import { describe, expect, it } from 'vitest';
import { csvCell, escapeHtml, visible } from './safe-text.ts';

describe('text from evidence', () => {
  it('loses its markup', () => {
    expect(escapeHtml(`<a href="x" onclick='y'>&`)).toBe('&lt;a href=&quot;x&quot; onclick=&#39;y&#39;&gt;&amp;');
  });

  it('shows what cannot be seen or turns it around', () => {
    expect(visible('inv\u202Egnp.exe')).toBe('inv\\u202egnp.exe');
    expect(visible('a\u0000\u001b[2J\u200b\u2066\u061c\ufeff\u{e0041}\ud800b')).toBe(
      'a\\u0000\\u001b[2J\\u200b\\u2066\\u061c\\ufeff\\ue0041\\ud800b',
    );
    expect(visible('Grüße, 世界 😀\n\tnext')).toBe('Grüße, 世界 😀\n\tnext');
  });

  it('gives a spreadsheet no formula to run', () => {
    expect(['=1+1', '+1', '-1', '@x', '\tx', '\r=1', ' =1', '＝1', 'a,b', 'say "x"', 'a=b', ''].map(csvCell)).toEqual([
      "'=1+1",
      "'+1",
      "'-1",
      "'@x",
      "'\tx",
      '"\'\r=1"',
      "' =1",
      "'＝1",
      '"a,b"',
      '"say ""x"""',
      'a=b',
      '',
    ]);
  });

  it('leaves numbers numbers', () => {
    expect([-5, 0, 4662].map(csvCell)).toEqual(['-5', '0', '4662']);
  });
});
