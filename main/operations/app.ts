import packageJson from '../../package.json' with { type: 'json' };
import type { DetectionRow, Settings } from '../../shared/contract/operations.ts';
import { type AlertRow, type AlertShelf, shelfOf } from '../../shared/model/alert.ts';
import type { CatalogueRow } from '../../shared/model/catalogue.ts';
import { IMPORTED_PREFIX } from '../../shared/model/imported-alert.ts';
import { ok } from '../../shared/result.ts';
import { catalogueRows } from '../detections/catalogue.ts';
import { matchCatalogue } from '../detections/match-catalogue.ts';
import { detectionRegistry } from '../detections/registry.ts';
import type { Operations } from './operation.ts';
import { tuningOf } from './tuning.ts';

export const appOperations: Operations<
  'app.status' | 'app.cannotFire' | 'settings.get' | 'settings.set' | 'detections.list' | 'detections.catalogue'
> = {
  'app.status': (_input, { workspace, runner, storeFolder }) => {
    const { table } = workspace.events;
    const alerts = workspace.alerts.all();
    return ok({
      version: packageJson.version,
      runtime: '',
      storePath: storeFolder,
      storeBytes: workspace.database.sizeBytes(),
      events: table.count,
      files: workspace.imports.count(),
      alerts: alerts.length,
      openAlerts: alerts.filter((alert) => alert.status !== 'resolved' && alert.severity !== 'informational').length,
      incidents: workspace.alerts.incidents().length,
      entities: workspace.resolution().entities.length - 1,
      cases: workspace.cases.count(),
      span: table.count === 0 ? null : { from: table.firstAt, to: table.lastAt },
      runningImports: runner.isRunning() ? 1 : 0,
      memoryBytes: process.memoryUsage.rss(),
      hasNativeDialogs: false,
      notes: [...workspace.database.notes, ...runner.notes()],
    });
  },

  'app.cannotFire': (_input, { runner }) => ok(runner.cannotFire()),

  'settings.get': (_input, { workspace }) => ok(workspace.settings.all()),

  'settings.set': ({ name, value }, { workspace, hint }) => {
    workspace.settings.set(name as keyof Settings, value);
    hint('settings.changed', {});
    return ok(workspace.settings.all());
  },

  'detections.catalogue': (_input, { workspace }) => {
    const counts = new Map<string, number>();
    for (const { imported } of workspace.alerts.everything()) {
      if (imported) counts.set(imported.catalogue, (counts.get(imported.catalogue) ?? 0) + 1);
    }
    return ok(catalogueRows(detectionRegistry).map((row) => withImported(row, counts)));
  },

  'detections.list': (_input, { workspace, runner }) => {
    const blind = new Map(runner.cannotFire().map((row) => [row.detection, row.reason]));
    const found = workspace.alerts.everything();
    const rows: DetectionRow[] = detectionRegistry.map((detection) => ({
      id: detection.id,
      externalId: detection.externalId,
      title: detection.title,
      severity: detection.severity,
      techniques: detection.techniques,
      tactics: detection.tactics,
      whatItSees: detection.whatItSees,
      reads: detection.reads.map((read) => `${read.channel}: ${read.eventIds.join(', ')}`),
      benignCauses: detection.benignCauses,
      ...countsOf(found.filter((alert) => alert.detection === detection.id)),
      cannotFire: blind.get(detection.id) ?? '',
      ...tuningOf(workspace, detection),
    }));
    return ok(rows);
  },
};

/** `counts`: by the row that stands for all of its name. */
function withImported(row: CatalogueRow, counts: ReadonlyMap<string, number>): CatalogueRow {
  const key = matchCatalogue({ title: row.name, number: '', detector: '' })?.[0] ?? row.key;
  const alerts = counts.get(key) ?? 0;
  return alerts === 0 ? row : { ...row, imported: { alerts, detection: IMPORTED_PREFIX + key } };
}

/** How many alerts of a detection stand on which shelf. */
function countsOf(alerts: readonly AlertRow[]): Pick<DetectionRow, 'alerts' | 'hiddenAlerts' | 'testAlerts'> {
  const on = (shelf: AlertShelf) => alerts.filter((alert) => shelfOf(alert) === shelf).length;
  return { alerts: on('queue'), hiddenAlerts: on('hidden'), testAlerts: on('test') };
}
