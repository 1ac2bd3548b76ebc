import type { QueryClient } from '@tanstack/react-query';
import type { OperationName } from '../../shared/contract/operations.ts';
import type { Topic, Topics } from '../../shared/contract/topics.ts';
import { bridge } from './bridge.ts';

type Area =
  | 'app'
  | 'imports'
  | 'events'
  | 'graph'
  | 'alerts'
  | 'incidents'
  | 'entities'
  | 'cases'
  | 'settings'
  | 'detections'
  | 'tuning'
  | 'exclusions'
  | 'search'
  | 'sigma';

const STALE_AFTER: Readonly<Record<Topic, readonly Area[]>> = {
  'imports.progress': ['imports', 'app'],
  'events.changed': ['events', 'graph', 'entities', 'app'],
  'alerts.changed': ['alerts', 'incidents', 'graph', 'entities', 'events', 'app', 'detections', 'exclusions', 'sigma'],
  'entities.changed': ['entities', 'graph', 'app'],
  'cases.changed': ['cases', 'app'],
  'settings.changed': ['settings'],
  'sigma.progress': ['sigma'],
  'engine.failed': [],
};

/** Answers that are dear to compute are asked again less often while an import runs. */
const DEAR: ReadonlySet<Area> = new Set<Area>(['graph', 'alerts', 'incidents', 'entities']);
const QUICK_MS = 500;
const DEAR_MS = 2_000;

export function areaOf(operation: OperationName): Area {
  return operation.slice(0, operation.indexOf('.')) as Area;
}

type Listener = <Name extends Topic>(topic: Name, hint: Topics[Name]) => void;

/** Turns hints into invalidated answers, never more often than the pace of each area. Returns what ends it. */
export function followHints(client: QueryClient, onHint: Listener): () => void {
  const waiting = new Map<Area, ReturnType<typeof setTimeout>>();
  const lastAt = new Map<Area, number>();
  const invalidate = (area: Area) => {
    waiting.delete(area);
    lastAt.set(area, performance.now());
    void client.invalidateQueries({
      predicate: ({ queryKey }) => String(queryKey[0]).startsWith(`${area}.`),
    });
  };
  const end = bridge().subscribe((message) => {
    const { topic, hint } = JSON.parse(message) as {
      topic: Topic;
      hint: never;
    };
    onHint(topic, hint);
    for (const area of STALE_AFTER[topic] ?? []) {
      if (waiting.has(area)) continue;
      const pace = DEAR.has(area) ? DEAR_MS : QUICK_MS;
      const delay = Math.max(50, (lastAt.get(area) ?? -pace) + pace - performance.now());
      waiting.set(area, setTimeout(invalidate, delay, area));
    }
  });
  return () => {
    end();
    for (const timer of waiting.values()) clearTimeout(timer);
  };
}
