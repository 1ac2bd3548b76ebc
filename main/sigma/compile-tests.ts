import { allOf, anyOf, noneOf } from './combine-tests.ts';
import { anchorOf, type CompiledValue, compileValue } from './compile-value.ts';
import { expandValues, type Placeholders } from './placeholders.ts';
import { within } from './rule-fault.ts';
import { type CompiledTest, type EventTest, plainName, type SigmaEvent } from './sigma-event.ts';

const KNOWN = new Set(
  'contains startswith endswith all re i m s cased exists cidr lt lte gt gte neq windash base64 base64offset wide utf16le utf16be utf16 fieldref expand minute hour day week month year'.split(
    ' ',
  ),
);

/** The field under which keywords are asked first: any value of the record. */
export const ANY_FIELD = '*';

/** A map is "and", a list is "or", bare values are keywords (specification 2.1, "Detection"). Throws a RuleFault that names what is not supported. */
export function compileTests(selection: unknown, placeholders: Placeholders): CompiledTest {
  if (Array.isArray(selection)) {
    if (selection.length === 0) throw new Error('a selection is empty');
    return anyOf(
      selection.map((item, i) => within(i, () => (isMap(item) ? compileTests(item, placeholders) : keywords([item], new Set())))),
    );
  }
  if (!isMap(selection)) return keywords([selection], new Set());
  const tests = Object.entries(selection).map(([key, value]) => within(key, () => compileField(key, value, placeholders)));
  if (tests.length === 0) throw new Error('a selection is empty');
  return allOf(tests);
}

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function compileField(key: string, given: unknown, placeholders: Placeholders): CompiledTest {
  const [named, ...list] = key.split('|');
  const unknown = list.find((modifier) => !KNOWN.has(modifier));
  if (unknown !== undefined) throw new Error(`the modifier "${unknown}" is not supported`);
  const modifiers = new Set(list);
  const asGiven = Array.isArray(given) ? given : [given];
  if (asGiven.length === 0) throw new Error(`"${key}" has no values`);
  if (asGiven.some((value) => isMap(value) || Array.isArray(value))) throw new Error(`"${key}" has a value that is no text or number`);
  const values = modifiers.has('expand') ? expandValues(asGiven, placeholders) : asGiven;
  const compiled = named === '' ? keywords(values, modifiers) : fieldTest(plainName(named), values, modifiers);
  return modifiers.has('neq') ? noneOf(compiled) : compiled;
}

function fieldTest(name: string, values: readonly unknown[], modifiers: ReadonlySet<string>): CompiledTest {
  if (modifiers.has('exists')) {
    const wanted = isTrue(values[0]);
    return { test: (event) => event.field(name).length > 0 === wanted, probes: null };
  }
  if (modifiers.has('fieldref')) {
    const tests = values.map((value) => fieldReference(name, plainName(String(value)), modifiers));
    return modifiers.has('all') ? allOf(tests) : anyOf(tests);
  }
  const tests = values.map((value) => oneValue(name, value, modifiers));
  return modifiers.has('all') ? allOf(tests) : anyOf(tests);
}

function oneValue(name: string, value: unknown, modifiers: ReadonlySet<string>): CompiledTest {
  // Null means that the field is missing or empty (specification 2.1, "Special field values").
  if (value === null || value === undefined)
    return { test: (event) => event.field(name).every((text) => text === '' || text === '-'), probes: null };
  const compiled = compileValue(String(value), modifiers);
  const { cased, test } = compiled;
  const ofEvent: EventTest = (event) => {
    for (const text of cased ? event.field(name) : event.folded(name)) if (test(text)) return true;
    return false;
  };
  return { test: ofEvent, probes: probesOf(name, compiled) };
}

function probesOf(field: string, { must }: CompiledValue): CompiledTest['probes'] {
  return must === null ? null : must.map(({ how, text }) => ({ field, how, text }));
}

/** Values that may stand in any field; within longer ones, unless a modifier says where. */
function keywords(values: readonly unknown[], modifiers: ReadonlySet<string>): CompiledTest {
  const tests = values.map((value): CompiledTest => {
    const compiled = compileValue(String(value), modifiers, 'contains');
    const { cased, test } = compiled;
    const ofEvent = (event: SigmaEvent) => {
      for (const text of event.values()) if (test(cased ? text : text.toLowerCase())) return true;
      return false;
    };
    return { test: ofEvent, probes: probesOf(ANY_FIELD, compiled) };
  });
  return modifiers.has('all') ? allOf(tests) : anyOf(tests);
}

function isTrue(value: unknown): boolean {
  const text = String(value).toLowerCase();
  if (text !== 'true' && text !== 'false' && text !== 'yes' && text !== 'no') throw new Error('"exists" needs true or false');
  return text === 'true' || text === 'yes';
}

function fieldReference(name: string, other: string, modifiers: ReadonlySet<string>): CompiledTest {
  const anchor = anchorOf(modifiers);
  const isCased = modifiers.has('cased');
  const compare = (a: string, b: string): boolean => {
    if (anchor === 'contains') return a.includes(b);
    if (anchor === 'startswith') return a.startsWith(b);
    return anchor === 'endswith' ? a.endsWith(b) : a === b;
  };
  const read = (event: SigmaEvent, field: string) => (isCased ? event.field(field) : event.folded(field));
  return { test: (event) => read(event, name).some((a) => read(event, other).some((b) => compare(a, b))), probes: null };
}
