import { describe, expect, it } from 'vitest';
import type { Detection } from './detection.ts';
import { type Example, eventOfExample, factsOfExample } from './example.ts';
import { detectionRegistry } from './registry.ts';
import { runToEnd } from './run-to-end.ts';
import { weaken } from './weaken.ts';

declare global {
  /** Of the test runner's bundler. */
  interface ImportMeta {
    glob<Module>(pattern: string, options: { readonly eager: true }): Record<string, Module>;
  }
}

/** By detection id: the examples stand beside the detection, under its name. */
const EXAMPLES: Record<string, readonly Example[]> = {};
const modules = import.meta.glob<{ readonly examples: readonly Example[] }>('./*/*.examples.ts', { eager: true });
for (const [path, module] of Object.entries(modules)) EXAMPLES[path.replace(/^.*\/|\.examples\.ts$/g, '')] = module.examples;

function runExample(detection: Detection, example: Example) {
  const events = example.records.map(eventOfExample).sort((a, b) => a.at - b.at);
  return runToEnd([detection], { events, facts: factsOfExample(example) });
}

/** Empty where the example holds. */
function failureOf(detection: Detection, example: Example): string {
  const { alerts, failures } = runExample(detection, example);
  if (failures.length > 0) return failures[0].reason;
  if (alerts.length > 0 !== example.fires) return example.fires ? 'is quiet' : 'fires';
  if (!example.fires) return '';
  const severity = alerts.at(-1)?.severity;
  if (example.severity !== undefined && severity !== example.severity) return `severity ${severity}, not ${example.severity}`;
  const steps = [...new Set(alerts.flatMap((alert) => alert.evidence.map(({ step }) => step)))];
  if (example.steps !== undefined && steps.join() !== example.steps.join()) return `steps ${steps.join()}, not ${example.steps.join()}`;
  return '';
}

describe.each(detectionRegistry.map((detection) => [detection.id, detection] as const))('%s', (id, detection) => {
  const own = EXAMPLES[id] ?? [];
  it.each(own.map((example) => [example.fires ? 'fires' : 'is quiet', example.name, example] as const))(
    '%s: %s',
    (_what, _name, example) => {
      expect(failureOf(detection, example)).toBe('');
      for (const alert of runExample(detection, example).alerts) {
        expect(alert.id).toMatch(/^[0-9a-f]{32}$/);
        expect(alert.summary).toMatch(/^\S.*\.$/s);
        expect(alert.summary).not.toMatch(/undefined|NaN|unknown\b/);
        expect(alert.evidence.length).toBeGreaterThan(0);
        expect(alert.evidence[0].fields.length).toBeGreaterThan(0);
      }
    },
  );

  it('has at least two firing and three quiet examples', () => {
    expect(own.filter((example) => example.fires).length).toBeGreaterThanOrEqual(2);
    expect(own.filter((example) => !example.fires).length).toBeGreaterThanOrEqual(3);
  });

  it('needs each of its conditions: without it an example fails', () => {
    const unneeded = [...weaken(detection)].filter(({ detection: weaker }) => own.every((example) => failureOf(weaker, example) === ''));
    expect(unneeded.map(({ words }) => words)).toEqual([]);
  });
});
