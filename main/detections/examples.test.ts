import { describe, expect, it } from 'vitest';
import { type Example, eventOfExample, factsOfExample } from './example.ts';
import { detectionRegistry } from './registry.ts';
import { runToEnd } from './run-to-end.ts';

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

describe.each(detectionRegistry.map((detection) => [detection.id, detection] as const))('%s', (id, detection) => {
  it.each((EXAMPLES[id] ?? []).map((example) => [example.fires ? 'fires' : 'is quiet', example.name, example] as const))(
    '%s: %s',
    (_what, _name, example) => {
      const events = example.records.map(eventOfExample).sort((a, b) => a.at - b.at);
      const { alerts, failures } = runToEnd([detection], { events, facts: factsOfExample(example) });
      expect(failures).toEqual([]);
      expect(alerts.length > 0).toBe(example.fires);
      if (example.severity !== undefined) expect(alerts.at(-1)?.severity).toBe(example.severity);
      for (const alert of alerts) {
        expect(alert.id).toMatch(/^[0-9a-f]{32}$/);
        expect(alert.summary).toMatch(/^\S.*\.$/s);
        expect(alert.summary).not.toMatch(/undefined|NaN|unknown\b/);
        expect(alert.evidence.length).toBeGreaterThan(0);
        expect(alert.evidence[0].fields.length).toBeGreaterThan(0);
      }
    },
  );

  it('has at least two firing and three quiet examples', () => {
    const own = EXAMPLES[id] ?? [];
    expect(own.filter((example) => example.fires).length).toBeGreaterThanOrEqual(2);
    expect(own.filter((example) => !example.fires).length).toBeGreaterThanOrEqual(3);
  });
});
