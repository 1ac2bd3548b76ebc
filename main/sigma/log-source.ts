import { isMap } from './compile-tests.ts';
import { CATEGORIES, type LogPlace, SERVICES } from './log-source.table.ts';

/** A rule's log source in lower case; empty where it says nothing. */
export type LogSource = { readonly product: string; readonly category: string; readonly service: string };

export function readLogSource(value: unknown): LogSource | null {
  if (!isMap(value)) return null;
  const word = (part: unknown) => (typeof part === 'string' ? part.slice(0, 300).toLowerCase() : '');
  return { product: word(value.product), category: word(value.category), service: word(value.service) };
}

/** Where records of this log source stand; none where no source here writes them. */
export function placesOf({ product, category, service }: LogSource): readonly LogPlace[] {
  if (product !== '' && product !== 'windows') return [];
  if (category !== '') return Object.hasOwn(CATEGORIES, category) && (service === '' || service === 'sysmon') ? CATEGORIES[category] : [];
  return Object.hasOwn(SERVICES, service) ? SERVICES[service] : [];
}

export function logSourceWords({ product, category, service }: LogSource): string {
  return [product, category, service].filter((word) => word !== '').join('/') || 'an unnamed log source';
}

/** Whether what a filter says of its log source holds for a rule. */
export function fits(filter: LogSource, rule: LogSource): boolean {
  return (['product', 'category', 'service'] as const).every((key) => filter[key] === '' || filter[key] === rule[key]);
}
