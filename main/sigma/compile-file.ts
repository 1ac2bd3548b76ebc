import { compileDetection } from './compile-detection.ts';
import type { RefusedRule, RuleHead, SigmaRule } from './compile-rule.ts';
import { isMap } from './compile-tests.ts';
import { compileFilter, type SigmaFilter } from './filter.ts';
import { logSourceWords, placesOf, readLogSource } from './log-source.ts';
import { parseCorrelation, type SigmaCorrelation } from './parse-correlation.ts';
import { parseDocuments, type RuleDocument } from './parse-documents.ts';
import type { Placeholders } from './placeholders.ts';
import { RuleFault, within } from './rule-fault.ts';

/** Everything that the documents of a file give. */
export type CompiledFile = {
  readonly rules: SigmaRule[];
  readonly filters: SigmaFilter[];
  readonly correlations: SigmaCorrelation[];
  readonly refused: RefusedRule[];
};

/** The rules, filters and correlations of a file, and what of it does not run here and why. Never throws. */
export function compileFile(path: string, text: string, placeholders: Placeholders): CompiledFile {
  const result: CompiledFile = { rules: [], filters: [], correlations: [], refused: [] };
  for (const document of parseDocuments(text)) {
    if ('reason' in document) {
      result.refused.push({ path, id: '', title: '', ...document });
      continue;
    }
    const head = headOf(path, document);
    try {
      if ('correlation' in document.value) result.correlations.push(within('correlation', () => parseCorrelation(head, document.value)));
      else if ('filter' in document.value) result.filters.push(within('filter', () => compileFilter(head, document.value, placeholders)));
      else result.rules.push(compileDocument(head, document, placeholders));
    } catch (thrown) {
      const { id, title } = head;
      const line = document.lineOf(thrown instanceof RuleFault ? thrown.keys : []);
      result.refused.push({ path, id, title, line, reason: thrown instanceof Error ? thrown.message : String(thrown) });
    }
  }
  return result;
}

function headOf(path: string, { value, lineOf }: RuleDocument): RuleHead {
  const tags = Array.isArray(value.tags) ? value.tags.map(words) : [];
  const [id, name, title, level, status] = [value.id, value.name, value.title, value.level, value.status].map(words);
  return { id, name, title: title || path, path, line: lineOf(['title']), level: level || 'medium', status, tags };
}

function words(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 300) : '';
}

function compileDocument(head: RuleHead, { value }: RuleDocument, placeholders: Placeholders): SigmaRule {
  const { detection } = value;
  if (detection === undefined && value.logsource === undefined)
    throw new RuleFault('it is no Sigma rule: it has no "detection", "correlation" or "filter"', []);
  const logSource = readLogSource(value.logsource);
  if (!isMap(detection) || logSource === null) throw new RuleFault('a rule needs "logsource" and "detection"', []);
  const places = placesOf(logSource);
  if (places.length === 0) throw new RuleFault(`no source here writes ${logSourceWords(logSource)}`, ['logsource']);
  const { test, probes, eventIds } = within('detection', () => compileDetection(detection, placeholders));
  return { ...head, logSource, places, eventIds, matches: test, probes };
}
