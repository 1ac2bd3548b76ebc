const MOST_FIELDS = 400;
const MOST_DEPTH = 16;
const MOST_CHARACTERS = 65_536;

/** The values of parsed JSON under dotted names, lists of plain values as lines of one; what is empty is left out, what is too much or too deep is cut. */
export function flattenFields(value: unknown, without: ReadonlySet<string> = new Set()): (readonly [name: string, value: string])[] {
  const fields: [string, string][] = [];
  const walk = (inner: unknown, name: string, depth: number): void => {
    if (fields.length >= MOST_FIELDS || depth > MOST_DEPTH || inner === null || inner === undefined || inner === '') return;
    if (Array.isArray(inner)) {
      if (inner.every((item) => typeof item !== 'object' || item === null)) add(name, inner.filter((item) => item !== null).join('\n'));
      else for (const [at, item] of inner.entries()) walk(item, `${name}.${at + 1}`, depth + 1);
    } else if (typeof inner === 'object') {
      for (const [key, item] of Object.entries(inner)) {
        if (depth > 0 || !without.has(key)) walk(item, name === '' ? key : `${name}.${key}`, depth + 1);
      }
    } else add(name, String(inner));
  };
  const add = (name: string, text: string): void => {
    if (text !== '' && fields.length < MOST_FIELDS) fields.push([name.slice(0, 200), text.slice(0, MOST_CHARACTERS)]);
  };
  walk(value, '', 0);
  return fields;
}
