import { isAlias, LineCounter, parseDocument, visit } from 'yaml';
import { compileSelection, type EventTest, isMap, type Placeholders } from './compile-selection.ts';
import { type Condition, parseCondition } from './condition.ts';
import { CATEGORIES, type LogPlace, SERVICES } from './log-source.table.ts';

/** A rule ready to run. */
export type SigmaRule = {
  readonly id: string;
  readonly title: string;
  readonly path: string;
  readonly level: string;
  readonly status: string;
  readonly tags: readonly string[];
  readonly places: readonly LogPlace[];
  /** Event ids without which it cannot match; null: any. */
  readonly eventIds: ReadonlySet<number> | null;
  readonly matches: EventTest;
};

/** A rule that does not run here, and where the reason stands. */
export type RefusedRule = {
  readonly path: string;
  readonly id: string;
  readonly title: string;
  readonly line: number;
  readonly reason: string;
};

const TEXT_ALLOWED = 1 << 20;

/** One file's rule, or why it does not run. Never throws; aliases are refused, for they can grow without bound. */
export function compileRule(path: string, text: string, placeholders: Placeholders): SigmaRule | RefusedRule {
  const refuse = (reason: string, line = 1, about: Record<string, unknown> = {}): RefusedRule => ({
    path,
    id: words(about.id),
    title: words(about.title),
    line,
    reason,
  });
  if (text.length > TEXT_ALLOWED) return refuse('the file is larger than 1 MiB');
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, schema: 'core', logLevel: 'error' });
  const [error] = document.errors;
  if (error) return refuse(`not valid YAML: ${error.message.split('\n', 1)[0]}`, lines.linePos(error.pos[0]).line);
  let aliases = 0;
  visit(document, (_key, node) => {
    if (isAlias(node)) aliases++;
  });
  if (aliases > 0) return refuse('YAML aliases are not supported');
  const rule: unknown = document.toJS();
  if (!isMap(rule)) return refuse('the file holds no rule');
  if ('correlation' in rule) return refuse('correlations are not supported yet', lineOf(text, 'correlation'), rule);
  if ('filter' in rule) return refuse('filters are not supported yet', lineOf(text, 'filter'), rule);
  const { detection, logsource } = rule;
  if (!isMap(detection) || !isMap(logsource)) return refuse('a rule needs "logsource" and "detection"', 1, rule);
  const places = placesOf(logsource);
  if (places.length === 0) return refuse(`no source here writes ${sourceWords(logsource)}`, lineOf(text, 'logsource'), rule);
  let part = 'condition';
  try {
    const selections = new Map<string, EventTest>();
    const ids = new Map<string, ReadonlySet<number> | null>();
    for (const [name, selection] of Object.entries(detection)) {
      if (name === 'condition' || name === 'timeframe') continue;
      part = name;
      selections.set(name, compileSelection(selection, placeholders));
      ids.set(name, eventIdsOf(selection));
    }
    part = 'condition';
    const texts = Array.isArray(detection.condition) ? detection.condition : [detection.condition];
    const conditions = texts.map((condition) => parseCondition(String(condition ?? ''), [...selections.keys()]));
    const condition: Condition = conditions.length === 1 ? conditions[0] : { kind: 'or', of: conditions };
    return {
      id: words(rule.id),
      title: words(rule.title) || path,
      path,
      level: words(rule.level) || 'medium',
      status: words(rule.status),
      tags: Array.isArray(rule.tags) ? rule.tags.map(words) : [],
      places,
      eventIds: requiredIds(condition, ids),
      matches: testOf(condition, selections),
    };
  } catch (thrown) {
    return refuse(thrown instanceof Error ? thrown.message : String(thrown), lineOf(text, part), rule);
  }
}

function words(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 300) : '';
}

function lineOf(text: string, key: string): number {
  const at = text.split(/\r?\n/).findIndex((line) => line.trimStart().startsWith(`${key}:`));
  return at + 1 || 1;
}

function placesOf(logsource: Record<string, unknown>): readonly LogPlace[] {
  const product = words(logsource.product).toLowerCase();
  if (product !== '' && product !== 'windows') return [];
  const category = words(logsource.category).toLowerCase();
  const service = words(logsource.service).toLowerCase();
  if (category !== '') return Object.hasOwn(CATEGORIES, category) && (service === '' || service === 'sysmon') ? CATEGORIES[category] : [];
  return Object.hasOwn(SERVICES, service) ? SERVICES[service] : [];
}

function sourceWords(logsource: Record<string, unknown>): string {
  return ['product', 'category', 'service'].flatMap((key) => words(logsource[key]) || []).join('/') || 'an unnamed log source';
}

function testOf(condition: Condition, selections: ReadonlyMap<string, EventTest>): EventTest {
  if (condition.kind === 'name') return selections.get(condition.name) ?? (() => false);
  if (condition.kind === 'not') {
    const inner = testOf(condition.of, selections);
    return (event) => !inner(event);
  }
  const tests = condition.of.map((part) => testOf(part, selections));
  return condition.kind === 'and' ? (event) => tests.every((test) => test(event)) : (event) => tests.some((test) => test(event));
}

/** Event ids that a selection asks for; null where it may match any. */
function eventIdsOf(selection: unknown): ReadonlySet<number> | null {
  if (Array.isArray(selection)) {
    const sets = selection.map(eventIdsOf);
    return sets.every((set) => set !== null) ? new Set(sets.flatMap((set) => [...(set ?? [])])) : null;
  }
  if (!isMap(selection) || !('EventID' in selection)) return null;
  const ids = (Array.isArray(selection.EventID) ? selection.EventID : [selection.EventID]).map(Number);
  return ids.every(Number.isInteger) ? new Set(ids) : null;
}

function requiredIds(condition: Condition, ids: ReadonlyMap<string, ReadonlySet<number> | null>): ReadonlySet<number> | null {
  if (condition.kind === 'name') return ids.get(condition.name) ?? null;
  if (condition.kind === 'not') return null;
  const sets = condition.of.map((part) => requiredIds(part, ids));
  if (condition.kind === 'and') {
    const known = sets.filter((set) => set !== null);
    return known.length === 0 ? null : new Set([...known[0]].filter((id) => known.every((set) => set.has(id))));
  }
  return sets.every((set) => set !== null) ? new Set(sets.flatMap((set) => [...(set ?? [])])) : null;
}
