/** The values of a placeholder by its name in lower case, or null where nothing here knows them. */
export type PlaceholderSource = (name: string) => readonly string[] | null;

/** Placeholder name (lower case) -> values, for `expand`; or a function that knows them. */
export type Placeholders = ReadonlyMap<string, readonly string[]> | PlaceholderSource;

const VALUES_ALLOWED = 20_000;
const NAME = /%([^%\s]+)%/;

/**
 * Every value with its placeholders filled, in all combinations. Throws where nothing fills one: the specification leaves what then happens to
 * the tool, and a wildcard in its place would fire on everybody. Filled texts are taken literally: names of hosts may hold no wildcard.
 */
export function expandValues(values: readonly unknown[], placeholders: Placeholders): string[] {
  const filled: string[] = [];
  const open = values.map(String).reverse();
  while (open.length > 0) {
    const text = open.pop() as string;
    const found = NAME.exec(text);
    if (found === null) filled.push(text);
    else {
      const known = valuesOf(placeholders, found[1].toLowerCase());
      if (known === null || known.length === 0) throw new Error(`the placeholder ${found[0]} has no values here`);
      for (const value of [...known].reverse()) open.push(text.replace(found[0], () => escaped(value)));
    }
    if (filled.length + open.length > VALUES_ALLOWED) throw new Error(`the placeholders have more than ${VALUES_ALLOWED} values`);
  }
  return filled;
}

function valuesOf(placeholders: Placeholders, name: string): readonly string[] | null {
  return typeof placeholders === 'function' ? placeholders(name) : (placeholders.get(name) ?? null);
}

/** A percent sign in a value would be taken for the next placeholder. */
function escaped(value: string): string {
  return value.replaceAll('%', '?').replace(/\\(?=[\\*?])|[*]/g, '\\$&');
}
