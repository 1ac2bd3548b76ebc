import { evtxSource } from './evtx/source.ts';
import { importedAlertsSource } from './imported-alerts/source.ts';
import type { Source } from './source.ts';
import { windowsJsonSource } from './windows-json/source.ts';

export const SOURCES: readonly Source[] = [evtxSource, windowsJsonSource, importedAlertsSource];

/** The source that knows this content; null when none does. */
export function recognizeSource(head: Uint8Array, sizeBytes: number): Source | null {
  return SOURCES.find((source) => source.recognize(head, sizeBytes)) ?? null;
}
