/** What decides how long a backtracking engine may take over an expression. */
export type RegexShape = {
  /** It tries few ways for a text: at most one repetition without end, of something that matches in one way only, and few choices. */
  readonly isCheap: boolean;
  /** Look-around or a reference to a group, which no engine in linear time has. */
  readonly looksAround: boolean;
};

const CHOICES_ALLOWED = 4;
/** A bounded repetition up to this counts as so many choices, a longer one as endless. */
const REPEATS_ALLOWED = 16;

type Group = { branches: number; variable: number };

/** Reads an expression without running it. Errs on the side of "not cheap". */
export function regexShape(pattern: string): RegexShape {
  const open: Group[] = [{ branches: 0, variable: 0 }];
  let last: Group | null = null;
  let endless = 0;
  let choices = 0;
  let isNested = false;
  let looksAround = false;
  for (let i = 0; i < pattern.length; i++) {
    const letter = pattern[i];
    const group = open[open.length - 1];
    const quantifier = quantifierAt(pattern, i);
    if (quantifier !== null) {
      i += quantifier.length - 1;
      const repeatsVariable = last !== null && last.branches + last.variable > 0;
      if (quantifier.most > 1 && repeatsVariable) isNested = true;
      if (quantifier.most > REPEATS_ALLOWED) endless++;
      else if (quantifier.most !== quantifier.least) choices += quantifier.most - quantifier.least;
      if (quantifier.most !== quantifier.least) group.variable++;
      last = null;
      continue;
    }
    last = null;
    if (letter === '\\') {
      if (/[1-9k]/.test(pattern[i + 1] ?? '')) looksAround = true;
      i++;
    } else if (letter === '[') i = endOfClass(pattern, i);
    else if (letter === '(') {
      if (/^\(\?<?[=!]/.test(pattern.slice(i, i + 4))) looksAround = true;
      open.push({ branches: 0, variable: 0 });
    } else if (letter === ')' && open.length > 1) {
      last = open.pop() as Group;
      const parent = open[open.length - 1];
      parent.branches += last.branches;
      parent.variable += last.variable;
    } else if (letter === '|') group.branches++;
  }
  const branches = open[0].branches;
  return { isCheap: !isNested && endless <= 1 && choices <= CHOICES_ALLOWED && (endless === 0 || branches <= 64), looksAround };
}

function quantifierAt(pattern: string, at: number): { least: number; most: number; length: number } | null {
  const found = /^(?:([*+?])|\{(\d+)(,(\d*))?\})[?+]?/.exec(pattern.slice(at, at + 24));
  if (found === null) return null;
  const [whole, sign, least, comma, most] = found;
  if (sign !== undefined) return { least: sign === '+' ? 1 : 0, most: sign === '?' ? 1 : Number.POSITIVE_INFINITY, length: whole.length };
  const from = Number(least);
  return { least: from, most: comma === undefined ? from : most === '' ? Number.POSITIVE_INFINITY : Number(most), length: whole.length };
}

function endOfClass(pattern: string, at: number): number {
  for (let i = at + 1; i < pattern.length; i++) {
    if (pattern[i] === '\\') i++;
    else if (pattern[i] === ']' && i > at + 1) return i;
  }
  return pattern.length;
}
