import type { RuleHead } from './compile-rule.ts';
import { isMap } from './compile-tests.ts';
import { comparison } from './match-number.ts';
import { RuleFault, within } from './rule-fault.ts';

const TYPES = [
  'event_count',
  'value_count',
  'temporal',
  'temporal_ordered',
  'value_sum',
  'value_avg',
  'value_min',
  'value_max',
  'value_median',
  'value_percentile',
] as const;
type CorrelationType = (typeof TYPES)[number];

/** A correlation as its document says it; the rules are still names. */
export type SigmaCorrelation = RuleHead & {
  readonly type: CorrelationType;
  /** Ids or names, as written. */
  readonly rules: readonly string[];
  readonly groupBy: readonly string[];
  /** Microseconds. */
  readonly timespan: number;
  /** Whether an outcome (a count, a sum ...) fulfils the condition. */
  readonly isMet: (outcome: number) => boolean;
  /** The condition has an upper bound, so that only the whole time span decides over it. */
  readonly isCapped: boolean;
  /** Fields whose values are counted or computed; several together make one value. */
  readonly fields: readonly string[];
  /** 0 to 100; null: of a `value_percentile` without one, the share of each value is meant. */
  readonly percentile: number | null;
  /** Alias -> id or name of a rule (lower case) -> field. */
  readonly aliases: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** The rules it names are reported by themselves too. */
  readonly generate: boolean;
};

const UNITS: Readonly<Record<string, number>> = { s: 1e6, m: 60e6, h: 3600e6, d: 86_400e6 };
const LIMITS = ['gt', 'gte', 'lt', 'lte', 'eq', 'neq'];
const RULES_ALLOWED = 64;
/** As many sightings as a group holds. */
export const COUNT_ALLOWED = 100_000;
const FIELDS_ALLOWED = 16;

/** The `correlation` of a document (specification 2.1, correlation rules). Throws a RuleFault that says where what is wrong. */
export function parseCorrelation(head: RuleHead, document: Record<string, unknown>): SigmaCorrelation {
  const { correlation } = document;
  if (!isMap(correlation)) throw new Error('"correlation" is no map');
  const type = TYPES.find((known) => known === correlation.type);
  if (type === undefined) throw new RuleFault(`the type "${String(correlation.type)}" is not known`, ['type']);
  const rules = within('rules', () => texts(correlation.rules, RULES_ALLOWED));
  if (rules.length === 0) throw new RuleFault('a correlation names at least one rule', ['rules']);
  const condition = within('condition', () => readCondition(type, correlation.condition, rules.length));
  return {
    ...head,
    type,
    rules,
    groupBy: within('group-by', () => texts(correlation['group-by'] ?? [], FIELDS_ALLOWED)),
    timespan: within('timespan', () => readTimespan(correlation.timespan)),
    ...condition,
    aliases: within('aliases', () => readAliases(correlation.aliases)),
    // Also met at the top of the document, where tools wrote it before it was specified.
    generate: (correlation.generate ?? document.generate) === true,
  };
}

function texts(value: unknown, allowed: number): string[] {
  const list = Array.isArray(value) ? value : [value];
  if (list.length > allowed) throw new Error(`at most ${allowed} are allowed`);
  if (!list.every((text): text is string => typeof text === 'string' && text !== '')) throw new Error('texts are needed here');
  return list;
}

function readTimespan(value: unknown): number {
  const found = /^(\d{1,9})([smhd])$/.exec(String(value ?? ''));
  if (found === null || Number(found[1]) === 0) throw new Error('"timespan" is a number with s, m, h or d, such as 10m');
  return Number(found[1]) * UNITS[found[2]];
}

function readCondition(
  type: CorrelationType,
  given: unknown,
  rules: number,
): Pick<SigmaCorrelation, 'isMet' | 'isCapped' | 'fields' | 'percentile'> {
  const isTemporal = type === 'temporal' || type === 'temporal_ordered';
  if (typeof given === 'string') throw new Error('a condition in words is not supported: only gt, gte, lt, lte, eq and neq');
  if (given === undefined && isTemporal) return { isMet: (seen) => seen >= rules, isCapped: false, fields: [], percentile: null };
  if (!isMap(given)) throw new Error(`a ${type} needs a condition`);
  const limits = Object.entries(given).filter(([key]) => LIMITS.includes(key));
  const other = Object.keys(given).find((key) => !LIMITS.includes(key) && key !== 'field' && key !== 'percentile');
  if (other !== undefined) throw new Error(`"${other}" is not known in a condition`);
  if (limits.length === 0) throw new Error('the condition needs gt, gte, lt, lte, eq or neq');
  const tests = limits.map(([operator, limit]) => within(operator, () => comparison(operator, String(limit))));
  const fields = given.field === undefined ? [] : within('field', () => texts(given.field, FIELDS_ALLOWED));
  if (type.startsWith('value_') && fields.length === 0) throw new Error(`a ${type} needs "field" in its condition`);
  if (type.startsWith('value_') && type !== 'value_count' && type !== 'value_percentile' && fields.length > 1)
    throw new Error(`a ${type} takes one field`);
  const percentile = given.percentile === undefined ? null : Number(given.percentile);
  if (percentile !== null && !(percentile >= 0 && percentile <= 100)) throw new RuleFault('a percentile is 0 to 100', ['percentile']);
  const isMet = (outcome: number) => tests.every((test) => test(outcome));
  const isCapped = limits.some(([operator]) => operator !== 'gt' && operator !== 'gte');
  if (type === 'temporal_ordered' && isCapped) throw new Error('a temporal_ordered takes only gt and gte');
  if (type === 'event_count' && !isCapped && !isMet(COUNT_ALLOWED)) throw new Error(`more than ${COUNT_ALLOWED} events are not counted`);
  return { isMet, isCapped, fields, percentile };
}

function readAliases(value: unknown): ReadonlyMap<string, ReadonlyMap<string, string>> {
  if (value === undefined || value === null) return new Map();
  if (!isMap(value)) throw new Error('"aliases" is a map');
  return new Map(
    Object.entries(value).map(([alias, fields]) => {
      if (!isMap(fields)) throw new RuleFault('an alias maps rules to fields', [alias]);
      return [alias, new Map(Object.entries(fields).map(([rule, field]) => [rule.toLowerCase(), String(field)]))] as const;
    }),
  );
}
