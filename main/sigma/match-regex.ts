import { RE2JS } from 're2js';
import { regexLiteral } from './regex-literal.ts';
import { regexShape } from './regex-shape.ts';

/** Longer values are cut before a regular expression sees them: what hostile records may cost stays bounded. */
const REGEX_INPUT = 8_192;
const PATTERN_ALLOWED = 4_096;

/** `must`: in lower case, what every value holds that passes; may be empty. */
type CompiledRegex = { readonly test: (value: string) => boolean; readonly must: string };

/**
 * A regular expression, found anywhere in a value; leading inline flags become flags. No rule and no value may hold a run up: JavaScript's own engine
 * gets only expressions that cannot go back far, all others run in time linear to the value (RE2), and what that cannot express is refused.
 * Throws an Error that says why.
 */
export function regexTest(pattern: string, flags: string): CompiledRegex {
  const inline = /^\(\?([ims]+)\)/.exec(pattern);
  const body = inline ? pattern.slice(inline[0].length) : pattern;
  const given = new Set(flags + (inline?.[1] ?? ''));
  if (body.length > PATTERN_ALLOWED) throw new Error(`the regular expression is longer than ${PATTERN_ALLOWED} characters`);
  const native = tryNative(body, given);
  const { isCheap, looksAround } = regexShape(body);
  const must = regexLiteral(body);
  if (native !== null && isCheap) return { must, test: (value) => native.test(cut(value)) };
  const linear = looksAround ? null : tryLinear(body, given);
  // Linear is still slow: most values lack the text that it needs, and that is found faster.
  if (linear !== null) return { must, test: (value) => cut(value).toLowerCase().includes(must) && linear.test(cut(value)) };
  if (native === null) throw new Error('the regular expression is not valid');
  throw new Error(
    looksAround
      ? 'the regular expression looks around or back at a group, and could take without end on some values'
      : 'the regular expression could take without end on some values',
  );
}

function cut(value: string): string {
  return value.length > REGEX_INPUT ? value.slice(0, REGEX_INPUT) : value;
}

function tryNative(body: string, flags: ReadonlySet<string>): RegExp | null {
  try {
    return new RegExp(body, [...flags].join(''));
  } catch {
    return null;
  }
}

function tryLinear(body: string, flags: ReadonlySet<string>): RE2JS | null {
  const bits = (flags.has('i') ? RE2JS.CASE_INSENSITIVE : 0) | (flags.has('m') ? RE2JS.MULTILINE : 0) | (flags.has('s') ? RE2JS.DOTALL : 0);
  try {
    return RE2JS.compile(body, bits);
  } catch {
    return null;
  }
}
