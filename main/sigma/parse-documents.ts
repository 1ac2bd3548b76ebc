import { type Document, isAlias, isCollection, isMap as isMapNode, isNode, LineCounter, parseAllDocuments, visit } from 'yaml';
import { isMap } from './compile-tests.ts';

/** One YAML document of a rule file, and on which line of the file a key stands. */
export type RuleDocument = { readonly value: Record<string, unknown>; lineOf(keys: readonly (string | number)[]): number };

/** Why a document cannot be read. */
export type DocumentFault = { readonly line: number; readonly reason: string };

const TEXT_ALLOWED = 1 << 20;
const DOCUMENTS_ALLOWED = 1_000;

/**
 * The documents of a file, each a map, or what is wrong with them. Aliases are refused, for they can grow without bound. Collections of the
 * older form are resolved: `action: global` lends its keys to all documents that follow until `reset`, `repeat` takes those of the one before.
 */
export function parseDocuments(text: string): (RuleDocument | DocumentFault)[] {
  if (text.length > TEXT_ALLOWED) return [{ line: 1, reason: 'the file is larger than 1 MiB' }];
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter: lines, uniqueKeys: true, schema: 'core', logLevel: 'error' });
  if (!Array.isArray(parsed) || parsed.length === 0) return [{ line: 1, reason: 'the file holds no rule' }];
  if (parsed.length > DOCUMENTS_ALLOWED) return [{ line: 1, reason: `the file holds more than ${DOCUMENTS_ALLOWED} documents` }];
  const found: (RuleDocument | DocumentFault)[] = [];
  let global: Record<string, unknown> = {};
  let before: Record<string, unknown> = {};
  for (const document of parsed) {
    const read = readDocument(document as Document, lines, parsed.length > 1);
    if (read === null) continue;
    if ('reason' in read) {
      found.push(read);
      continue;
    }
    const { action, ...own } = read.value;
    if (action === 'reset') global = {};
    else if (action === 'global') global = merged(global, own);
    else {
      before = merged(action === 'repeat' ? before : global, own);
      found.push({ value: before, lineOf: read.lineOf });
    }
  }
  return found.length > 0 ? found : [{ line: 1, reason: 'the file holds no rule' }];
}

/** Null: empty, as after a last `---`. */
function readDocument(document: Document, lines: LineCounter, isOneOfMany: boolean): RuleDocument | DocumentFault | null {
  const [error] = document.errors;
  if (error) return { line: lines.linePos(error.pos[0]).line || 1, reason: `not valid YAML: ${error.message.split('\n', 1)[0]}` };
  let hasAlias = false;
  visit(document, (_key, node) => {
    if (isAlias(node)) hasAlias = true;
  });
  const start = lines.linePos(document.contents?.range?.[0] ?? 0).line || 1;
  if (hasAlias) return { line: start, reason: 'YAML aliases are not supported' };
  const value: unknown = document.toJS();
  if (value === null && isOneOfMany) return null;
  if (!isMap(value)) return { line: start, reason: 'the file holds no rule' };
  return { value, lineOf: (keys) => lineOf(document, lines, keys) ?? start };
}

/** The line of the last of the keys that the document has. */
function lineOf(document: Document, lines: LineCounter, keys: readonly (string | number)[]): number | null {
  let node: unknown = document.contents;
  let offset: number | undefined;
  for (const key of keys) {
    if (!isCollection(node)) break;
    if (isMapNode(node)) {
      const pair = node.items.find((item) => isNode(item.key) && String(item.key) === String(key));
      if (pair === undefined) break;
      offset = (isNode(pair.key) ? pair.key.range?.[0] : undefined) ?? offset;
      node = pair.value;
    } else {
      node = node.items[Number(key)];
      offset = (isNode(node) ? node.range?.[0] : undefined) ?? offset;
    }
  }
  return offset === undefined ? null : lines.linePos(offset).line;
}

function merged(base: Record<string, unknown>, own: Record<string, unknown>): Record<string, unknown> {
  const result = { ...base };
  for (const [key, value] of Object.entries(own)) {
    const held = Object.hasOwn(result, key) ? result[key] : undefined;
    result[key] = isMap(held) && isMap(value) ? merged(held, value) : value;
  }
  return result;
}
