import { catalogueRows } from '../main/detections/catalogue.ts';
import type { Detection } from '../main/detections/detection.ts';
import { detectionRegistry } from '../main/detections/registry.ts';
import { NORMALIZE_TABLE } from '../main/sources/normalize.table.ts';
import { SOURCES } from '../main/sources/registry.ts';
import { EVENT_KINDS } from '../shared/model/event.ts';

/** One kind of record that sources turn into events. */
export type CoveredRecord = { readonly kind: string; readonly provider: string; readonly eventId: number };

/** Every record that normalization knows, whatever source it came through: all sources write Windows records by the same table. */
export function coveredRecords(): CoveredRecord[] {
  return NORMALIZE_TABLE.flatMap(({ providers, rules }) =>
    Object.entries(rules).flatMap(([id, rule]) => providers.map((provider) => ({ kind: rule.kind, provider, eventId: Number(id) }))),
  );
}

/** `docs/coverage.md`: what is read, what it becomes, and what looks at it. Written by `vitest run build -u`, never by hand. */
export function coverageTable(): string {
  return [
    '# Coverage',
    '',
    'Generated from the registries by `build/coverage-table.ts`; run `npx vitest run build/registries.test.ts -u` after a change.',
    '',
    '## Detections',
    '',
    '| Detection | Number | Title | Severity | Tactics | Techniques | Follows in the catalogue | Needs |',
    '|---|---|---|---|---|---|---|---|',
    ...detectionRegistry.map(detectionLine),
    '',
    '## The catalogue of identity alerts',
    '',
    catalogueCounts(),
    '',
    '| Alert | Number | Here | Detection | Why |',
    '|---|---|---|---|---|',
    ...catalogueRows(detectionRegistry).map(
      (row) => `| ${row.name} | ${row.number ?? ''} | ${row.state} | ${row.detection && `\`${row.detection}\``} | ${row.reason} |`,
    ),
    '',
    '## Records, event kinds and the detections that read them',
    '',
    `Sources: ${SOURCES.map((source) => `${source.title} (\`${source.id}\`)`).join(', ')}. The first two deliver every record below but those of \`imported-alert\`, which the last one writes; records that are not listed are kept and searchable as \`other\`.`,
    '',
    '| Event kind | Provider | Event ids | Read by |',
    '|---|---|---|---|',
    ...kindLines(),
    '',
  ].join('\n');
}

function catalogueCounts(): string {
  const counts = new Map<string, number>();
  for (const { state } of catalogueRows(detectionRegistry)) counts.set(state, (counts.get(state) ?? 0) + 1);
  return `${[...counts].map(([state, count]) => `${count} ${state}`).join(', ')}. Several alerts that describe one act share one detection.`;
}

function detectionLine(detection: Detection): string {
  const { id, externalId, title, severity, tactics, techniques, catalogueName, reads } = detection;
  const needs = reads.filter((reading) => reading.optional !== true).map((reading) => `${reading.eventIds.join(', ')}: ${reading.needs}`);
  return `| \`${id}\` | ${externalId ?? ''} | ${title} | ${severity} | ${tactics.join(', ')} | ${techniques.join(', ')} | ${catalogueName || 'no row'} | ${needs.join('; ')} |`;
}

function kindLines(): string[] {
  const covered = coveredRecords();
  return EVENT_KINDS.flatMap((kind) => {
    const of = covered.filter((record) => record.kind === kind);
    const firstProviders = NORMALIZE_TABLE.map((group) => group.providers[0]).filter((provider) =>
      of.some((record) => record.provider === provider),
    );
    return firstProviders.map((provider) => {
      const ids = of.filter((record) => record.provider === provider).map((record) => record.eventId);
      const readers = detectionRegistry.filter((detection) =>
        detection.reads.some((reading) => reading.provider.toLowerCase() === provider && reading.eventIds.some((id) => ids.includes(id))),
      );
      return `| ${kind} | ${provider} | ${ids.sort((a, b) => a - b).join(', ')} | ${readers.map((detection) => `\`${detection.id}\``).join(', ')} |`;
    });
  });
}
