/** One value of a rule against one value of a record. */
export type ValueTest = (value: string) => boolean;

/** Longer values are cut before a regular expression sees them: what hostile records may cost stays bounded. */
const REGEX_INPUT = 8_192;

type Part = string | '*' | '?';

/** Splits at wildcards; `\*`, `\?` and `\\` before one are literal (specification 2.1, "Escaping"). */
function splitWildcards(text: string): { literal: boolean; text: string }[] {
  const parts: { literal: boolean; text: string }[] = [];
  let held = '';
  const flush = () => {
    if (held !== '') parts.push({ literal: true, text: held });
    held = '';
  };
  for (let i = 0; i < text.length; i++) {
    const next: Part = text[i + 1] ?? '';
    if (text[i] === '\\' && (next === '*' || next === '?' || next === '\\')) {
      held += next;
      i++;
    } else if (text[i] === '*' || text[i] === '?') {
      flush();
      parts.push({ literal: false, text: text[i] });
    } else held += text[i];
  }
  flush();
  return parts;
}

export type Anchor = 'equals' | 'contains' | 'startswith' | 'endswith';

/** Case-insensitive unless `cased`; wildcards anywhere; anchored as asked, so that `Sec?rity` never matches inside a longer value. */
export function textTest(pattern: string, anchor: Anchor, cased: boolean): ValueTest {
  const parts = splitWildcards(pattern);
  if (anchor === 'contains' || anchor === 'endswith') parts.unshift({ literal: false, text: '*' });
  if (anchor === 'contains' || anchor === 'startswith') parts.push({ literal: false, text: '*' });
  const stars = parts.filter((part) => !part.literal);
  const literals = parts.filter((part) => part.literal);
  const fold = (text: string) => (cased ? text : text.toLowerCase());
  if (stars.every((part) => part.text === '*') && literals.length <= 1) return simpleTest(parts, fold);
  const source = parts.map((part) => (part.literal ? escapeRegex(part.text) : part.text === '*' ? '[\\s\\S]*?' : '[\\s\\S]'));
  const regex = new RegExp(`^${source.join('')}$`, cased ? '' : 'i');
  return (value) => regex.test(value.length > REGEX_INPUT * 8 ? value.slice(0, REGEX_INPUT * 8) : value);
}

/** At most one literal, with `*` before it, after it, both or neither. */
function simpleTest(parts: readonly { literal: boolean; text: string }[], fold: (text: string) => string): ValueTest {
  const wanted = fold(parts.find((part) => part.literal)?.text ?? '');
  if (parts.length === 0) return (value) => value === '';
  const open = !parts[0].literal;
  const end = !parts[parts.length - 1].literal;
  if (wanted === '') return () => true;
  if (open && end) return (value) => fold(value).includes(wanted);
  if (open) return (value) => fold(value).endsWith(wanted);
  if (end) return (value) => fold(value).startsWith(wanted);
  return (value) => fold(value) === wanted;
}

/** PCRE as far as JavaScript has it; leading inline flags become flags. Throws where the expression is not valid. */
export function regexTest(pattern: string, flags: string): ValueTest {
  const inline = /^\(\?([ims]+)\)/.exec(pattern);
  const regex = new RegExp(inline ? pattern.slice(inline[0].length) : pattern, [...new Set(flags + (inline?.[1] ?? ''))].join(''));
  return (value) => regex.test(value.length > REGEX_INPUT ? value.slice(0, REGEX_INPUT) : value);
}

export function numberTest(operator: string, limit: number): ValueTest {
  return (value) => {
    const number = Number(value);
    if (value.trim() === '' || Number.isNaN(number)) return false;
    if (operator === 'lt') return number < limit;
    if (operator === 'lte') return number <= limit;
    return operator === 'gt' ? number > limit : number >= limit;
  };
}

function escapeRegex(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}

/** `-` and what Windows takes for it: slash, en dash, em dash, horizontal bar. */
export function dashVariants(value: string): string[] {
  const variants = ['-', '/', '–', '—', '―'].map((dash) => value.replace(/(^|[\s*])[-/–—―](?=\S)/g, `$1${dash}`));
  return [...new Set([value, ...variants])];
}

/** The three ways in which a text can stand inside base64 of a longer one, without the characters that depend on its neighbors. */
export function base64Offsets(bytes: Buffer): string[] {
  return [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const start = [0, 2, 3][offset];
    const rest = (offset + bytes.length) % 3;
    return encoded.slice(start, rest === 0 ? undefined : encoded.length - 1);
  });
}
