/** `*`, `?`, or one of several characters; everything else is literal. */
type Piece = string | { readonly oneOf: string | null };

export type Anchor = 'equals' | 'contains' | 'startswith' | 'endswith';

/** A compiled text: how to test a value (in lower case unless `cased`), and what the value must be or hold. */
export type TextPattern = {
  readonly cased: boolean;
  readonly test: (value: string) => boolean;
  readonly must: { readonly how: 'equals' | 'contains'; readonly text: string } | null;
};

/** What Windows takes for the `-` of an option: slash, en dash, em dash, horizontal bar (specification 2.1, `windash`). */
const DASHES = '-/–—―';

/**
 * A value of a rule with wildcards (`\*`, `\?` and `\\` before one are literal: specification 2.1, "Escaping"), anchored as asked, so that
 * `Sec?rity` never matches inside a longer value. `windash` takes any dash before a word for any other. Runs in time proportional to
 * value times pattern, whatever they are.
 */
export function textPattern(
  source: string,
  anchor: Anchor,
  options: { cased: boolean; windash?: boolean; literal?: boolean },
): TextPattern {
  const text = options.cased ? source : source.toLowerCase();
  const segments = options.literal === true ? [[text]] : splitSegments(text);
  const pieces = options.windash === true ? segments.map(withDashes) : segments;
  if (anchor === 'contains' || anchor === 'endswith') pieces.unshift([]);
  if (anchor === 'contains' || anchor === 'startswith') pieces.push([]);
  const longest = pieces
    .flat()
    .reduce<string>((best, piece) => (typeof piece === 'string' && piece.length > best.length ? piece : best), '');
  // Lower case is decided by the letters around for a few letters: a cased text is asked first only where that cannot be.
  const isSafe = longest !== '' && (!options.cased || isAscii(longest));
  const isWhole = pieces.length === 1 && pieces[0].length <= 1 && longest !== '';
  const must = isSafe ? { how: isWhole ? ('equals' as const) : ('contains' as const), text: longest.toLowerCase() } : null;
  return { cased: options.cased, test: testOf(pieces), must };
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}

/** The parts between stars, each a list of literals and single characters. */
function splitSegments(text: string): Piece[][] {
  const segments: Piece[][] = [[]];
  let held = '';
  const flush = () => {
    if (held !== '') segments[segments.length - 1].push(held);
    held = '';
  };
  for (let i = 0; i < text.length; i++) {
    const next = text[i + 1];
    if (text[i] === '\\' && (next === '*' || next === '?' || next === '\\')) {
      held += next;
      i++;
    } else if (text[i] === '*') {
      flush();
      if (segments.length === 1 || segments[segments.length - 1].length > 0) segments.push([]);
    } else if (text[i] === '?') {
      flush();
      segments[segments.length - 1].push({ oneOf: null });
    } else held += text[i];
  }
  flush();
  return segments;
}

function withDashes(segment: readonly Piece[]): Piece[] {
  return segment.flatMap((piece) => {
    if (typeof piece !== 'string') return [piece];
    const parts: Piece[] = [];
    let from = 0;
    for (const found of piece.matchAll(/(?<!\w)[-/–—―](?=\w)/g)) {
      if (found.index > from) parts.push(piece.slice(from, found.index));
      parts.push({ oneOf: DASHES });
      from = found.index + 1;
    }
    if (from < piece.length) parts.push(piece.slice(from));
    return parts;
  });
}

function testOf(segments: readonly (readonly Piece[])[]): (value: string) => boolean {
  const [first] = segments;
  const last = segments[segments.length - 1];
  const middle = segments.slice(1, -1);
  if (segments.length === 1) return (value) => value.length === lengthOf(first) && isAt(value, 0, first);
  if (first.length === 0 && last.length === 0 && middle.length === 1 && middle[0].length === 1 && typeof middle[0][0] === 'string') {
    const wanted = middle[0][0];
    return (value) => value.includes(wanted);
  }
  const lastLength = lengthOf(last);
  return (value) => {
    let at = lengthOf(first);
    const end = value.length - lastLength;
    if (end < at || !isAt(value, 0, first) || !isAt(value, end, last)) return false;
    for (const segment of middle) {
      const found = find(value, at, end, segment);
      if (found < 0) return false;
      at = found + lengthOf(segment);
    }
    return true;
  };
}

function lengthOf(segment: readonly Piece[]): number {
  let length = 0;
  for (const piece of segment) length += typeof piece === 'string' ? piece.length : 1;
  return length;
}

function isAt(value: string, at: number, segment: readonly Piece[]): boolean {
  let place = at;
  for (const piece of segment) {
    if (typeof piece === 'string') {
      if (!value.startsWith(piece, place)) return false;
      place += piece.length;
    } else {
      if (place >= value.length || (piece.oneOf !== null && !piece.oneOf.includes(value[place]))) return false;
      place++;
    }
  }
  return true;
}

/** The first place from `at` where the segment stands and ends by `end`; negative where there is none. */
function find(value: string, at: number, end: number, segment: readonly Piece[]): number {
  const length = lengthOf(segment);
  if (segment.length === 1 && typeof segment[0] === 'string') {
    const found = value.indexOf(segment[0], at);
    return found + length <= end ? found : -1;
  }
  for (let place = at; place + length <= end; place++) if (isAt(value, place, segment)) return place;
  return -1;
}
