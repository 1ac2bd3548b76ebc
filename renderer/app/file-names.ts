/** Joins with the separator that the folder itself uses. */
export function joinPath(folder: string, name: string): string {
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
  return folder.endsWith(separator) ? folder + name : folder + separator + name;
}

/** A name that every file system takes. */
export function fileNameOf(title: string): string {
  const safe = title
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._ -]+/gu, ' ')
    .trim()
    .replace(/\s+/g, '-')
    .replace(/^[.-]+/, '')
    .slice(0, 80);
  return safe || 'case';
}

/** The entry whose name begins with `typed`; a single letter typed again goes to the next one. */
export function findByPrefix<Entry extends { readonly name: string; readonly path: string }>(
  entries: readonly Entry[],
  typed: string,
  active: string | null,
): Entry | undefined {
  const letters = [...typed.toLowerCase()];
  const isRepeat = letters.length > 1 && letters.every((letter) => letter === letters[0]);
  const prefix = isRepeat ? letters[0]! : typed.toLowerCase();
  const at = entries.findIndex(({ path }) => path === active);
  const from = letters.length === 1 || isRepeat ? at + 1 : Math.max(0, at);
  const ordered = [...entries.slice(from), ...entries.slice(0, from)];
  return ordered.find(({ name }) => name.toLowerCase().startsWith(prefix));
}
