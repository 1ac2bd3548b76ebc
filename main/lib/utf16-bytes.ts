/** Most UTF-8 bytes that one UTF-16 code unit may become. */
export const UTF8_BYTES_PER_UNIT = 3;

/**
 * Writes UTF-16LE bytes `[start, end)` as UTF-8 into `out` from `at` and returns the end. `out` must have room for three bytes per code
 * unit. Unpaired surrogates become U+FFFD; an odd last byte is left out.
 */
export function appendUtf16(out: Uint8Array, at: number, bytes: Uint8Array, start: number, end: number): number {
  const last = end - 1;
  let from = start;
  let to = at;
  while (from < last) {
    const low = bytes[from]!;
    if (low > 0x7f || bytes[from + 1] !== 0) return appendWide(out, to, bytes, from, last);
    out[to++] = low;
    from += 2;
  }
  return to;
}

function appendWide(out: Uint8Array, at: number, bytes: Uint8Array, start: number, last: number): number {
  let from = start;
  let to = at;
  while (from < last) {
    let code = bytes[from]! | (bytes[from + 1]! << 8);
    from += 2;
    if (code < 0x80) {
      out[to++] = code;
    } else if (code < 0x800) {
      out[to++] = 0xc0 | (code >> 6);
      out[to++] = 0x80 | (code & 0x3f);
    } else {
      const next = code >= 0xd800 && code < 0xdc00 && from < last ? bytes[from]! | (bytes[from + 1]! << 8) : 0;
      if (next >= 0xdc00 && next < 0xe000) {
        code = 0x10000 + ((code - 0xd800) << 10) + (next - 0xdc00);
        from += 2;
        out[to++] = 0xf0 | (code >> 18);
        out[to++] = 0x80 | ((code >> 12) & 0x3f);
      } else {
        if (code >= 0xd800 && code < 0xe000) code = 0xfffd;
        out[to++] = 0xe0 | (code >> 12);
      }
      out[to++] = 0x80 | ((code >> 6) & 0x3f);
      out[to++] = 0x80 | (code & 0x3f);
    }
  }
  return to;
}
