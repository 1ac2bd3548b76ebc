/** How the records of a file lie in it. */
export type Layout = { readonly wrapperDepth: number; readonly isLines: boolean };

/** Keys under which exports put their list of records. */
const LIST_KEYS = new Set(['events', 'records', 'value', 'hits', 'results', 'data', 'result', 'rows', 'logs', 'entries']);
/** Lines that are looked at: damage in the first ones must not hide that a file has a record on each line. */
const MOST_LINES = 50;
const MOST_WRAPPERS = 8;

/** Reads the head of a file of JSON: one record a line, or records inside arrays and wrappers. Null when it does not begin with an object or an array. */
export function findLayout(head: string): Layout | null {
  let at = skipSpace(head, 0);
  if (head[at] !== '[' && head[at] !== '{') return null;
  let depth = 0;
  // From the outside in, while what opens is an array or an object that begins with a list key.
  for (; depth < MOST_WRAPPERS; depth += 1) {
    if (head[at] === '[') at = skipSpace(head, at + 1);
    else {
      const list = head[at] === '{' ? listAt(head, at) : -1;
      if (list < 0) break;
      at = list;
    }
  }
  return { wrapperDepth: depth, isLines: depth === 0 && hasLines(head.slice(at)) };
}

function hasLines(text: string): boolean {
  const lines = text.split('\n', MOST_LINES);
  // No end of line in all of the head: nothing that is set for people to read.
  if (lines.length === 1) return !isObjectText(text) || text.trim().startsWith('{"');
  return lines.some((line) => isObjectText(line.trim()));
}

function isObjectText(line: string): boolean {
  if (!line.startsWith('{') || !line.endsWith('}') || line.length < 3) return false;
  try {
    return typeof JSON.parse(line) === 'object';
  } catch {
    return false;
  }
}

const FIELD = /\s*"([^"\\]{1,60})"\s*:\s*/y;
const SIMPLE = /(?:"[^"\\]*(?:\\.[^"\\]*)*"|-?[\d.eE+-]+|true|false|null|\{[^{}[\]]*\})\s*,/y;
const MOST_FIELDS_BEFORE = 20;

/** Where the array begins that an object wraps, through at most one more object; -1 when the object is a record itself. */
function listAt(head: string, from: number, nested = false): number {
  let at = from + 1;
  for (let count = 0; count < MOST_FIELDS_BEFORE; count += 1) {
    FIELD.lastIndex = at;
    const field = FIELD.exec(head);
    if (field === null) return -1;
    at = FIELD.lastIndex;
    if (LIST_KEYS.has(field[1].toLowerCase())) {
      const opened = skipSpace(head, at + 1);
      if (head[at] === '[' && (head[opened] === '{' || head[opened] === ']' || opened >= head.length)) return at;
      // `{"hits":{"hits":[` wraps twice.
      if (head[at] === '{' && !nested && listAt(head, at, true) >= 0) return at;
    }
    SIMPLE.lastIndex = at;
    if (!SIMPLE.test(head)) return -1;
    at = SIMPLE.lastIndex;
  }
  return -1;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\r\n\uFEFF'.includes(text[at])) at += 1;
  return at;
}
