/** Longer values are cut before a regular expression sees them: what hostile records may cost stays bounded. */
const REGEX_INPUT = 8_192;

/** PCRE as far as JavaScript has it; leading inline flags become flags. Throws where the expression is not valid. */
export function regexTest(pattern: string, flags: string): (value: string) => boolean {
  const inline = /^\(\?([ims]+)\)/.exec(pattern);
  const regex = new RegExp(inline ? pattern.slice(inline[0].length) : pattern, [...new Set(flags + (inline?.[1] ?? ''))].join(''));
  return (value) => regex.test(value.length > REGEX_INPUT ? value.slice(0, REGEX_INPUT) : value);
}
