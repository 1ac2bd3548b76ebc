import type { Json } from './flatten.ts';

type Element = { readonly name: string; readonly fields: Record<string, unknown>; text: string };

const TOKEN =
  /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<\/([\w:.-]+)\s*>|<([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/y;
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const MOST_DEPTH = 16;
const MOST_ELEMENTS = 2_000;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/**
 * The XML text of one event (schema http://schemas.microsoft.com/win/2004/08/events/event) as the object that evtx_dump would write. Null when it is not well
 * formed; there are no document types, so nothing can expand.
 */
export function parseEventXml(text: string): Json | null {
  const root: Element = { name: '', fields: {}, text: '' };
  const open: Element[] = [root];
  let elements = 0;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const found = TOKEN.exec(text);
    if (found === null) return null;
    const [, literal, closed, opened, attributes, isEmpty, characters] = found;
    const top = open[open.length - 1];
    if (literal !== undefined) top.text += literal;
    else if (characters !== undefined) top.text += decodeEntities(characters);
    else if (opened !== undefined) {
      elements += 1;
      if (open.length > MOST_DEPTH || elements > MOST_ELEMENTS) return null;
      const element: Element = { name: opened, fields: attributesOf(attributes), text: '' };
      if (isEmpty === '') open.push(element);
      else addChild(top, element);
    } else if (closed !== undefined) {
      if (top.name !== closed || open.length === 1) return null;
      open.pop();
      addChild(open[open.length - 1], top);
    }
  }
  const { Event: event } = root.fields;
  return open.length === 1 && typeof event === 'object' && event !== null ? { Event: event } : null;
}

function addChild(parent: Element, { name, fields, text }: Element): void {
  const isPlain = Object.keys(fields).length === 0;
  const hasText = text.trim() !== '';
  const value = isPlain ? text : hasText ? { ...fields, '#text': text } : fields;
  const known = parent.fields[name];
  if (known === undefined) parent.fields[name] = value;
  else if (Array.isArray(known)) known.push(value);
  else parent.fields[name] = [known, value];
}

function attributesOf(text: string): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [, name, double, single] of text.matchAll(ATTRIBUTE)) if (name !== 'xmlns') fields[name] = decodeEntities(double ?? single);
  return fields;
}

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(#x?[\da-f]{1,6}|\w{1,5});/gi, (whole, name: string) => {
    if (name[0] !== '#') return ENTITIES[name] ?? whole;
    const code = name[1] === 'x' || name[1] === 'X' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return Number.isInteger(code) && code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
