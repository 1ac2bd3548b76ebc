import type { ImportProgress } from '../model/import.ts';
import type { SigmaProgress } from '../model/sigma.ts';

/**
 * Hints from the engine to windows: an answer may have changed, ask again. Never rows; coalesced to a few per second.
 */
export type Topics = {
  'imports.progress': ImportProgress;
  'events.changed': { readonly events: number };
  'alerts.changed': { readonly alerts: number };
  'entities.changed': { readonly entities: number };
  'cases.changed': { readonly cases: number };
  'settings.changed': Record<string, never>;
  'sigma.progress': SigmaProgress;
  'engine.failed': { readonly message: string };
};
export type Topic = keyof Topics;
