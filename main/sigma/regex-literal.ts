/**
 * The longest text in lower case that every value must hold in which the expression is found, whatever its flags; empty where nothing is sure. Only
 * plain letters of its outermost level are looked at, and only where it has no alternatives there.
 */
export function regexLiteral(pattern: string): string {
  let best = '';
  let run = '';
  let depth = 0;
  const end = () => {
    if (run.length > best.length) best = run;
    run = '';
  };
  for (let i = 0; i < pattern.length; i++) {
    const { text, length, opens } = pieceAt(pattern, i);
    if (opens === '|' && depth === 0) return '';
    i += length - 1;
    if (opens === '(') depth++;
    if (opens === ')') depth--;
    const next = pattern[i + 1] ?? '';
    if (depth > 0 || text === '') end();
    else if (next === '*' || next === '?' || next === '{') end();
    else {
      run += text;
      // What is repeated is there once, but what follows it need not be next to it.
      if (next === '+') end();
    }
  }
  end();
  return best.toLowerCase();
}

/** A letter (`text`), or something else of some length. Only ASCII: other letters have more than two cases. */
function pieceAt(pattern: string, at: number): { text: string; length: number; opens: '' | '(' | ')' | '|' } {
  const letter = pattern[at];
  if (letter === '\\') {
    const escaped = pattern[at + 1] ?? '';
    return { text: /[^\w\s]/.test(escaped) && escaped < '\u0080' ? escaped : '', length: escapeLength(pattern, at), opens: '' };
  }
  if (letter === '[') return { text: '', length: classLength(pattern, at), opens: '' };
  if (letter === '(' || letter === ')' || letter === '|') return { text: '', length: 1, opens: letter };
  if (letter === '{') return { text: '', length: (pattern.indexOf('}', at) + 1 || at + 1) - at, opens: '' };
  return { text: '.^$*+?}]'.includes(letter) || letter >= '\u0080' ? '' : letter, length: 1, opens: '' };
}

function escapeLength(pattern: string, at: number): number {
  return (
    /^\\(?:x[\da-f]{2}|u[\da-f]{4}|u\{[^}]*\}|[pP]\{[^}]*\}|k<[^>]*>|c[a-z]|x\{[^}]*\}|\d+)/i.exec(pattern.slice(at, at + 40))?.[0]
      .length ?? 2
  );
}

function classLength(pattern: string, at: number): number {
  for (let i = at + 1; i < pattern.length; i++) {
    if (pattern[i] === '\\') i++;
    else if (pattern[i] === ']' && i > at + 1) return i - at + 1;
  }
  return pattern.length - at;
}
