import { cidrTest } from './match-address.ts';
import { type Anchor, base64Offsets, dashVariants, numberTest, regexTest, textTest, type ValueTest } from './match-value.ts';

/** A record as Sigma sees it. */
export type SigmaEvent = {
  readonly eventId: number;
  /** Every value of the field, empty where the record has none; names differ in case between sources. */
  field(name: string): readonly string[];
  /** All values, for keywords. */
  values(): Iterable<string>;
};

export type EventTest = (event: SigmaEvent) => boolean;

/** Placeholder name -> values, for `expand`. */
export type Placeholders = ReadonlyMap<string, readonly string[]>;

const ANCHORS = new Set(['contains', 'startswith', 'endswith']);
const COMPARISONS = new Set(['lt', 'lte', 'gt', 'gte']);
const TIME_PARTS: Readonly<Record<string, (date: Date) => number>> = {
  minute: (date) => date.getUTCMinutes(),
  hour: (date) => date.getUTCHours(),
  day: (date) => date.getUTCDate(),
  month: (date) => date.getUTCMonth() + 1,
  year: (date) => date.getUTCFullYear(),
};
const KNOWN = new Set(
  'contains startswith endswith all re i m s cased exists cidr lt lte gt gte neq windash base64 base64offset wide utf16le utf16be utf16 fieldref expand minute hour day month year'.split(
    ' ',
  ),
);

/** A map is "and", a list is "or", bare values are keywords (specification 2.1, "Detection"). Throws an Error that names what is not supported. */
export function compileSelection(selection: unknown, placeholders: Placeholders): EventTest {
  if (Array.isArray(selection)) {
    if (selection.length === 0) throw new Error('a selection is empty');
    const tests = selection.map((item) => (isMap(item) ? compileSelection(item, placeholders) : keyword([item], false)));
    return (event) => tests.some((test) => test(event));
  }
  if (!isMap(selection)) return keyword([selection], false);
  const tests = Object.entries(selection).map(([key, value]) => compileField(key, value, placeholders));
  if (tests.length === 0) throw new Error('a selection is empty');
  return (event) => tests.every((test) => test(event));
}

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function keyword(values: readonly unknown[], isAll: boolean): EventTest {
  const tests = values.map((value) => textTest(String(value), 'contains', false));
  const found = (event: SigmaEvent) => (test: ValueTest) => [...event.values()].some(test);
  return (event) => (isAll ? tests.every(found(event)) : tests.some(found(event)));
}

function compileField(key: string, given: unknown, placeholders: Placeholders): EventTest {
  const [name, ...modifiers] = key.split('|');
  const unknown = modifiers.find((modifier) => !KNOWN.has(modifier));
  if (unknown !== undefined) throw new Error(`the modifier "${unknown}" is not supported`);
  const has = (modifier: string) => modifiers.includes(modifier);
  const values = Array.isArray(given) ? given : [given];
  if (values.some((value) => isMap(value) || Array.isArray(value))) throw new Error(`"${key}" has a value that is no text or number`);
  if (name === '') return keyword(values, has('all'));
  if (has('exists')) return (event) => event.field(name).length > 0 === isTrue(values[0]);
  const isAll = has('all');
  const tests = (has('expand') ? expanded(values, placeholders) : values).map((value) => compileValue(name, value, modifiers));
  const test: EventTest = (event) => (isAll ? tests.every((one) => one(event)) : tests.some((one) => one(event)));
  return has('neq') ? (event) => !test(event) : test;
}

function isTrue(value: unknown): boolean {
  return value === true || String(value).toLowerCase() === 'true' || String(value).toLowerCase() === 'yes';
}

function expanded(values: readonly unknown[], placeholders: Placeholders): string[] {
  return values.flatMap((value) => {
    const found = /%([^%\s]+)%/.exec(String(value));
    if (found === null) return [String(value)];
    const known = placeholders.get(found[1].toLowerCase());
    if (known === undefined) throw new Error(`the placeholder %${found[1]}% has no values here`);
    return known.map((text) => String(value).replace(found[0], text));
  });
}

function compileValue(name: string, value: unknown, modifiers: readonly string[]): EventTest {
  const has = (modifier: string) => modifiers.includes(modifier);
  // Null means that the field is missing or empty (specification 2.1, "Special field values").
  if (value === null || value === undefined) return (event) => event.field(name).every((text) => text === '' || text === '-');
  const text = String(value);
  if (has('fieldref')) return fieldReference(name, text, modifiers);
  const part = modifiers.find((modifier) => modifier in TIME_PARTS);
  const comparison = modifiers.find((modifier) => COMPARISONS.has(modifier));
  const test = part === undefined ? valueTest(text, modifiers, comparison) : timeTest(part, text, comparison);
  return (event) => event.field(name).some(test);
}

function timeTest(part: string, text: string, comparison: string | undefined): ValueTest {
  const compare = comparison === undefined ? (value: string) => Number(value) === Number(text) : numberTest(comparison, Number(text));
  return (value) => {
    const date = new Date(value);
    return !Number.isNaN(date.getTime()) && compare(String(TIME_PARTS[part](date)));
  };
}

function fieldReference(name: string, other: string, modifiers: readonly string[]): EventTest {
  const anchor = anchorOf(modifiers);
  const fold = (text: string) => (modifiers.includes('cased') ? text : text.toLowerCase());
  const compare = (a: string, b: string): boolean => {
    if (anchor === 'contains') return a.includes(b);
    if (anchor === 'startswith') return a.startsWith(b);
    return anchor === 'endswith' ? a.endsWith(b) : a === b;
  };
  return (event) => event.field(name).some((a) => event.field(other).some((b) => compare(fold(a), fold(b))));
}

function anchorOf(modifiers: readonly string[]): Anchor {
  return (modifiers.find((modifier) => ANCHORS.has(modifier)) as Anchor | undefined) ?? 'equals';
}

function valueTest(text: string, modifiers: readonly string[], comparison: string | undefined): ValueTest {
  const has = (modifier: string) => modifiers.includes(modifier);
  if (has('re')) return regexTest(text, ['i', 'm', 's'].filter(has).join(''));
  if (has('cidr')) return cidrTest(text);
  if (comparison !== undefined) return numberTest(comparison, Number(text));
  const encoded = encodings(text, modifiers);
  const isEncoded = encoded !== null;
  const variants = encoded ?? (has('windash') ? dashVariants(text) : [text]);
  const anchor = has('base64offset') && anchorOf(modifiers) === 'equals' ? 'contains' : anchorOf(modifiers);
  const tests = variants.map((variant) => textTest(isEncoded ? escaped(variant) : variant, anchor, has('cased') || isEncoded));
  return tests.length === 1 ? tests[0] : (value) => tests.some((test) => test(value));
}

function escaped(text: string): string {
  return text.replace(/[\\*?]/g, '\\$&');
}

function encodings(text: string, modifiers: readonly string[]): string[] | null {
  const has = (modifier: string) => modifiers.includes(modifier);
  if (!has('base64') && !has('base64offset')) {
    if (['wide', 'utf16le', 'utf16be', 'utf16'].some(has)) throw new Error('a text encoding without base64 cannot match a text log');
    return null;
  }
  const bytes = bytesOf(text, modifiers);
  return has('base64offset') ? base64Offsets(bytes) : [bytes.toString('base64')];
}

function bytesOf(text: string, modifiers: readonly string[]): Buffer {
  if (modifiers.includes('wide') || modifiers.includes('utf16le')) return Buffer.from(text, 'utf16le');
  if (modifiers.includes('utf16be')) return Buffer.from(text, 'utf16le').swap16();
  if (modifiers.includes('utf16')) return Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
  return Buffer.from(text, 'utf8');
}
