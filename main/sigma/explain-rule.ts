import { parseDocument } from 'yaml';
import { compileSelection, type EventTest, isMap, type Placeholders, type SigmaEvent } from './compile-selection.ts';

/** What a rule's author says of it. */
export type RuleWords = {
  readonly description: string;
  readonly author: string;
  readonly references: readonly string[];
  readonly falsePositives: readonly string[];
};

/** A field of a record that a rule tested, its value, and which part of the rule it satisfied. */
export type ExplainedField = readonly [name: string, value: string, meaning: string];

export type RuleExplanation = {
  readonly words: RuleWords;
  /** The fields of a matching record that satisfied a selection of the rule, in the order of the rule. Never throws. */
  explain(event: SigmaEvent): ExplainedField[];
};

type Item = { readonly field: string; readonly meaning: string; readonly test: EventTest };
type Part = { readonly test: EventTest; readonly items: readonly Item[] };

const LIST_SHOWN = 20;
const TEXT_SHOWN = 4_000;
const VALUE_SHOWN = 600;
const FIELDS_SHOWN = 24;
const NO_WORDS: RuleWords = { description: '', author: '', references: [], falsePositives: [] };

/**
 * Reads a rule once more for people: its words, and for each value that its selections ask for a test of its own, so that an alert can say
 * which of them a record satisfied. Only done for rules that fired or that somebody looks at. Never throws.
 */
export function explainRule(text: string, placeholders: Placeholders): RuleExplanation {
  const rule = read(text);
  if (rule === null) return { words: NO_WORDS, explain: () => [] };
  const parts = isMap(rule.detection) ? Object.entries(rule.detection).flatMap(([name, given]) => partsOf(name, given, placeholders)) : [];
  const words: RuleWords = {
    description: textOf(rule.description),
    author: textOf(rule.author),
    references: listOf(rule.references),
    falsePositives: listOf(rule.falsepositives),
  };
  return { words, explain: (event) => explainWith(parts, event) };
}

function read(text: string): Record<string, unknown> | null {
  try {
    const rule: unknown = parseDocument(text, { schema: 'core', logLevel: 'error' }).toJS({ maxAliasCount: 0 });
    return isMap(rule) ? rule : null;
  } catch {
    return null;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim().slice(0, TEXT_SHOWN) : '';
}

function listOf(value: unknown): string[] {
  const list = Array.isArray(value) ? value : [value];
  return list
    .map(textOf)
    .filter((text) => text !== '')
    .slice(0, LIST_SHOWN);
}

/** One part for each map of a selection; a part counts only when all of it holds. */
function partsOf(name: string, given: unknown, placeholders: Placeholders): Part[] {
  if (name === 'condition' || name === 'timeframe') return [];
  const maps = (Array.isArray(given) ? given : [given]).filter(isMap);
  return maps.flatMap((map) => {
    const test = tryCompile(map, placeholders);
    if (test === null) return [];
    const items = Object.entries(map).flatMap(([key, value]) =>
      (Array.isArray(value) ? value : [value]).flatMap((one): Item[] => {
        const single = tryCompile({ [key]: one }, placeholders);
        return single === null ? [] : [{ field: key.split('|', 1)[0], meaning: `${name}: ${askedFor(key, one)}`, test: single }];
      }),
    );
    return [{ test, items }];
  });
}

function tryCompile(selection: Record<string, unknown>, placeholders: Placeholders): EventTest | null {
  try {
    return compileSelection(selection, placeholders);
  } catch {
    return null;
  }
}

/** "contains mimikatz", "is 4624", "is empty or missing". */
function askedFor(key: string, value: unknown): string {
  const modifiers = key
    .split('|')
    .slice(1)
    .filter((modifier) => modifier !== 'all');
  if (value === null || value === undefined) return 'is empty or missing';
  return `${modifiers.length > 0 ? modifiers.map((one) => WORDS[one] ?? one).join(', ') : 'is'} ${String(value).slice(0, 200)}`;
}

const WORDS: Readonly<Record<string, string>> = { startswith: 'starts with', endswith: 'ends with', re: 'matches', neq: 'is not' };

function explainWith(parts: readonly Part[], event: SigmaEvent): ExplainedField[] {
  const found: [string, string, string][] = [];
  for (const part of parts) {
    if (!holds(part.test, event)) continue;
    for (const { field, meaning, test } of part.items) {
      if (!holds(test, event)) continue;
      const value = field === '' ? '(any field)' : event.field(field).join(', ').slice(0, VALUE_SHOWN);
      const known = found.find(([name]) => name === (field || 'Keyword'));
      if (known === undefined && found.length < FIELDS_SHOWN) found.push([field || 'Keyword', value, meaning]);
      else if (known !== undefined && known[2].length < VALUE_SHOWN) known[2] += `; ${meaning}`;
    }
  }
  return found;
}

function holds(test: EventTest, event: SigmaEvent): boolean {
  try {
    return test(event);
  } catch {
    return false;
  }
}
