/** A condition as a tree; quantifiers are already spread over the names that they cover. */
export type Condition =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Condition[] };

const TOKEN = /\s*(\(|\)|[^\s()]+)/gy;
const DEPTH_ALLOWED = 64;

/**
 * Parses a condition of the Sigma specification 2.1: `and`, `or`, `not`, parentheses, `1 of x*`, `all of x*`, `any of them`. `not` binds
 * tightest, then `and`, then `or`. Throws an Error with a sentence that names what is wrong; names beginning with `_` are outside `them`.
 */
export function parseCondition(text: string, names: readonly string[]): Condition {
  if (text.includes('|')) throw new Error('aggregations in a condition are not supported: use a correlation');
  const tokens = [...text.matchAll(TOKEN)].map((match) => match[1]);
  let at = 0;
  let depth = 0;
  const is = (word: string): boolean => tokens[at]?.toLowerCase() === word;

  function parseOr(): Condition {
    if (++depth > DEPTH_ALLOWED) throw new Error('the condition is nested too deeply');
    const parts = [parseAnd()];
    while (is('or')) {
      at++;
      parts.push(parseAnd());
    }
    depth--;
    return parts.length === 1 ? parts[0] : { kind: 'or', of: parts };
  }

  function parseAnd(): Condition {
    const parts = [parseNot()];
    while (is('and')) {
      at++;
      parts.push(parseNot());
    }
    return parts.length === 1 ? parts[0] : { kind: 'and', of: parts };
  }

  function parseNot(): Condition {
    let isNegated = false;
    while (is('not')) {
      at++;
      isNegated = !isNegated;
    }
    const of = parsePrimary();
    return isNegated ? { kind: 'not', of } : of;
  }

  function parsePrimary(): Condition {
    const token = tokens[at++];
    if (token === undefined) throw new Error('the condition ends too early');
    if (token === '(') {
      const inner = parseOr();
      if (tokens[at++] !== ')') throw new Error('a parenthesis is not closed');
      return inner;
    }
    if (/^(1|any|all)$/i.test(token) && is('of')) {
      at++;
      return quantified(token.toLowerCase(), tokens[at++] ?? '');
    }
    if (/^\d+$/.test(token) && is('of')) throw new Error(`"${token} of" is not supported: only 1, any and all`);
    if (!names.includes(token)) throw new Error(`the condition names "${token}", which the detection does not have`);
    return { kind: 'name', name: token };
  }

  function quantified(quantifier: string, pattern: string): Condition {
    const covered = pattern.toLowerCase() === 'them' ? names.filter((name) => !name.startsWith('_')) : names.filter(like(pattern));
    if (covered.length === 0) throw new Error(`"${quantifier} of ${pattern}" covers nothing`);
    const of = covered.map((name): Condition => ({ kind: 'name', name }));
    if (of.length === 1) return of[0];
    return { kind: quantifier === 'all' ? 'and' : 'or', of };
  }

  const parsed = parseOr();
  if (at < tokens.length) throw new Error(`"${tokens[at]}" stands where the condition should end`);
  return parsed;
}

function like(pattern: string): (name: string) => boolean {
  const source = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  const regex = new RegExp(`^${source.join('.*')}$`);
  return (name) => regex.test(name);
}
