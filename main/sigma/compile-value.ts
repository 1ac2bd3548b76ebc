import { encodedTexts } from './encode-value.ts';
import { cidrTest } from './match-address.ts';
import { numberTest } from './match-number.ts';
import { regexTest } from './match-regex.ts';
import { timePartTest } from './match-time.ts';
import { type Anchor, textPattern } from './text-pattern.ts';

/** A rule's value against one value of a record, which is given in lower case unless `cased`. */
export type CompiledValue = {
  readonly cased: boolean;
  readonly test: (value: string) => boolean;
  /** A value that passes is or holds one of these (lower case). Null: nothing is known. */
  readonly must: readonly { readonly how: 'equals' | 'contains'; readonly text: string }[] | null;
};

const ANCHORS: readonly Anchor[] = ['contains', 'startswith', 'endswith'];
const COMPARISONS = ['lt', 'lte', 'gt', 'gte'];
const TIME_PARTS = ['minute', 'hour', 'day', 'week', 'month', 'year'];

/** Where a text may stand in a value: `equals` unless a modifier says otherwise. */
export function anchorOf(modifiers: ReadonlySet<string>): Anchor {
  return ANCHORS.find((anchor) => modifiers.has(anchor)) ?? 'equals';
}

/** One value of a field with its modifiers (specification 2.1, appendix on modifiers). Throws an Error that names what is wrong. */
export function compileValue(text: string, modifiers: ReadonlySet<string>, usual: Anchor = 'equals'): CompiledValue {
  const comparison = COMPARISONS.find((name) => modifiers.has(name));
  const part = TIME_PARTS.find((name) => modifiers.has(name));
  const asIs = (test: (value: string) => boolean): CompiledValue => ({ cased: true, test, must: null });
  if (part !== undefined) return asIs(timePartTest(part, comparison, text));
  if (modifiers.has('re')) {
    const { test, must } = regexTest(text, ['i', 'm', 's'].filter((flag) => modifiers.has(flag)).join(''));
    return { cased: true, test, must: must === '' ? null : [{ how: 'contains', text: must }] };
  }
  if (modifiers.has('cidr')) return asIs(cidrTest(text));
  if (comparison !== undefined) return asIs(numberTest(comparison, text));
  const encoded = encodedTexts(text, modifiers);
  const named = anchorOf(modifiers);
  const anchor = named === 'equals' ? (modifiers.has('base64offset') ? 'contains' : usual) : named;
  const cased = modifiers.has('cased') || encoded !== null;
  const options = { cased, windash: modifiers.has('windash'), literal: encoded !== null };
  const patterns = (encoded ?? [text]).map((variant) => textPattern(variant, anchor, options));
  const must = patterns.flatMap((pattern) => pattern.must ?? []);
  const [only] = patterns;
  const test = patterns.length === 1 ? only.test : (value: string) => patterns.some((pattern) => pattern.test(value));
  return { cased, test, must: must.length === patterns.length ? must : null };
}
