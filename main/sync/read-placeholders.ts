import fs from 'node:fs';
import { parseDocument } from 'yaml';

const FILE_BYTES_ALLOWED = 1 << 20;

/**
 * A YAML file of placeholders and their values, `name: value` or `name: [value, ...]`: name in lower case -> values. Or a sentence that says what
 * is wrong with it.
 */
export function readPlaceholders(path: string): Map<string, string[]> | string {
  let given: unknown;
  try {
    if (fs.statSync(path).size > FILE_BYTES_ALLOWED) return `${path} is larger than 1 MiB`;
    const document = parseDocument(fs.readFileSync(path, 'utf8'), { schema: 'core', logLevel: 'error' });
    const [error] = document.errors;
    if (error) return `${path} is not valid YAML: ${error.message.split('\n', 1)[0]}`;
    given = document.toJS({ maxAliasCount: 0 });
  } catch (error) {
    return `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return `${path} needs lines of the form "name: [value, value]"`;
  const placeholders = new Map<string, string[]>();
  for (const [name, value] of Object.entries(given)) {
    const values: unknown[] = Array.isArray(value) ? value : [value];
    if (!values.every((text) => typeof text === 'string' || typeof text === 'number'))
      return `${path}: "${name}" has a value that is no text`;
    placeholders.set(name.replaceAll('%', '').toLowerCase(), values.map(String));
  }
  return placeholders;
}
