/** How the records of a file lie in it. */
export type Layout = { readonly wrapperDepth: number; readonly isLines: boolean };

/** Keys under which exports put their list of records. */
const LIST_KEYS = new Set(['events', 'records', 'value', 'hits', 'results', 'data', 'result', 'rows']);

/**
 * Reads the head of a file of JSON: one record a line, or records inside arrays and wrappers. Null when the first value is not made of objects.
 */
export function findLayout(head: string): Layout | null {
  let at = 0;
  let depth = 0;
  // From the outside in, while what opens is an array or an object that begins with a list key.
  for (;;) {
    at = skipSpace(head, at);
    if (head[at] === '[') {
      depth++;
      at++;
      continue;
    }
    if (head[at] !== '{') return null;
    const list = wrapperAt(head, at);
    if (list === -1) break;
    depth++;
    at = list;
  }
  const firstLine = head.slice(at).split('\n', 1)[0].trim();
  return { wrapperDepth: depth, isLines: depth === 0 && isWhole(firstLine) };
}

function isWhole(line: string): boolean {
  try {
    return typeof JSON.parse(line) === 'object';
  } catch {
    return false;
  }
}

const KEY =
  /^\{\s*(?:"(?:[^"\\]|\\.)*"\s*:\s*(?:"(?:[^"\\]|\\.)*"|-?[\d.eE+-]+|true|false|null|\{[^{}]*\})\s*,\s*){0,20}"([A-Za-z_@.]{1,40})"\s*:\s*(?=[[{])/;

/** Where the list of an object that wraps one begins; -1 when the object is a record itself. */
function wrapperAt(head: string, at: number): number {
  const found = KEY.exec(head.slice(at, at + 16_384));
  if (found === null || !LIST_KEYS.has(found[1].toLowerCase())) return -1;
  const inside = at + found[0].length;
  if (head[inside] === '[') return inside;
  // `{"hits":{"hits":[` wraps twice; `{"result":{...}}` is a record in a wrapper of its own and is unwrapped later.
  return wrapperAt(head, inside) === -1 ? -1 : inside;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\r\n\uFEFF'.includes(text[at])) at++;
  return at;
}
