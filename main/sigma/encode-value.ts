/** The texts that stand for a value in a log when its modifiers encode it; null where none does. Throws where the order makes no sense. */
export function encodedTexts(text: string, modifiers: ReadonlySet<string>): string[] | null {
  const isBase64 = modifiers.has('base64');
  if (!isBase64 && !modifiers.has('base64offset')) {
    if (['wide', 'utf16le', 'utf16be', 'utf16'].some((name) => modifiers.has(name)))
      throw new Error('a text encoding without base64 cannot match a text log');
    return null;
  }
  const bytes = bytesOf(text, modifiers);
  return isBase64 ? [bytes.toString('base64')] : base64Offsets(bytes);
}

function bytesOf(text: string, modifiers: ReadonlySet<string>): Buffer {
  if (modifiers.has('wide') || modifiers.has('utf16le')) return Buffer.from(text, 'utf16le');
  if (modifiers.has('utf16be')) return Buffer.from(text, 'utf16le').swap16();
  if (modifiers.has('utf16')) return Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
  return Buffer.from(text, 'utf8');
}

/** The three ways in which a text can stand inside base64 of a longer one, without the characters that depend on its neighbors. */
function base64Offsets(bytes: Buffer): string[] {
  const texts = [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const start = [0, 2, 3][offset];
    const rest = (offset + bytes.length) % 3;
    return encoded.slice(start, rest === 0 ? undefined : encoded.length - 1);
  });
  if (texts.includes('')) throw new Error('the value is too short for base64offset');
  return texts;
}
